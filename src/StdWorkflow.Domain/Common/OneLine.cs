using System.Globalization;
using System.Text;

namespace StdWorkflow.Domain.Common;

/// <summary>
/// The one rule of every text that is read on one line: names, titles, numbers, sources. What is read is what is stored, and there is
/// something to read. A decision of this product against texts that deceive, no rule of the field.
/// </summary>
public static class OneLine
{
    /// <summary>
    /// Why a text may not stand on one line, or null. <c>validation.hidden</c>: it holds characters that hide something;
    /// <c>validation.invisible</c>: nothing in it can be seen. Blanks around it do not count; whether a text must be there at all is another rule.
    /// </summary>
    /// <param name="field">Where it was entered.</param>
    /// <param name="text">The text, or null.</param>
    public static Problem? Check(string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var runes = text.Trim().EnumerateRunes();
        return runes.Any(Hides) ? Problem.On(field, "validation.hidden") : runes.Any(CanBeSeen) ? null : Problem.On(field, "validation.invisible");
    }

    /// <summary>Why either language of a text may not stand on one line, or null.</summary>
    /// <param name="field">Where it was entered.</param>
    /// <param name="text">The text.</param>
    public static Problem? Check(string field, LocalizedText text) => Check(field, text.Zh) ?? Check(field, text.En);

    /// <summary>Control characters (ends of lines among them), marks that turn the direction of writing, tags, and other characters of no width or no meaning.</summary>
    private static bool Hides(Rune letter) => Rune.IsControl(letter)
        || letter.Value is 0x061C or 0x200B or 0x200E or 0x200F or 0x2028 or 0x2029 or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F)
            or 0xFEFF or (>= 0xFFF9 and <= 0xFFFB) or 0xFFFE or 0xFFFF or (>= 0xE0000 and <= 0xE007F);

    /// <summary>Marks and joiners are seen only beside a letter; the five named here are letters and signs that draw nothing.</summary>
    private static bool CanBeSeen(Rune letter) =>
        Rune.GetUnicodeCategory(letter) is not (UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
        && letter.Value is not (0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0);
}
