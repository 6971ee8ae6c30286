using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Web.Features.Requests;
using StdWorkflow.Web.Features.WorkItems;

namespace StdWorkflow.Web.Tests.Features.Requests;

/// <summary>Somebody who may not take a step asks for it.</summary>
public partial class AskTests(App app) : IClassFixture<App>
{
    private DateOnly Today => Instants.DateIn(app.Clock.GetUtcNow().UtcDateTime);

    [Theory]
    [InlineData("zh-CN", "申请“公开征求意见”…", "理由", "希望不晚于", "提出申请", "待决定")]
    [InlineData("en", null, "Reason", "Wanted by", "Send the request", "Waits for a decision")]
    public async Task A_member_asks_on_the_items_page_and_the_request_shows_there_and_in_the_queue(string language, string? link, string reason, string wantedBy, string verb, string state)
    {
        var item = await app.Given.ProjectAtAsync("20");
        var page = await app.As("zhao.lei").In(language).OpenAsync($"/work-items/{item}");
        var form = link is null ? await app.As("zhao.lei").In(language).OpenAsync(page.Links.Single(one => one == $"/work-items/{item}/ask/20-30")) : await page.FollowAsync(link);

        // A gate that is not met keeps nobody from asking.
        var answer = await form.SubmitAsync(entry => entry.Fill(reason, "草案已经成熟").Fill(wantedBy, $"{Today.AddDays(10):yyyy-MM-dd}"), verb);

        Assert.Matches("^/requests/r-[0-9]+$", answer.Path);
        Assert.True(answer.Says(state) && answer.Says("草案已经成熟") && answer.Says($"{Today.AddDays(10):yyyy-MM-dd}"), answer.Text);
        var request = answer.Path["/requests/".Length..];
        var (details, queue) = (await app.As("zhang.min").In(language).OpenAsync($"/work-items/{item}"), await app.As("zhang.min").In(language).OpenAsync("/requests"));
        Assert.Contains($"/requests/{request}", details.Links);
        Assert.True(details.Says(request), details.Text);
        Assert.Contains(queue.Links, one => one == $"/requests/{request}/grant");
        Assert.DoesNotContain($"/work-items/{item}/ask/20-30", (await page.AgainAsync()).Links);
    }

    [Fact]
    public async Task What_is_missing_is_said_beside_its_field()
    {
        var item = await app.Given.ProjectAtAsync("20");
        var form = await app.As("zhao.lei").OpenAsync($"/work-items/{item}/ask/20-30");

        var empty = await form.SubmitAsync(button: "提出申请");
        var late = await form.SubmitAsync(entry => entry.Fill("理由", "理由").Fill("希望不晚于", $"{Today.AddDays(-1):yyyy-MM-dd}"), "提出申请");

        Assert.Equal(("请填写此项。", "请填写此项。"), (empty.ErrorOf("理由"), empty.ErrorOf("希望不晚于")));
        Assert.Equal($"不能早于今天（{Today:yyyy-MM-dd}）。", late.ErrorOf("希望不晚于"));
    }

    [Fact]
    public async Task A_second_request_for_the_same_step_is_pointed_to_the_first()
    {
        var item = await app.Given.ProjectAtAsync("20");
        var form = await app.As("chen.jing").OpenAsync($"/work-items/{item}/ask/20-30");
        var first = await app.Given.AskAsync(item);

        var answer = await form.SubmitAsync(entry => entry.Fill("理由", "理由").Fill("希望不晚于", $"{Today:yyyy-MM-dd}"), "提出申请");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.True(answer.Says($"这一步已经有人申请（{first}），尚未决定。"), answer.Text);
        Assert.Contains($"/requests/{first}", answer.Links);
        Assert.Equal("r-", (await app.Given.AskAsync(item, transition: "20-98"))[..2]);
    }

    [Fact]
    public async Task Of_two_who_ask_at_once_one_is_told_of_the_other()
    {
        var item = await app.Given.ProjectAtAsync("20");

        var asked = await Task.WhenAll(new[] { "zhao.lei", "chen.jing", "liu.yang", "zhao.lei" }.Select(person => app.RunAsAsync(person, new AskForStep(item, "20-30", "理由", Today.AddDays(7)))));

        Assert.Single(asked, one => one.IsOk);
        Assert.All(asked.Where(one => !one.IsOk), one => Assert.Equal("stepRequest.alreadyAsked", one.Problem.Code));
        Assert.Equal(1, await app.Db(db => db.StepRequests.CountAsync(known => db.WorkItems.Any(work => work.Id == known.WorkItemId && work.Code == item))));
    }

    [Fact]
    public async Task The_same_form_sent_twice_asks_once()
    {
        var item = await app.Given.ProjectAtAsync("20");
        var form = await app.As("zhao.lei").OpenAsync($"/work-items/{item}/ask/20-30");

        var first = await form.SubmitAsync(entry => entry.Fill("理由", "理由").Fill("希望不晚于", $"{Today:yyyy-MM-dd}"), "提出申请");
        var again = await form.SubmitAsync(entry => entry.Fill("理由", "理由").Fill("希望不晚于", $"{Today:yyyy-MM-dd}"), "提出申请");

        Assert.Equal(first.Path, again.Path);
        Assert.StartsWith("/requests/r-", again.Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sun.li", Problem.NotAllowedCode)]
    [InlineData("huang.bo", Problem.NotAllowedCode)]
    [InlineData(null, Problem.NotAllowedCode)]
    [InlineData("zhao.lei", null)]
    public async Task Only_who_works_on_the_item_may_ask(string? person, string? refusal)
    {
        var item = await app.Given.ProjectAtAsync("20");

        var asked = await app.RunAsAsync(person, new AskForStep(item, "20-30", "理由", Today));

        Assert.Equal(refusal, asked.IsOk ? null : asked.Problem.Code);
        Assert.Equal(refusal is null, person is not null && (await app.As(person).GetAsync($"/work-items/{item}/ask/20-98")).StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_leader_may_ask_and_withdraw_without_the_right_to_propose()
    {
        var item = await app.Given.ProjectAtAsync("20");
        var leader = await app.Db(db => db.People.Where(person => person.Email == "sun.li@example.org").Select(person => person.Id).SingleAsync());
        var numbers = await app.Db(db => db.WorkItems.Where(known => known.Code == item).Select(known => known.PlanNumber).SingleAsync());
        await app.RunAsync(new EditWorkItem(item, leader, "演示视觉科技公司", numbers, null, null, true, await app.Given.VersionAsync(item)));

        var request = await app.Given.AskAsync(item, "sun.li");
        var mine = await app.As("sun.li").OpenAsync($"/requests/{request}");
        Assert.False(mine.HasLink("同意…"));
        var withdrawn = await mine.SubmitAsync(button: "撤回申请");

        Assert.True(withdrawn.Says("已撤回"), withdrawn.Text);
        Assert.Contains($"/requests/{request}", (await app.As("sun.li").OpenAsync("/requests?show=mine")).Links);
    }

    [Fact]
    public async Task What_one_may_not_see_does_not_exist()
    {
        var hidden = await app.Given.ProposedAsync(isPublic: false);
        var request = await app.Given.AskAsync(hidden, transition: "00-10");
        var api = await app.Given.ProgramOfAsync("huang.bo");

        Assert.Equal(Problem.NotFoundCode, (await app.RunAsAsync("huang.bo", new AskForStep(hidden, "00-10", "理由", Today))).Problem.Code);
        Assert.Equal(Problem.NotFoundCode, (await app.RunAsAsync("huang.bo", new GrantRequest(request, null, null, 1))).Problem.Code);
        foreach (var path in new[] { $"/requests/{request}", $"/requests/{request}/grant", $"/requests/{request}/decline", $"/work-items/{hidden}/ask/00-10", "/requests/r-99999" })
            Assert.Equal(HttpStatusCode.NotFound, (await app.As("huang.bo").GetAsync(path)).StatusCode);
        Assert.DoesNotContain($"/requests/{request}", (await app.As("huang.bo").OpenAsync("/requests?show=all")).Links);
        Assert.Equal((404, 404), ((await api.GetAsync($"/api/v1/requests/{request}")).Status, (await api.PostAsync("/api/v1/requests", new { workItem = hidden, transition = "00-10", reason = "理由", wantedBy = Today })).Status));
        Assert.DoesNotContain(request, (await api.GetAsync("/api/v1/requests?show=all&limit=200")).Text, StringComparison.Ordinal);
        // A public item's requests are told among those who work on it.
        var (open, asked) = await app.Given.RequestAsync();
        Assert.DoesNotContain($"/requests/{asked}", (await app.Visitor().OpenAsync($"/work-items/{open}")).Links);
        Assert.False((await app.Visitor().OpenAsync($"/work-items/{open}")).Says("草案已经成熟"));
    }

    [Fact]
    public async Task The_demo_data_has_a_request_waiting()
    {
        var page = await app.As("zhang.min").OpenAsync("/work-items/w-1036");

        Assert.True(page.Says("陈静已申请办理"), page.Text);
    }

    private static string Link(string text, string request, string verb) =>
        new Uri(Address().Matches(text).Select(match => match.Value).Single(address => address.EndsWith($"/requests/{request}/{verb}", StringComparison.Ordinal))).AbsolutePath;

    [GeneratedRegex(@"https?://[^\s]+")]
    private static partial Regex Address();
}
