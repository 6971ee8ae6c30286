using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

public sealed class IndexModel : PageModel
{
    private readonly Visible visible;
    private readonly CurrentUser me;
    private readonly ProcessCatalog processes;
    private readonly TimeProvider clock;

    public IndexModel(Visible visible, CurrentUser me, ProcessCatalog processes, TimeProvider clock) => (this.visible, this.me, this.processes, this.clock) = (visible, me, processes, clock);

    /// <summary>What the filter form holds; everything may be missing or nonsense.</summary>
    public sealed record Filter
    {
        public string? Q { get; init; }
        public string? Committee { get; init; }
        public string? Phase { get; init; }
        public string? State { get; init; }
        public string? Sort { get; init; }
        public int Page { get; init; } = 1;
    }

    public Filter Shown { get; private set; } = new();
    public Page<WorkItemLine> Found { get; private set; } = null!;
    public WorkItemLines Lines { get; private set; } = WorkItemLines.None;
    public IReadOnlyList<(string Code, string Designation)> Committees { get; private set; } = [];
    public IReadOnlyList<string> States { get; } = ["late", "blocked", "comment", "running", "ended", "mine"];
    public bool MayPropose => me.MaySomewhere(Permission.Propose);
    public bool IsFiltered => Shown is { Q: not null } or { Committee: not null } or { Phase: not null } or { State: not null };

    public async Task OnGetAsync([Microsoft.AspNetCore.Mvc.FromQuery] Filter filter, CancellationToken stop)
    {
        Shown = filter with { Q = Blank(filter.Q), Committee = Blank(filter.Committee), Phase = Blank(filter.Phase), State = Blank(filter.State), Sort = Blank(filter.Sort) };
        var now = clock.UtcNow();
        Found = await WorkItemLines.Select(Sorted(Filtered(now))).ToPageAsync(Shown.Page, stop);
        Lines = await WorkItemLines.CompleteAsync(Found.Rows, visible, processes, now, stop);
        Committees = [.. (await visible.Committees.OrderBy(committee => committee.Designation)
            .Where(committee => visible.WorkItems.Any(item => item.CommitteeId == committee.Id))
            .Select(committee => new { committee.Code, committee.Designation }).ToListAsync(stop)).Select(committee => (committee.Code, committee.Designation))];
    }

    private IQueryable<WorkItemRow> Filtered(DateTime now)
    {
        var found = WorkItemLines.All(visible);
        if (Shown.Q?.ToLowerInvariant() is { } words) found = found.Where(row => row.Item.SearchText.Contains(words));
        if (Shown.Committee is { } code)
            found = found.Where(row => visible.CommitteeAncestors.Any(link => link.CommitteeId == row.Item.CommitteeId
                && visible.Committees.Any(committee => committee.Id == link.AncestorId && committee.Code == code)));
        if (Enum.TryParse<Phase>(Shown.Phase, ignoreCase: true, out var phase)) found = found.Where(row => row.Track.Phase == phase);
        return Shown.State switch
        {
            "late" => found.Where(row => row.Track.NextDeadlineUtc < now),
            "blocked" => found.Where(row => row.Track.IsBlocked),
            "running" => found.Where(row => row.Track.End == null),
            "ended" => found.Where(row => row.Track.End != null),
            "comment" => found.Where(row => visible.Consultations.Any(period => period.WorkItemId == row.Item.Id && !period.IsClosed && period.ClosesAtUtc >= now)),
            "mine" => found.Where(row => row.Item.LeaderId == me.Person),
            _ => found,
        };
    }

    private IQueryable<WorkItemRow> Sorted(IQueryable<WorkItemRow> found) => Shown.Sort switch
    {
        "deadline" => found.OrderBy(row => row.Track.NextDeadlineUtc == null).ThenBy(row => row.Track.NextDeadlineUtc).ThenBy(row => row.Item.Id),
        "-deadline" => found.OrderByDescending(row => row.Track.NextDeadlineUtc).ThenBy(row => row.Item.Id),
        "-since" => found.OrderByDescending(row => row.Track.Since).ThenBy(row => row.Item.Id),
        "-number" => found.OrderByDescending(row => row.Item.SortKey).ThenBy(row => row.Item.Id),
        "since" => found.OrderBy(row => row.Track.Since == null).ThenBy(row => row.Track.Since).ThenBy(row => row.Item.Id),
        "-code" => found.OrderByDescending(row => row.Item.Number),
        "number" => found.OrderBy(row => row.Item.SortKey).ThenBy(row => row.Item.Id),
        _ => found.OrderBy(row => row.Item.Number),
    };

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) || text.Length > 200 ? null : text.Trim();
}
