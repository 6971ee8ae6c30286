using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Features.Shared;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

public sealed class DetailsModel : PageModel
{
    private readonly Visible visible;
    private readonly CurrentUser me;
    private readonly WorkItemLoading loading;
    private readonly TimelineReader timeline;
    private readonly ProcessCatalog processes;
    private readonly TimeProvider clock;

    public DetailsModel(Visible visible, CurrentUser me, WorkItemLoading loading, TimelineReader timeline, ProcessCatalog processes, TimeProvider clock) =>
        (this.visible, this.me, this.loading, this.timeline, this.processes, this.clock) = (visible, me, loading, timeline, processes, clock);

    public sealed record ForeignRelative(int Number, string Reference, LocalizedText Title, LineageKind Kind, string? Stage);

    public sealed record OpenConsultation(string Code, DateOnly OpensOn, DateOnly ClosesOn, string Zone, DateTime ClosesAtUtc, bool IsClosed, int Comments, int WithoutDisposition);

    public WorkItem Item { get; private set; } = null!;
    public ProcessDefinition Definition { get; private set; } = null!;
    public Track Track => Item.Main;
    public Stage Stage => Definition.StageOf(Track.StageKey);
    public IReadOnlyList<NextStep> Steps { get; private set; } = [];
    public StageLineModel StageLine { get; private set; } = null!;
    public IReadOnlyList<(Deadline Deadline, Clock Clock, DeadlineView View)> Due { get; private set; } = [];
    public (string Code, string Designation, LocalizedText Name)? Committee { get; private set; }
    public (string Name, bool IsDemo)? Leader { get; private set; }
    public IReadOnlyList<(LocalizedText Name, bool IsDemo)> Drafters { get; private set; } = [];
    public IReadOnlyDictionary<Guid, string> People { get; private set; } = new Dictionary<Guid, string>();
    public IReadOnlyList<JourneyLine> Journey { get; private set; } = [];
    public IReadOnlyList<ForeignRelative> ForeignRelatives { get; private set; } = [];
    public IReadOnlyList<OpenConsultation> Consultations { get; private set; } = [];
    public IReadOnlyList<TimelineEntry> History { get; private set; } = [];
    public DateOnly Today { get; private set; }
    public DateTime NowUtc { get; private set; }

    public bool May(Permission permission) => me.May(permission, Item.CommitteeId);
    public bool IsSignedIn => me.IsSignedIn;
    public bool MaySucceed => May(Permission.Advance) && Succession.Refusal(Item.Kind, Track.End) is null;

    public async Task<IActionResult> OnGetAsync(string code, CancellationToken stop)
    {
        var found = await loading.FindAsync(visible.WorkItems, code, stop);
        // Routing leaves an encoded slash as it is, and a standard number has one.
        if (!found.IsOk) return await WorkItemNumbers.FindAsync(visible, Uri.UnescapeDataString(Uri.UnescapeDataString(code)), stop) is { } elsewhere ? Redirect(WorkItemLinks.Details(elsewhere)) : NotFound();

        (Item, Definition, var facts) = found.Value;
        var now = clock.UtcNow();
        (NowUtc, Today) = (now, Instants.DateIn(now));
        Steps = Definition.Next(facts);
        StageLine = StageLines.Draw(Definition, Track.Spans, [.. Item.Deadlines.Where(deadline => deadline.Status == DeadlineStatus.Running)], now);
        Due = [.. Item.Deadlines.Where(deadline => deadline.Status == DeadlineStatus.Running).OrderBy(deadline => deadline.InstantUtc)
            .Select(deadline => (deadline, Definition.Clocks.First(known => known.Key == deadline.ClockKey), DeadlineView.Of(deadline, now)))];

        if (Item.CommitteeId is { } committeeId)
        {
            var committee = await visible.Committees.Where(known => known.Id == committeeId).Select(known => new { known.Code, known.Designation, known.Name }).SingleAsync(stop);
            Committee = (committee.Code, committee.Designation, committee.Name);
        }

        var drafters = Item.DraftingOrganizations.Select(named => named.OrganizationId).ToList();
        var names = await visible.Organizations.Where(known => drafters.Contains(known.Id)).Select(known => new { known.Id, known.Name, known.IsDemo }).ToListAsync(stop);
        Drafters = [.. Item.DraftingOrganizations.OrderBy(named => named.SortOrder).Select(named => names.First(known => known.Id == named.OrganizationId)).Select(known => (known.Name, known.IsDemo))];

        await ReadPeopleAsync(stop);
        await ReadRelativesAsync(stop);
        Consultations = await visible.Consultations.Where(period => period.WorkItemId == Item.Id).OrderByDescending(period => period.Number)
            .Select(period => new OpenConsultation(period.Code, period.OpensOn, period.ClosesOn, period.Zone, period.ClosesAtUtc, period.IsClosed,
                visible.Comments.Count(comment => comment.ConsultationId == period.Id),
                visible.Comments.Count(comment => comment.ConsultationId == period.Id && comment.Disposition == null)))
            .ToListAsync(stop);
        History = await timeline.ReadAsync(nameof(WorkItem), Item.Id, new WorkItemSentences(Definition, People, names.ToDictionary(known => known.Id, known => known.Name)).Arguments, stop);
        return Page();
    }

    private async Task ReadPeopleAsync(CancellationToken stop)
    {
        var wanted = Item.Main.Attestations.Select(said => said.PersonId).Append(Item.LeaderId).OfType<Guid>().Distinct().ToList();
        var people = await visible.People.Where(person => wanted.Contains(person.Id)).Select(person => new { person.Id, person.FullName, person.IsDemo }).ToListAsync(stop);
        People = people.ToDictionary(person => person.Id, person => person.FullName);
        Leader = people.Where(person => person.Id == Item.LeaderId).Select(person => ((string, bool)?)(person.FullName, person.IsDemo)).FirstOrDefault();
    }

    private async Task ReadRelativesAsync(CancellationToken stop)
    {
        var family = new HashSet<Guid> { Item.Id };
        var links = new List<(Guid Newer, Guid Older)>();

        // Pre-research, project, conversion: from one end of a family to the other are two steps.
        for (var round = 0; round < 2; round++)
        {
            var known = family.ToList();
            links = [.. (await visible.Lineages.Where(link => link.FromWorkItemId != null && (known.Contains(link.WorkItemId) || known.Contains(link.FromWorkItemId.Value)))
                .Select(link => new { link.WorkItemId, link.FromWorkItemId }).ToListAsync(stop)).Select(link => (link.WorkItemId, link.FromWorkItemId!.Value))];
            foreach (var (newer, olderItem) in links) family.UnionWith([newer, olderItem]);
        }

        var keys = family.ToList();
        var items = await visible.WorkItems.Where(item => keys.Contains(item.Id)).OrderBy(item => item.Kind).ThenBy(item => item.Number)
            .Select(item => new { item.Id, item.Code, item.Title, Track = item.Tracks.First(track => track.Kind == TrackKind.MainText) }).ToListAsync(stop);
        items = [.. items.OrderBy(item => item.Track.Phase == Phase.Maintenance ? Phase.Drafting : item.Track.Phase).ThenBy(item => item.Code)];
        var definitions = new Dictionary<Guid, ProcessDefinition>();
        foreach (var item in items) definitions[item.Id] = await processes.OfAsync(visible.Processes, item.Track.ProcessKey, item.Track.ProcessVersion, stop);
        var spans = (await visible.SpansOf([.. items.Select(item => item.Track.Id)]).ToListAsync(stop)).ToLookup(span => span.TrackId);
        Journey = [.. items.Select(item => new JourneyLine(
            item.Code, WorkItemLinks.Details(item.Code), item.Title, item.Track.Phase,
            [.. spans[item.Track.Id].Where(span => span.Entered is not null).Select(span => new JourneyStop(StageLabel.CodeOf(definitions[item.Id], definitions[item.Id].StageOf(span.StageKey)), span.Entered!.Value))],
            links.Where(link => link.Newer == item.Id).Select(link => (int?)items.FindIndex(older => older.Id == link.Older)).FirstOrDefault(index => index >= 0),
            item.Track.End is null ? null : item.Track.Since, item.Id == Item.Id))];
        var foreign = Item.Lineages.Where(link => link.FromForeignProjectId is not null).ToDictionary(link => link.FromForeignProjectId!.Value, link => link.Kind);
        var numbers = foreign.Keys.ToList();
        ForeignRelatives = [.. (await visible.ForeignProjects.Where(project => numbers.Contains(project.Id))
            .Select(project => new { project.Id, project.Number, project.Reference, project.Title, project.Stage }).ToListAsync(stop))
            .Select(project => new ForeignRelative(project.Number, project.Reference, project.Title, foreign[project.Id], project.Stage))];
    }
}
