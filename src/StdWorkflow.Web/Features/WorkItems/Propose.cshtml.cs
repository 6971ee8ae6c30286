using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

public sealed class ProposeModel(Visible visible, CurrentUser me, ProcessCatalog processes, UseCases useCases) : PageModel
{
    public sealed record Head
    {
        public string Committee { get; init; } = "";
        public string Process { get; init; } = "";
        public bool IsPublic { get; init; } = true;
    }

    public Head Form { get; private set; } = new();
    public ProposalEntry Entry { get; private set; } = new();
    public IReadOnlyList<(string Code, string Designation, LocalizedText Name)> Committees { get; private set; } = [];
    public IReadOnlyList<ProcessDefinition> Processes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string? committee, string? process, CancellationToken stop)
    {
        if (!me.MaySomewhere(Permission.Propose)) return Forbid();
        Form = new Head { Committee = committee ?? "", Process = process ?? ProcessCatalog.UsualFor(WorkItemKind.National) };
        return await ShowAsync(stop);
    }

    public async Task<IActionResult> OnPostAsync(Head form, ProposalEntry entry, CancellationToken stop)
    {
        (Form, Entry) = (form, entry);
        var result = await useCases.RunAsync(new ProposeWorkItem(form.Committee, form.Process, entry, form.IsPublic), stop);
        if (result.IsOk) return Redirect(WorkItemLinks.Details(result.Value));
        ModelState.AddEntry(result);
        return await ShowAsync(stop);
    }

    private async Task<IActionResult> ShowAsync(CancellationToken stop)
    {
        var everywhere = me.MayEverywhere(Permission.Propose);
        var mine = me.CommitteesWhereMay(Permission.Propose);
        Committees = [.. (await visible.Committees.Where(known => everywhere || mine.Contains(known.Id))
            .Select(known => new { known.Code, known.Designation, known.Name, known.Status }).ToListAsync(stop))
            .Where(known => !Committee.HasEndedAs(known.Status)).OrderBy(known => SortKeys.Of(known.Designation), StringComparer.Ordinal)
            .Select(known => (known.Code, known.Designation, known.Name))];
        Processes = await processes.CurrentAsync(visible.Processes, TrackKind.MainText, stop);
        return Page();
    }
}
