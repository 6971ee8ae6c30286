using System.Globalization;
using System.Text;

namespace StdWorkflow.Domain.Common;

/// <summary>Keys that put numbered things into the order that people expect, on every database.</summary>
public static class SortKeys
{
    /// <summary>Greatest length of <see cref="SearchText"/>.</summary>
    public const int SearchLength = 2 * Limits.Title + 4 * Limits.Code + 8;

    /// <summary>The texts in lower case (invariant), one per line, as they are looked up by a part of them.</summary>
    public static string SearchText(params IEnumerable<string?> texts)
    {
        var all = string.Join('\n', texts.Where(text => text is not null)).ToLowerInvariant();
        return all.Length > SearchLength ? all[..SearchLength] : all;
    }

    /// <summary>Lower case, every run of digits padded to ten, at most 200 characters: <c>w-42</c> comes before <c>w-1042</c>.</summary>
    public static string Of(string text)
    {
        var key = new StringBuilder(text.Length + 20);
        for (var at = 0; at < text.Length && key.Length < 200;)
        {
            if (!char.IsAsciiDigit(text[at]))
            {
                key.Append(char.ToLower(text[at++], CultureInfo.InvariantCulture));
                continue;
            }

            var end = at;
            while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
            key.Append(text[at..end].PadLeft(10, '0'));
            at = end;
        }

        return key.Length > 200 ? key.ToString(0, 200) : key.ToString();
    }
}
