using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
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
    public FilterForm Form { get; private set; } = null!;
    public SavedFilterBar? Saved { get; private set; }
    public bool MayPropose => me.MaySomewhere(Permission.Propose);

    public async Task<IActionResult> OnGetAsync([FromQuery] Filter filter, CancellationToken stop)
    {
        Form = await FilterForm.ReadAsync(filter, visible, me, processes, stop);
        Shown = (Filter)Form.Shown with { Sort = filter.Sort is { } sort && Sorts.Contains(sort) ? sort : null };
        if (filter.Go && Shown.Q is { } number && await WorkItemNumbers.FindAsync(visible, number, stop) is { } code) return Redirect(WorkItemLinks.Details(code));

        var now = clock.UtcNow();
        var found = Shown.Apply(visible, me, now, WorkItemSort.IsByTrack(Shown.Sort));
        Found = await WorkItemLines.Select(WorkItemSort.Apply(found, Shown.Sort)).ToPageAsync(found, Shown.Page, stop);
        Saved = await SavedFilterBar.ReadAsync(visible, me, WorkItemLinks.List, Shown.ToQuery(), stop);
        Lines = await WorkItemLines.CompleteAsync(Found.Rows, visible, processes, now, stop);
        return Page();
    }
}
