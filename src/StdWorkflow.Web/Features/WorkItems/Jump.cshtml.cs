using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

public sealed class JumpModel : PageModel, IShowsVersion
{
    private readonly Visible visible;
    private readonly CurrentUser me;
    private readonly WorkItemLoading loading;
    private readonly UndoableStep undoable;
    private readonly UseCases useCases;
    private readonly TimeProvider clock;

    public JumpModel(Visible visible, CurrentUser me, WorkItemLoading loading, UndoableStep undoable, UseCases useCases, TimeProvider clock) =>
        (this.visible, this.me, this.loading, this.undoable, this.useCases, this.clock) = (visible, me, loading, undoable, useCases, clock);

    public sealed record Entry
    {
        public string Stage { get; init; } = "";
        public string? Reason { get; init; }
        public DateOnly? On { get; init; }
    }

    public Entry Form { get; private set; } = new();
    public WorkItem Item { get; private set; } = null!;
    public Track Track { get; private set; } = null!;
    public string? TrackName { get; private set; }
    public ProcessDefinition Definition { get; private set; } = null!;
    public IReadOnlyList<Stage> Stages { get; private set; } = [];
    public IReadOnlyList<Transition> Steps { get; private set; } = [];
    public int Mails { get; private set; }
    public int SeenVersion { get; private set; }
    public DateOnly Today { get; private set; }
    public Stage Here => Definition.StageOf(Track.StageKey);

    public Task<IActionResult> OnGetAsync(string code, string? stage, string? track, CancellationToken stop)
    {
        Form = new Entry { Stage = stage ?? "", On = Instants.DateIn(clock.UtcNow()) };
        return ShowAsync(code, null, track, stop);
    }

    public async Task<IActionResult> OnPostAsync(string code, Entry form, int seenVersion, string? track, CancellationToken stop)
    {
        Form = form;
        var result = await useCases.RunAsync(new JumpWorkItem(code, form.Stage, form.Reason, form.On, seenVersion, track), stop);
        if (result.IsOk) return Redirect(WorkItemLinks.Details(code));
        ModelState.Add(result, nameof(Form));
        return await ShowAsync(code, result.Problem.Code == Problem.ConflictCode ? null : seenVersion, track, stop);
    }

    private async Task<IActionResult> ShowAsync(string code, int? seenVersion, string? track, CancellationToken stop)
    {
        var found = await loading.FindAsync(visible.WorkItems, code, stop, track);
        if (!found.IsOk) return NotFound();
        (Item, Definition, _) = found.Value;
        (Track, TrackName) = (found.Value.Track, found.Value.Name);
        if (!me.May(Permission.Advance, Item.CommitteeId)) return Forbid();
        (SeenVersion, Today) = (seenVersion ?? Item.Version, Instants.DateIn(clock.UtcNow()));
        Stages = Definition.JumpsFrom(Track.StageKey);
        Steps = [.. Definition.Transitions.Where(transition => transition.From == Track.StageKey)];
        Mails = await undoable.RecipientsAsync(Item, stop);
        return Page();
    }
}
