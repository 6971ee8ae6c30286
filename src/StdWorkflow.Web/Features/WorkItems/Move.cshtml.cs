using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>Where a card lands that was taken to a column: the page of the step or jump that leads there, else why there is none and what there is.</summary>
public sealed class MoveModel(Visible visible, CurrentUser me, WorkItemLoading loading) : PageModel
{
    public WorkItem Item { get; private set; } = null!;
    public ProcessDefinition Definition { get; private set; } = null!;
    public Problem? Why { get; private set; }
    public IReadOnlyList<Transition> Steps { get; private set; } = [];
    public bool Jumps { get; private set; }

    public async Task<IActionResult> OnGetAsync(string code, string? to, CancellationToken stop)
    {
        var found = await loading.FindAsync(visible.WorkItems, code, stop);
        if (!found.IsOk) return NotFound();
        (Item, Definition, _) = found.Value;
        if (!me.May(Permission.Advance, Item.CommitteeId)) return Forbid();

        var here = Item.Main.StageKey;
        Steps = [.. Definition.Transitions.Where(step => step.From == here && me.May(step.Needs, Item.CommitteeId))];
        Jumps = Definition.JumpsFrom(here).Count > 0;
        if (string.IsNullOrWhiteSpace(to)) return Page();
        var there = Steps.Where(step => step.To == to).ToList();
        if (there.Count == 1) return Redirect(WorkItemLinks.Advance(code, there[0].Key));
        if (there.Count > 1) Steps = there;
        else if (to == here) Why = Problem.Of("move.stays", Definition.StageOf(here).Name);
        else if (Definition.MoveBetween(here, to) is { IsOk: false } refused) Why = refused.Problem;
        else return Redirect(WorkItemLinks.Jump(code, to));
        return Page();
    }
}
