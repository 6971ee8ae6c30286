using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Domain.WorkItems;

/// <summary>What may grow from a work item: the national project from finished pre-research, the conversion from a national project.</summary>
public static class Succession
{
    /// <summary>The kind that grows from this one, or null when nothing does.</summary>
    public static WorkItemKind? Next(WorkItemKind kind) => kind switch
    {
        WorkItemKind.PreResearch => WorkItemKind.National,
        WorkItemKind.National => WorkItemKind.Conversion,
        _ => null,
    };

    /// <summary>Why nothing may grow from it now, or null when it may: pre-research must be finished, a national project must not be abandoned.</summary>
    public static Problem? Refusal(WorkItemKind kind, TrackEnd? end) => kind switch
    {
        WorkItemKind.PreResearch when end != TrackEnd.Finished => Problem.Of("succession.preResearchNotFinished"),
        WorkItemKind.National when end == TrackEnd.Abandoned => Problem.Of("succession.abandoned"),
        WorkItemKind.Conversion or WorkItemKind.Maintenance => Problem.Of("succession.nothingFollows"),
        _ => null,
    };

    /// <summary>
    /// Opens what grows from an item: it takes over title, proposal, committee, leader and drafting organisations, and remembers
    /// where it comes from. Refused as <see cref="Refusal"/> says, and for a process of another kind.
    /// </summary>
    public static Result<WorkItem> Open(WorkItem from, int number, LocalizedText title, ProcessDefinition definition, WorkingCalendar calendar, DateOnly on, DateTime nowUtc)
    {
        if (Refusal(from.Kind, from.Main.End) is { } refusal) return refusal;
        var kind = WorkItem.KindOf(definition);
        if (kind != Next(from.Kind)) return Problem.On("Process", "succession.otherKind", definition.Key);
        return WorkItem.Propose(number, kind, title, from.CommitteeId, from.Proposal, from.IsPublic, from.IsDemo, definition, calendar, on, nowUtc).Tap(item =>
        {
            item.ComesFrom(kind == WorkItemKind.Conversion ? LineageKind.Converts : LineageKind.GrewFrom, from.Id, null);
            item.AssignLeader(from.LeaderId);
            item.NameDraftingOrganizations([.. from.DraftingOrganizations.OrderBy(named => named.SortOrder).Select(named => named.OrganizationId)]);
            item.LookAgain(item.Main, definition, item.FactsOf(item.Main, nowUtc, null, 0, 0));
        });
    }
}
