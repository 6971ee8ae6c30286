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

internal sealed class InviteMemberHandler(AppDbContext db) : ICommandHandler<InviteMember, Done>
{
    public async Task<Result<Done>> Handle(InviteMember command, CancellationToken cancellationToken)
    {
        var person = await db.People.SingleOrDefaultAsync(
            known => known.Id == command.Person
                && db.Memberships.Any(held => held.PersonId == known.Id && db.Committees.Any(committee => committee.Id == held.CommitteeId && committee.Code == command.Committee)),
            cancellationToken);
        if (person is null) return Problem.NotFound("person");
        if (person.Email is null) return Problem.Of("invitation.noAddress", person.FullName);
        if (await db.Users.AnyAsync(user => user.PersonId == person.Id, cancellationToken)) return Problem.Of("invitation.hasLogin", person.FullName);
        person.Raise(new PersonInvited());
        return Done.Ok;
    }
}

internal sealed class InvitationMail(AccountTokens tokens, AppDbContext db, IStringLocalizer<AccountTexts> texts) : IMailFor<PersonInvited>
{
    public IQueryable<Guid> Recipients(PersonInvited happened, Guid subject, AppDbContext db) => db.People.Where(person => person.Id == subject).Select(person => person.Id);

    public async Task<Letter?> WriteAsync(PersonInvited happened, Guid subject, Addressee to, CancellationToken stop) =>
        await db.Users.AnyAsync(user => user.PersonId == subject, stop) ? null
            : new Letter(texts["Mail.Invitation.Subject"], texts["Mail.Invitation.Cause"], texts["Mail.Invitation.Text"]) { Path = AccountLinks.Invitation(tokens.ForInvitation(subject)) };
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
