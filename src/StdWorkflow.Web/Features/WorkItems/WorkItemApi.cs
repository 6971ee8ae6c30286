using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Api;
using StdWorkflow.Web.Features.History;
using StdWorkflow.Web.Features.Journeys;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Features.Relations;
using StdWorkflow.Web.Features.Tracks;
using StdWorkflow.Web.Localization;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>Work items for programs.</summary>
internal static class WorkItemApi
{
    public sealed record Line(
        string Code, LocalizedText Title, WorkItemKind Kind, string? Committee, string? PlanNumber, string? StandardNumber, string? InternationalReference,
        string Process, string Stage, Phase Phase, DateOnly? Since, LocalizedText WaitingFor, bool IsBlocked, DateTime? NextDeadline, TrackEnd? End, bool IsPublic, bool IsDemo, DateTime Updated)
    {
        /// <summary>The number that an identical adoption carries; null for every other.</summary>
        public string? DoubleNumber { get; init; }

        internal int Number { get; init; }
        internal Guid Id { get; init; }
    }

    public sealed record StageStay(string Stage, DateOnly? Entered, DateOnly? Left);

    public sealed record TrackNow(string Name, TrackKind Kind, string Process, int Version, string Stage, LocalizedText StageName, Phase Phase, DateOnly? Since, LocalizedText WaitingFor, bool IsBlocked, TrackEnd? End, IReadOnlyList<StageStay> Stages, IReadOnlyList<StepNow> Next);

    public sealed record DeadlineNow(string Track, string Clock, ClockKind Kind, DateOnly LastDay, string Zone, DateTime Instant, DeadlineStatus Status, bool IsProvisional);

    public sealed record GateNow(string Gate, GateKind Kind, bool Met, string? Why);

    public sealed record StepNow(string Transition, TransitionKind Kind, string To, LocalizedText Name, bool IsOpen, IReadOnlyList<GateNow> Gates);

    public sealed record Descent(LineageKind Kind, string? From, int? FromForeignProject);

    public sealed record Successor(LineageKind Kind, string Code, TrackEnd? End);

    public sealed record Whole(
        string Code, LocalizedText Title, WorkItemKind Kind, string? Committee, string? Leader, IReadOnlyList<LocalizedText> DraftingOrganizations,
        string? PlanNumber, string? StandardNumber, string? DoubleNumber, string? InternationalReference, DateOnly? IssuedOn, DateOnly? InForceOn, bool IsPublic, bool IsDemo,
        IReadOnlyList<TrackNow> Tracks, IReadOnlyList<DeadlineNow> Deadlines, IReadOnlyList<StepNow> Next, IReadOnlyList<Descent> Lineage, IReadOnlyList<Successor> Successors,
        IReadOnlyList<FamilyPaper> CarriedPapers, IReadOnlyList<Warning> Warnings, int Version, DateTime Updated);

    public sealed record ProposeBody(string Committee, string Process, ProposalEntry Proposal, bool IsPublic = true);
    // Without a track, the text is meant.
    public sealed record AdvanceBody(string Transition, string? Reason, DateOnly? On, string? Track = null);
    public sealed record StartTrackBody(TrackKind Kind, string Process, DateOnly? On);
    public sealed record UndoBody(string? Reason, string? Track = null);

    public sealed record JumpBody(string Stage, string? Reason, DateOnly? On, string? Track = null);
    public sealed record FollowBody(string Process, int Version, string? Reason, string? Track = null);
    public sealed record AttestBody(string Gate, string? Paper, DateOnly? PaperDate, string? Track = null);
    public sealed record CommitteeBody(string? Committee);
    public sealed record EditBody(Guid? Leader, IReadOnlyList<string>? DraftingOrganizations, string? PlanNumber, string? StandardNumber, string? InternationalReference, bool? IsPublic);
    /// <param name="Kind">What follows; not said: what grows from an item of its kind.</param>
    /// <param name="Others">Codes of further older items, to merge or to replace.</param>
    /// <param name="Process">Not for what carries running work on.</param>
    /// <param name="TitleZh">Chinese title of the one that is opened.</param>
    /// <param name="TitleEn">English title of the one that is opened.</param>
    /// <param name="Parts">Titles of the parts, to split it.</param>
    public sealed record SucceedBody(
        string? Process, [property: InCommand("Title", nameof(OpenSuccessor.Titles))] string? TitleZh, string? TitleEn, LineageKind? Kind = null, IReadOnlyList<string>? Others = null,
        [property: InCommand("Title", nameof(OpenSuccessor.Titles))] IReadOnlyList<LocalizedText>? Parts = null);

    public sealed record JoinBody(int Number, LineageKind Kind);

    private const string Deadline = "deadline";

    private static readonly IReadOnlyList<ListOrder<WorkItemRow, Line>> Orders =
    [
        .. ListOrder<WorkItemRow, Line>.Both("code", row => row.Item.Number, line => line.Number, row => row.Item.Number, line => line.Number),
        .. ListOrder<WorkItemRow, Line>.Both("updated", row => row.Item.ChangedAtUtc, line => line.Updated, row => row.Item.Number, line => line.Number),
        .. ListOrder<WorkItemRow, Line>.Both(
            Deadline, row => row.Track.DeadlineKey, line => line.NextDeadline ?? Track.NoDeadline, row => row.Track.WorkItemId, line => line.Id),
    ];

    public static void Map(RouteGroupBuilder api)
    {
        var items = api.MapGroup("/work-items").WithTags("Work items");
        items.MapGet("", ListAsync).WithOrders(Lists.NamesOf(Orders)).WithSummary("Lists work items.").Produces<ListAnswer<Line>>();
        items.MapGet("/{code}", ShowAsync).WithSummary("Shows where a work item stands, what is due and what its next steps need.").Produces<Whole>();
        items.MapGet("/{code}/as-of", AsOfAsync).WithSummary("Shows a work item as it was at a moment, and what differs from another moment.").Produces<AsOfAnswer>();
        items.MapPost("", ProposeAsync).WithSummary("Proposes a work item (项目建议书).").Produces<Whole>(StatusCodes.Status201Created);
        items.MapPost("/{code}/advance", AdvanceAsync).WithSummary("Takes a step forward, back, again, or abandons.").Produces<Whole>();
        items.MapPost("/{code}/tracks", StartTrackAsync).WithSummary("Begins a track beside the text: foreign-language version, patent statements or international twin.").Produces<Whole>();
        items.MapPost("/{code}/jump", JumpAsync).WithSummary("Records that ISO or IEC moved the project where no step leads.").Produces<Whole>();
        items.MapPost("/{code}/undo", UndoAsync).WithSummary("Undoes the newest step, up to ten minutes after it was taken; the mail that it caused is not sent.").Produces<Whole>();
        items.MapPost("/{code}/follow", FollowAsync).WithSummary("Moves it to another version of its process, or to another process, at the stage where it stands.").Produces<Whole>();
        items.MapPost("/{code}/attest", AttestAsync).WithSummary("States that a gate's condition is met, on a paper of a date.").Produces<Whole>();
        items.MapPost("/{code}/edit", EditAsync).WithSummary("Changes leader, drafting organisations, numbers and visibility.").Produces<Whole>();
        items.MapPost("/{code}/committee", GiveCommitteeAsync).WithSummary("Gives a work item its committee where the file from which it came named none that is known.").Produces<Whole>();
        items.MapGet("/{code}/proposal", ShowProposalAsync).WithSummary("Shows title and proposal, as a change of it is sent.").Produces<ProposalEntry>();
        items.MapPost("/{code}/proposal", ChangeProposalAsync).WithSummary("Changes title and proposal.").Produces<Whole>();
        items.MapPost("/{code}/succeed", SucceedAsync).WithSummary("Opens what follows it: what grows from it, its revision or replacement, its parts, or what it is merged into with others. Answers the first that was opened.").Produces<Whole>(StatusCodes.Status201Created);
        items.MapPost("/{code}/foreign", JoinAsync).WithSummary("Records that it adopts, or is converted into, an international project.").Produces<Whole>();
    }

    private static async Task<IResult> ListAsync(
        [AsParameters] WorkItemFilter filter, [AsParameters] ListQuery asked, Visible visible, CurrentUser me, Lists lists, ApiCall call, TimeProvider clock, CancellationToken stop)
    {
        if (filter.CheckFor(me).ToList() is { Count: > 0 } problems) return call.Refuse(problems);
        return call.Answer(await lists.ReadAsync(asked, filter, Orders, filter.Apply(visible, me, clock.UtcNow(), byTrack: asked.Sort is Deadline or "-" + Deadline), rows => Select(rows, visible), stop));
    }

    /// <summary>The columns of a line.</summary>
    internal static IQueryable<Line> Select(IQueryable<WorkItemRow> rows, Visible visible) => rows.Select(row => new Line(
        row.Item.Code, new LocalizedText(row.Item.Title.Zh, row.Item.Title.En), row.Item.Kind,
            visible.Committees.Where(committee => committee.Id == row.Item.CommitteeId).Select(committee => committee.Code).FirstOrDefault(),
            row.Item.PlanNumber, row.Item.StandardNumber, row.Item.InternationalReference,
            row.Track.ProcessKey, row.Track.StageKey, row.Track.Phase, row.Track.Since, new LocalizedText(row.Track.WaitingFor.Zh, row.Track.WaitingFor.En), row.Track.IsBlocked, row.Track.NextDeadlineUtc, row.Track.End,
            row.Item.IsPublic, row.Item.IsDemo, row.Item.ChangedAtUtc)
    { Number = row.Item.Number, Id = row.Item.Id, DoubleNumber = row.Item.DoubleNumber });

    private static async Task<IResult> ShowAsync(string code, WorkItemResource items, ApiCall call, CancellationToken stop) =>
        await items.FindAsync(code, stop) is { } found ? call.Show(found, found.Version) : call.NotFound(code);

    private static Task<IResult> ProposeAsync(ProposeBody body, WorkItemResource items, ApiCall call, CancellationToken stop) =>
        call.RunAsync(new ProposeWorkItem(body.Committee, body.Process, body.Proposal, body.IsPublic), code => items.CreatedAsync(code, stop));

    private static async Task<IResult> AsOfAsync(
        string code, [AsParameters] AsOfQuery asked, Visible visible, CurrentUser me, PastReader past, ApiCall call, IStringLocalizer<WorkItemTexts> words, CancellationToken stop)
    {
        var item = await visible.WorkItems.Where(known => known.Code == code).Select(known => new { known.Id, known.CommitteeId }).SingleOrDefaultAsync(stop);
        if (item is null) return call.NotFound(code);
        var answer = await past.ReadAsync(WorkItemPast.Subject, item.Id, asked.At, asked.And, me.May(Permission.View, item.CommitteeId), words, stop);
        return call.Answer(answer.Map(found => AsOfAnswer.Of(code, found)));
    }

    private static Task<IResult> AdvanceAsync(string code, AdvanceBody body, WorkItemResource items, ApiCall call, CancellationToken stop) =>
        call.RunSeenAsync(seen => new AdvanceWorkItem(code, body.Transition, body.Reason, body.On, seen, body.Track), _ => items.ChangedAsync(code, stop));

    private static Task<IResult> StartTrackAsync(string code, StartTrackBody body, WorkItemResource items, ApiCall call, CancellationToken stop) =>
        call.RunSeenAsync(seen => new StartTrack(code, body.Kind, body.Process, body.On, seen), _ => items.ChangedAsync(code, stop));

    private static Task<IResult> JumpAsync(string code, JumpBody body, WorkItemResource items, ApiCall call, CancellationToken stop) =>
        call.RunSeenAsync(seen => new JumpWorkItem(code, body.Stage, body.Reason, body.On, seen, body.Track), _ => items.ChangedAsync(code, stop));

    private static Task<IResult> UndoAsync(string code, UndoBody body, WorkItemResource items, ApiCall call, CancellationToken stop) =>
        call.RunSeenAsync(seen => new UndoStep(code, body.Reason, seen, body.Track), _ => items.ChangedAsync(code, stop));

    private static Task<IResult> FollowAsync(string code, FollowBody body, WorkItemResource items, ApiCall call, CancellationToken stop) =>
        call.RunSeenAsync(seen => new FollowProcess(code, body.Process, body.Version, body.Reason, seen, body.Track), _ => items.ChangedAsync(code, stop));

    private static Task<IResult> AttestAsync(string code, AttestBody body, WorkItemResource items, ApiCall call, CancellationToken stop) =>
        call.RunSeenAsync(seen => new AttestGate(code, body.Gate, body.Paper, body.PaperDate, seen, body.Track), _ => items.ChangedAsync(code, stop));

    private static Task<IResult> EditAsync(string code, EditBody body, WorkItemResource items, ApiCall call, CancellationToken stop) =>
        // All of it is written anew: who forgets this one would hide the item, and not know it.
        body.IsPublic is not { } isPublic ? Task.FromResult(call.Refuse(Problem.On(nameof(body.IsPublic), "validation.required")))
        : call.RunSeenAsync(
            seen => new EditWorkItem(code, body.Leader, string.Join('\n', body.DraftingOrganizations ?? []), body.PlanNumber, body.StandardNumber, body.InternationalReference, isPublic, seen),
            _ => items.ChangedAsync(code, stop));

    private static Task<IResult> GiveCommitteeAsync(string code, CommitteeBody body, WorkItemResource items, ApiCall call, CancellationToken stop) =>
        call.RunSeenAsync(seen => new GiveCommittee(code, body.Committee, seen), _ => items.ChangedAsync(code, stop));

    private static async Task<IResult> ShowProposalAsync(string code, Visible visible, ApiCall call, CancellationToken stop) =>
        await visible.WorkItems.Where(known => known.Code == code).Select(known => new { known.Title, known.Proposal, known.Version }).SingleOrDefaultAsync(stop) is { } found
            ? call.Show(ProposalEntry.From(found.Title, found.Proposal), found.Version)
            : call.NotFound(code);

    private static Task<IResult> ChangeProposalAsync(string code, ProposalEntry body, WorkItemResource items, ApiCall call, CancellationToken stop) =>
        call.RunSeenAsync(seen => new ChangeProposal(code, body, seen), _ => items.ChangedAsync(code, stop));

    private static Task<IResult> SucceedAsync(string code, SucceedBody body, WorkItemResource items, ApiCall call, CancellationToken stop) =>
        call.RunAsync(new OpenSuccessor(code, body.Kind, body.Others ?? [], body.Process, body.Parts ?? [new LocalizedText(body.TitleZh, body.TitleEn)]), opened => items.CreatedAsync(opened, stop));

    private static Task<IResult> JoinAsync(string code, JoinBody body, WorkItemResource items, ApiCall call, CancellationToken stop) =>
        call.RunAsync(new JoinForeignProject(code, body.Number, body.Kind), _ => items.ChangedAsync(code, stop));

    /// <summary>One work item as the API shows it, after a read and after every change.</summary>
    internal sealed class WorkItemResource(Visible visible, WorkItemLoading loading, JourneyReader journeys, TrackWarnings warnings, ProblemTexts texts, ApiCall call)
    {
        public async Task<Whole?> FindAsync(string code, CancellationToken stop)
        {
            var found = await loading.FindAsync(visible.WorkItems, code, stop);
            if (!found.IsOk) return null;
            var (item, definition, facts) = found.Value;
            var drafters = item.DraftingOrganizations.Select(named => named.OrganizationId).ToList();
            var names = await visible.Organizations.Where(known => drafters.Contains(known.Id)).Select(known => new { known.Id, known.Name }).ToDictionaryAsync(known => known.Id, known => known.Name, stop);
            var from = item.Lineages.Select(link => link.FromWorkItemId).OfType<Guid>().ToList();
            var older = from.Count == 0 ? [] : await visible.WorkItems.Where(known => from.Contains(known.Id)).Select(known => new { known.Id, known.Code }).ToDictionaryAsync(known => known.Id, known => known.Code, stop);
            var abroad = item.Lineages.Select(link => link.FromForeignProjectId).OfType<Guid>().ToList();
            var foreign = abroad.Count == 0 ? [] : await visible.ForeignProjects.Where(known => abroad.Contains(known.Id)).Select(known => new { known.Id, known.Number, Twin = new TwinProject(known.Reference, known.Stage) }).ToDictionaryAsync(known => known.Id, stop);
            var newer = await (
                from link in visible.Lineages
                where link.FromWorkItemId == item.Id
                join known in visible.WorkItems on link.WorkItemId equals known.Id
                orderby known.Number
                select new Successor(link.Kind, known.Code, known.Tracks.First(track => track.Kind == TrackKind.MainText).End)).ToListAsync(stop);
            var sides = await loading.SidesAsync(item, stop);
            return new Whole(
                item.Code, item.Title, item.Kind,
                item.CommitteeId is { } committee ? await visible.Committees.Where(known => known.Id == committee).Select(known => known.Code).SingleAsync(stop) : null,
                item.LeaderId is { } leader ? await visible.People.Where(known => known.Id == leader).Select(known => known.FullName).SingleOrDefaultAsync(stop) : null,
                [.. item.DraftingOrganizations.OrderBy(named => named.SortOrder).Select(named => names[named.OrganizationId])],
                item.PlanNumber, item.StandardNumber, item.DoubleNumber, item.InternationalReference, item.IssuedOn, item.InForceOn, item.IsPublic, item.IsDemo,
                [.. sides.Prepend(found.Value).Select(TrackOf)],
                [.. item.Deadlines.OrderBy(due => due.InstantUtc).Select(due => new DeadlineNow(item.NameOf(item.Tracks.Single(track => track.Id == due.TrackId)), due.ClockKey, due.Kind, due.LocalDate, due.Zone, due.InstantUtc, due.Status, due.IsProvisional))],
                [.. definition.Next(facts).Select(StepOf)],
                [.. item.Lineages.Where(link => link.FromWorkItemId is not { } key || older.ContainsKey(key)).Select(link => new Descent(
                    link.Kind, link.FromWorkItemId is { } key ? older[key] : null, link.FromForeignProjectId is { } project ? foreign[project].Number : null))],
                newer, await journeys.PapersBeforeAsync(item, stop), warnings.Of(found.Value, sides, [.. foreign.Values.Select(known => known.Twin)]), item.Version, item.ChangedAtUtc);
        }

        public async Task<IResult> ChangedAsync(string code, CancellationToken stop) =>
            await FindAsync(code, stop) is { } found ? call.Show(found, found.Version) : call.NotFound(code);

        public async Task<IResult> CreatedAsync(string code, CancellationToken stop) =>
            await FindAsync(code, stop) is { } found ? call.Created($"/api/v1/work-items/{code}", found, found.Version) : call.NotFound(code);

        private TrackNow TrackOf(LoadedWorkItem found)
        {
            var track = found.Track;
            return new TrackNow(
                found.Item.NameOf(track), track.Kind, track.ProcessKey, track.ProcessVersion, track.StageKey, found.Definition.StageOf(track.StageKey).Name, track.Phase, track.Since, track.WaitingFor, track.IsBlocked, track.End,
                [.. track.Spans.OrderBy(span => span.Ordinal).Select(span => new StageStay(span.StageKey, span.Entered, span.Left))],
                [.. found.Definition.Next(found.Facts).Select(StepOf)]);
        }

        private StepNow StepOf(NextStep step) => new(
            step.Transition.Key, step.Transition.Kind, step.Transition.To, step.Transition.Name, step.IsOpen,
            [.. step.Gates.Select(gate => new GateNow(gate.Gate.Key, gate.Gate.Kind, gate.Met, gate.Reason is { } reason ? texts.Say(reason) : null))]);
    }
}
