using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Razor.TagHelpers;
using StdWorkflow.Domain.Deadlines;

namespace StdWorkflow.Web.Components;

/// <summary>When something happened, to the minute, in the zone that the foot of every page names.</summary>
[HtmlTargetElement("instant", TagStructure = TagStructure.WithoutEndTag)]
public sealed class InstantTagHelper(HtmlEncoder encoder) : TagHelper
{
    /// <summary>The instant (UTC).</summary>
    public DateTime Value { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        var utc = DateTime.SpecifyKind(Value, DateTimeKind.Utc);
        var local = TimeZoneInfo.ConvertTimeFromUtc(utc, TimeZoneInfo.FindSystemTimeZoneById(Instants.China));
        output.Content.SetHtmlContent(new Markup(encoder)
            .Add($"<time datetime=\"{utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}\">{local.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}</time>").ToHtml());
    }
}
