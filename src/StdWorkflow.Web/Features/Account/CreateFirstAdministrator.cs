using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Localization;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.Account;

/// <summary>Makes the person, the login and the membership of the first administrator, all or nothing.</summary>
public sealed record CreateFirstAdministrator(
    string Token,
    [property: Required, Line(Limits.Name)] string FullName,
    [property: Required, EmailAddress, Line(256)] string Email,
    [property: Required, StringLength(256)] string Password) : ICommand<Done>
{
    public Permission Needs => Permission.None;

    public Scope Scope => Scope.Anyone;

    // A record prints all its properties; the password must not come into a log that way.
    public override string ToString() => nameof(CreateFirstAdministrator);
}

internal sealed class CreateFirstAdministratorHandler(AppDbContext db, Accounts accounts, AccountTokens tokens, TimeProvider clock) : ICommandHandler<CreateFirstAdministrator, Done>
{
    public async Task<Result<Done>> Handle(CreateFirstAdministrator command, CancellationToken cancellationToken)
    {
        if (!tokens.IsForFirstAdministrator(command.Token) || await db.Users.AnyAsync(cancellationToken)) return Problem.NotFound("first-administrator");

        // Two who use the link in the same moment both see no account; only one of them gets the number.
        await db.NextAsync("first-administrator", cancellationToken);

        var person = Person.Add(command.FullName, null, command.Email, Reader.Language, null, isDemo: false);
        if (!person.IsOk) return Result<Done>.Fail(person.Problems);
        db.People.Add(person.Value);

        var user = await accounts.OpenAsync(person.Value, command.Email, command.Password);
        if (!user.IsOk) return Result<Done>.Fail(user.Problems);

        var position = await db.Positions.SingleOrDefaultAsync(known => known.Key == Position.Administrator, cancellationToken);
        if (position is null)
        {
            position = Position.Define(
                Position.Administrator, new LocalizedText("系统管理员", "Administrator"), votes: false, order: 1000,
                Enum.GetValues<Permission>().Where(permission => permission != Permission.None), new Source("D", false));
            db.Positions.Add(position);
        }

        var membership = Membership.Appoint(person.Value.Id, null, position.Id, null, Instants.DateIn(clock.UtcNow()), null, isDemo: false);
        return membership.Tap(appointed => db.Memberships.Add(appointed)).Map(_ => default(Done));
    }
}

internal static partial class FirstAdministrator
{
    /// <summary>
    /// Without any account nobody could make the first one: a link for it goes to the log, where only who runs the program reads it. It is
    /// good for an hour and until it was used; starting again prints a new one.
    /// </summary>
    public static async Task AnnounceFirstAdministratorAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<AppDbContext>().Users.AnyAsync()) return;

        var path = AccountLinks.FirstAdministrator(scope.ServiceProvider.GetRequiredService<AccountTokens>().ForFirstAdministrator());
        app.Lifetime.ApplicationStarted.Register(() => Announce(app.Logger, BaseAddress(app) + path));
    }

    private static string BaseAddress(WebApplication app)
    {
        // An address that means "every network card" leads nowhere in a browser.
        var address = app.Urls.FirstOrDefault() ?? "http://localhost";
        return address.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal)
            .Replace("*", "localhost", StringComparison.Ordinal).Replace("+", "localhost", StringComparison.Ordinal).TrimEnd('/');
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "There is no account yet. Open this page within one hour to make the first administrator; the link works once: {Link}")]
    private static partial void Announce(ILogger logger, string link);
}
