using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using StdWorkflow.Domain.Common;
using StdWorkflow.Web.Features.History;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Committees;

/// <summary>A committee as of any past moment, and what differs between two.</summary>
public sealed class AsOfModel(Visible visible, PastReader past, IStringLocalizer<CommitteeTexts> words) : PageModel
{
    public string Code { get; private set; } = "";
    public string Designation { get; private set; } = "";
    public LocalizedText Name { get; private set; } = LocalizedText.Empty;
    internal AsOfView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string code, string? at, string? and, CancellationToken stop)
    {
        var committee = await visible.Committees.Where(known => known.Code == code).Select(known => new { known.Id, known.Designation, known.Name }).SingleOrDefaultAsync(stop);
        if (committee is null) return NotFound();
        (Code, Designation, Name) = (code, committee.Designation, committee.Name);
        var answer = await past.ReadAsync(CommitteePast.Subject, committee.Id, at, and, maySeeHidden: true, words, stop);
        View = new AsOfView(answer, words, CommitteeLinks.AsOf(code), at, and);
        return Page();
    }
}
