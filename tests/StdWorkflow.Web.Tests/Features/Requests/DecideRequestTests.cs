using System.Net;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Requests;
using StdWorkflow.Web.Features.Tracks;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Mail;

namespace StdWorkflow.Web.Tests.Features.Requests;

/// <summary>Who may take the step grants or declines what was asked for; it may be overtaken, and undone.</summary>
public class DecideRequestTests(App app) : IClassFixture<App>
{
    private DateOnly Today => Instants.DateIn(app.Clock.GetUtcNow().UtcDateTime);

    [Theory]
    [InlineData("zhao.lei", Problem.NotAllowedCode)]
    [InlineData("sun.li", Problem.NotAllowedCode)]
    [InlineData("huang.bo", Problem.NotFoundCode)]
    [InlineData(null, Problem.NotFoundCode)]
    [InlineData("zhang.min", null)]
    public async Task Only_who_may_take_the_step_decides(string? person, string? refusal)
    {
        var (_, request) = await app.Given.RequestAsync(asker: "chen.jing");
        var seen = await app.Given.RequestVersionAsync(request);

        var declined = await app.RunAsAsync(person, new DeclineRequest(request, "理由", seen));
        var granted = await app.RunAsAsync(person, new GrantRequest(request, null, null, seen));
        var withdrawn = await app.RunAsAsync(person, new WithdrawRequest(request, seen));

        Assert.Equal(refusal, declined.IsOk ? null : declined.Problem.Code);
        if (refusal is null) return;
        Assert.Equal((refusal, refusal), (granted.Problem.Code, withdrawn.Problem.Code));
        Assert.Equal(StepRequestState.Open, await app.Given.RequestStateAsync(request));
        foreach (var page in new[] { "grant", "decline" })
            Assert.Equal(refusal == Problem.NotFoundCode ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden, person is null ? HttpStatusCode.NotFound : (await app.As(person).GetAsync($"/requests/{request}/{page}")).StatusCode);
    }

    [Fact]
    public async Task A_step_whose_gates_are_not_met_is_not_granted_and_the_list_says_why()
    {
        var (item, request) = await app.Given.RequestAsync(met: false);
        var page = await app.As("zhang.min").OpenAsync($"/requests/{request}/grant");

        var forced = await app.RunAsAsync("zhang.min", new GrantRequest(request, null, null, await app.Given.RequestVersionAsync(request)));

        Assert.True(page.Says("还不能同意：有条件尚未具备。") && !page.HasButton("同意并办理"), page.Text);
        Assert.Equal("gate.attestation", forced.Problem.Code);
        Assert.Equal(("20", StepRequestState.Open), (await app.Given.StageAsync(item), await app.Given.RequestStateAsync(request)));
    }

    [Fact]
    public async Task Who_decides_is_told_by_name_who_stated_a_gate()
    {
        var (item, request) = await app.Given.RequestAsync(met: false);
        await app.RunAsAsync("li.wei", new AttestGate(item, "draft-for-comments", "N 12", Today, await app.Given.VersionAsync(item)));

        Assert.True((await app.As("zhang.min").OpenAsync($"/requests/{request}/grant")).Says("李伟 声明，依据《N 12》"));
        Assert.True((await app.As("zhang.min").OpenAsync($"/requests/{request}")).Says("李伟 声明，依据《N 12》"));
        Assert.True((await app.As("zhao.lei").OpenAsync($"/work-items/{item}/ask/20-30")).Says("李伟 声明，依据《N 12》"));
    }

    [Fact]
    public async Task A_gate_that_falls_while_the_page_is_open_is_told_there()
    {
        var item = await app.Given.ProposedAsync();
        await app.Given.AttestAsync(item, "proposal-adopted");
        var request = await app.Given.AskAsync(item, transition: "00-10");
        var page = await app.As("zhang.min").OpenAsync($"/requests/{request}/grant");
        await app.RunAsync(new AdvanceWorkItem(item, "00-10", null, null, await app.Given.VersionAsync(item)));

        var answer = await page.SubmitAsync(button: "同意并办理");

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.True(answer.Says("已由其他步骤取代"), answer.Text);
        Assert.Equal("10", await app.Given.StageAsync(item));
    }

    [Fact]
    public async Task Declining_needs_a_reason_and_the_asker_reads_it()
    {
        var (item, request) = await app.Given.RequestAsync();
        var form = await app.As("zhang.min").OpenAsync($"/requests/{request}/decline");

        Assert.Equal("请填写此项。", (await form.SubmitAsync(button: "不同意")).ErrorOf("为什么不同意"));
        var answer = await form.SubmitAsync(entry => entry.Fill("为什么不同意", "还缺编制说明"), "不同意");
        await app.RunJobAsync<SendMail>();

        Assert.True(answer.Says("未同意") && answer.Says("还缺编制说明"), answer.Text);
        Assert.Single(app.Mail.To("zhao.lei"), mail => mail.Subject!.StartsWith(item, StringComparison.Ordinal) && mail.TextBody!.Contains("还缺编制说明", StringComparison.Ordinal));
        // It may be asked for again.
        Assert.NotEqual(request, await app.Given.AskAsync(item));
    }

    [Fact]
    public async Task Of_two_who_decide_at_once_one_is_told_that_it_is_decided()
    {
        var (item, request) = await app.Given.RequestAsync();
        var (chair, general) = (await app.As("zhang.min").OpenAsync($"/requests/{request}/grant"), await app.As("wang.fang").OpenAsync($"/requests/{request}/decline"));
        var seen = await app.Given.RequestVersionAsync(request);

        var decided = await Task.WhenAll(
            Code(app.RunAsAsync("zhang.min", new GrantRequest(request, null, null, seen))), Code(app.RunAsAsync("wang.fang", new DeclineRequest(request, "理由", seen))),
            Code(app.RunAsAsync("li.wei", new GrantRequest(request, null, null, seen))), Code(app.RunAsAsync("zhao.lei", new WithdrawRequest(request, seen))));
        var (late, later) = (await chair.SubmitAsync(button: "同意并办理"), await general.SubmitAsync(entry => entry.Fill("为什么不同意", "不行"), "不同意"));

        Assert.Single(decided, one => one is null);
        Assert.All(decided.OfType<string>(), one => Assert.Equal(Problem.ConflictCode, one));
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (late.Status, later.Status));
        Assert.Equal(2, await app.Db(db => db.Events.CountAsync(happened => db.StepRequests.Any(known => known.Code == request && known.Id == happened.SubjectId))));
        Assert.Equal(await app.Given.RequestStateAsync(request) == StepRequestState.Granted ? "30" : "20", await app.Given.StageAsync(item));

        static async Task<string?> Code<T>(Task<Result<T>> run) => await run is { IsOk: false } refused ? refused.Problem.Code : null;
    }

    [Fact]
    public async Task The_button_pressed_twice_takes_the_step_once()
    {
        var (item, request) = await app.Given.RequestAsync();
        var page = await app.As("zhang.min").OpenAsync($"/requests/{request}/grant");

        await page.SubmitAsync(button: "同意并办理");
        var again = await page.SubmitAsync(button: "同意并办理");

        Assert.Equal($"/requests/{request}", again.Path);
        Assert.Equal(1, await app.Db(db => db.Events.CountAsync(happened => happened.Type == nameof(StepRequestGranted) && db.StepRequests.Any(known => known.Code == request && known.Id == happened.SubjectId))));
        Assert.Equal("30", await app.Given.StageAsync(item));
    }

    [Fact]
    public async Task Undoing_the_granted_step_opens_the_request_again_and_the_asker_hears_nothing()
    {
        var (item, request) = await app.Given.RequestAsync();
        await (await app.As("zhang.min").OpenAsync($"/requests/{request}/grant")).SubmitAsync(entry => entry.Fill("决定意见", "同意公开"), "同意并办理");

        var undone = await (await app.As("li.wei").OpenAsync($"/work-items/{item}/undo")).SubmitAsync(entry => entry.Fill("理由", "点错了"), "撤销这一步");

        Assert.Equal(("20", StepRequestState.Open), (await app.Given.StageAsync(item), await app.Given.RequestStateAsync(request)));
        Assert.True(undone.Says($"申请 {request}（公开征求意见）因撤销步骤重新待决定"), undone.Text);
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.RunJobAsync<SendMail>();
        Assert.DoesNotContain(app.Mail.To("zhao.lei"), mail => mail.Subject!.StartsWith(item, StringComparison.Ordinal));
        Assert.True((await app.As("zhang.min").OpenAsync($"/requests/{request}/grant")).HasButton("同意并办理"));
    }

    [Fact]
    public async Task A_step_taken_without_the_request_overtakes_it_until_it_is_undone()
    {
        var (item, request) = await app.Given.RequestAsync();
        var other = await app.Given.AskAsync(item, transition: "20-98");

        await (await app.As("li.wei").OpenAsync($"/work-items/{item}/advance/20-30")).SubmitAsync(button: "公开征求意见");
        Assert.Equal((StepRequestState.Overtaken, StepRequestState.Overtaken), (await app.Given.RequestStateAsync(request), await app.Given.RequestStateAsync(other)));
        await (await app.As("li.wei").OpenAsync($"/work-items/{item}/undo")).SubmitAsync(button: "撤销这一步");

        Assert.Equal((StepRequestState.Open, StepRequestState.Open), (await app.Given.RequestStateAsync(request), await app.Given.RequestStateAsync(other)));
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.RunJobAsync<SendMail>();
        Assert.DoesNotContain(app.Mail.To("zhao.lei"), mail => mail.Subject!.StartsWith(item, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_step_out_of_the_process_is_granted_for_the_askers_reason()
    {
        var (item, request) = await app.Given.RequestAsync(transition: "20-98");

        await (await app.As("zhang.min").OpenAsync($"/requests/{request}/grant")).SubmitAsync(button: "同意并办理");

        Assert.Equal("草案已经成熟", await app.Db(db => db.Events.Where(happened => happened.Type == nameof(WorkItemAbandoned) && db.WorkItems.Any(known => known.Code == item && known.Id == happened.SubjectId)).Select(happened => happened.Reason).SingleAsync()));
    }

    [Fact]
    public async Task A_step_of_a_track_beside_the_text_is_asked_for_and_granted_and_the_text_stays()
    {
        var code = await app.Given.ProjectAtAsync("20");
        await app.RunAsync(new StartTrack(code, TrackKind.PatentStatements, "patent-statements", null, await app.Given.VersionAsync(code)));
        await app.RunAsync(new AttestGate(code, "no-patent-known", "N 12", Today, await app.Given.VersionAsync(code), "patents"));

        var item = await app.As("zhao.lei").OpenAsync($"/work-items/{code}");
        var form = await app.As("zhao.lei").OpenAsync(item.Links.Single(link => link == $"/work-items/{code}/ask/call-closed?track=patents"));
        Assert.True(form.Says("专利声明"), form.Text);
        var request = await form.SubmitAsync(entry => entry.Fill("理由", "无人提出专利").Fill("希望不晚于", $"{Today.AddDays(7):yyyy-MM-dd}"), "提出申请");
        Assert.True(request.Says("确认不涉及专利") && request.Says("专利声明"), request.Text);
        Assert.Contains(request.Path, (await app.As("zhao.lei").OpenAsync($"/work-items/{code}")).Links);

        var grant = await app.As("zhang.min").OpenAsync($"{request.Path}/grant");
        var granted = await grant.SubmitAsync(button: "同意并办理");

        Assert.Equal(request.Path, granted.Path);
        Assert.Equal(["20", "closed"], await app.Db(db => db.Tracks.Where(track => db.WorkItems.Any(known => known.Id == track.WorkItemId && known.Code == code)).OrderBy(track => track.Kind).Select(track => track.StageKey).ToListAsync()));
        Assert.True((await app.As("zhao.lei").OpenAsync($"/work-items/{code}")).Says("确认不涉及专利"));

        var program = await app.Given.ProgramOfAsync("zhao.lei");
        Assert.Equal(404, (await program.PostAsync("/api/v1/requests", new { workItem = code, transition = "20-30", reason = "理由", wantedBy = Today, track = "twin" })).Status);
    }
}
