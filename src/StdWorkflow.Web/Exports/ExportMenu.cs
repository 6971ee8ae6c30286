using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;
using StdWorkflow.Web.Components;

namespace StdWorkflow.Web.Exports;

/// <summary>The list that the page shows as files and, where there is one, as a feed, with the filter of the page.</summary>
[HtmlTargetElement("export-menu", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ExportMenuTagHelper(IStringLocalizer<ComponentTexts> texts, HtmlEncoder encoder) : TagHelper
{
    /// <summary>The list, or null for nothing but a feed.</summary>
    public string? List { get; set; }

    /// <summary>A parameter that the list takes instead of those of the page, or null.</summary>
    public string? Parameter { get; set; }

    /// <summary>Its value.</summary>
    public string? Value { get; set; }

    /// <summary>The code of a work item whose events are the feed, or null.</summary>
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
        if (List is { } list)
        {
            html.Add($"{texts["Export"].Value}");
            foreach (var format in ExportSetup.Formats.Keys)
                html.Add($" <a href=\"{(Parameter is { } name ? $"/exports/{list}/{format}{QueryString.Create(name, Value ?? "")}" : ExportSetup.AddressOf(list, format, request))}\" download>{format.ToUpperInvariant()}</a>");
        }

        var feed = Feed is { } code ? Feeds.AddressOfItem(code) : List is { } named && Parameter is null && Feeds.Has(named) ? Feeds.AddressOf(named, request) : null;
        if (feed is not null) html.Add($" <a href=\"{feed}\" type=\"application/atom+xml\">{texts["Export.Feed"].Value}</a>");
        output.Content.SetHtmlContent(html.ToHtml());
    }
}
