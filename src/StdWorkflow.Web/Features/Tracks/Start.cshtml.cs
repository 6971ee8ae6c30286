using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Features.Shared;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Tracks;

/// <summary>Begins a track beside the text.</summary>
public sealed class StartModel : PageModel, IShowsVersion
{
    private readonly Visible visible;
    private readonly CurrentUser me;
    private readonly WorkItemLoading loading;
    private readonly ProcessCatalog processes;
    private readonly UseCases useCases;
    private readonly TimeProvider clock;

    public StartModel(Visible visible, CurrentUser me, WorkItemLoading loading, ProcessCatalog processes, UseCases useCases, TimeProvider clock) =>
        (this.visible, this.me, this.loading, this.processes, this.useCases, this.clock) = (visible, me, loading, processes, useCases, clock);

    public sealed record Entry
    {
        /// <summary>Kind and process, joined by a slash: a process may drive several kinds.</summary>
        public string? Process { get; init; }

        public DateOnly? On { get; init; }
    }

    public Entry Form { get; private set; } = new();
    public WorkItem Item { get; private set; } = null!;
    public IReadOnlyList<(TrackKind Kind, IReadOnlyList<ProcessDefinition> Processes)> Choices { get; private set; } = [];
    public IReadOnlyList<(TrackKind Kind, Problem Why)> Refused { get; private set; } = [];
    public int SeenVersion { get; private set; }
    public DateOnly Today { get; private set; }

    public Task<IActionResult> OnGetAsync(string code, CancellationToken stop)
    {
        Form = new Entry { On = Instants.DateIn(clock.UtcNow()) };
        return ShowAsync(code, null, stop);
    }

    public async Task<IActionResult> OnPostAsync(string code, Entry form, int seenVersion, CancellationToken stop)
    {
        Form = form;
        var chosen = (form.Process ?? "").Split('/', 2);
        var kind = FilterText.ReadName<TrackKind>(chosen[0]);
        var result = await useCases.RunAsync(new StartTrack(code, kind, chosen.ElementAtOrDefault(1), form.On, seenVersion), stop);
        if (result.IsOk) return Redirect($"{WorkItemLinks.Details(code)}#{result.Value}");
        foreach (var problem in result.Problems.DistinctBy(problem => (problem.Code, FieldOf(problem)))) ModelState.Add(problem with { Field = FieldOf(problem) }, nameof(Form));
        return await ShowAsync(code, result.Problem.Code == Problem.ConflictCode ? null : seenVersion, stop);

        static string? FieldOf(Problem problem) => problem.Field == nameof(StartTrack.Kind) ? nameof(Entry.Process) : problem.Field;
    }

    private async Task<IActionResult> ShowAsync(string code, int? seenVersion, CancellationToken stop)
    {
        var found = await loading.FindAsync(visible.WorkItems, code, stop);
        if (!found.IsOk) return NotFound();
        (Item, var text, _) = found.Value;
        if (!me.May(Permission.Advance, Item.CommitteeId)) return Forbid();
        (SeenVersion, Today) = (seenVersion ?? Item.Version, Instants.DateIn(clock.UtcNow()));
        var beside = Enum.GetValues<TrackKind>().Where(kind => kind != TrackKind.MainText).Select(kind => (Kind: kind, Why: Item.StartRefusal(kind, text))).ToList();
        Refused = [.. beside.Where(one => one.Why is not null).Select(one => (one.Kind, one.Why!))];
        var choices = new List<(TrackKind, IReadOnlyList<ProcessDefinition>)>();
        foreach (var (kind, _) in beside.Where(one => one.Why is null)) choices.Add((kind, await processes.CurrentAsync(visible.Processes, kind, stop)));
        Choices = choices;
        return Page();
    }
}
