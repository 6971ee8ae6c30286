using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

public sealed class ProposalModel(Visible visible, CurrentUser me, UseCases useCases) : PageModel, IShowsVersion
{
    public ProposalEntry Entry { get; private set; } = new();
    public string Code { get; private set; } = "";
    public LocalizedText Title { get; private set; } = LocalizedText.Empty;
    public bool MayEdit { get; private set; }
    public int SeenVersion { get; private set; }

    public Task<IActionResult> OnGetAsync(string code, CancellationToken stop) => ShowAsync(code, null, stop);

    public async Task<IActionResult> OnPostAsync(string code, ProposalEntry entry, int seenVersion, CancellationToken stop)
    {
        Entry = entry;
        var result = await useCases.RunAsync(new ChangeProposal(code, entry, seenVersion), stop);
        if (result.IsOk) return Redirect(WorkItemLinks.Proposal(code));
        ModelState.AddEntry(result);
        return await ShowAsync(code, result.Problem.Code == Problem.ConflictCode ? null : seenVersion, stop);
    }

    private async Task<IActionResult> ShowAsync(string code, int? seenVersion, CancellationToken stop)
    {
        var item = await visible.WorkItems.Where(known => known.Code == code)
            .Select(known => new { known.Title, known.Proposal, known.Version, known.CommitteeId }).SingleOrDefaultAsync(stop);
        if (item is null) return NotFound();
        (Code, Title, MayEdit, SeenVersion) = (code, item.Title, me.May(Permission.Edit, item.CommitteeId), seenVersion ?? item.Version);
        if (Request.Method == HttpMethods.Get) Entry = ProposalEntry.From(item.Title, item.Proposal);
        return Page();
    }
}
