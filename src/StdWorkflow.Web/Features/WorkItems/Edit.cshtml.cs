using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Localization;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

public sealed class EditModel(Visible visible, CurrentUser me, UseCases useCases, TimeProvider clock) : PageModel, IShowsVersion
{
    public sealed record Entry
    {
        public Guid? Leader { get; init; }
        public string? DraftingOrganizations { get; init; }
        public string? PlanNumber { get; init; }
        public string? StandardNumber { get; init; }
        public string? InternationalReference { get; init; }
        public bool IsPublic { get; init; }
    }

    public Entry Form { get; private set; } = new();
    public string Code { get; private set; } = "";
    public LocalizedText Title { get; private set; } = LocalizedText.Empty;
    public IReadOnlyList<(Guid Id, string Name)> Candidates { get; private set; } = [];
    public int SeenVersion { get; private set; }

    /// <summary>What may become its committee; empty where it has one, or where the reader may not say.</summary>
    public IReadOnlyList<(string Code, string Name)> Committees { get; private set; } = [];

    public string? Committee { get; private set; }

    /// <summary>The committee as the file wrote it, or null.</summary>
    public string? CommitteeText { get; private set; }

    public Task<IActionResult> OnGetAsync(string code, CancellationToken stop) => ShowAsync(code, null, stop);

    public async Task<IActionResult> OnPostAsync(string code, Entry form, int seenVersion, CancellationToken stop)
    {
        Form = form;
        var result = await useCases.RunAsync(
            new EditWorkItem(code, form.Leader, form.DraftingOrganizations, form.PlanNumber, form.StandardNumber, form.InternationalReference, form.IsPublic, seenVersion), stop);
        if (result.IsOk) return Redirect(WorkItemLinks.Details(code));
        ModelState.Add(result, nameof(Form));
        return await ShowAsync(code, result.Problem.Code == Problem.ConflictCode ? null : seenVersion, stop);
    }

    public async Task<IActionResult> OnPostCommitteeAsync(string code, string? committee, int seenVersion, CancellationToken stop)
    {
        Committee = committee;
        var result = await useCases.RunAsync(new GiveCommittee(code, committee, seenVersion), stop);
        if (result.IsOk) return Redirect(WorkItemLinks.Details(code));
        ModelState.Add(result, "");
        return await ShowAsync(code, result.Problem.Code == Problem.ConflictCode ? null : seenVersion, stop, fill: true);
    }

    private async Task<IActionResult> ShowAsync(string code, int? seenVersion, CancellationToken stop, bool fill = false)
    {
        var item = await visible.WorkItems.Include(known => known.DraftingOrganizations).SingleOrDefaultAsync(known => known.Code == code, stop);
        if (item is null) return NotFound();
        if (!me.May(Permission.Edit, item.CommitteeId)) return Forbid();
        (Code, Title, SeenVersion) = (code, item.Title, seenVersion ?? item.Version);
        Candidates = [.. (await Leaders.Of(visible.People, visible.Memberships, visible.CommitteeAncestors, item.CommitteeId, item.LeaderId, Instants.DateIn(clock.UtcNow()))
            .OrderBy(person => person.Reading).ThenBy(person => person.FullName).Select(person => new { person.Id, person.FullName }).ToListAsync(stop)).Select(person => (person.Id, person.FullName))];
        if (item.CommitteeId is null && me.MayEverywhere(Permission.Administer))
        {
            CommitteeText = item.CommitteeText;
            Committees = [.. (await Managers.Of(visible.Committees, visible.CommitteeAncestors).Select(known => new { known.Code, known.Designation, known.Name }).ToListAsync(stop))
                .OrderBy(known => SortKeys.Of(known.Designation), StringComparer.Ordinal).Select(known => (known.Code, $"{known.Designation} {known.Name.In(Reader.Language)}"))];
        }

        if (Request.Method != HttpMethods.Get && !fill) return Page();

        var drafters = item.DraftingOrganizations.OrderBy(named => named.SortOrder).Select(named => named.OrganizationId).ToList();
        var names = await visible.Organizations.Where(known => drafters.Contains(known.Id)).Select(known => new { known.Id, known.Name }).ToDictionaryAsync(known => known.Id, known => known.Name, stop);
        Form = new Entry
        {
            Leader = item.LeaderId,
            DraftingOrganizations = string.Join('\n', drafters.Select(id => names[id].In(Reader.Language))),
            PlanNumber = item.PlanNumber,
            StandardNumber = item.StandardNumber,
            InternationalReference = item.InternationalReference,
            IsPublic = item.IsPublic,
        };
        return Page();
    }
}
