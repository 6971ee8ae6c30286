using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Mail;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.Account;

/// <summary>Invites a member of a committee to open a login. May be repeated: every mail has a link of its own.</summary>
public sealed record InviteMember(string Committee, Guid Person) : ICommand<Done>
{
    public Permission Needs => Permission.ManageMembers;

    public Scope Scope => Scope.OfCommittee(Committee);
}

internal sealed class InviteMemberHandler(AppDbContext db, Invitations invitations) : ICommandHandler<InviteMember, Done>
{
    public async Task<Result<Done>> Handle(InviteMember command, CancellationToken cancellationToken)
    {
        var person = await db.People.SingleOrDefaultAsync(
            known => known.Id == command.Person
                && db.Memberships.Any(held => held.PersonId == known.Id && db.Committees.Any(committee => committee.Id == held.CommitteeId && committee.Code == command.Committee)),
            cancellationToken);
        if (person is null) return Problem.NotFound("person");
        return await invitations.InviteAsync(person, cancellationToken) is { } refused ? refused : Done.Ok;
    }
}

/// <summary>Invites inside commands: the mail goes out when what made it necessary is saved.</summary>
internal sealed class Invitations(AppDbContext db, Outgoing outgoing)
{
    /// <summary>Why the person cannot be invited; null when the invitation is on its way.</summary>
    public async Task<Problem?> InviteAsync(Person person, CancellationToken stop)
    {
        if (person.Email is null) return Problem.Of("invitation.noAddress", person.FullName);
        if (await db.Users.AnyAsync(user => user.PersonId == person.Id, stop)) return Problem.Of("invitation.hasLogin", person.FullName);
        person.Raise(new PersonInvited());
        outgoing.ToPerson($"{Guid.CreateVersion7():N}", person.Id, person.Language, new Invitation(person.Id));
        return null;
    }
}

/// <summary>The mail that invites. A notice and not the mail of the event: somebody new is not in the database yet when the recipients of events are looked up.</summary>
public sealed record Invitation(Guid Person);

internal sealed class InvitationMail(AccountTokens tokens, AppDbContext db, IStringLocalizer<AccountTexts> texts) : IMailOf<Invitation>
{
    public async Task<Letter?> WriteAsync(Invitation notice, Addressee to, CancellationToken stop) =>
        await db.Users.AnyAsync(user => user.PersonId == notice.Person, stop) ? null
            : new Letter(texts["Mail.Invitation.Subject"], texts["Mail.Invitation.Cause"], texts["Mail.Invitation.Text"]) { Path = AccountLinks.Invitation(tokens.ForInvitation(notice.Person)) };
}

/// <summary>Opens the login that an invitation offers.</summary>
public sealed record AcceptInvitation(string Token, [property: Required, StringLength(256)] string Password) : ICommand<Done>
{
    public Permission Needs => Permission.None;

    public Scope Scope => Scope.Anyone;

    // A record prints all its properties; the password must not come into a log that way.
    public override string ToString() => nameof(AcceptInvitation);
}

internal sealed class AcceptInvitationHandler(AppDbContext db, Accounts accounts, AccountTokens tokens) : ICommandHandler<AcceptInvitation, Done>
{
    public async Task<Result<Done>> Handle(AcceptInvitation command, CancellationToken cancellationToken)
    {
        if (tokens.ReadInvitation(command.Token) is not { } id) return Problem.Of("invitation.void");
        var person = await db.People.SingleOrDefaultAsync(known => known.Id == id, cancellationToken);
        if (person?.Email is not { } email || await db.Users.AnyAsync(user => user.PersonId == id, cancellationToken)) return Problem.Of("invitation.void");
        return (await accounts.OpenAsync(person, email, command.Password)).Map(_ => default(Done));
    }
}
