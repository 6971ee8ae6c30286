using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.CommandLine;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Account;

/// <summary>
/// Issues an access token to the asker. It carries the hash and not the secret: what a command holds and answers is kept, the secret is not.
/// </summary>
public sealed record IssueAccessToken(
    [property: Required, Line(Limits.Name)] string? Name, TokenReach Reach, [property: Range(1, AccessToken.LongestDays)] int Days, string SecretHash) : ICommand<Guid>
{
    public Permission Needs => Permission.None;
    public Scope Scope => Scope.Anyone;
}

internal sealed class IssueAccessTokenHandler(AppDbContext db, CurrentUser me, TimeProvider clock) : ICommandHandler<IssueAccessToken, Guid>
{
    public Task<Result<Guid>> Handle(IssueAccessToken command, CancellationToken stop) => Task.FromResult(me.Person is not { } person
        ? Problem.NotAllowed()
        : AccessToken.Issue(person, command.Name, command.Reach, command.SecretHash, command.Days, clock.UtcNow())
            .Tap(token => db.AccessTokens.Add(token))
            .Map(token => token.Id));
}

/// <summary>Revokes an access token of the asker.</summary>
public sealed record RevokeAccessToken(Guid Token) : ICommand<Done>
{
    public Permission Needs => Permission.None;
    public Scope Scope => Scope.Anyone;
}

internal sealed class RevokeAccessTokenHandler(AppDbContext db, CurrentUser me, TimeProvider clock) : ICommandHandler<RevokeAccessToken, Done>
{
    public async Task<Result<Done>> Handle(RevokeAccessToken command, CancellationToken stop)
    {
        var token = await db.AccessTokens.SingleOrDefaultAsync(known => known.Id == command.Token && known.PersonId == me.Person, stop);
        if (token is null) return Problem.NotFound("accessToken");
        token.Revoke(clock.UtcNow());
        return Done.Ok;
    }
}

/// <summary>Makes a token on the command line, for machines that are set up without a browser.</summary>
internal static class TokenCommand
{
    public static ProgramCommand OnCommandLine()
    {
        var email = new Argument<string>("email") { Description = "E-mail address of the person in whose name the token asks." };
        var name = new Option<string>("--name") { Description = "What the token is called on the account page.", DefaultValueFactory = _ => "command line" };
        var days = new Option<int>("--days") { Description = $"For how many days it is valid, at most {AccessToken.LongestDays}.", DefaultValueFactory = _ => 30 };
        var read = new Option<bool>("--read-only") { Description = "It may only look." };
        var words = new Command("create", "Makes an access token for the API. The last line is the token, and nothing else.") { email, name, days, read };
        return new ProgramCommand(words, (run, stop) => RunAsync(
            run, run.Typed.GetRequiredValue(email), run.Typed.GetValue(name), run.Typed.GetValue(days), run.Typed.GetValue(read) ? TokenReach.Read : TokenReach.Write, stop))
        {
            Under = ("token", "Access tokens for the API."),
        };
    }

    private static async Task<int> RunAsync(CommandRun run, string email, string? name, int days, TokenReach reach, CancellationToken stop)
    {
        var normalized = email.Trim().ToUpperInvariant();
        var db = run.Services.GetRequiredService<AppDbContext>();
        var person = await db.Users.Where(user => user.NormalizedEmail == normalized).Select(user => (Guid?)user.PersonId).SingleOrDefaultAsync(stop);
        if (person is null)
        {
            await run.Error.WriteLineAsync($"Nobody signs in as {email}.");
            return ExitCode.CouldNotRun;
        }

        var secret = TokenSecret.New();
        var result = await run.Services.GetRequiredService<UseCases>().As(Actor.OfPerson(person.Value))
            .RunAsync(new IssueAccessToken(name, reach, days, TokenSecret.HashOf(secret)), stop);
        if (!result.IsOk)
        {
            foreach (var problem in result.Problems) await run.Error.WriteLineAsync($"{problem.Field}: {run.Services.GetRequiredService<Localization.ProblemTexts>().Say(problem)}");
            return ExitCode.CouldNotRun;
        }

        await run.Output.WriteLineAsync(secret);
        return ExitCode.Ok;
    }
}
