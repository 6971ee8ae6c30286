using System.Text;
using StdWorkflow.Domain.Common;

namespace StdWorkflow.Domain.Processes;

/// <summary>Brings what people type or paste to the plain characters that the patterns know.</summary>
internal static class TypedText
{
    /// <summary>
    /// Trims, turns full-width characters, dashes and slashes into their ASCII forms and runs of spaces into one. The length is
    /// looked at before anything else, so that hostile input costs nothing.
    /// </summary>
    public static Result<string> Plain(string? text, string missing, string tooLong, int longest)
    {
        if (text is null) return Problem.Of(missing);
        if (text.Length > longest) return Problem.Of(tooLong, longest, text.Length);

        var plain = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            var next = PlainOf(character);
            if (next is null || next == ' ' && (plain.Length == 0 || plain[^1] == ' ')) continue;
            plain.Append(next);
        }
        if (plain.Length > 0 && plain[^1] == ' ') plain.Length--;
        return plain.Length == 0 ? Problem.Of(missing) : plain.ToString();
    }

    private static char? PlainOf(char character) => character switch
    {
        // Zero-width characters come along when a number is copied from a web page.
        '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF' or '\u00AD' => null,
        >= '\u2010' and <= '\u2015' or '\u2212' or '\uFE58' or '\uFE63' => '-',
        '\u2044' or '\u2215' => '/',
        >= '\uFF01' and <= '\uFF5E' => (char)(character - 0xFEE0),
        _ => char.IsWhiteSpace(character) ? ' ' : character,
    };
}
