using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Following;

/// <summary>Begins and ends the following of a work item; where the mail's link leads.</summary>
public sealed class FollowModel(Visible visible, UseCases useCases) : PageModel
{
    public sealed record Entry
    {
        public bool Stop { get; init; }
        public bool AlsoNewer { get; init; } = true;
    }

    public Entry Form { get; private set; } = new();
    public string Code { get; private set; } = "";
    public LocalizedText Title { get; private set; } = LocalizedText.Empty;
    public bool Follows { get; private set; }

    /// <summary>Codes of what grew from it directly, and is followed too.</summary>
    public IReadOnlyList<string> Newer { get; private set; } = [];

    public Task<IActionResult> OnGetAsync(string code, CancellationToken stop) => ShowAsync(code, stop);

    public async Task<IActionResult> OnPostAsync(string code, Entry form, CancellationToken stop)
    {
        Form = form;
        var result = await (form.Stop ? useCases.RunAsync(new UnfollowWorkItem(code, form.AlsoNewer), stop) : useCases.RunAsync(new FollowWorkItem(code), stop));
        if (result.IsOk) return Redirect(WorkItemLinks.Details(code));
        ModelState.Add(result, nameof(Form));
        return await ShowAsync(code, stop);
    }

    private async Task<IActionResult> ShowAsync(string code, CancellationToken stop)
    {
        var item = await visible.WorkItems.Where(known => known.Code == code).Select(known => new { known.Id, known.Title }).SingleOrDefaultAsync(stop);
        if (item is null) return NotFound();
        (Code, Title) = (code, item.Title);
        Follows = await visible.Followed.AnyAsync(followed => followed.SubjectId == item.Id, stop);
        if (Follows)
            Newer = await (
                from link in visible.Lineages
                where link.FromWorkItemId == item.Id
                join grown in visible.WorkItems on link.WorkItemId equals grown.Id
                where visible.Followed.Any(followed => followed.SubjectId == grown.Id)
                orderby grown.Number
                select grown.Code).Distinct().ToListAsync(stop);
        return Page();
    }
}
