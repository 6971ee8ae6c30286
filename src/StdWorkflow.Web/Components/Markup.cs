using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Web.Localization;

namespace StdWorkflow.Web.Components;

/// <summary>Writes HTML: what stands in the code is taken as it is, every value between is encoded.</summary>
internal sealed class Markup(HtmlEncoder encoder)
{
    private readonly StringBuilder text = new();

    public Markup Add(FormattableString html)
    {
        text.AppendFormat(CultureInfo.InvariantCulture, html.Format, [.. html.GetArguments().Select(Encode)]);
        return this;
    }

    public Markup AddIf(bool condition, FormattableString html) => condition ? Add(html) : this;

    public HtmlString ToHtml() => new(text.ToString());

    /// <summary>A text with the <c>lang</c> of the language that it is in, where that is not the reader's.</summary>
    public HtmlString Text(LocalizedText value)
    {
        var language = value.LanguageOf(Reader.Language);
        return new(language == Reader.Language
            ? encoder.Encode(value.In(Reader.Language))
            : $"<span lang=\"{Tag(language)}\">{encoder.Encode(value.In(Reader.Language))}</span>");
    }

    public static string Tag(Language language) => language == Language.Chinese ? "zh-CN" : "en";

    public static string ClassOf(Phase phase) => phase switch
    {
        Phase.PreResearch => "pre-research",
        Phase.Drafting => "drafting",
        Phase.Conversion => "conversion",
        _ => "maintenance",
    };

    public static HtmlString Day(DateOnly day) => new(string.Create(CultureInfo.InvariantCulture, $"<time datetime=\"{day:yyyy-MM-dd}\">{day:yyyy-MM-dd}</time>"));

    private object Encode(object? value) => value switch
    {
        null => "",
        HtmlString html => html.Value ?? "",
        IHtmlContent content => Write(content),
        string plain => encoder.Encode(plain),
        double number => Math.Round(number, 1),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => encoder.Encode(value.ToString() ?? ""),
    };

    private string Write(IHtmlContent content)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        content.WriteTo(writer, encoder);
        return writer.ToString();
    }
}
