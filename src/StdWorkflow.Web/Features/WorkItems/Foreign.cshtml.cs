using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>Joins a work item to a foreign project that it adopts or is converted into.</summary>
public sealed class ForeignModel(Visible visible, CurrentUser me, UseCases useCases) : PageModel
{
    public sealed record Entry
    {
        public int? Number { get; init; }
        public LineageKind Kind { get; init; } = LineageKind.Adopts;
    }

    public Entry Form { get; private set; } = new();
    public string Code { get; private set; } = "";
    public LocalizedText Title { get; private set; } = LocalizedText.Empty;

    public async Task<IActionResult> OnGetAsync(string code, int? number, CancellationToken stop)
    {
        Form = new Entry { Number = number };
        return await ShowAsync(code, stop);
    }

    public async Task<IActionResult> OnPostAsync(string code, Entry form, CancellationToken stop)
    {
        Form = form;
        var result = await useCases.RunAsync(new JoinForeignProject(code, form.Number, form.Kind), stop);
        if (result.IsOk) return Redirect(WorkItemLinks.Details(code));
        ModelState.Add(result, nameof(Form));
        return await ShowAsync(code, stop);
    }

    private async Task<IActionResult> ShowAsync(string code, CancellationToken stop)
    {
        var item = await visible.WorkItems.Where(known => known.Code == code).Select(known => new { known.Title, known.CommitteeId }).SingleOrDefaultAsync(stop);
        if (item is null) return NotFound();
        if (!me.May(Permission.Edit, item.CommitteeId)) return Forbid();
        (Code, Title) = (code, item.Title);
        return Page();
    }
}
