using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Html;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Web.Localization;

namespace StdWorkflow.Web.Components;

/// <summary>Writes HTML: what stands in the code is taken as it is, every value between is encoded.</summary>
internal sealed partial class Markup(HtmlEncoder encoder)
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

    /// <summary>A word that stands in sentences, where it begins one.</summary>
    public static string Capital(string words) => words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];

    /// <summary>A sentence whose dates and numbers stay on one line each.</summary>
    public static IHtmlContent Unbroken(string sentence) => new UnbrokenSentence(sentence);

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

    // Browsers break at every hyphen. What has a digit and a hyphen is a date, a plan number, a standard number or a receipt.
    [GeneratedRegex(@"(?:\b(?:GB|ISO|IEC)(?:/[A-Z]{1,4})? )?(?=[A-Za-z0-9./:-]*[0-9])[A-Za-z0-9./:]{1,20}(?:-[A-Za-z0-9./:]{0,20}[A-Za-z0-9]){1,4}(?: [0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)?")]
    private static partial Regex WithHyphen();

    private sealed class UnbrokenSentence(string sentence) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder)
        {
            var at = 0;
            foreach (Match match in WithHyphen().Matches(sentence))
            {
                encoder.Encode(writer, sentence, at, match.Index - at);
                writer.Write("<span class=\"code\">");
                encoder.Encode(writer, sentence, match.Index, match.Length);
                writer.Write("</span>");
                at = match.Index + match.Length;
            }

            encoder.Encode(writer, sentence, at, sentence.Length - at);
        }
    }
}
