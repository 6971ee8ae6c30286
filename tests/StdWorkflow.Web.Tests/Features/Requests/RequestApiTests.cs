using StdWorkflow.Domain.Deadlines;

namespace StdWorkflow.Web.Tests.Features.Requests;

/// <summary>Requests for programs.</summary>
public class RequestApiTests(App app) : IClassFixture<App>
{
    private DateOnly Today => Instants.DateIn(app.Clock.GetUtcNow().UtcDateTime);

    [Fact]
    public async Task Programs_ask_and_decide_in_the_same_way()
    {
        var item = await app.Given.ProjectAtAsync("20");
        await app.Given.AttestAsync(item, "draft-for-comments");
        var (member, chair) = (await app.Given.ProgramOfAsync("zhao.lei"), await app.Given.ProgramOfAsync("zhang.min"));
        var body = new { workItem = item, transition = "20-30", reason = "草案已经成熟", wantedBy = Today.AddDays(3) };

        var asked = await member.PostAsync("/api/v1/requests", body);
        var second = await member.PostAsync("/api/v1/requests", body);
        var path = $"/api/v1/requests/{asked.Of("code")}";
        var refused = await member.PostAsync($"{path}/grant", new { }, ("If-Match", asked.Tag!));
        var blind = await chair.PostAsync($"{path}/grant", new { });
        var granted = await chair.PostAsync($"{path}/grant", new { words = "同意" }, ("If-Match", asked.Tag!));
        var stale = await chair.PostAsync($"{path}/decline", new { words = "不" }, ("If-Match", asked.Tag!));
        var waiting = await chair.GetAsync("/api/v1/requests?show=waiting&sort=deadline");
        var mine = await member.GetAsync("/api/v1/requests?show=mine&sort=-code&limit=1");
        var unknown = await chair.GetAsync("/api/v1/requests?show=nothing");

        Assert.Equal((201, path, "open"), (asked.Status, asked.Location, asked.Of("state")));
        Assert.Equal((422, "stepRequest.alreadyAsked"), (second.Status, second.Code));
        Assert.Equal((403, 428, 422), (refused.Status, blind.Status, unknown.Status));
        Assert.Equal((200, "granted", "张敏", "同意"), (granted.Status, granted.Of("state"), granted.Of("closedBy"), granted.Of("words")));
        Assert.Equal((412, "30"), (stale.Status, await app.Given.StageAsync(item)));
        Assert.DoesNotContain(waiting.Items, line => line.GetProperty("code").GetString() == asked.Of("code"));
        Assert.Equal(asked.Of("code"), Assert.Single(mine.Items).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_program_withdraws_and_declines()
    {
        var (_, first) = await app.Given.RequestAsync();
        var (_, second) = await app.Given.RequestAsync();
        var (member, chair) = (await app.Given.ProgramOfAsync("zhao.lei"), await app.Given.ProgramOfAsync("zhang.min"));

        var withdrawn = await member.PostAsync($"/api/v1/requests/{first}/withdraw", new { }, ("If-Match", (await member.GetAsync($"/api/v1/requests/{first}")).Tag!));
        var wordless = await chair.PostAsync($"/api/v1/requests/{second}/decline", new { }, ("If-Match", "\"1\""));
        var declined = await chair.PostAsync($"/api/v1/requests/{second}/decline", new { words = "不" }, ("If-Match", "\"1\""));

        Assert.Equal((200, "withdrawn"), (withdrawn.Status, withdrawn.Of("state")));
        Assert.Equal((422, 200, "declined"), (wordless.Status, declined.Status, declined.Of("state")));
    }
}
