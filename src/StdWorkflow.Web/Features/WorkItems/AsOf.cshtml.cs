using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Features.History;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>A work item as of any past moment, and what differs between two.</summary>
public sealed class AsOfModel(Visible visible, CurrentUser me, PastReader past, IStringLocalizer<WorkItemTexts> words) : PageModel
{
    public string Code { get; private set; } = "";
    public LocalizedText Title { get; private set; } = LocalizedText.Empty;
    internal AsOfView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string code, string? at, string? and, CancellationToken stop)
    {
        var item = await visible.WorkItems.Where(known => known.Code == code).Select(known => new { known.Id, known.Title, known.CommitteeId }).SingleOrDefaultAsync(stop);
        if (item is null) return NotFound();
        (Code, Title) = (code, item.Title);
        var answer = await past.ReadAsync(WorkItemPast.Subject, item.Id, at, and, me.May(Permission.View, item.CommitteeId), words, stop);
        View = new AsOfView(answer, words, WorkItemLinks.AsOf(code), at, and);
        return Page();
    }
}
