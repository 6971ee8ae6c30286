using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Api;
using StdWorkflow.Web.Features.Account;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Members;

/// <summary>Memberships and positions for programs. Who sits in a committee today stands with the committee.</summary>
internal static class MemberApi
{
    public sealed record Line(
        Guid Id, Guid Person, string Name, string Position, LocalizedText PositionName, LocalizedText? Organization, DateOnly From, DateOnly? To, bool IsDemo, int Version, DateTime Updated);

    public sealed record PositionNow(string Key, LocalizedText Name, bool Votes, IReadOnlyList<Permission> Permissions, string Source, bool SourceVerified, int Version);

    /// <param name="Position">Key of the position.</param>
    /// <param name="From">First day.</param>
    /// <param name="To">Last day; not said while it is open.</param>
    /// <param name="Person">Who, if known; then name, reading and address are not said.</param>
    /// <param name="FullName">The whole name of somebody new.</param>
    /// <param name="Reading">Its reading, for example pinyin.</param>
    /// <param name="Email">Mail address of somebody new.</param>
    /// <param name="Organization">Name of the organisation they stand for.</param>
    /// <param name="Invite">Whether to invite them to sign in.</param>
    public sealed record AppointBody(
        string? Position, DateOnly? From, DateOnly? To = null, Guid? Person = null, string? FullName = null, string? Reading = null, string? Email = null, string? Organization = null, bool Invite = false);

    public sealed record EndBody(DateOnly? To, string? Reason);

    public sealed record AllowBody(IReadOnlyList<Permission>? Permissions);

    private static readonly IReadOnlyList<ListOrder<Membership, Line>> Orders =
        [.. ListOrder<Membership, Line>.Both("updated", held => held.ChangedAtUtc, line => line.Updated, held => held.Id, line => line.Id)];

    public static void Map(RouteGroupBuilder api)
    {
        var members = api.MapGroup("/committees/{code}/members").WithTags("Members").RequirePerson();
        members.MapGet("", ListAsync).WithOrders(Lists.NamesOf(Orders)).WithSummary("Lists all memberships of a committee, past ones too, for who manages its members.").Produces<ListAnswer<Line>>();
        members.MapPost("", AppointAsync).WithSummary("Appoints somebody who is known, or somebody new.").Produces<Line>(StatusCodes.Status201Created);
        members.MapPost("/{person:guid}/invite", InviteAsync).WithSummary("Invites a member to sign in.").Produces(StatusCodes.Status204NoContent);
        var memberships = api.MapGroup("/memberships").WithTags("Members").RequirePerson();
        memberships.MapGet("/{membership:guid}", ShowAsync).WithSummary("Shows a membership, for who manages members of its committee.").Produces<Line>();
        memberships.MapPost("/{membership:guid}/end", EndAsync).WithSummary("Ends a membership with its last day and a reason.").Produces<Line>();
        var positions = api.MapGroup("/positions").WithTags("Members").RequirePerson();
        positions.MapGet("/{key}", ShowPositionAsync).WithSummary("Shows what a position allows, for administrators.").Produces<PositionNow>();
        positions.MapPost("/{key}/allow", AllowAsync).WithSummary("Changes what a position allows.").Produces<PositionNow>();
    }

    private static async Task<IResult> ListAsync(string code, [AsParameters] ListQuery asked, Visible visible, CurrentUser me, Lists lists, ApiCall call, CancellationToken stop)
    {
        var committee = await visible.Committees.Where(known => known.Code == code).Select(known => (Guid?)known.Id).SingleOrDefaultAsync(stop);
        if (committee is null) return call.NotFound(code);
        if (!me.May(Permission.ManageMembers, committee)) return call.Refuse(Problem.NotAllowed());
        return call.Answer(await lists.ReadAsync(asked, code, Orders, visible.Memberships.Where(held => held.CommitteeId == committee), rows => Select(rows, visible), stop));
    }

    private static IQueryable<Line> Select(IQueryable<Membership> rows, Visible visible) =>
        from held in rows
        join person in visible.People on held.PersonId equals person.Id
        join position in visible.Positions on held.PositionId equals position.Id
        select new Line(
            held.Id, person.Id, person.FullName, position.Key, position.Name, visible.Organizations.Where(known => known.Id == held.OrganizationId).Select(known => known.Name).FirstOrDefault(),
            held.From, held.To, held.IsDemo, held.Version, held.ChangedAtUtc);

    private static async Task<IResult> ShowAsync(Guid membership, Visible visible, CurrentUser me, ApiCall call, CancellationToken stop)
    {
        var held = await visible.Memberships.Where(known => known.Id == membership).Select(known => new { known.CommitteeId }).SingleOrDefaultAsync(stop);
        if (held is null) return call.NotFound($"{membership}");
        if (!me.May(Permission.ManageMembers, held.CommitteeId)) return call.Refuse(Problem.NotAllowed());
        var found = await Select(visible.Memberships.Where(known => known.Id == membership), visible).SingleAsync(stop);
        return call.Show(found, found.Version);
    }

    private static Task<IResult> AppointAsync(string code, AppointBody body, Visible visible, ApiCall call, CancellationToken stop) =>
        call.RunAsync(
            new AppointMember(code, body.Person, body.FullName, body.Reading, body.Email, body.Organization, body.Position, body.From, body.To, body.Invite),
            async membership =>
            {
                var made = await Select(visible.Memberships.Where(known => known.Id == membership), visible).SingleAsync(stop);
                return call.Created($"/api/v1/memberships/{membership}", made, made.Version);
            });

    private static Task<IResult> InviteAsync(string code, Guid person, ApiCall call) =>
        call.RunAsync(new InviteMember(code, person), _ => Task.FromResult<IResult>(TypedResults.NoContent()));

    private static Task<IResult> EndAsync(Guid membership, EndBody body, Visible visible, CurrentUser me, ApiCall call, CancellationToken stop) =>
        call.RunSeenAsync(seen => new EndMembership(membership, body.To, body.Reason, seen), _ => ShowAsync(membership, visible, me, call, stop));

    private static async Task<IResult> ShowPositionAsync(string key, Visible visible, CurrentUser me, ApiCall call, CancellationToken stop)
    {
        if (!me.MayEverywhere(Permission.Administer)) return call.Refuse(Problem.NotAllowed());
        var found = await visible.Positions.SingleOrDefaultAsync(known => known.Key == key, stop);
        return found is null ? call.NotFound(key)
            : call.Show(new PositionNow(found.Key, found.Name, found.Votes, [.. found.Permissions.Order()], found.SourceReference, found.SourceVerified, found.Version), found.Version);
    }

    private static Task<IResult> AllowAsync(string key, AllowBody body, Visible visible, CurrentUser me, ApiCall call, CancellationToken stop) =>
        call.RunSeenAsync(seen => new AllowPosition(key, [.. (body.Permissions ?? []).Select(permission => permission.ToString())], seen), _ => ShowPositionAsync(key, visible, me, call, stop));
}
