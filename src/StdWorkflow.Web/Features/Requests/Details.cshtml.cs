using Microsoft.AspNetCore.Mvc;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Features.Shared;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Requests;

public sealed class DetailsModel(Visible visible, CurrentUser me, WorkItemLoading loading, TimelineReader timeline, ProcessCatalog processes, UseCases useCases, TimeProvider clock) : RequestPage(visible, me, loading, clock)
{
    public IReadOnlyList<TimelineEntry> History { get; private set; } = [];

    public Task<IActionResult> OnGetAsync(string request, CancellationToken stop) => ShowAsync(request, null, stop);

    public async Task<IActionResult> OnPostWithdrawAsync(string request, int seenVersion, CancellationToken stop)
    {
        var result = await useCases.RunAsync(new WithdrawRequest(request, seenVersion), stop);
        if (result.IsOk) return Redirect(RequestLinks.Details(request));
        ModelState.Add(result, "");
        return await ShowAsync(request, VersionAfter(result, seenVersion), stop);
    }

    private async Task<IActionResult> ShowAsync(string request, int? seenVersion, CancellationToken stop)
    {
        if (!await FindAsync(request, seenVersion, stop)) return NotFound();
        var told = await ToldAsync(processes, stop);
        History = timeline.Tell(await timeline.EventsAsync(nameof(StepRequest), Line.Id, stop), RequestSentences.Of(_ => told), null);
        return Page();
    }
}
