using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Features.Account;
using StdWorkflow.Web.Features.Shared;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.Members;

/// <summary>Appoints somebody who is known, or somebody new, and invites them to sign in if asked to. Answers the membership's key.</summary>
/// <param name="Committee">Code of the committee.</param>
/// <param name="Person">Who, if known; then the next three stay blank.</param>
/// <param name="FullName">The whole name of somebody new.</param>
/// <param name="Reading">Its reading, for example pinyin, or blank.</param>
/// <param name="Email">Mail address of somebody new, or blank.</param>
/// <param name="Organization">Name of the organisation they stand for, or blank.</param>
/// <param name="Position">Key of the position.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day, or null while it is open.</param>
/// <param name="Invite">Whether to invite them to sign in.</param>
public sealed record AppointMember(
    string Committee,
    Guid? Person,
    [property: Line(Limits.Name)] string? FullName,
    [property: Line(Limits.Name)] string? Reading,
    [property: Line(320), EmailAddress] string? Email,
    [property: Line(Limits.Name)] string? Organization,
    [property: Required] string? Position,
    [property: Required] DateOnly? From,
    DateOnly? To,
    bool Invite) : ICommand<Guid>
{
    public Permission Needs => Permission.ManageMembers;
    public Scope Scope => Scope.OfCommittee(Committee);
}

internal sealed class AppointMemberHandler(AppDbContext db, OrganizationNames organizations, Invitations invitations) : ICommandHandler<AppointMember, Guid>
{
    public async Task<Result<Guid>> Handle(AppointMember command, CancellationToken cancellationToken)
    {
        var committee = await db.Committees.Where(known => known.Code == command.Committee).Select(known => new { known.Id, known.Status }).SingleAsync(cancellationToken);
        if (Committee.HasEndedAs(committee.Status)) return Problem.Of("committee.ended", committee.Status);

        var problems = new List<Problem>();
        var position = await db.Positions.Where(known => known.Key == command.Position).Select(known => new { known.Id, known.Key, known.Name }).SingleOrDefaultAsync(cancellationToken);
        if (position is null) problems.Add(Problem.On(nameof(command.Position), "membership.positionUnknown"));
        else if (position.Key == Position.Administrator) problems.Add(Problem.On(nameof(command.Position), "membership.positionWithoutCommittee", position.Name));

        var existing = command.Person is { } id ? await db.People.SingleOrDefaultAsync(person => person.Id == id, cancellationToken) : null;
        var organization = await organizations.FindOrAddAsync(command.Organization, existing?.IsDemo ?? false, cancellationToken);
        var known = await PersonAsync(command, existing, organization, problems, cancellationToken);
        if (known is not null && position is not null)
        {
            var last = command.To ?? DateOnly.MaxValue;
            var clash = await db.Memberships
                .Where(held => held.PersonId == known.Id && held.CommitteeId == committee.Id && held.PositionId == position.Id && held.From <= last && (held.To == null || held.To >= command.From))
                .Select(held => new { held.From, held.To }).FirstOrDefaultAsync(cancellationToken);
            if (clash is not null)
                problems.Add(clash.To is { } until ? Problem.On(nameof(command.From), "membership.heldUntil", known.FullName, position.Name, clash.From, until)
                    : Problem.On(nameof(command.From), "membership.held", known.FullName, position.Name, clash.From));
        }

        if (command.Invite && known is not null && await invitations.InviteAsync(known, cancellationToken) is { } why) problems.Add(why with { Field = nameof(command.Invite) });
        if (problems.Count > 0) return Result<Guid>.Fail(problems);

        if (known != existing) db.People.Add(known!);
        return Membership.Appoint(known!.Id, committee.Id, position!.Id, organization ?? known.OrganizationId, command.From!.Value, command.To, known.IsDemo)
            .Tap(membership => db.Memberships.Add(membership)).Map(membership => membership.Id);
    }

    private async Task<Person?> PersonAsync(AppointMember command, Person? existing, Guid? organization, List<Problem> problems, CancellationToken stop)
    {
        var isNew = command.FullName is not null || command.Reading is not null || command.Email is not null;
        if (command.Person is not null)
        {
            if (isNew) problems.Add(Problem.On(nameof(command.Person), "membership.personTwice"));
            if (existing is null) problems.Add(Problem.On(nameof(command.Person), "membership.personUnknown"));
            return existing;
        }

        if (!isNew)
        {
            problems.Add(Problem.On(nameof(command.Person), "membership.personMissing"));
            return null;
        }

        var added = Person.Add(command.FullName ?? "", command.Reading, command.Email, language: null, organization, isDemo: false);
        problems.AddRange(added.Problems);
        if (!added.IsOk) return null;
        if (added.Value.NormalizedEmail is { } address && await db.People.Where(person => person.NormalizedEmail == address).Select(person => person.FullName).FirstOrDefaultAsync(stop) is { } owner)
            problems.Add(Problem.On(nameof(command.Email), "person.emailTaken", owner));
        return added.Value;
    }
}
