using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Features.Shared;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

public sealed class IndexModel : PageModel
{
    private const string ByCode = "code";

    private static readonly HashSet<string> Sorts = [ByCode, "-code", "number", "-number", "since", "-since", "deadline", "-deadline"];

    private readonly Visible visible;
    private readonly CurrentUser me;
    private readonly ProcessCatalog processes;
    private readonly TimeProvider clock;

    public IndexModel(Visible visible, CurrentUser me, ProcessCatalog processes, TimeProvider clock) => (this.visible, this.me, this.processes, this.clock) = (visible, me, processes, clock);

    /// <summary>What the filter form and the head of the table hold.</summary>
    public sealed record Filter : WorkItemFilter
    {
        public string? Sort { get; init; }
        public int Page { get; init; } = 1;

        /// <summary>True from the search on every page: who asks for one number there wants that item, and not a list of one.</summary>
        public bool Go { get; init; }
    }

    public Filter Shown { get; private set; } = new();
    public Page<WorkItemLine> Found { get; private set; } = null!;
    public WorkItemLines Lines { get; private set; } = WorkItemLines.None;
    public IReadOnlyList<(string Code, string Designation)> Committees { get; private set; } = [];
    public IReadOnlyList<string> States => me.IsSignedIn ? WorkItemFilter.States : [.. WorkItemFilter.States.Where(state => state != WorkItemFilter.Mine)];
    public bool MayPropose => me.MaySomewhere(Permission.Propose);
    public bool IsFiltered => Shown is { Q: not null } or { Committee: not null } or { Phase: not null } or { State: not null };

    public async Task<IActionResult> OnGetAsync([FromQuery] Filter filter, CancellationToken stop)
    {
        var asked = FilterText.Read(filter.Committee);
        Committees = [.. (await visible.Committees
            .Where(committee => committee.Code == asked || visible.CommitteeAncestors.Any(link => link.AncestorId == committee.Id && visible.WorkItems.Any(item => item.CommitteeId == link.CommitteeId)))
            .Select(committee => new { committee.Code, committee.Designation }).ToListAsync(stop))
            .OrderBy(committee => SortKeys.Of(committee.Designation), StringComparer.Ordinal).Select(committee => (committee.Code, committee.Designation))];
        Shown = Read(filter);
        if (filter.Go && Shown.Q is { } number && await WorkItemNumbers.FindAsync(visible, number, stop) is { } code) return Redirect(WorkItemLinks.Details(code));

        var now = clock.UtcNow();
        Found = await WorkItemLines.Select(Sorted(Shown.Apply(visible, me, now))).ToPageAsync(Shown.Page, stop);
        Lines = await WorkItemLines.CompleteAsync(Found.Rows, visible, processes, now, stop);
        return Page();
    }

    private IQueryable<WorkItemRow> Sorted(IQueryable<WorkItemRow> found) => Shown.Sort switch
    {
        "deadline" => found.OrderBy(row => row.Track.NextDeadlineUtc == null).ThenBy(row => row.Track.NextDeadlineUtc).ThenBy(row => row.Item.Id),
        // What has no date stands last both ways: the databases differ in where they would put it.
        "-deadline" => found.OrderBy(row => row.Track.NextDeadlineUtc == null).ThenByDescending(row => row.Track.NextDeadlineUtc).ThenBy(row => row.Item.Id),
        "-since" => found.OrderBy(row => row.Track.Since == null).ThenByDescending(row => row.Track.Since).ThenBy(row => row.Item.Id),
        "-number" => found.OrderByDescending(row => row.Item.SortKey).ThenBy(row => row.Item.Id),
        "since" => found.OrderBy(row => row.Track.Since == null).ThenBy(row => row.Track.Since).ThenBy(row => row.Item.Id),
        "-code" => found.OrderByDescending(row => row.Item.Number),
        "number" => found.OrderBy(row => row.Item.SortKey).ThenBy(row => row.Item.Id),
        _ => found.OrderBy(row => row.Item.Number),
    };

    /// <summary>What of the filter means something; the rest is as if it were not there.</summary>
    private Filter Read(Filter filter) => filter with
    {
        Q = FilterText.Read(filter.Q),
        Committee = Committees.Any(known => known.Code == filter.Committee) ? filter.Committee : null,
        Phase = Enum.GetNames<Phase>().FirstOrDefault(name => string.Equals(name, filter.Phase, StringComparison.OrdinalIgnoreCase)),
        State = States.Contains(filter.State) ? filter.State : null,
        Sort = filter.Sort is { } sort && Sorts.Contains(sort) ? sort : null,
    };
}
