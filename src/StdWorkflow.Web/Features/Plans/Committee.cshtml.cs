using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Plans;

/// <summary>The plans of a committee and of those below it: a lane for each item that runs.</summary>
public sealed class CommitteeModel(Visible visible, CurrentUser me, ProcessCatalog processes, PlanReader reader, TimeProvider clock) : PageModel
{
    // As many lanes as can be taken in at once; the others stand on further pages.
    private const int Lanes = 25;

    public string Code { get; private set; } = "";
    public string Designation { get; private set; } = "";
    public LocalizedText Name { get; private set; } = LocalizedText.Empty;
    public FilterForm Form { get; private set; } = null!;
    public Page<PlanLine> Found { get; private set; } = null!;
    public IReadOnlyList<PlanView> Plans { get; private set; } = [];
    public IEnumerable<string> States => Form.States.Where(state => state is not ("running" or "ended"));
    public DateOnly Today => reader.Today;

    public async Task<IActionResult> OnGetAsync(string code, string? state, string? process, [FromQuery(Name = "page")] int? number, CancellationToken stop)
    {
        if (await visible.Committees.Where(known => known.Code == code).Select(known => new { known.Designation, known.Name }).SingleOrDefaultAsync(stop) is not { } committee) return NotFound();
        (Code, Designation, Name) = (code, committee.Designation, committee.Name);
        Form = await FilterForm.ReadAsync(new WorkItemFilter { Committee = code, State = state, Process = process }, visible, me, processes, stop);
        var found = PlanReader.Running(Form.Shown with { Committee = code }, visible, me, clock.UtcNow());
        Found = await PlanReader.Select(WorkItemSort.Apply(found, "deadline")).ToPageAsync(found, number ?? 1, stop, Lanes);
        Plans = await reader.CompleteAsync(Found.Rows, whole: false, stop);
        return Page();
    }
}
