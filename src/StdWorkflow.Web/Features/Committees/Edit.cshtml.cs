using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Web.Localization;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Committees;

public sealed class EditModel(Visible visible, CurrentUser me, UseCases useCases) : CommitteeFormModel(visible, me, useCases)
{
    public sealed record Entry
    {
        public string? NameZh { get; init; }
        public string? NameEn { get; init; }
        public string? ScopeZh { get; init; }
        public string? ScopeEn { get; init; }
        public string? CharterZh { get; init; }
        public string? CharterEn { get; init; }
        public string? Secretariat { get; init; }
        public string? PublicMail { get; init; }
    }

    public Entry Form { get; private set; } = new();
    public IReadOnlyList<string> Organizations { get; private set; } = [];

    public Task<IActionResult> OnGetAsync(string code, CancellationToken stop) => ShowAsync(code, null, stop);

    public Task<IActionResult> OnPostAsync(string code, Entry form, int seenVersion, CancellationToken stop)
    {
        Form = form;
        return RunAsync(code, new DescribeCommittee(
            code, form.NameZh, form.NameEn, form.ScopeZh, form.ScopeEn, form.CharterZh, form.CharterEn, form.Secretariat, form.PublicMail, seenVersion), seenVersion, stop);
    }

    protected override async Task<IActionResult> PrepareAsync(CancellationToken stop)
    {
        var known = await Visible.Organizations.Select(organization => new { organization.Id, organization.Name }).ToListAsync(stop);
        Organizations = [.. known.Select(organization => organization.Name.In(Reader.Language)).Order(StringComparer.CurrentCulture)];
        if (IsFirst)
            Form = new Entry
            {
                NameZh = Committee.Name.Zh,
                NameEn = Committee.Name.En,
                ScopeZh = Committee.Scope.Zh,
                ScopeEn = Committee.Scope.En,
                CharterZh = Committee.Charter.Zh,
                CharterEn = Committee.Charter.En,
                Secretariat = known.Find(organization => organization.Id == Committee.SecretariatId)?.Name.In(Reader.Language),
                PublicMail = Committee.PublicMail,
            };
        return Page();
    }
}
