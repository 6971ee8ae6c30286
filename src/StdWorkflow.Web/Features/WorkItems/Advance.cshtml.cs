using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

public sealed class AdvanceModel : PageModel, IShowsVersion
{
    private readonly Visible visible;
    private readonly CurrentUser me;
    private readonly WorkItemLoading loading;
    private readonly StepEffectsReader effects;
    private readonly UseCases useCases;
    private readonly TimeProvider clock;

    public AdvanceModel(Visible visible, CurrentUser me, WorkItemLoading loading, StepEffectsReader effects, UseCases useCases, TimeProvider clock) =>
        (this.visible, this.me, this.loading, this.effects, this.useCases, this.clock) = (visible, me, loading, effects, useCases, clock);

    public sealed record Entry
    {
        public string? Reason { get; init; }
        public DateOnly? On { get; init; }
    }

    public Entry Form { get; private set; } = new();
    public WorkItem Item { get; private set; } = null!;
    public Track Track { get; private set; } = null!;
    public ProcessDefinition Definition { get; private set; } = null!;
    public NextStep? Step { get; private set; }
    public IReadOnlyDictionary<Guid, string> People { get; private set; } = new Dictionary<Guid, string>();
    public StepEffects Effects { get; private set; } = null!;
    public int SeenVersion { get; private set; }
    public DateOnly Today { get; private set; }

    public async Task<IActionResult> OnGetAsync(string code, string transition, string? track, CancellationToken stop)
    {
        Form = new Entry { On = Instants.DateIn(clock.UtcNow()) };
        return await ShowAsync(code, transition, null, track, stop);
    }

    public async Task<IActionResult> OnPostAsync(string code, string transition, Entry form, int seenVersion, string? track, CancellationToken stop)
    {
        Form = form;
        var result = await useCases.RunAsync(new AdvanceWorkItem(code, transition, form.Reason, form.On, seenVersion, track), stop);
        if (result.IsOk) return Redirect(WorkItemLinks.Details(code));
        ModelState.Add(result, nameof(Form));
        return await ShowAsync(code, transition, result.Problem.Code == Problem.ConflictCode ? null : seenVersion, track, stop);
    }

    private async Task<IActionResult> ShowAsync(string code, string transition, int? seenVersion, string? track, CancellationToken stop)
    {
        var found = await loading.FindAsync(visible.WorkItems, code, stop, track);
        if (!found.IsOk) return NotFound();
        (Item, Definition, var facts) = found.Value;
        Track = found.Value.Track;
        if (Definition.FindTransition(transition) is not { } asked) return NotFound();
        if (!me.May(asked.Needs, Item.CommitteeId)) return Forbid();
        SeenVersion = seenVersion ?? Item.Version;
        Today = Instants.DateIn(clock.UtcNow());
        Step = Definition.Next(facts).FirstOrDefault(next => next.Transition.Key == transition);
        if (Step is null) return ModelState.IsValid ? Redirect(WorkItemLinks.Details(code)) : Page();
        People = await StepsView.StatersAsync(visible, Track, stop);
        // What cannot be the day of the step is told beside its field; the list then says what would start today.
        var from = Form.On is { } on && on <= Today && !(on < Track.Since) ? on : Today;
        Effects = await effects.ReadAsync(Item, Track, Definition, Step, from, stop);
        return Page();
    }
}
