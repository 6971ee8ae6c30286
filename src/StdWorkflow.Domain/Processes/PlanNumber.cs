using System.Globalization;
using System.Text.RegularExpressions;
using StdWorkflow.Domain.Common;

namespace StdWorkflow.Domain.Processes;

/// <summary>What kind of standard a plan is for, by the letter in its number.</summary>
public enum PlanKind
{
    /// <summary>T: 推荐性.</summary>
    Recommended,

    /// <summary>Q: 强制性.</summary>
    Mandatory,

    /// <summary>Z: 指导性技术文件.</summary>
    Guidance,
}

/// <summary>计划号: year, four-digit serial, kind and department, for example <c>20260326-T-469</c>.</summary>
public sealed partial record PlanNumber
{
    private const int Longest = 60;

    private PlanNumber(int year, int serial, PlanKind kind, string department, string text) =>
        (Year, Serial, Kind, Department, Text) = (year, serial, kind, department, text);

    /// <summary>The number as it is written.</summary>
    public string Text { get; }

    /// <summary>Year of the plan.</summary>
    public int Year { get; }

    /// <summary>Running number in the year.</summary>
    public int Serial { get; }

    /// <summary>What kind of standard is planned.</summary>
    public PlanKind Kind { get; }

    /// <summary>Three-digit code of the competent department.</summary>
    public string Department { get; }

    /// <summary>
    /// Reads a plan number as people type it. Refuses with <c>planNumber.missing</c>, <c>planNumber.tooLong</c>,
    /// <c>planNumber.kind</c> (right but for the letter) or <c>planNumber.pattern</c>.
    /// </summary>
    public static Result<PlanNumber> Parse(string? text) => TypedText.Plain(text, "planNumber.missing", "planNumber.tooLong", Longest).Bind(plain =>
    {
        var read = Pattern().Match(plain.ToUpperInvariant());
        if (!read.Success) return Problem.Of("planNumber.pattern", plain);

        PlanKind? kind = read.Groups["kind"].Value switch
        {
            "T" => PlanKind.Recommended,
            "Q" => PlanKind.Mandatory,
            "Z" => PlanKind.Guidance,
            _ => null,
        };
        if (kind is null) return Problem.Of("planNumber.kind", plain, read.Groups["kind"].Value);

        return Result<PlanNumber>.Ok(new PlanNumber(
            int.Parse(read.Groups["year"].Value, CultureInfo.InvariantCulture),
            int.Parse(read.Groups["serial"].Value, CultureInfo.InvariantCulture),
            kind.Value,
            read.Groups["department"].Value,
            $"{read.Groups["year"].Value}{read.Groups["serial"].Value}-{read.Groups["kind"].Value}-{read.Groups["department"].Value}"));
    });

    /// <summary>The number as it is written.</summary>
    public override string ToString() => Text;

    [GeneratedRegex(@"^(?<year>(?:19|20)[0-9]{2})(?<serial>[0-9]{4}) ?- ?(?<kind>[A-Z]) ?- ?(?<department>[0-9]{3})\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}
