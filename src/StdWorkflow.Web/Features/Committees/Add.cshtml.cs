using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Committees;

public sealed class AddModel(Visible visible, CurrentUser me, UseCases useCases) : PageModel
{
    public sealed record Entry
    {
        public CommitteeKind Kind { get; init; }
        public CommitteeStatus Status { get; init; } = CommitteeStatus.Active;
        public string Designation { get; init; } = "";
        public string? NameZh { get; init; }
        public string? NameEn { get; init; }
        public string? Source { get; init; }
        public bool SourceVerified { get; init; }
    }

    public Entry Form { get; private set; } = new();

    /// <summary>Code of the committee above; null for the top of the tree.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Below { get; set; }

    public Committee? Parent { get; private set; }
    public IReadOnlyList<CommitteeKind> Kinds { get; private set; } = [];
    public string Back => Parent is null ? CommitteeLinks.List : CommitteeLinks.Details(Parent.Code);

    public Task<IActionResult> OnGetAsync(CancellationToken stop) => ShowAsync(stop);

    public async Task<IActionResult> OnPostAsync(Entry form, CancellationToken stop)
    {
        Form = form;
        var result = await useCases.RunAsync(new AddCommittee(Below, form.Kind, form.Status, form.Designation, form.NameZh, form.NameEn, form.Source, form.SourceVerified), stop);
        if (result.IsOk) return Redirect(CommitteeLinks.Details(result.Value));
        ModelState.Add(result, nameof(Form));
        return await ShowAsync(stop);
    }

    private async Task<IActionResult> ShowAsync(CancellationToken stop)
    {
        if (Below is not null)
        {
            Parent = await visible.Committees.SingleOrDefaultAsync(known => known.Code == Below, stop);
            if (Parent is null) return NotFound();
        }

        if (!me.May(Permission.ManageCommittee, Parent?.Id)) return Forbid();
        Kinds = [.. Enum.GetValues<CommitteeKind>().Where(kind => kind.MayStandBelow(Parent?.Kind))];
        return Page();
    }
}
