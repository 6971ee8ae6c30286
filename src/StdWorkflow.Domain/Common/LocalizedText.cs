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
