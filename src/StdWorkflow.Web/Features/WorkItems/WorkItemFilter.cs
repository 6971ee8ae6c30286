using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Web.Features.Shared;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>Which work items a list shows; the same for the page and the API. Everything may be missing or nonsense.</summary>
public record WorkItemFilter
{
    public const string Mine = "mine";
    public const string Followed = "followed";

    /// <summary>How many days ahead a deadline is near.</summary>
    public const int NearDays = 30;

    public static IReadOnlyList<string> States { get; } = ["late", "near", "blocked", "comment", "running", "ended", Mine, Followed];

    [Description("A part of the title or of a number.")]
    public string? Q { get; init; }

    [Description("Code of a committee; those below it count.")]
    public string? Committee { get; init; }

    [Description("preResearch, drafting, conversion or maintenance.")]
    public string? Phase { get; init; }

    [Description("late, near (due within 30 days), blocked, comment, running, ended, mine or followed; the last two need a token (401).")]
    public string? State { get; init; }

    [Description("Key of the process that drives the main text.")]
    public string? Process { get; init; }

    [Description("Key of the stage where the main text stands.")]
    public string? Stage { get; init; }

    /// <summary>The filter as the query of an address, with the mark before it; empty when nothing is filtered.</summary>
    public string ToQuery() => QueryString.Create(
        new (string Name, string? Value)[] { ("q", Q), ("committee", Committee), ("phase", Phase), ("state", State), ("process", Process), ("stage", Stage) }
            .Select(part => new KeyValuePair<string, string?>(part.Name, FilterText.Read(part.Value))).Where(part => part.Value is not null)).ToString();

    /// <summary>What of it cannot be meant, or names what is not there: what is to be kept must mean something.</summary>
    public async Task<IReadOnlyList<Problem>> CheckAsync(AppDbContext db, CancellationToken stop)
    {
        var problems = Check().ToList();
        if (Committee is not null && !await db.Committees.AnyAsync(known => known.Code == Committee, stop)) problems.Add(Problem.Of("savedFilter.unknown", Committee));
        var stages = Process is null && Stage is null ? null
            : await db.Processes.Where(known => known.Key == Process && known.IsCurrent).Select(known => known.Json).SingleOrDefaultAsync(stop) is { } json ? DefinitionReader.ReadStored(json).Value : null;
        if (Process is not null && stages is null) problems.Add(Problem.Of("savedFilter.unknown", Process));
        if (Stage is not null && stages?.FindStage(Stage) is null) problems.Add(Problem.Of("savedFilter.unknown", Stage));
        return problems;
    }

    /// <summary>What of it a program of this asker cannot mean, and whether it must show who it is.</summary>
    internal IEnumerable<Problem> CheckFor(CurrentUser me) =>
        State is Mine or Followed && !me.IsSignedIn ? [Problem.Of(Api.ApiProblems.TokenNeeded)] : Check();

    /// <summary>What of it cannot be meant; a list that is asked for it shows what the rest of it says, the API refuses.</summary>
    public IEnumerable<Problem> Check()
    {
        if (!string.IsNullOrWhiteSpace(Q) && FilterText.Read(Q) is null) yield return Problem.On(nameof(Q), "validation.invalid");
        if (FilterText.Read(Phase) is not null && ParsedPhase is null) yield return Problem.On(nameof(Phase), "filter.unknown", FilterText.NamesOf<Phase>());
        if (FilterText.Read(State) is { } state && !States.Contains(state)) yield return Problem.On(nameof(State), "filter.unknown", string.Join(", ", States));
    }

    public IQueryable<WorkItemRow> Apply(Visible visible, CurrentUser me, DateTime nowUtc, bool byTrack = false)
    {
        var found = byTrack ? WorkItemLines.ByTrack(visible) : WorkItemLines.All(visible);
        if (FilterText.Read(Q)?.ToLowerInvariant() is { } words) found = found.Where(row => row.Item.SearchText.Contains(words));
        if (FilterText.Read(Committee) is { } code)
            found = found.Where(row => visible.CommitteeAncestors.Any(link => link.CommitteeId == row.Item.CommitteeId
                && visible.Committees.Any(committee => committee.Id == link.AncestorId && committee.Code == code)));
        if (FilterText.Read(Process) is { } process) found = found.Where(row => row.Track.ProcessKey == process);
        if (FilterText.Read(Stage) is { } stage) found = found.Where(row => row.Track.StageKey == stage);
        if (ParsedPhase is { } phase) found = found.Where(row => row.Track.Phase == phase);
        var soon = nowUtc.AddDays(NearDays);
        return FilterText.Read(State) switch
        {
            "late" => found.Where(row => row.Track.DeadlineKey < nowUtc),
            "near" => found.Where(row => row.Track.DeadlineKey >= nowUtc && row.Track.DeadlineKey < soon),
            "blocked" => found.Where(row => row.Track.IsBlocked),
            "running" => found.Where(row => row.Track.End == null),
            "ended" => found.Where(row => row.Track.End != null),
            "comment" => found.Where(row => visible.Consultations.Any(period => period.WorkItemId == row.Item.Id && !period.IsClosed && period.ClosesAtUtc >= nowUtc)),
            Mine => found.Where(row => row.Item.LeaderId != null && row.Item.LeaderId == me.Person),
            Followed => found.Where(row => visible.Followed.Select(followed => followed.SubjectId).Contains(row.Item.Id)),
            _ => found,
        };
    }

    private Phase? ParsedPhase => FilterText.ReadName<Phase>(Phase);
}
