using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Committees;

public sealed class StatusModel(Visible visible, CurrentUser me, UseCases useCases) : CommitteeFormModel(visible, me, useCases)
{
    public sealed record Entry
    {
        public CommitteeStatus Status { get; init; }
        public string? Reason { get; init; }
    }

    public Entry Form { get; private set; } = new();
    public int Running { get; private set; }
    public int Below { get; private set; }

    public Task<IActionResult> OnGetAsync(string code, CancellationToken stop) => ShowAsync(code, null, stop);

    public Task<IActionResult> OnPostAsync(string code, Entry form, int seenVersion, CancellationToken stop)
    {
        Form = form;
        return RunAsync(code, new ChangeCommitteeStatus(code, form.Status, form.Reason, seenVersion), seenVersion, stop);
    }

    protected override async Task<IActionResult> PrepareAsync(CancellationToken stop)
    {
        if (IsFirst) Form = new Entry { Status = Committee.Status };
        Running = await Visible.RunningWorkItems().CountAsync(item => item.CommitteeId == Committee.Id, stop);
        Below = await Visible.Committees.CountAsync(known => known.ParentId == Committee.Id && known.Status != CommitteeStatus.Concluded && known.Status != CommitteeStatus.Replaced, stop);
        return Page();
    }
}
