using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using StdWorkflow.Data;
using StdWorkflow.Data.Identity;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Mail;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Account;

/// <summary>Asks for a mail to a new address; nothing changes before somebody who reads it there has opened its link.</summary>
public sealed record AskForEmail([property: Required, EmailAddress, Line(256)] string Email) : ICommand<Done>
{
    public Permission Needs => Permission.None;

    public Scope Scope => Scope.Anyone;
}

internal sealed class AskForEmailHandler(AppDbContext db, CurrentUser me, Outgoing outgoing) : ICommandHandler<AskForEmail, Done>
{
    public async Task<Result<Done>> Handle(AskForEmail command, CancellationToken cancellationToken)
    {
        if (me.Person is not { } person) return Problem.NotAllowed();
        var email = command.Email.Trim();
        var user = await db.Users.SingleAsync(known => known.PersonId == person, cancellationToken);

        // An address that somebody else signs in with gets no mail, and the answer does not say so.
        var normalized = email.ToUpperInvariant();
        if (!await db.Users.AnyAsync(known => known.NormalizedEmail == normalized, cancellationToken))
            outgoing.ToAddress(Guid.CreateVersion7().ToString("N"), email, me.Language, new NewEmail(user.Id, email));
        return Done.Ok;
    }
}

/// <summary>A new address is to be confirmed.</summary>
public sealed record NewEmail(Guid User, string Email);

internal sealed class NewEmailMail(AccountTokens tokens, UserManager<User> users, IStringLocalizer<AccountTexts> texts) : IMailOf<NewEmail>
{
    public async Task<Letter?> WriteAsync(NewEmail notice, Addressee to, CancellationToken stop) =>
        await users.FindByIdAsync(notice.User.ToString()) is not { } user ? null
            : new Letter(texts["Mail.Email.Subject"], texts["Mail.Email.Cause"], texts["Mail.Email.Text"]) { Path = AccountLinks.ConfirmEmail(tokens.ForEmail(user, notice.Email)) };
}

/// <summary>Moves login and person to the address whose link was opened.</summary>
public sealed record ConfirmEmail(string Token) : ICommand<Done>
{
    public Permission Needs => Permission.None;

    public Scope Scope => Scope.Anyone;
}

internal sealed class ConfirmEmailHandler(AppDbContext db, UserManager<User> users, AccountTokens tokens) : ICommandHandler<ConfirmEmail, Done>
{
    public async Task<Result<Done>> Handle(ConfirmEmail command, CancellationToken cancellationToken)
    {
        if (tokens.ReadEmail(command.Token) is not var (id, stamp, email)) return Problem.Of("link.void");
        var user = await users.FindByIdAsync(id.ToString());
        if (user is null || user.SecurityStamp != stamp || await users.FindByEmailAsync(email) is { } other && other.Id != id) return Problem.Of("link.void");

        user.Email = user.UserName = email;
        user.EmailConfirmed = true;
        var result = await users.UpdateSecurityStampAsync(user);
        if (!result.Succeeded) return Result<Done>.Fail(Accounts.ProblemsOf(result));
        (await db.People.SingleAsync(person => person.Id == user.PersonId, cancellationToken)).MoveTo(email);
        return Done.Ok;
    }
}
