using Microsoft.EntityFrameworkCore;
using StdWorkflow.Testing;

namespace StdWorkflow.Web.Tests.Features.Account;

public class AccessTokenTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task A_token_is_shown_once_and_kept_as_a_hash_only()
    {
        var secret = await app.Given.TokenOfAsync("li.wei");

        Assert.False((await app.As("li.wei").OpenAsync("/account/tokens")).Source.Contains(secret, StringComparison.Ordinal), "the page still shows it");
        var stored = await app.Db(async db => string.Join('\n', [
            .. await db.AccessTokens.Select(token => token.SecretHash).ToListAsync(), .. await db.CommandReceipts.Select(known => known.Result).ToListAsync(),
            .. await db.Events.Select(written => written.Facts + written.Changes).ToListAsync()]));
        Assert.DoesNotContain(secret, stored, StringComparison.Ordinal);
        Assert.Equal(200, (await app.Api(secret).GetAsync("/api/v1/events?limit=1")).Status);
    }

    [Fact]
    public async Task A_revoked_token_opens_nothing()
    {
        var secret = await app.Given.TokenOfAsync("liu.yang");
        Assert.Equal(200, (await app.Api(secret).GetAsync("/api/v1/work-items?limit=1")).Status);

        var after = await (await app.As("liu.yang").OpenAsync("/account/tokens")).SubmitAsync(button: "吊销“测试”");

        Assert.True(after.Says("已吊销"));
        var answer = await app.Api(secret).GetAsync("/api/v1/work-items?limit=1");
        Assert.Equal((401, "api.tokenUnknown"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task An_expired_token_opens_nothing()
    {
        await using var later = new App();
        await later.InitializeAsync();
        var secret = await later.Given.TokenOfAsync("chen.jing");

        later.Clock.Advance(TimeSpan.FromDays(91));

        Assert.Equal(401, (await later.Api(secret).GetAsync("/api/v1/work-items")).Status);
    }

    [Fact]
    public async Task Nobody_revokes_the_token_of_another()
    {
        var secret = await app.Given.TokenOfAsync("zhang.min");
        var id = await app.Db(db => db.AccessTokens.Where(token => db.People.Any(person => person.Id == token.PersonId && person.Email == "zhang.min@example.org")).Select(token => token.Id).FirstAsync());

        var refused = await app.RunAsAsync("admin", new Web.Features.Account.RevokeAccessToken(id));

        Assert.Equal("notFound", refused.Problem.Code);
        Assert.Equal(200, (await app.Api(secret).GetAsync("/api/v1/work-items?limit=1")).Status);
    }

    [Fact]
    public async Task A_token_without_name_or_for_too_long_is_sent_back()
    {
        var answer = await (await app.As("li.wei").In("en").OpenAsync("/account/tokens")).SubmitAsync(form => form.Fill("Name", " ").Fill("Days of validity", "366"), "Make the token");

        Assert.Equal("Fill this in.", answer.ErrorOf("Name"));
        Assert.Equal("Between 1 and 365.", answer.ErrorOf("Days of validity"));
        Assert.Equal("366", answer.ValueOf("Days of validity"));
        Assert.Null(answer.Document.QuerySelector("#secret"));
    }
}

public sealed class TokenCommandTests : IAsyncLifetime
{
    private TestDatabase database = null!;

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task The_last_line_is_the_token_and_the_token_opens_the_API()
    {
        await using var made = await ProgramProcess.RunAsync(database, ["token", "create", "li.wei@example.org"], new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development" });
        Assert.True(made.ExitCode == 0, made.Everything);
        Assert.Matches("^stdw_[A-Za-z0-9_-]{43}$", made.LastLine);

        await using var program = await ProgramProcess.ServeAsync(database);
        using var client = new HttpClient { BaseAddress = new Uri(program.Url) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", made.LastLine);
        using var answer = await client.GetAsync("/api/v1/comments", TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("token create nobody@example.org")]
    [InlineData("token create li.wei@example.org --days 4000")]
    [InlineData("token create")]
    public async Task What_cannot_be_made_is_refused_and_prints_no_token(string typed)
    {
        await using var refused = await ProgramProcess.RunAsync(database, typed.Split(' '));

        Assert.Equal(2, refused.ExitCode);
        Assert.NotEmpty(refused.Errors);
        Assert.DoesNotContain(refused.Output, line => line.StartsWith("stdw_", StringComparison.Ordinal));
    }
}
