using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using StdWorkflow.Data.Providers;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Features.Journeys;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Features.Requests;
using StdWorkflow.Web.Features.Shared;
using StdWorkflow.Web.Features.Tracks;
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
    private readonly TrackWarnings warnings;
    private readonly JourneyReader journeys;
    private readonly IStringLocalizer<WorkItemTexts> words;
    private readonly TimeProvider clock;
    private Dictionary<Guid, string> relatives = [];

    public DetailsModel(
        Visible visible, CurrentUser me, WorkItemLoading loading, TimelineReader timeline, ProcessCatalog processes, TrackWarnings warnings, JourneyReader journeys, IStringLocalizer<WorkItemTexts> words, TimeProvider clock) =>
        (this.visible, this.me, this.loading, this.timeline, this.processes, this.warnings, this.journeys, this.words, this.clock) = (visible, me, loading, timeline, processes, warnings, journeys, words, clock);

    public sealed record ForeignRelative(int Number, string Reference, LocalizedText Title, LineageKind Kind, string? Stage);

    public sealed record OpenConsultation(string Code, DateOnly OpensOn, DateOnly ClosesOn, string Zone, DateTime ClosesAtUtc, bool IsClosed, int Comments, int WithoutDisposition);

    public LoadedWorkItem Found { get; private set; } = null!;
    /// <param name="Code">Code of what follows.</param>
    /// <param name="StandardNumber">Its number as a standard, or null.</param>
    /// <param name="Title">Its title.</param>
    /// <param name="Word">Under which word it follows.</param>
    public sealed record Following(string Code, string? StandardNumber, LocalizedText Title, string Word);

    public WorkItem Item { get; private set; } = null!;
    public ProcessDefinition Definition { get; private set; } = null!;
    public Track Track => Item.Main;
    public Stage Stage => Definition.StageOf(Track.StageKey);
    public IReadOnlyList<NextStep> Steps { get; private set; } = [];
    public IReadOnlyList<LoadedWorkItem> Sides { get; private set; } = [];
    public IReadOnlyList<Warning> Warnings { get; private set; } = [];
    public StageLineModel StageLine { get; private set; } = null!;
    public IReadOnlyList<(Deadline Deadline, Clock Clock, DeadlineView View)> Due { get; private set; } = [];
    public (string Code, string Designation, LocalizedText Name)? Committee { get; private set; }
    public (string Name, bool IsDemo)? Leader { get; private set; }
    public IReadOnlyList<(LocalizedText Name, bool IsDemo)> Drafters { get; private set; } = [];
    public IReadOnlyDictionary<Guid, string> People { get; private set; } = new Dictionary<Guid, string>();
    public IReadOnlyList<JourneyLine> Journey { get; private set; } = [];
    public IReadOnlyList<Deviation> Deviations { get; private set; } = [];
    public IReadOnlyList<Following> Successors { get; private set; } = [];
    public IReadOnlyList<FamilyPaper> CarriedPapers { get; private set; } = [];
    public IReadOnlyList<ForeignRelative> ForeignRelatives { get; private set; } = [];
    public IReadOnlyList<OpenConsultation> Consultations { get; private set; } = [];
    public IReadOnlyList<TimelineEntry> History { get; private set; } = [];
    public ItemRequests Requests { get; private set; } = ItemRequests.None;
    public DateOnly Today { get; private set; }
    public DateTime NowUtc { get; private set; }

    public bool May(Permission permission) => me.May(permission, Item.CommitteeId);
    public bool IsSignedIn => me.IsSignedIn;
    public bool MayStartTrack => May(Permission.Advance) && Enum.GetValues<TrackKind>().Any(kind => Item.StartRefusal(kind, Definition) is null);
    public IReadOnlyList<LineageKind> OtherWays => May(Permission.Advance) ? [.. Succession.Ways(Item.Kind, Track.End).Where(how => how is not (LineageKind.GrewFrom or LineageKind.Converts))] : [];
    public bool MaySucceed => May(Permission.Advance) && Succession.Refusal(Item.Kind, Track.End) is null;

    /// <param name="code">The item's code; a number in its place leads to the item that carries it.</param>
    /// <param name="rest">What follows the first slash of a number that was typed as it is written, <c>GB/T 41867-2022</c>.</param>
    /// <param name="stop">Ends with the request.</param>
    public async Task<IActionResult> OnGetAsync(string code, string? rest, CancellationToken stop)
    {
        var found = rest is null ? await loading.FindAsync(visible.WorkItems, code, stop) : Problem.NotFound("workItem");
        // Routing leaves an encoded slash as it is, and a standard number has one.
        if (!found.IsOk) return await WorkItemNumbers.FindAsync(visible, Uri.UnescapeDataString(Uri.UnescapeDataString(rest is null ? code : $"{code}/{rest}")), stop) is { } elsewhere ? Redirect(WorkItemLinks.Details(elsewhere)) : NotFound();

        (Item, Definition, var facts) = Found = found.Value;
        var now = clock.UtcNow();
        (NowUtc, Today) = (now, Instants.DateIn(now));
        Steps = Definition.Next(facts);
        StageLine = StageLines.Draw(found.Value, now);
        Due = StageLines.DueOf(found.Value, now);
        Sides = await loading.SidesAsync(Item, stop);

        if (Item.CommitteeId is { } committeeId)
        {
            var committee = await visible.Committees.Where(known => known.Id == committeeId).Select(known => new { known.Code, known.Designation, known.Name }).SingleAsync(stop);
            Committee = (committee.Code, committee.Designation, committee.Name);
        }

        // The history also mentions those who drafted or led it before.
        var events = await timeline.EventsAsync(nameof(WorkItem), Item.Id, stop);
        var drafters = Item.DraftingOrganizations.Select(named => named.OrganizationId)
            .Concat(events.Select(row => row.Happened).OfType<DraftingOrganizationsNamed>().SelectMany(named => named.Organizations)).Distinct().ToList();
        var names = await visible.Organizations.Where(known => drafters.Contains(known.Id)).Select(known => new { known.Id, known.Name, known.IsDemo }).ToListAsync(stop);
        Drafters = [.. Item.DraftingOrganizations.OrderBy(named => named.SortOrder).Select(named => names.First(known => known.Id == named.OrganizationId)).Select(known => (known.Name, known.IsDemo))];

        await ReadPeopleAsync(events.Select(row => row.Happened).OfType<LeaderAssigned>().Select(assigned => assigned.Person), stop);
        await ReadRelativesAsync(stop);
        CarriedPapers = await journeys.PapersBeforeAsync(Item, stop);
        if (Item.Proposal.AdoptionDegree is AdoptionDegree.IDT or AdoptionDegree.MOD)
            Deviations = await visible.Deviations.Where(one => one.WorkItemId == Item.Id).OrderBy(one => one.Ordinal).ToListAsync(stop);
        Consultations = await visible.Consultations.Where(period => period.WorkItemId == Item.Id).OrderByDescending(period => period.Number)
            .Select(period => new OpenConsultation(period.Code, period.OpensOn, period.ClosesOn, period.Zone, period.ClosesAtUtc, period.IsClosed,
                visible.Comments.Count(comment => comment.ConsultationId == period.Id),
                visible.Comments.Count(comment => comment.ConsultationId == period.Id && comment.Disposition == null)))
            .ToListAsync(stop);
        // The events are the newest, so that of every one of them all moves that came after it are here.
        var moves = events.Where(row => row.Happened is ProcessChanged).Select(row => new ToldTrack.Move(row.Event.Sequence, row.Event.RecordedAt, (ProcessChanged)row.Happened)).ToList();
        var told = new Dictionary<Guid, ToldTrack>();
        foreach (var track in Item.Tracks) told[track.Id] = await ToldTrack.ReadAsync(track.Id, track.Kind, track.ProcessKey, track.ProcessVersion, moves, processes, visible, stop);
        var sentences = new WorkItemSentences(told, People, names.ToDictionary(known => known.Id, known => known.Name), relatives, words);
        History = timeline.Tell(events, row => sentences.Arguments(row.Happened, row.Event.Sequence), WorkItemLinks.AsOf(Item.Code));
        Requests = await ItemRequests.ReadAsync(visible, me, Item, stop);
        History = await timeline.WithAsync(History, nameof(StepRequest), [.. Requests.Lines.Select(line => line.Id)], RequestSentences.Of(code => told[Requests.Lines.First(line => line.Code == code).TrackId]), stop);
        return Page();
    }

    private async Task ReadPeopleAsync(IEnumerable<Guid?> leaders, CancellationToken stop)
    {
        var wanted = Item.Tracks.SelectMany(track => track.Attestations).Select(said => said.PersonId).Append(Item.LeaderId).Concat(leaders).OfType<Guid>().Distinct().ToList();
        var people = await visible.People.Where(person => wanted.Contains(person.Id)).Select(person => new { person.Id, person.FullName, person.IsDemo }).ToListAsync(stop);
        People = people.ToDictionary(person => person.Id, person => person.FullName);
        Leader = people.Where(person => person.Id == Item.LeaderId).Select(person => ((string, bool)?)(person.FullName, person.IsDemo)).FirstOrDefault();
    }

    /// <summary>From one end of a family (pre-research, project, conversion) to the other are two steps: the links of this item, and those of its neighbours.</summary>
    private async Task ReadRelativesAsync(CancellationToken stop)
    {
        var (lineages, id) = (visible.Lineages.Where(link => link.FromWorkItemId != null), Item.Id);
        // Its own relatives, and theirs. Asked for at once, every link there is would be looked at.
        var near = await lineages.Where(link => link.WorkItemId == id || link.FromWorkItemId == id).Select(link => new { link.WorkItemId, link.FromWorkItemId }).ToListAsync(stop);
        var around = near.SelectMany(link => new[] { link.WorkItemId, link.FromWorkItemId!.Value }).Append(id).Distinct().ToList();
        var links = await lineages.Where(link => around.Contains(link.WorkItemId) || around.Contains(link.FromWorkItemId!.Value))
            .Select(link => new { Newer = link.WorkItemId, Older = link.FromWorkItemId!.Value, link.Kind }).ToListAsync(stop);

        var family = links.SelectMany(link => new[] { link.Newer, link.Older }).Append(id).Distinct().ToList();
        var items = await WorkItemLines.All(visible).Where(row => family.Contains(row.Item.Id))
            .Select(row => new
            {
                row.Item.Id,
                row.Item.Code,
                row.Item.Number,
                StandardNumber = row.Item.DoubleNumber ?? row.Item.StandardNumber,
                row.Item.Title,
                Track = new { row.Track.ProcessKey, row.Track.ProcessVersion, row.Track.Phase, row.Track.End, row.Track.Since },
                Stays = row.Track.Spans.OrderBy(span => span.Ordinal).Select(span => new { span.StageKey, span.Entered }).ToList(),
            }).AsSingleQuery().InThisOrder().ToListAsync(stop);
        items = [.. items.OrderBy(item => item.Track.Phase == Phase.Maintenance ? Phase.Drafting : item.Track.Phase).ThenBy(item => item.Number)];
        var definitions = new Dictionary<Guid, ProcessDefinition>();
        foreach (var item in items) definitions[item.Id] = await processes.OfAsync(visible.Processes, item.Track.ProcessKey, item.Track.ProcessVersion, stop);
        Journey = [.. items.Select(item =>
        {
            var from = links.FirstOrDefault(link => link.Newer == item.Id && items.Exists(older => older.Id == link.Older));
            return new JourneyLine(
                item.Code, WorkItemLinks.Details(item.Code), item.Title, item.Track.Phase,
                [.. item.Stays.Where(stay => stay.Entered is not null).Select(stay => new JourneyStop(StageLabel.CodeOf(definitions[item.Id], definitions[item.Id].StageOf(stay.StageKey)), stay.Entered!.Value))],
                from is null ? null : items.FindIndex(older => older.Id == from.Older), from?.Kind,
                item.Track.End is null ? null : item.Track.Since, item.Id == id);
        })];

        Successors = [.. from link in links
                         where link.Older == id && link.Kind is not (LineageKind.GrewFrom or LineageKind.Converts)
                         join newer in items on link.Newer equals newer.Id
                         orderby newer.Number
                         select new Following(newer.Code, newer.StandardNumber, newer.Title, newer.Track.End == TrackEnd.Finished && link.Kind is LineageKind.Replaces or LineageKind.Revises ? "Became.published" : $"Became.{link.Kind}")];

        var foreign = Item.Lineages.Where(link => link.FromForeignProjectId is not null).ToLookup(link => link.FromForeignProjectId!.Value, link => link.Kind);
        var numbers = foreign.Select(known => known.Key).ToList();
        var projects = await visible.ForeignProjects.Where(project => numbers.Contains(project.Id)).OrderBy(project => project.Number)
            .Select(project => new { project.Id, project.Number, project.Reference, project.Title, project.Stage }).ToListAsync(stop);
        Warnings = warnings.Of(Found, Sides, [.. projects.Select(project => new TwinProject(project.Reference, project.Stage))]);
        ForeignRelatives = [.. projects.SelectMany(project => foreign[project.Id].Order().Select(kind => new ForeignRelative(project.Number, project.Reference, project.Title, kind, project.Stage)))];
        relatives = items.Select(item => (item.Id, item.Code)).Concat(projects.Select(project => (project.Id, project.Reference))).ToDictionary(known => known.Id, known => known.Item2);
    }
}
