using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Domain.WorkItems;

/// <summary>
/// What may follow a work item: the national project from finished pre-research, the conversion from a national project, the revision or
/// replacement of a published standard, and what running work becomes when it is split, merged or replaced.
/// </summary>
public static class Succession
{
    /// <summary>The most parts into which one item is split at once. A decision of this product, no rule of the field.</summary>
    public const int MostParts = 20;

    /// <summary>The most items that become one at once. A decision of this product, no rule of the field.</summary>
    public const int MostMerged = 20;

    /// <summary>The kind that grows from this one, or null when nothing does.</summary>
    public static WorkItemKind? Next(WorkItemKind kind) => kind switch
    {
        WorkItemKind.PreResearch => WorkItemKind.National,
        WorkItemKind.National => WorkItemKind.Conversion,
        _ => null,
    };

    /// <summary>How what grows from this kind is joined to it.</summary>
    public static LineageKind Growing(WorkItemKind kind) => kind == WorkItemKind.PreResearch ? LineageKind.GrewFrom : LineageKind.Converts;

    /// <summary>Why nothing may grow from it now, or null when it may: pre-research must be finished, a national project must not be abandoned.</summary>
    public static Problem? Refusal(WorkItemKind kind, TrackEnd? end) => Refusal(Growing(kind), kind, end, "");

    /// <summary>
    /// Why an item cannot be followed in this way, or null when it can: only a published national standard is revised, only running work
    /// is split or merged; replaced can be either.
    /// </summary>
    /// <param name="how">How the newer would be joined to it.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="end">How its main text ended, or null while it goes on.</param>
    /// <param name="code">Its code, for the problem to name.</param>
    public static Problem? Refusal(LineageKind how, WorkItemKind kind, TrackEnd? end, string code) => how switch
    {
        LineageKind.GrewFrom when kind == WorkItemKind.PreResearch => end == TrackEnd.Finished ? null : Problem.Of("succession.preResearchNotFinished"),
        LineageKind.Converts when kind == WorkItemKind.National => end is null or TrackEnd.Finished ? null : Problem.Of("succession.abandoned"),
        LineageKind.GrewFrom or LineageKind.Converts => Problem.Of("succession.nothingFollows"),
        LineageKind.Revises => kind == WorkItemKind.National && end == TrackEnd.Finished ? null : Problem.Of("succession.notPublished", code),
        LineageKind.Replaces => end is null || (kind == WorkItemKind.National && end == TrackEnd.Finished) ? null : Problem.Of("succession.over", code),
        LineageKind.Splits or LineageKind.Merges => end is null ? null : Problem.Of("succession.over", code),
        _ => Problem.On("Kind", "succession.unknownKind"),
    };

    /// <summary>The ways in which an item can be followed now, in the order in which they are offered.</summary>
    public static IReadOnlyList<LineageKind> Ways(WorkItemKind kind, TrackEnd? end) =>
        [.. Enum.GetValues<LineageKind>().Where(how => Refusal(how, kind, end, "") is null).OrderBy(how => how == LineageKind.Replaces)];

    /// <summary>True when the older ends by it and its clocks go on in the newer; false when the newer begins its own way.</summary>
    public static bool CarriesOn(LineageKind how, TrackEnd? end) => how is LineageKind.Splits or LineageKind.Merges || (how == LineageKind.Replaces && end is null);

    /// <summary>
    /// Opens what follows one or several items. It takes over committee, leader, drafting organisations and the proposal of the first, and
    /// remembers where it comes from. What grows, revises or replaces a published standard begins its process anew. What running work
    /// becomes goes on in the same process: the older ends, the newer stands where the least advanced of the older stood, before a comment
    /// period if that opened one, and the clocks run on from their first days, so that nobody gains time. Refused as
    /// <see cref="Refusal(LineageKind, WorkItemKind, TrackEnd?, string)"/> says, for a process of another kind, while a comment period runs, and where deviations from one document would stand
    /// with the adoption of another.
    /// </summary>
    /// <param name="how">How the newer is joined to the older.</param>
    /// <param name="from">The older; the first gives what only one can give.</param>
    /// <param name="newer">Numbers and titles of what is opened: at least two to split, else one.</param>
    /// <param name="definition">The process of the newer; for running work the one that the first follows.</param>
    /// <param name="calendar">Working days, for the deadlines.</param>
    /// <param name="on">Today, in the zone of the committee.</param>
    /// <param name="nowUtc">Now.</param>
    public static Result<IReadOnlyList<WorkItem>> Open(
        LineageKind how, IReadOnlyList<WorkItem> from, IReadOnlyList<(int Number, LocalizedText Title)> newer,
        ProcessDefinition definition, WorkingCalendar calendar, DateOnly on, DateTime nowUtc)
    {
        var carriesOn = CarriesOn(how, from[0].Main.End);
        if (Refusal(how, from, newer, carriesOn) is { } refusal) return refusal;
        Result<Func<int, LocalizedText, Result<WorkItem>>> opening = carriesOn ? CarryingOn(from, definition, calendar, on, nowUtc) : Beginning(how, from, definition, calendar, on, nowUtc);
        if (!opening.IsOk) return Result<IReadOnlyList<WorkItem>>.Fail(opening.Problems);

        var opened = new List<WorkItem>();
        foreach (var (number, title) in newer)
        {
            var made = opening.Value(number, title);
            if (!made.IsOk) return Result<IReadOnlyList<WorkItem>>.Fail(made.Problems);
            foreach (var older in from) made.Value.ComesFrom(how, older.Id, null);
            made.Value.AssignLeader(from[0].LeaderId);
            made.Value.NameDraftingOrganizations([.. from.SelectMany(older => older.DraftingOrganizations.OrderBy(named => named.SortOrder)).Select(named => named.OrganizationId).Distinct()]);
            made.Value.LookAgain(made.Value.Main, definition, made.Value.FactsOf(made.Value.Main, nowUtc, null, 0, 0));
            opened.Add(made.Value);
        }

        if (how is not (LineageKind.GrewFrom or LineageKind.Converts))
            foreach (var older in from) older.FollowedBy(how, [.. opened.Select(item => item.Id)], carriesOn, on, nowUtc);
        return opened;
    }

    private static Problem? Refusal(LineageKind how, IReadOnlyList<WorkItem> from, IReadOnlyList<(int Number, LocalizedText Title)> newer, bool carriesOn)
    {
        for (var index = 0; index < from.Count; index++)
            if (Refusal(how, from[index].Kind, from[index].Main.End, from[index].Code) is { } refusal)
                return index == 0 ? refusal : refusal with { Field = "Others" };
        if (from.DistinctBy(older => older.Id).Count() < from.Count) return Problem.On("Others", "succession.itself");
        if (how == LineageKind.Merges && from.Count < 2) return Problem.On("Others", "succession.mergeNeedsTwo");
        if (from.Count > 1 && how is not (LineageKind.Merges or LineageKind.Replaces)) return Problem.On("Others", "succession.onlyOne");
        if (from.Count > MostMerged) return Problem.On("Others", "succession.tooMany", MostMerged);
        if (from.FirstOrDefault(older => older.Kind != from[0].Kind || CarriesOn(how, older.Main.End) != carriesOn) is { } other) return Problem.On("Others", "succession.unlike", other.Code);
        // Their deviations come together in one table, which holds for one adoption only.
        if (carriesOn && from.FirstOrDefault(older => older.Deviations.Count > 0 && !older.AdoptsAs(from[0])) is { } unlike) return Problem.On("Others", "succession.otherAdoption", unlike.Code, from[0].Code);
        if (how == LineageKind.Splits && newer.Count < 2) return Problem.On("Titles", "succession.splitNeedsTwo");
        if (how != LineageKind.Splits && newer.Count != 1) return Problem.On("Titles", "succession.oneTitle");
        if (newer.Count > MostParts) return Problem.On("Titles", "succession.tooMany", MostParts);
        return null;
    }

    private static Result<Func<int, LocalizedText, Result<WorkItem>>> Beginning(
        LineageKind how, IReadOnlyList<WorkItem> from, ProcessDefinition definition, WorkingCalendar calendar, DateOnly on, DateTime nowUtc)
    {
        var first = from[0];
        var kind = how is LineageKind.GrewFrom or LineageKind.Converts ? Next(first.Kind) : first.Kind;
        if (kind != WorkItem.KindOf(definition)) return Problem.On("Process", "succession.otherKind", definition.Key);
        var proposal = how != LineageKind.Revises ? first.Proposal
            : first.Proposal with { Nature = ProposalNature.Revision, RevisedStandard = first.StandardNumber ?? first.PlanNumber ?? first.Code };
        return Result<Func<int, LocalizedText, Result<WorkItem>>>.Ok((number, title) => WorkItem.Propose(
            number, kind.Value, title, first.CommitteeId, proposal, from.All(older => older.IsPublic), from.Any(older => older.IsDemo), definition, calendar, on, nowUtc));
    }

    private static Result<Func<int, LocalizedText, Result<WorkItem>>> CarryingOn(
        IReadOnlyList<WorkItem> from, ProcessDefinition definition, WorkingCalendar calendar, DateOnly on, DateTime nowUtc)
    {
        foreach (var older in from)
        {
            if (older.Main.ProcessKey != definition.Key || definition.FindStage(older.Main.StageKey) is null) return Problem.On("Others", "succession.otherProcess", older.Code);
            if (older.Deadlines.FirstOrDefault(deadline => deadline is { Kind: ClockKind.CommentPeriod, Status: DeadlineStatus.Running } && deadline.At(nowUtc) != DeadlineState.Met) is { } period)
                return Problem.Of("succession.periodRuns", older.Code, period.LocalDate);
        }

        // Comments stay with the text that they were made on; a text that is new goes out for comments itself.
        var index = from.Min(older => definition.Stages.ToList().FindIndex(stage => stage.Key == older.Main.StageKey));
        while (index > 0 && definition.Stages[index].OpensConsultation) index--;
        return Result<Func<int, LocalizedText, Result<WorkItem>>>.Ok((number, title) => WorkItem.CarryOn(number, from, title, definition, definition.Stages[index], calendar, on, nowUtc));
    }
}
