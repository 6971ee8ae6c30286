using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Journeys;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

public sealed class AttestModel : PageModel, IShowsVersion
{
    private readonly Visible visible;
    private readonly CurrentUser me;
    private readonly WorkItemLoading loading;
    private readonly JourneyReader journeys;
    private readonly UseCases useCases;
    private readonly TimeProvider clock;

    public AttestModel(Visible visible, CurrentUser me, WorkItemLoading loading, JourneyReader journeys, UseCases useCases, TimeProvider clock) =>
        (this.visible, this.me, this.loading, this.journeys, this.useCases, this.clock) = (visible, me, loading, journeys, useCases, clock);

    public sealed record Entry
    {
        public string? Paper { get; init; }
        public DateOnly? PaperDate { get; init; }
    }

    public Entry Form { get; private set; } = new();
    public WorkItem Item { get; private set; } = null!;
    public Track Track { get; private set; } = null!;
    public string? TrackName { get; private set; }
    public Gate Gate { get; private set; } = null!;
    public int SeenVersion { get; private set; }
    public DateOnly Today { get; private set; }
    public IReadOnlyList<FamilyPaper> CarriedPapers { get; private set; } = [];

    /// <param name="code">The item's code.</param>
    /// <param name="gate">Key of the gate.</param>
    /// <param name="track">Its track; not said: the text.</param>
    /// <param name="carried">A paper of those it comes from, with which the form is to be filled in.</param>
    /// <param name="stop">Ends with the request.</param>
    public async Task<IActionResult> OnGetAsync(string code, string gate, string? track, Guid? carried, CancellationToken stop)
    {
        var page = await ShowAsync(code, gate, null, track, stop);
        if (CarriedPapers.FirstOrDefault(paper => paper.Id == carried) is { } taken) Form = new Entry { Paper = taken.Paper, PaperDate = taken.PaperDate };
        return page;
    }

    public async Task<IActionResult> OnPostAsync(string code, string gate, Entry form, int seenVersion, string? track, CancellationToken stop)
    {
        Form = form;
        var result = await useCases.RunAsync(new AttestGate(code, gate, form.Paper, form.PaperDate, seenVersion, track), stop);
        if (result.IsOk) return Redirect(WorkItemLinks.Details(code));
        ModelState.Add(result, nameof(Form));
        return await ShowAsync(code, gate, result.Problem.Code == Problem.ConflictCode ? null : seenVersion, track, stop);
    }

    private async Task<IActionResult> ShowAsync(string code, string gate, int? seenVersion, string? track, CancellationToken stop)
    {
        var found = await loading.FindAsync(visible.WorkItems, code, stop, track);
        if (!found.IsOk) return NotFound();
        (Item, var definition, var facts) = found.Value;
        (Track, TrackName) = (found.Value.Track, found.Value.Name);
        if (!me.May(Permission.Attest, Item.CommitteeId)) return Forbid();
        var asked = definition.Next(facts).SelectMany(step => step.Transition.Gates).FirstOrDefault(known => known.Key == gate && known.Kind == GateKind.Attestation);
        if (asked is null) return NotFound();
        (Gate, SeenVersion, Today) = (asked, seenVersion ?? Item.Version, Instants.DateIn(clock.UtcNow()));
        CarriedPapers = await journeys.PapersBeforeAsync(Item, stop);
        return Page();
    }
}
