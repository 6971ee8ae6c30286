using System.Globalization;
using System.Text.RegularExpressions;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.International;
using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Web.Features.International;

/// <summary>A row of ISO's open data on committees.</summary>
internal sealed record CommitteeRow(
    int Line, int Number, string Designation, string? Status, string? TitleEn, string? Secretariat, DateOnly? Created, int? Parent, int? PMembers, int? OMembers);

/// <summary>A row of ISO's open data on deliverables.</summary>
internal sealed record DeliverableRow(int Line, ForeignSnapshot Said);

/// <summary>A row of a stage-event file.</summary>
internal sealed record StageEventRow(int Line, int Number, string? OwnerCommittee, string Reference, DateOnly ObservedOn, string Stage, string? PreviousStage);

/// <summary>Reads the rows of ISO's files, with the traps that the real ones hold.</summary>
internal static partial class IsoRows
{
    public static readonly string[] StageEventColumns = ["observed_on", "iso_id", "reference", "stage"];

    public static Result<DeliverableRow> Deliverable(FileLine line) => JsonRow.Read(line, row => new DeliverableRow(line.Number, new ForeignSnapshot(
        row.Key("id"),
        row.RequiredText("reference", Limits.Name),
        row.Text("title", "en", Limits.Title) is { } title ? new LocalizedText(null, title) : null,
        row.Text("deliverableType", Limits.Code),
        row.Text("supplementType", Limits.Code),
        row.Whole("edition"),
        PublicationDate(row),
        row.List("icsCode", Limits.Name),
        row.Text("ownerCommittee", Limits.Name),
        Stage(row),
        row.List("replaces", Limits.Text),
        row.List("replacedBy", Limits.Text))));

    public static Result<CommitteeRow> Committee(FileLine line) => JsonRow.Read(line, row =>
    {
        var (p, o) = (row.Count("pMembers"), row.Count("oMembers"));

        // A committee that IEC administers is listed with nobody, or with its secretariat alone.
        var isListed = o > 0 || p > 1;
        return new CommitteeRow(
            line.Number,
            row.Key("id"),
            row.RequiredText("reference", Limits.Code),
            row.Text("status", Limits.Code),
            row.Text("title", "en", Limits.Name),
            row.Text("secretariat", "acronym", Limits.Code),
            row.Date("creationDate"),
            row.Whole("parentId"),
            isListed ? p : null,
            isListed ? o : null);
    });

    public static Result<StageEventRow> StageEvent(CsvRecord row)
    {
        var problems = new List<Problem>();
        var number = Number(row["iso_id"]);
        var on = Day(row["observed_on"]);
        var (reference, owner) = (row["reference"], row["owner_committee"]);
        if (number is null) problems.Add(Unreadable("iso_id", row["iso_id"], "import.notAWholeNumber"));
        if (on is null) problems.Add(Unreadable("observed_on", row["observed_on"], "import.notADate"));
        if (reference is null) problems.Add(Problem.On("reference", "import.missing", "reference"));
        var stage = StageIn("stage", row["stage"]);
        var previous = row["previous_stage"] is { } text ? StageIn("previous_stage", text) : null;
        if (FieldText.Check("reference", reference ?? "", Limits.Name) is { } unfitReference) problems.Add(unfitReference);
        if (FieldText.Check("owner_committee", owner ?? "", Limits.Name) is { } unfitOwner) problems.Add(unfitOwner);
        return problems.Count > 0 ? Result<StageEventRow>.Fail(problems)
            : new StageEventRow(row.Line, number!.Value, owner, reference!, on!.Value, stage!, previous);

        string? StageIn(string column, string? text)
        {
            var code = StageCode.Parse(text);
            if (code.IsOk && StageMatrix.Contains(code.Value)) return code.Value.ToString();
            problems.Add(Unreadable(column, text, "import.unknownStage"));
            return null;
        }
    }

    /// <summary>A day, <c>YYYY-MM-DD</c>; null for anything else.</summary>
    public static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public static Problem Unreadable(string column, string? text, string code) => text is null ? Problem.On(column, "import.missing", column)
        : Problem.On(column, code, column, text.Length <= 60 ? text : text[..60] + "…");

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    /// <summary>6060 is 60.60. Old rows hold only a sub-stage; its stage is not guessed.</summary>
    private static string? Stage(JsonRow row)
    {
        if (row.Whole("currentStage") is not { } written) return null;
        var code = StageCode.FromIso(written);
        if (code.IsOk && StageMatrix.Contains(code.Value)) return code.Value.ToString();
        if (!code.IsOk && code.Problem.Code == StageCode.OnlySubstageCode && StageMatrix.All.Any(known => known.Code.Substage == written))
            return string.Create(CultureInfo.InvariantCulture, $".{written:D2}");
        row.Problems.Add(Problem.On("currentStage", "import.unknownStage", "currentStage", written));
        return null;
    }

    private static string? PublicationDate(JsonRow row)
    {
        if (row.Text("publicationDate", 40) is not { } text) return null;
        if (PartialDate.Parse(text) is not null) return text;
        row.Problems.Add(Problem.On("publicationDate", "import.notADate", "publicationDate", text));
        return null;
    }
}

/// <summary>A date of which the day, or the month too, may be missing.</summary>
internal readonly partial record struct PartialDate(DateOnly First, bool IsDay)
{
    /// <summary>Reads <c>YYYY</c>, <c>YYYY-MM</c> or <c>YYYY-MM-DD</c>; null for anything else.</summary>
    public static PartialDate? Parse(string? text)
    {
        if (text is null || !Pattern().IsMatch(text)) return null;
        var full = text.Length switch { 4 => text + "-01-01", 7 => text + "-01", _ => text };
        return IsoRows.Day(full) is { } first ? new PartialDate(first, text.Length == 10) : null;
    }

    [GeneratedRegex(@"^[0-9]{4}(?:-[0-9]{2}){0,2}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}
