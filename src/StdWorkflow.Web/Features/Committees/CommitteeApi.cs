using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Web.Api;
using StdWorkflow.Web.Features.History;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Committees;

/// <summary>Committees for programs.</summary>
internal static class CommitteeApi
{
    public sealed record Filter : CommitteeFilter
    {
        [Description("Code of the committee above.")]
        public string? Parent { get; init; }
    }

    public sealed record Line(string Code, string Designation, LocalizedText Name, CommitteeKind Kind, CommitteeStatus Status, string? Parent, bool IsDemo, DateTime Updated)
    {
        internal Guid Id { get; init; }
    }

    public sealed record AddBody(string? Parent, CommitteeKind Kind, string? Designation, CommitteeStatus Status = CommitteeStatus.Proposed, string? NameZh = null, string? NameEn = null, string? Source = null, bool SourceVerified = false);
    public sealed record EditBody(string? NameZh, string? NameEn, string? ScopeZh, string? ScopeEn, string? CharterZh, string? CharterEn, string? Secretariat, string? PublicMail);
    public sealed record StatusBody(CommitteeStatus Status, string? Reason);
    public sealed record MirrorBody(string? Other, string? Source, bool SourceVerified = false);
    public sealed record WorkBody(int? Year, string? TextZh, string? TextEn, DateOnly? Due, string? Source, bool SourceVerified = false);
    /// <param name="Key">The fact that is corrected; not said: a new one.</param>
    /// <param name="TextZh">The sentence in Chinese.</param>
    /// <param name="TextEn">The sentence in English.</param>
    /// <param name="Number">The figure in it.</param>
    /// <param name="Date">The date in it.</param>
    /// <param name="Source">Where it stands.</param>
    /// <param name="SourceVerified">Whether it was read there.</param>
    /// <param name="Conflict">What another source says instead.</param>
    public sealed record FactBody(string? Key, string? TextZh, string? TextEn, int? Number, DateOnly? Date, string? Source, bool SourceVerified = false, string? Conflict = null);

    public sealed record Fact(string Key, LocalizedText Text, int? Number, DateOnly? Date, string Source, bool IsVerified, string? Conflict);

    public sealed record PlannedWork(int Year, LocalizedText Text, DateOnly? Due, string Source, bool IsVerified);

    /// <param name="Name">Their whole name.</param>
    /// <param name="Position">Their position.</param>
    /// <param name="Organization">For whom they sit there.</param>
    /// <param name="From">First day.</param>
    /// <param name="To">Last day; null while it is open.</param>
    /// <param name="IsDemo">Invented.</param>
    /// <param name="Person">The key of the person, which names a leader; for who is signed in.</param>
    public sealed record Member(string Name, LocalizedText Position, LocalizedText? Organization, DateOnly From, DateOnly? To, bool IsDemo, Guid? Person);

    public sealed record Whole(
        string Code, string Designation, LocalizedText Name, CommitteeKind Kind, CommitteeStatus Status, LocalizedText Scope, LocalizedText Charter, LocalizedText? Secretariat, string? PublicMail, string? Parent, IReadOnlyList<string> Below, IReadOnlyList<string> MirrorOf,
        IReadOnlyList<Member> Members, IReadOnlyList<Fact> Facts, IReadOnlyList<PlannedWork> WorkPlan, bool IsDemo, int Version, DateTime Updated);

    private static readonly IReadOnlyList<ListOrder<Committee, Line>> Orders =
    [
        .. ListOrder<Committee, Line>.Both("code", committee => committee.Code, line => line.Code, committee => committee.Code, line => line.Code),
        .. ListOrder<Committee, Line>.Both("updated", committee => committee.ChangedAtUtc, line => line.Updated, committee => committee.Code, line => line.Code),
    ];

    public static void Map(RouteGroupBuilder api)
    {
        var committees = api.MapGroup("/committees").WithTags("Committees");
        committees.MapGet("", ListAsync).WithOrders(Lists.NamesOf(Orders)).WithSummary("Lists committees.").Produces<ListAnswer<Line>>();
        committees.MapGet("/{code}", ShowAsync).WithSummary("Shows a committee with its members, facts and work plan.").Produces<Whole>();
        committees.MapGet("/{code}/as-of", AsOfAsync).WithSummary("Shows a committee as it was at a moment, and what differs from another moment.").Produces<AsOfAnswer>();
        committees.MapPost("", AddAsync).WithSummary("Sets a committee up, below another or at the top.").Produces<Whole>(StatusCodes.Status201Created);
        committees.MapPost("/{code}/edit", EditAsync).WithSummary("Writes anew what a committee says of itself.").Produces<Whole>();
        committees.MapPost("/{code}/status", ChangeStatusAsync).WithSummary("Moves a committee on in its life, with a reason.").Produces<Whole>();
        committees.MapPost("/{code}/mirrors", MirrorAsync).WithSummary("Records that a national committee mirrors an international one.").Produces<Whole>();
        committees.MapPost("/{code}/work-plan", PlanAsync).WithSummary("Adds a line to the work plan.").Produces<Whole>();
        committees.MapPost("/{code}/facts", StateAsync).WithSummary("States a fact with its source, or corrects one.").Produces<Whole>();
    }

    private static Task<IResult> AddAsync(AddBody body, CommitteeResource committees, ApiCall call, CancellationToken stop) =>
        call.RunAsync(new AddCommittee(body.Parent, body.Kind, body.Status, body.Designation ?? "", body.NameZh, body.NameEn, body.Source, body.SourceVerified), async code =>
            await committees.FindAsync(code, stop) is { } found ? call.Created($"/api/v1/committees/{code}", found, found.Version) : call.NotFound(code));

    private static Task<IResult> EditAsync(string code, EditBody body, CommitteeResource committees, ApiCall call, CancellationToken stop) =>
        call.RunSeenAsync(
            seen => new DescribeCommittee(code, body.NameZh, body.NameEn, body.ScopeZh, body.ScopeEn, body.CharterZh, body.CharterEn, body.Secretariat, body.PublicMail, seen),
            _ => ShowAsync(code, committees, call, stop));

    private static Task<IResult> ChangeStatusAsync(string code, StatusBody body, CommitteeResource committees, ApiCall call, CancellationToken stop) =>
        call.RunSeenAsync(seen => new ChangeCommitteeStatus(code, body.Status, body.Reason, seen), _ => ShowAsync(code, committees, call, stop));

    private static Task<IResult> MirrorAsync(string code, MirrorBody body, CommitteeResource committees, ApiCall call, CancellationToken stop) =>
        call.RunAsync(new JoinMirror(code, body.Other, body.Source, body.SourceVerified), _ => ShowAsync(code, committees, call, stop));

    private static Task<IResult> PlanAsync(string code, WorkBody body, CommitteeResource committees, ApiCall call, CancellationToken stop) =>
        call.RunAsync(new PlanCommitteeWork(code, body.Year, body.TextZh, body.TextEn, body.Due, body.Source, body.SourceVerified), _ => ShowAsync(code, committees, call, stop));

    private static Task<IResult> StateAsync(string code, FactBody body, CommitteeResource committees, ApiCall call, CancellationToken stop) =>
        call.RunSeenAsync(
            seen => new StateCommitteeFact(code, body.Key, body.TextZh, body.TextEn, body.Number, body.Date, body.Source, body.SourceVerified, body.Conflict, seen),
            _ => ShowAsync(code, committees, call, stop));

    private static async Task<IResult> ListAsync([AsParameters] Filter filter, [AsParameters] ListQuery asked, Visible visible, Lists lists, ApiCall call, CancellationToken stop) =>
        filter.Check().ToList() is { Count: > 0 } problems ? call.Refuse(problems)
        : call.Answer(await lists.ReadAsync(asked, filter, Orders, Find(filter, visible), rows => Select(rows, visible), stop, Such(filter)));

    /// <summary>What the page asks of each committee; null when it asks nothing.</summary>
    internal static Func<Line, bool>? Such(CommitteeFilter filter)
    {
        var meant = filter.Meant;
        return meant.IsAny ? line => meant.Finds(line.Kind, line.Status, line.Designation, line.Code, line.Name.Zh, line.Name.En) : null;
    }

    /// <summary>What is below the committee that the filter names; all when it names none.</summary>
    internal static IQueryable<Committee> Find(Filter filter, Visible visible) =>
        filter.Parent is { } code ? visible.Committees.Where(committee => visible.Committees.Any(above => above.Id == committee.ParentId && above.Code == code)) : visible.Committees;

    /// <summary>The columns of a line.</summary>
    internal static IQueryable<Line> Select(IQueryable<Committee> rows, Visible visible) => rows.Select(committee => new Line(
        committee.Code, committee.Designation, committee.Name, committee.Kind, committee.Status,
        visible.Committees.Where(above => above.Id == committee.ParentId).Select(above => above.Code).FirstOrDefault(), committee.IsDemo, committee.ChangedAtUtc)
    { Id = committee.Id });

    private static async Task<IResult> AsOfAsync(
        string code, [AsParameters] AsOfQuery asked, Visible visible, PastReader past, ApiCall call, IStringLocalizer<CommitteeTexts> words, CancellationToken stop)
    {
        var committee = await visible.Committees.Where(known => known.Code == code).Select(known => new { known.Id }).SingleOrDefaultAsync(stop);
        if (committee is null) return call.NotFound(code);
        var answer = await past.ReadAsync(CommitteePast.Subject, committee.Id, asked.At, asked.And, maySeeHidden: true, words, stop);
        return call.Answer(answer.Map(found => AsOfAnswer.Of(code, found)));
    }

    private static async Task<IResult> ShowAsync(string code, CommitteeResource committees, ApiCall call, CancellationToken stop) =>
        await committees.FindAsync(code, stop) is { } found ? call.Show(found, found.Version) : call.NotFound(code);

    /// <summary>One committee as the API shows it, after a read and after every change.</summary>
    internal sealed class CommitteeResource(Visible visible, CurrentUser me, TimeProvider clock)
    {
        public async Task<Whole?> FindAsync(string code, CancellationToken stop)
        {
            var committee = await visible.Committees.Include(known => known.Facts).Include(known => known.WorkPlan).Include(known => known.Mirrors).AsSplitQuery().SingleOrDefaultAsync(known => known.Code == code, stop);
            if (committee is null) return null;
            var today = Instants.DateIn(clock.UtcNow());
            var mirrored = committee.Mirrors.Select(mirror => mirror.OtherCommitteeId).ToList();
            var near = await visible.Committees.Where(known => known.Id == committee.ParentId || known.ParentId == committee.Id || mirrored.Contains(known.Id))
                .OrderBy(known => known.Code).Select(known => new { known.Id, known.ParentId, known.Code }).ToListAsync(stop);
            var withKeys = me.IsSignedIn;
            var members = await (
                from held in visible.Memberships
                where held.CommitteeId == committee.Id && held.From <= today && (held.To == null || held.To >= today)
                join person in visible.People on held.PersonId equals person.Id
                join position in visible.Positions on held.PositionId equals position.Id
                orderby position.SortOrder, person.FullName, held.Id
                select new Member(
                    person.FullName, position.Name, visible.Organizations.Where(known => known.Id == held.OrganizationId).Select(known => known.Name).FirstOrDefault(), held.From, held.To, held.IsDemo,
                    withKeys ? person.Id : null)).ToListAsync(stop);
            return new Whole(
                committee.Code, committee.Designation, committee.Name, committee.Kind, committee.Status, committee.Scope, committee.Charter,
                await visible.Organizations.Where(known => known.Id == committee.SecretariatId).Select(known => known.Name).SingleOrDefaultAsync(stop), committee.PublicMail,
                near.Find(known => known.Id == committee.ParentId)?.Code, [.. near.Where(known => known.ParentId == committee.Id).Select(known => known.Code)],
                [.. near.Where(known => mirrored.Contains(known.Id)).Select(known => known.Code)], members,
                [.. committee.Facts.OrderBy(fact => fact.SortOrder).Select(fact => new Fact(fact.Key, fact.Text, fact.Number, fact.Date, fact.SourceReference, fact.SourceVerified, fact.Conflict))],
                [.. committee.WorkPlan.OrderBy(entry => entry.Year).ThenBy(entry => entry.SortOrder).Select(entry => new PlannedWork(entry.Year, entry.Text, entry.Due, entry.SourceReference, entry.SourceVerified))],
                committee.IsDemo, committee.Version, committee.ChangedAtUtc);
        }
    }
}
