using System.Diagnostics;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using StdWorkflow.Data;
using StdWorkflow.Data.Identity;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Mail;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.Account;

/// <summary>Sends links to set a new password, and sets it. Whoever asks gets the same answer, whether the address exists or not.</summary>
internal sealed class PasswordReset(UserManager<User> users, AccountTokens tokens, AccountDiary diary, AppDbContext db, TimeProvider clock)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(2);

    public async Task AskAsync(string email, CancellationToken stop)
    {
        var asked = Stopwatch.GetTimestamp();
        if (await users.FindByEmailAsync(email) is { EmailConfirmed: true } user && !await AskedJustNowAsync(user.PersonId, stop))
            await diary.WriteAsync(user.PersonId, Actor.Visitor, new PasswordResetAsked(), stop);
        await SignInDoor.EvenOutAsync(asked, stop);
    }

    /// <summary>The account that the link is for, or null when it is forged, too old or used.</summary>
    public async Task<User?> AccountOfAsync(string? token) =>
        tokens.ReadReset(token) is var (id, stamp) && await users.FindByIdAsync(id.ToString()) is { } user && user.SecurityStamp == stamp ? user : null;

    public async Task<Result<Done>> SetAsync(string? token, string password, CancellationToken stop)
    {
        if (await AccountOfAsync(token) is not { } user) return Problem.Of("link.void");
        var result = await users.ResetPasswordAsync(user, await users.GeneratePasswordResetTokenAsync(user), password);
        if (!result.Succeeded) return Result<Done>.Fail(Accounts.ProblemsOf(result));

        // Who reads the mail is the owner: a lock that a stranger's tries have caused is lifted.
        await users.SetLockoutEndDateAsync(user, null);
        await users.ResetAccessFailedCountAsync(user);
        await diary.WriteAsync(user.PersonId, Actor.OfPerson(user.PersonId), new PasswordChanged(), stop);
        return Done.Ok;
    }

    /// <summary>Nobody's mailbox is filled by a stranger who asks again and again.</summary>
    private Task<bool> AskedJustNowAsync(Guid person, CancellationToken stop)
    {
        var since = clock.UtcNow() - Quiet;
        return db.Events.AnyAsync(written => written.SubjectType == nameof(Person) && written.SubjectId == person
            && written.Type == nameof(PasswordResetAsked) && written.RecordedAt > since, stop);
    }
}

internal sealed class PasswordResetMail(AccountTokens tokens, UserManager<User> users, IStringLocalizer<AccountTexts> texts) : IMailFor<PasswordResetAsked>
{
    public IQueryable<Guid> Recipients(PasswordResetAsked happened, Guid subject, AppDbContext db) => db.People.Where(person => person.Id == subject).Select(person => person.Id);

    public async Task<Letter?> WriteAsync(PasswordResetAsked happened, Guid subject, Addressee to, CancellationToken stop) =>
        await users.Users.SingleOrDefaultAsync(known => known.PersonId == subject, stop) is not { } user ? null
            : new Letter(texts["Mail.Reset.Subject"], texts["Mail.Reset.Cause"], texts["Mail.Reset.Text"]) { Path = AccountLinks.ResetPassword(tokens.ForReset(user)) };
}
