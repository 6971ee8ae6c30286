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
    public sealed record Filter
    {
        [Description("Code of the committee above.")]
        public string? Parent { get; init; }
    }

    public sealed record Line(string Code, string Designation, LocalizedText Name, CommitteeKind Kind, CommitteeStatus Status, string? Parent, bool IsDemo, DateTime Updated)
    {
        internal Guid Id { get; init; }
    }

    public sealed record Fact(string Key, LocalizedText Text, int? Number, DateOnly? Date, string Source, bool IsVerified, string? Conflict);

    public sealed record PlannedWork(int Year, LocalizedText Text, DateOnly? Due, string Source, bool IsVerified);

    public sealed record Member(string Name, LocalizedText Position, LocalizedText? Organization, DateOnly From, DateOnly? To, bool IsDemo);

    public sealed record Whole(
        string Code, string Designation, LocalizedText Name, CommitteeKind Kind, CommitteeStatus Status, LocalizedText Scope, string? Parent, IReadOnlyList<string> Below, IReadOnlyList<string> MirrorOf,
        IReadOnlyList<Member> Members, IReadOnlyList<Fact> Facts, IReadOnlyList<PlannedWork> WorkPlan, bool IsDemo, int Version, DateTime Updated);

    private static readonly IReadOnlyList<ListOrder<Committee, Line>> Orders =
    [
        .. ListOrder<Committee, Line>.Both("code", committee => committee.Code, line => line.Code, committee => committee.Code, line => line.Code),
        .. ListOrder<Committee, Line>.Both("updated", committee => committee.ChangedAtUtc, line => line.Updated, committee => committee.Code, line => line.Code),
    ];

    public static void Map(RouteGroupBuilder api)
    {
        var committees = api.MapGroup("/committees").WithTags("Committees");
        committees.MapGet("", ListAsync).WithSummary("Lists committees.").Produces<ListAnswer<Line>>();
        committees.MapGet("/{code}", ShowAsync).WithSummary("Shows a committee with its members, facts and work plan.").Produces<Whole>();
        committees.MapGet("/{code}/as-of", AsOfAsync).WithSummary("Shows a committee as it was at a moment, and what differs from another moment.").Produces<AsOfAnswer>();
    }

    private static async Task<IResult> ListAsync([AsParameters] Filter filter, [AsParameters] ListQuery asked, Visible visible, Lists lists, ApiCall call, CancellationToken stop) =>
        call.Answer(await lists.ReadAsync(asked, filter, Orders, Find(filter, visible), rows => Select(rows, visible), stop));

    /// <summary>What the filter leaves.</summary>
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

    private static async Task<IResult> ShowAsync(string code, Visible visible, ApiCall call, TimeProvider clock, CancellationToken stop)
    {
        var committee = await visible.Committees.Include(known => known.Facts).Include(known => known.WorkPlan).Include(known => known.Mirrors).AsSplitQuery().SingleOrDefaultAsync(known => known.Code == code, stop);
        if (committee is null) return call.NotFound(code);
        var today = Instants.DateIn(clock.UtcNow());
        var mirrored = committee.Mirrors.Select(mirror => mirror.OtherCommitteeId).ToList();
        var near = await visible.Committees.Where(known => known.Id == committee.ParentId || known.ParentId == committee.Id || mirrored.Contains(known.Id))
            .OrderBy(known => known.Code).Select(known => new { known.Id, known.ParentId, known.Code }).ToListAsync(stop);
        var members = await (
            from held in visible.Memberships
            where held.CommitteeId == committee.Id && held.From <= today && (held.To == null || held.To >= today)
            join person in visible.People on held.PersonId equals person.Id
            join position in visible.Positions on held.PositionId equals position.Id
            orderby position.SortOrder, person.FullName, held.Id
            select new Member(
                person.FullName, position.Name, visible.Organizations.Where(known => known.Id == held.OrganizationId).Select(known => known.Name).FirstOrDefault(), held.From, held.To, held.IsDemo)).ToListAsync(stop);
        return call.Show(new Whole(
            committee.Code, committee.Designation, committee.Name, committee.Kind, committee.Status, committee.Scope,
            near.Find(known => known.Id == committee.ParentId)?.Code, [.. near.Where(known => known.ParentId == committee.Id).Select(known => known.Code)],
            [.. near.Where(known => mirrored.Contains(known.Id)).Select(known => known.Code)], members,
            [.. committee.Facts.OrderBy(fact => fact.SortOrder).Select(fact => new Fact(fact.Key, fact.Text, fact.Number, fact.Date, fact.SourceReference, fact.SourceVerified, fact.Conflict))],
            [.. committee.WorkPlan.OrderBy(entry => entry.Year).ThenBy(entry => entry.SortOrder).Select(entry => new PlannedWork(entry.Year, entry.Text, entry.Due, entry.SourceReference, entry.SourceVerified))],
            committee.IsDemo, committee.Version, committee.ChangedAtUtc), committee.Version);
    }
}
