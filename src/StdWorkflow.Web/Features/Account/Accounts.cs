using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Identity;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Account;

/// <summary>Opens logins inside commands: the pipeline saves, so a login commits together with what made it necessary.</summary>
internal sealed class Accounts(UserManager<User> users)
{
    /// <summary>Gives a person a login. The address counts as confirmed: whoever calls this has seen that the person reads it.</summary>
    public async Task<Result<User>> OpenAsync(Person person, string email, string password)
    {
        var user = new User { PersonId = person.Id, Email = email, UserName = email, EmailConfirmed = true, LockoutEnabled = true };
        var result = await users.CreateAsync(user, password);
        if (!result.Succeeded) return Result<User>.Fail(ProblemsOf(result));
        person.Raise(new AccountOpened());
        return user;
    }

    public Task<bool> AnyAsync(CancellationToken stop) => users.Users.AnyAsync(stop);

    /// <summary>Identity's errors beside the field they speak of; their sentences come from our own describer.</summary>
    public static IReadOnlyList<Problem> ProblemsOf(IdentityResult result) =>
    [
        .. result.Errors.Select(error => Problem.On(error.Code.Contains("Password", StringComparison.Ordinal) ? "Password" : "Email", "identity", error.Description)).Distinct(),
    ];
}

/// <summary>What the links in mails and in the log stand for. A link that names a security stamp is void as soon as it was used.</summary>
internal sealed class AccountTokens(SignedLinks links)
{
    private static readonly TimeSpan ResetLifetime = TimeSpan.FromHours(2);
    private static readonly TimeSpan EmailLifetime = TimeSpan.FromHours(24);
    private static readonly TimeSpan InvitationLifetime = TimeSpan.FromDays(7);
    private static readonly TimeSpan FirstAdministratorLifetime = TimeSpan.FromHours(1);

    public string ForReset(User user) => links.Sign("password-reset", $"{user.Id:N}|{user.SecurityStamp}", ResetLifetime);

    public (Guid User, string Stamp)? ReadReset(string? token) =>
        links.Read("password-reset", token)?.Split('|') is [var user, var stamp] ? (Guid.ParseExact(user, "N"), stamp) : null;

    public string ForEmail(User user, string email) => links.Sign("e-mail", $"{user.Id:N}|{user.SecurityStamp}|{email}", EmailLifetime);

    public (Guid User, string Stamp, string Email)? ReadEmail(string? token) =>
        links.Read("e-mail", token)?.Split('|', 3) is [var user, var stamp, var email] ? (Guid.ParseExact(user, "N"), stamp, email) : null;

    public string ForInvitation(Guid person) => links.Sign("invitation", person.ToString("N"), InvitationLifetime);

    public Guid? ReadInvitation(string? token) => links.Read("invitation", token) is { } person ? Guid.ParseExact(person, "N") : null;

    public string ForFirstAdministrator() => links.Sign("first-administrator", "", FirstAdministratorLifetime);

    public bool IsForFirstAdministrator(string? token) => links.Read("first-administrator", token) is not null;
}
