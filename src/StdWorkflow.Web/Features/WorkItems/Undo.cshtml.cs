using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

public sealed class UndoModel : PageModel, IShowsVersion
{
    private readonly Visible visible;
    private readonly CurrentUser me;
    private readonly WorkItemLoading loading;
    private readonly UndoableStep undoable;
    private readonly UseCases useCases;
    private readonly TimeProvider clock;

    public UndoModel(Visible visible, CurrentUser me, WorkItemLoading loading, UndoableStep undoable, UseCases useCases, TimeProvider clock) =>
        (this.visible, this.me, this.loading, this.undoable, this.useCases, this.clock) = (visible, me, loading, undoable, useCases, clock);

    public sealed record Entry
    {
        public string? Reason { get; init; }
    }

    public Entry Form { get; private set; } = new();
    public WorkItem Item { get; private set; } = null!;
    public Track Track { get; private set; } = null!;
    public ProcessDefinition Definition { get; private set; } = null!;
    public Problem? Refusal { get; private set; }
    public int Mails { get; private set; }
    public int SeenVersion { get; private set; }
    public Stage Here => Definition.StageOf(Track.StageKey);
    public Stage Before => Definition.StageOf(Track.Spans.OrderByDescending(span => span.Ordinal).ElementAt(1).StageKey);
    public int MinutesLeft { get; private set; }

    public Task<IActionResult> OnGetAsync(string code, string? track, CancellationToken stop) => ShowAsync(code, null, track, stop);

    public async Task<IActionResult> OnPostAsync(string code, Entry form, int seenVersion, string? track, CancellationToken stop)
    {
        Form = form;
        var result = await useCases.RunAsync(new UndoStep(code, form.Reason, seenVersion, track), stop);
        if (result.IsOk) return Redirect(WorkItemLinks.Details(code));
        ModelState.Add(result, nameof(Form));
        return await ShowAsync(code, result.Problem.Code == Problem.ConflictCode ? null : seenVersion, track, stop);
    }

    private async Task<IActionResult> ShowAsync(string code, int? seenVersion, string? track, CancellationToken stop)
    {
        var found = await loading.FindAsync(visible.WorkItems, code, stop, track);
        if (!found.IsOk) return NotFound();
        (Item, Definition, _) = found.Value;
        Track = found.Value.Track;
        if (!me.May(Permission.Advance, Item.CommitteeId)) return Forbid();
        SeenVersion = seenVersion ?? Item.Version;
        Refusal = await undoable.RefusalAsync(Track, stop);
        if (Refusal is not null) return Page();
        MinutesLeft = WorkItem.MinutesToUndo(Track, clock.UtcNow());
        Mails = (await undoable.MailOfAsync(Track, stop)).Count;
        return Page();
    }
}
