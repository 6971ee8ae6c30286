using System.Globalization;
using System.Text.RegularExpressions;
using StdWorkflow.Domain.Common;

namespace StdWorkflow.Domain.Processes;

/// <summary>Who makes a Chinese standard, by its prefix.</summary>
public enum StandardLevel
{
    /// <summary>GB, GB/T, GB/Z.</summary>
    National,

    /// <summary>Two or three letters of a sector, for example YD/T.</summary>
    Industry,

    /// <summary>DB and the digits of a province or city.</summary>
    Local,

    /// <summary>T/ and the code of an association.</summary>
    Group,
}

/// <summary>标准编号: prefix, serial, part and year, for example <c>GB/T 41867-2022</c> or <c>GB/T 45288.1-2025</c>.</summary>
public sealed partial record StandardNumber
{
    private const int Longest = 150;

    private StandardNumber(string prefix, StandardLevel level, string serial, int? part, int year, IsoReference? identicalTo)
    {
        (Prefix, Level, Serial, Part, Year, IdenticalTo) = (prefix, level, serial, part, year, identicalTo);
        var own = part is null ? string.Create(CultureInfo.InvariantCulture, $"{prefix} {serial}-{year}")
            : string.Create(CultureInfo.InvariantCulture, $"{prefix} {serial}.{part}-{year}");
        Own = own;
        Text = identicalTo is null ? own : $"{own}/{identicalTo.Text}";
        SortKey = string.Create(CultureInfo.InvariantCulture, $"{prefix} {serial.PadLeft(7, '0')} {part ?? 0:D5} {year}");
    }

    /// <summary>The number as it is written, with a hyphen before the year.</summary>
    public string Text { get; }

    /// <summary>The first half of a double number; the whole of any other.</summary>
    public string Own { get; }

    /// <summary>For example <c>GB/T</c>, <c>DB11/T</c>, <c>T/CESA</c>.</summary>
    public string Prefix { get; }

    /// <summary>Who makes it.</summary>
    public StandardLevel Level { get; }

    /// <summary>The serial; a text, because leading zeros belong to it in some sectors.</summary>
    public string Serial { get; }

    /// <summary>The part, or null.</summary>
    public int? Part { get; }

    /// <summary>Year of issue, four digits.</summary>
    public int Year { get; }

    /// <summary>The international standard of a double number, which an identical adoption carries; else null.</summary>
    public IsoReference? IdenticalTo { get; }

    /// <summary>Sorts by prefix, serial, part and year when compared ordinally.</summary>
    public string SortKey { get; }

    /// <summary>
    /// Reads a standard number as people type it, with any dash, with or without the space. Refuses with
    /// <c>standardNumber.missing</c>, <c>standardNumber.tooLong</c>, <c>standardNumber.year</c> (no year, or an impossible one),
    /// <c>standardNumber.identicalTo</c> (the second half of a double number) or <c>standardNumber.pattern</c>.
    /// </summary>
    public static Result<StandardNumber> Parse(string? text) => TypedText.Plain(text, "standardNumber.missing", "standardNumber.tooLong", Longest).Bind(plain =>
    {
        var read = Pattern().Match(plain.ToUpperInvariant());
        if (!read.Success || read.Groups["prefix"].Value is "ISO" or "IEC") return Problem.Of("standardNumber.pattern", plain);

        if (!read.Groups["year"].Success) return Problem.Of("standardNumber.year", plain);
        var year = int.Parse(read.Groups["year"].Value, CultureInfo.InvariantCulture);

        // Two digits were usual until the mid-1990s.
        if (read.Groups["year"].Length == 2) year += 1900;
        if (year is < 1949 or > 2099) return Problem.Of("standardNumber.year", plain);

        IsoReference? identicalTo = null;
        if (read.Groups["second"].Success)
        {
            var second = IsoReference.Parse(read.Groups["second"].Value);
            if (!second.IsOk) return Problem.Of("standardNumber.identicalTo", plain, read.Groups["second"].Value);
            identicalTo = second.Value;
        }

        var prefix = read.Groups["prefix"].Value;
        return Result<StandardNumber>.Ok(new StandardNumber(
            prefix,
            LevelOf(prefix),
            read.Groups["serial"].Value,
            read.Groups["part"].Success ? int.Parse(read.Groups["part"].Value, CultureInfo.InvariantCulture) : null,
            year,
            identicalTo));
    });

    /// <summary>The number as it is written.</summary>
    public override string ToString() => Text;

    private static StandardLevel LevelOf(string prefix) =>
        prefix is "GB" or "GB/T" or "GB/Z" ? StandardLevel.National
        : prefix.StartsWith("T/", StringComparison.Ordinal) ? StandardLevel.Group
        : prefix.Length > 2 && prefix.StartsWith("DB", StringComparison.Ordinal) && char.IsAsciiDigit(prefix[2]) ? StandardLevel.Local
        : StandardLevel.Industry;

    [GeneratedRegex(
        @"^(?<prefix>DB[0-9]{2}(?:[0-9]{2})?(?:/[TZ])?|T/(?:[0-9]{0,4}[A-Z]{2,12})|[A-Z]{2,3}(?:/[TZ])?) ?(?<serial>[0-9]{1,7})(?:\.(?<part>[0-9]{1,5}))?(?: ?- ?(?<year>[0-9]{4}|[0-9]{2}))?(?:/(?<second>(?:ISO|IEC)[ /].*))?\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}
