namespace StdWorkflow.Domain.Common;

/// <summary>A text in Chinese and English; one of the two may be missing.</summary>
/// <param name="Zh">The Chinese text, or null.</param>
/// <param name="En">The English text, or null.</param>
public sealed record LocalizedText(string? Zh, string? En)
{
    /// <summary>Neither language.</summary>
    public static LocalizedText Empty { get; } = new(null, null);

    /// <summary>True when neither language is there.</summary>
    public bool IsEmpty => Zh is null && En is null;

    /// <summary>True when either holds a character that hides something: what is read would not be what is stored.</summary>
    public bool HasHiddenCharacters() => $"{Zh}{En}".Any(Hides);

    /// <summary>True for control characters, marks that turn the direction of writing, separators of lines and paragraphs, and characters of no width or of no meaning.</summary>
    /// <param name="letter">A character of any text.</param>
    public static bool Hides(char letter) => char.IsControl(letter)
        || letter is '\u061C' or '\u200B' or '\u200E' or '\u200F' or '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or '\u2060' or (>= '\u2066' and <= '\u2069') or '\uFEFF' or '\uFFFE' or '\uFFFF';

    /// <summary>The text in the reader's language, else in the other, else the empty string.</summary>
    public string In(Language language) => (language == Language.Chinese ? Zh ?? En : En ?? Zh) ?? "";

    /// <summary>The text in the language that is not the reader's, or null when it is missing or was already shown.</summary>
    public string? Beside(Language language) => Zh is null || En is null ? null : language == Language.Chinese ? En : Zh;

    /// <summary>The language in which <see cref="In"/> answers, for the <c>lang</c> attribute.</summary>
    public Language LanguageOf(Language reader) => reader == Language.Chinese ? (Zh is null && En is not null ? Language.English : Language.Chinese)
        : (En is null && Zh is not null ? Language.Chinese : Language.English);

    /// <summary>Trims both and turns the empty text into a missing one.</summary>
    public static LocalizedText Of(string? zh, string? en) => new(Trim(zh), Trim(en));

    private static string? Trim(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>The two languages of the product.</summary>
public enum Language
{
    /// <summary>Simplified Chinese, <c>zh-CN</c>; the source of all texts.</summary>
    Chinese,

    /// <summary>English, <c>en</c>.</summary>
    English,
}
