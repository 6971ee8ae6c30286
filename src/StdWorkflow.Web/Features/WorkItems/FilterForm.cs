using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Features.Shared;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>The filter of work items as its form shows it: what there is to choose from, and what of the address means something.</summary>
public sealed record FilterForm(
    WorkItemFilter Shown, IReadOnlyList<(string Code, string Designation)> Committees, IReadOnlyList<ProcessDefinition> Processes, IReadOnlyList<string> States)
{
    /// <summary>True where one process must be chosen, as on the board.</summary>
    public bool NeedsProcess { get; init; }

    /// <summary>The process that is chosen, as new items take it.</summary>
    public ProcessDefinition? Process => Processes.FirstOrDefault(known => known.Key == Shown.Process);

    public bool IsFiltered => Shown is { Q: not null } or { Committee: not null } or { Phase: not null } or { State: not null } or { Stage: not null } || (Shown.Process is not null && !NeedsProcess);

    /// <summary>Reads the filter out of an address. What of it means nothing is as if it were not there.</summary>
    public static async Task<FilterForm> ReadAsync(WorkItemFilter filter, Visible visible, CurrentUser me, ProcessCatalog catalog, CancellationToken stop)
    {
        var asked = FilterText.Read(filter.Committee);
        IReadOnlyList<(string Code, string Designation)> committees = [.. (await visible.Committees
            .Where(committee => committee.Code == asked || visible.CommitteeAncestors.Any(link => link.AncestorId == committee.Id && visible.WorkItems.Any(item => item.CommitteeId == link.CommitteeId)))
            .Select(committee => new { committee.Code, committee.Designation }).ToListAsync(stop))
            .OrderBy(committee => SortKeys.Of(committee.Designation), StringComparer.Ordinal).Select(committee => (committee.Code, committee.Designation))];
        var processes = await catalog.CurrentAsync(visible.Processes, TrackKind.MainText, stop);
        IReadOnlyList<string> states = me.IsSignedIn ? WorkItemFilter.States : [.. WorkItemFilter.States.Where(state => state is not (WorkItemFilter.Mine or WorkItemFilter.Followed))];
        var process = processes.FirstOrDefault(known => known.Key == filter.Process);
        return new FilterForm(
            filter with
            {
                Q = FilterText.Read(filter.Q),
                Committee = committees.Any(known => known.Code == filter.Committee) ? filter.Committee : null,
                Phase = Enum.GetNames<Phase>().FirstOrDefault(name => string.Equals(name, filter.Phase, StringComparison.OrdinalIgnoreCase)),
                State = states.Contains(filter.State) ? filter.State : null,
                Process = process?.Key,
                Stage = process?.FindStage(filter.Stage ?? "")?.Key,
            },
            committees, processes, states);
    }
}
