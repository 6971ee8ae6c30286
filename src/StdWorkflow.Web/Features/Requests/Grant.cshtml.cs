using Microsoft.AspNetCore.Mvc;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Requests;

public sealed class GrantModel(Visible visible, CurrentUser me, WorkItemLoading loading, StepEffectsReader effects, UseCases useCases, TimeProvider clock) : RequestPage(visible, me, loading, clock)
{
    public sealed record Entry
    {
        public string? Words { get; init; }
    }

    public Entry Form { get; private set; } = new();
    public StepEffects? Effects { get; private set; }

    public Task<IActionResult> OnGetAsync(string request, CancellationToken stop) => ShowAsync(request, null, stop);

    public async Task<IActionResult> OnPostAsync(string request, Entry form, int seenVersion, CancellationToken stop)
    {
        Form = form;
        var result = await useCases.RunAsync(new GrantRequest(request, form.Words, null, seenVersion), stop);
        if (result.IsOk) return Redirect(RequestLinks.Details(request));
        ModelState.Add(result, nameof(Form));
        return await ShowAsync(request, VersionAfter(result, seenVersion), stop);
    }

    private async Task<IActionResult> ShowAsync(string request, int? seenVersion, CancellationToken stop)
    {
        if (!await FindAsync(request, seenVersion, stop)) return NotFound();
        if (!Decides) return Forbid();
        if (Line.IsOpen && Step is { IsOpen: true } open) Effects = await effects.ReadAsync(Item, Track, Definition, open, Instants.DateIn(NowUtc), stop, Line.Code);
        return Page();
    }
}
