using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.WorkItems;

namespace StdWorkflow.Web.Tests.Api;

public class WrongTokenTests
{
    [Fact]
    public async Task Who_has_shown_a_good_token_goes_on_beside_a_program_that_guesses()
    {
        await using var own = new App();
        await own.InitializeAsync();
        var (known, unknown) = (await own.Given.ProgramOfAsync("li.wei"), await own.Given.ProgramOfAsync("liu.yang"));
        Assert.Equal(200, (await known.GetAsync("/api/v1/work-items?limit=1")).Status);

        for (var number = 0; number < 25; number++) await own.Api($"stdw_{number:D43}").GetAsync("/api/v1/work-items?limit=1");

        Assert.Equal(200, (await known.GetAsync("/api/v1/work-items?limit=1")).Status);
        Assert.Equal(429, (await unknown.GetAsync("/api/v1/work-items?limit=1")).Status);
        // One that was revoked since is looked for once, and then no more.
        await own.Db(db => db.AccessTokens.ExecuteUpdateAsync(set => set.SetProperty(token => token.RevokedAtUtc, token => token.ExpiresAtUtc)));
        Assert.Equal(401, (await known.GetAsync("/api/v1/work-items?limit=1")).Status);
        Assert.Equal(429, (await known.GetAsync("/api/v1/work-items?limit=1")).Status);
    }

    [Fact]
    public async Task Ten_thousand_wrong_tokens_are_stopped_and_the_others_go_on()
    {
        await using var own = new App();
        await own.InitializeAsync();
        await own.As("li.wei").OpenAsync("/work-items");
        var answers = new List<Driver.ApiAnswer>();
        var sent = await own.Statements.DuringAsync(async () =>
        {
            foreach (var some in Enumerable.Range(0, 10_000).Chunk(8))
                answers.AddRange(await Task.WhenAll(some.Select(number => own.Api($"stdw_{number:D43}").GetAsync("/api/v1/work-items?limit=1"))));
        });

        // Twenty in a minute, and those that were on their way; how many minutes it takes is the machine's affair.
        var looked = answers.Count(answer => answer.Status == 401);
        Assert.Equal(10_000, answers.Count);
        Assert.InRange(looked, 20, 500);
        Assert.All(answers.Where(answer => answer.Status != 401), answer => Assert.True(answer is { Status: 429, RetryAfter: not null }, $"{answer.Status} {answer.RetryAfter}"));
        // Who is told to wait costs the database nothing.
        Assert.InRange(sent.Count, 1, 3 * looked);
        // Pages go on.
        Assert.Equal(System.Net.HttpStatusCode.OK, (await own.As("li.wei").OpenAsync("/work-items/w-1026")).Status);
    }
}
