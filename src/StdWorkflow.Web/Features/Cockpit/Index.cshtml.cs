using Microsoft.AspNetCore.Mvc.RazorPages;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Cockpit;

/// <summary>What leaders and secretariats steer by, on one page.</summary>
public sealed class IndexModel(CockpitReader reader, CurrentUser me, TimeProvider clock) : PageModel
{
    public CockpitView Shown { get; private set; } = null!;
    public IReadOnlyList<(string Code, string Designation)> Committees => me.Committees;
    public bool MayMove => me.MaySomewhere(Permission.Advance);

    /// <summary>The list of a state: of one's own items for a leader, of the committee where there is one only.</summary>
    public string ListOf(string state) => WorkItemLinks.List + (MayMove
        ? new WorkItemFilter { State = state, Committee = me.Committees is [var (code, _)] ? code : null }
        : new WorkItemFilter { State = WorkItemFilter.Mine }).ToQuery();

    public DateOnly Today => Instants.DateIn(clock.UtcNow());

    public async Task OnGetAsync(CancellationToken stop) => Shown = await reader.ReadAsync(stop);
}
