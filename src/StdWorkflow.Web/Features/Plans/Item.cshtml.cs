using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Plans;

/// <summary>What is planned for one work item, what was, and what the rules allow.</summary>
public sealed class ItemModel(PlanReader reader, CurrentUser me) : PageModel
{
    public PlanView Plan { get; private set; } = null!;
    public DateOnly Today => reader.Today;
    public bool MayPlan => Plan.Item.End is null && me.May(Permission.Edit, Plan.Item.CommitteeId) && Plan.Timetable.Stages.Any(row => row.Place == Domain.WorkItems.TimetablePlace.Ahead);

    public async Task<IActionResult> OnGetAsync(string code, string? track, CancellationToken stop)
    {
        if (await reader.FindAsync(code, track, stop) is not { } found) return NotFound();
        Plan = found;
        return Page();
    }
}
