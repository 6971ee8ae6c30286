using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>The reader's saved filters, and the one in the address to be saved.</summary>
public sealed class FiltersModel(Visible visible, CurrentUser me, ProcessCatalog processes, UseCases useCases) : PageModel
{
    private const string OnBoard = "board";

    public sealed record Entry
    {
        public string? Name { get; init; }
        public string? Committee { get; init; }
    }

    public Entry Form { get; private set; } = new();
    public FilterForm Asked { get; private set; } = null!;
    public string? View { get; private set; }
    public IReadOnlyList<(string Code, string Designation)> Committees { get; private set; } = [];
    public IReadOnlyList<SavedFilterLine> Lines { get; private set; } = [];

    public bool MayRemove(SavedFilterLine line) => line.CommitteeId is null || me.May(Permission.ManageCommittee, line.CommitteeId);

    public async Task OnGetAsync([FromQuery] WorkItemFilter filter, string? view, CancellationToken stop) => await ShowAsync(filter, view, stop);

    public async Task<IActionResult> OnPostAsync(Entry form, [FromForm] WorkItemFilter filter, string? view, CancellationToken stop)
    {
        Form = form;
        var result = await useCases.RunAsync(new SaveFilter(form.Name, string.IsNullOrEmpty(form.Committee) ? null : form.Committee, filter), stop);
        if (result.IsOk) return Redirect((view == OnBoard ? WorkItemLinks.Board : WorkItemLinks.List) + filter.ToQuery());
        ModelState.Add(result, nameof(Form));
        await ShowAsync(filter, view, stop);
        return Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid saved, CancellationToken stop)
    {
        var result = await useCases.RunAsync(new RemoveFilter(saved), stop);
        if (result.IsOk) return Redirect(WorkItemLinks.Filters);
        ModelState.Add(result, "");
        await ShowAsync(new WorkItemFilter(), null, stop);
        return Page();
    }

    private async Task ShowAsync(WorkItemFilter filter, string? view, CancellationToken stop)
    {
        View = view == OnBoard ? OnBoard : null;
        Asked = await FilterForm.ReadAsync(filter, visible, me, processes, stop);
        Lines = await SavedFilterBar.LinesAsync(visible, stop);
        if (!me.MaySomewhere(Permission.ManageCommittee)) return;
        var (everywhere, mine) = (me.MayEverywhere(Permission.ManageCommittee), me.CommitteesWhereMay(Permission.ManageCommittee));
        Committees = [.. (await visible.Committees.Where(known => everywhere || mine.Contains(known.Id)).Select(known => new { known.Code, known.Designation }).ToListAsync(stop))
            .OrderBy(known => SortKeys.Of(known.Designation), StringComparer.Ordinal).Select(known => (known.Code, known.Designation))];
    }
}
