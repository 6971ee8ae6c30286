using System.Text.RegularExpressions;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.International;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>A row of a list of Chinese plans and standards.</summary>
/// <param name="Line">Its line.</param>
/// <param name="Said">What it says of the item itself.</param>
/// <param name="StatusAsOf">The day of which its status is, or null.</param>
/// <param name="StageKey">The stage of the national process that it shows, or null when it shows none.</param>
/// <param name="Entered">The day on which that stage was entered, if the row says so.</param>
/// <param name="Committees">Designations of the committees that it names, the nearest first.</param>
internal sealed record PlanFileRow(int Line, PlanRow Said, DateOnly? StatusAsOf, string? StageKey, DateOnly? Entered, IReadOnlyList<string> Committees);

/// <summary>Reads rows of the national platform's lists.</summary>
internal static partial class PlanFileRows
{
    public static readonly string[] Columns = ["number", "title_zh", "status_zh"];

    /// <summary>
    /// The stage at which a status of the platform stands, or null for a status that is not known. A standard without a status
    /// has at least been issued.
    /// </summary>
    public static string? StageOf(string? status, bool isStandard) => status switch
    {
        null => isStandard ? "60" : null,
        "正在起草" => "20",
        "征求意见" or "正在征求意见" => "30",
        "正在审查" => "40",
        "正在批准" => "50",
        "已发布" or "即将实施" or "现行" => "60",
        "废止" or "已废止" => "95",
        _ => null,
    };

    /// <summary>The process of a new item, by the kind of standard that its number tells; the number of the standard goes before that of its plan.</summary>
    public static string ProcessOf(PlanRow said)
    {
        var prefix = StandardNumber.Parse(said.StandardNumber) is { IsOk: true } standard ? standard.Value.Prefix : null;
        PlanKind? plan = PlanNumber.Parse(said.PlanNumber) is { IsOk: true } number ? number.Value.Kind : null;
        return (prefix, plan) switch
        {
            ("GB/Z", _) or (null, PlanKind.Guidance) => "gb-z",
            ("GB", _) or (null, PlanKind.Mandatory) => "gb-mandatory",
            _ => "gb-t-normal",
        };
    }

    public static Result<PlanFileRow> Read(CsvRecord row)
    {
        var problems = new List<Problem>();
        var number = row["number"];
        var asPlan = PlanNumber.Parse(number);
        var asStandard = StandardNumber.Parse(number);
        if (number is null) problems.Add(Problem.On("number", "import.missing", "number"));
        else if (!asPlan.IsOk && !asStandard.IsOk)
            problems.AddRange((row["kind"] == "standard" ? asStandard.Problems : asPlan.Problems).Select(problem => problem with { Field = "number" }));
        else if (asStandard is { IsOk: true, Value.Level: not StandardLevel.National })
            problems.Add(Problem.On("number", "import.notNational", number));

        var plan = asPlan.IsOk ? asPlan.Value.Text : null;
        if (plan is null && row["plan_no"] is { } planText)
        {
            var given = PlanNumber.Parse(planText);
            if (given.IsOk) plan = given.Value.Text;
            else if (planText != number) problems.AddRange(given.Problems.Select(problem => problem with { Field = "plan_no" }));
        }

        var status = row["status_zh"];
        var stage = StageOf(status, asStandard.IsOk);
        if (status is not null && stage is null) problems.Add(Problem.On("status_zh", "import.unknownStatus", status));

        var asOf = Date("status_as_of");
        var registered = Date("registered_or_issued");
        var inForce = Date("implementation");
        var titleZh = Text("title_zh", Limits.Title);
        var titleEn = Text("title_en", Limits.Title);
        var committees = new[] { Text("executing_sc", Limits.Name), Text("committee", Limits.Name) }.OfType<string>().ToList();
        if (problems.Count > 0) return Result<PlanFileRow>.Fail(problems);

        var issued = asStandard.IsOk ? DayOf(registered) : null;
        var entered = stage switch { "20" when !asStandard.IsOk => DayOf(registered), "60" => issued, _ => null };
        return new PlanFileRow(
            row.Line,
            new PlanRow(LocalizedText.Of(titleZh, titleEn), plan, asStandard.IsOk ? asStandard.Value.Text : null, status, committees.FirstOrDefault(), issued, DayOf(inForce)),
            asOf?.First, stage, entered, [.. committees.Select(Designation)]);

        PartialDate? Date(string column)
        {
            if (row[column] is not { } text) return null;
            var date = PartialDate.Parse(text);
            if (date is null) problems.Add(IsoRows.Unreadable(column, text, "import.notADate"));
            return date;
        }

        string? Text(string column, int longest)
        {
            var text = row[column] is { } cell ? FieldText.OnOneLine(cell) : null;
            if (text is not null && FieldText.Check(column, text, longest) is { } unfit) problems.Add(unfit);
            return text;
        }
    }

    /// <summary>The platform writes <c>TC28SC42</c> for SAC/TC28/SC42.</summary>
    public static string Designation(string platform) =>
        Platform().Match(platform) is { Success: true } read ? $"SAC/{string.Join('/', read.Groups["level"].Captures.Select(level => level.Value))}" : platform;

    private static DateOnly? DayOf(PartialDate? date) => date is { IsDay: true } day ? day.First : null;

    // Without backtracking only the last capture of a group would be kept.
    [GeneratedRegex("^(?<level>TC[0-9]+)(?<level>(?:SC|SWG|WG)[0-9]+)*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Platform();
}
