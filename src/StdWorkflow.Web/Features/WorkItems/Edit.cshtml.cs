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
    public IReadOnlyList<string> KnownOrganizations { get; private set; } = [];
    public int SeenVersion { get; private set; }

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

    private async Task<IActionResult> ShowAsync(string code, int? seenVersion, CancellationToken stop)
    {
        var item = await visible.WorkItems.Include(known => known.DraftingOrganizations).SingleOrDefaultAsync(known => known.Code == code, stop);
        if (item is null) return NotFound();
        if (!me.May(Permission.Edit, item.CommitteeId)) return Forbid();
        (Code, Title, SeenVersion) = (code, item.Title, seenVersion ?? item.Version);
        var today = Instants.DateIn(clock.UtcNow());
        var candidates =
            from person in visible.People
            where person.Id == item.LeaderId || visible.Memberships.Any(held => held.PersonId == person.Id && held.From <= today && (held.To == null || held.To >= today)
                && visible.CommitteeAncestors.Any(link => link.CommitteeId == item.CommitteeId && link.AncestorId == held.CommitteeId))
            orderby person.Reading, person.FullName
            select new { person.Id, person.FullName };
        Candidates = [.. (await candidates.ToListAsync(stop)).Select(person => (person.Id, person.FullName))];
        var organizations = await visible.Organizations.OrderBy(known => known.Code).Select(known => new { known.Id, known.Name }).ToListAsync(stop);
        KnownOrganizations = [.. organizations.Select(known => known.Name.In(Reader.Language))];
        if (Request.Method == HttpMethods.Get)
            Form = new Entry
            {
                Leader = item.LeaderId,
                DraftingOrganizations = string.Join('\n', item.DraftingOrganizations.OrderBy(named => named.SortOrder).Select(named => organizations.First(known => known.Id == named.OrganizationId).Name.In(Reader.Language))),
                PlanNumber = item.PlanNumber,
                StandardNumber = item.StandardNumber,
                InternationalReference = item.InternationalReference,
                IsPublic = item.IsPublic,
            };
        return Page();
    }
}
