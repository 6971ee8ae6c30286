using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Web.Localization;

namespace StdWorkflow.Web.Components;

/// <summary>A text in the reader's language, the other beneath it, smaller, in its own <c>lang</c>.</summary>
[HtmlTargetElement("bilingual", TagStructure = TagStructure.WithoutEndTag)]
public sealed class BilingualTagHelper(IStringLocalizer<ComponentTexts> texts, HtmlEncoder encoder) : TagHelper
{
    /// <summary>The text.</summary>
    public LocalizedText Value { get; set; } = LocalizedText.Empty;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        var html = new Markup(encoder);
        if (Value.IsEmpty) html.Add($"<span class=\"quiet-text\">{texts["Untitled"].Value}</span>");
        else
        {
            html.Add($"{html.Text(Value)}");
            if (Value.Beside(Reader.Language) is { } other)
                html.Add($" <span class=\"beside\" lang=\"{Markup.Tag(Reader.Language == Language.Chinese ? Language.English : Language.Chinese)}\">{other}</span>");
        }

        output.Content.SetHtmlContent(html.ToHtml());
    }
}

/// <summary>The phase in its colour, with its name.</summary>
[HtmlTargetElement("phase-badge", TagStructure = TagStructure.WithoutEndTag)]
public sealed class PhaseBadgeTagHelper(IStringLocalizer<ComponentTexts> texts) : TagHelper
{
    /// <summary>The phase.</summary>
    public Phase Value { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", $"phase {Markup.ClassOf(Value)}");
        output.Content.SetContent(texts[$"Phase.{Value}"]);
    }
}

/// <summary>Says that a record was invented to try the product out; nothing when it was not.</summary>
[HtmlTargetElement("demo-badge", TagStructure = TagStructure.WithoutEndTag)]
public sealed class DemoBadgeTagHelper(IStringLocalizer<ComponentTexts> texts) : TagHelper
{
    /// <summary>True for invented records.</summary>
    public bool When { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (!When)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "mark demo");
        output.Content.SetContent(texts["Demo"]);
    }
}

/// <summary>Where a fact or rule comes from, and whether it was read there.</summary>
[HtmlTargetElement("source-mark", TagStructure = TagStructure.WithoutEndTag)]
public sealed partial class SourceMarkTagHelper(IStringLocalizer<ComponentTexts> texts, HtmlEncoder encoder) : TagHelper
{
    /// <summary>The source; nothing is written without one.</summary>
    public Source? Value { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(Value is null ? HtmlString.Empty : Html(Value, texts, encoder));
    }

    internal static IHtmlContent Html(Source source, IStringLocalizer<ComponentTexts> texts, HtmlEncoder encoder)
    {
        var marks = source.Reference.Split(' ');
        string[] parts = marks.All(mark => ResearchMark().IsMatch(mark))
            ? [string.Join(' ', marks.Where(mark => mark.Length > 1)), .. marks.Where(mark => mark is "C" or "D").Select(mark => texts[$"Source.{mark}"].Value)]
            : [source.Reference];
        var words = parts.Append(source.Verified ? "" : texts["Source.Unverified"]).Where(part => part.Length > 0);
        return new Markup(encoder).Add($"<span class=\"source\"><span class=\"hidden\">{texts["Source"].Value} </span>{string.Join(" · ", words)}</span>").ToHtml();
    }

    // What the starter data says of its sources: S07 was read; C says that sources differ, D that it was derived, B that none was found.
    [GeneratedRegex("^(S[0-9]+[a-z]?|ISO-OD|GOV|[BCD])$")]
    private static partial Regex ResearchMark();
}
