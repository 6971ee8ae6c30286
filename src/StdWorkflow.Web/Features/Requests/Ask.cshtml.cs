using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Requests;

public sealed class AskModel(Visible visible, CurrentUser me, WorkItemLoading loading, UseCases useCases, TimeProvider clock) : PageModel
{
    public sealed record Entry
    {
        public string? Reason { get; init; }
        public DateOnly? WantedBy { get; init; }
    }

    public Entry Form { get; private set; } = new();
    public WorkItem Item { get; private set; } = null!;
    public Track Track { get; private set; } = null!;
    public ProcessDefinition Definition { get; private set; } = null!;
    public Transition Asked { get; private set; } = null!;

    /// <summary>Null when the step no longer leaves the stage where the track stands.</summary>
    public NextStep? Step { get; private set; }

    /// <summary>Names of those who stated gates.</summary>
    public IReadOnlyDictionary<Guid, string> People { get; private set; } = new Dictionary<Guid, string>();

    /// <summary>The request that is open already, or null.</summary>
    public string? Open { get; private set; }

    public DateOnly Today { get; private set; }

    public Task<IActionResult> OnGetAsync(string code, string transition, string? track, CancellationToken stop) => ShowAsync(code, transition, track, stop);

    public async Task<IActionResult> OnPostAsync(string code, string transition, Entry form, string? track, CancellationToken stop)
    {
        Form = form;
        var result = await useCases.RunAsync(new AskForStep(code, transition, form.Reason, form.WantedBy, track), stop);
        if (result.IsOk) return Redirect(RequestLinks.Details(result.Value));
        ModelState.Add(result, nameof(Form));
        return await ShowAsync(code, transition, track, stop);
    }

    private async Task<IActionResult> ShowAsync(string code, string transition, string? track, CancellationToken stop)
    {
        var found = await loading.FindAsync(visible.WorkItems, code, stop, track);
        if (!found.IsOk) return NotFound();
        (Item, Definition, var facts) = found.Value;
        Track = found.Value.Track;
        if (Definition.FindTransition(transition) is not { } asked) return NotFound();
        if (!AskForStepHandler.MayAsk(me, Item)) return Forbid();
        (Asked, Today) = (asked, Instants.DateIn(clock.UtcNow()));
        Step = Definition.Next(facts).FirstOrDefault(next => next.Transition.Key == transition);
        People = await StepsView.StatersAsync(visible, Track, stop);
        var key = StepRequest.KeyOf(Track.Id, transition);
        Open = await visible.StepRequests.Where(known => known.OpenKey == key).Select(known => known.Code).SingleOrDefaultAsync(stop);
        return Page();
    }
}
