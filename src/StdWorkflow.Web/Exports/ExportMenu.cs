using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;
using StdWorkflow.Web.Components;

namespace StdWorkflow.Web.Exports;

/// <summary>The list that the page shows as files and as a feed, with the filter of the page.</summary>
[HtmlTargetElement("export-menu", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ExportMenuTagHelper(IStringLocalizer<ComponentTexts> texts, HtmlEncoder encoder) : TagHelper
{
    /// <summary>The list.</summary>
    public string List { get; set; } = "";

    /// <summary>A parameter that the list takes besides those of the page, or null.</summary>
    public string? Parameter { get; set; }

    /// <summary>Its value.</summary>
    public string? Value { get; set; }

    /// <summary>The code of a work item whose events are the feed instead of the list's own, or null.</summary>
    public string? Feed { get; set; }

    /// <summary>The view in which it stands.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var request = ViewContext.HttpContext.Request;
        output.TagName = "p";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "small");
        var html = new Markup(encoder);
        var own = Parameter is { } name ? ((string, string)?)(name, Value ?? "") : null;
        html.Add($"{texts["Export"].Value}");
        foreach (var format in ExportSetup.Formats.Keys) html.Add($" <a href=\"{ExportSetup.AddressOf(List, format, request, own)}\" download>{format.ToUpperInvariant()}</a>");
        html.Add($" <a href=\"{(Feed is { } code ? Feeds.AddressOfItem(code) : Feeds.AddressOf(List, request, own))}\" type=\"{Feeds.Type}\">{texts["Export.Feed"].Value}</a>");
        output.Content.SetHtmlContent(html.ToHtml());
    }
}
