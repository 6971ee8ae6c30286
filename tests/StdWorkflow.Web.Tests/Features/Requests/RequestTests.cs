using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Requests;
using StdWorkflow.Web.Features.Tracks;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Mail;
using StdWorkflow.Web.Tests.Driver;
using StdWorkflow.Web.Tests.Features.Account;

namespace StdWorkflow.Web.Tests.Features.Requests;

/// <summary>Somebody who may not take a step asks for it, and the chair decides.</summary>
public partial class RequestTests(App app) : IClassFixture<App>
{
    private DateOnly Today => Instants.DateIn(app.Clock.GetUtcNow().UtcDateTime);

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
        Assert.Equal(StepRequestState.Open, await StateAsync(request));
        foreach (var page in new[] { "grant", "decline" })
            Assert.Equal(refusal == Problem.NotFoundCode ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden, person is null ? HttpStatusCode.NotFound : (await app.As(person).GetAsync($"/requests/{request}/{page}")).StatusCode);
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

    [Theory]
    [InlineData("zh-CN", "同意并办理", "已同意")]
    [InlineData("en", "Grant and take the step", "Granted")]
    public async Task The_chair_opens_the_link_in_the_mail_and_presses_the_button(string language, string verb, string state)
    {
        await app.As("zhang.min").In(language).OpenAsync("/");
        var (item, request) = await app.Given.RequestAsync();
        await app.RunJobAsync<SendMail>();
        var mail = Assert.Single(app.Mail.To("zhang.min"), one => one.TextBody!.Contains($"/requests/{request}/grant", StringComparison.Ordinal));
        var (grant, decline) = (Link(mail.TextBody!, request, "grant"), Link(mail.TextBody!, request, "decline"));
        foreach (var said in new[] { "赵磊", "草案已经成熟", $"{Today.AddDays(14):yyyy-MM-dd}", item, "张敏" }) Assert.Contains(said, mail.TextBody, StringComparison.Ordinal);
        Assert.Contains(language == "en" ? "All its conditions are met." : "条件都已具备。", mail.TextBody, StringComparison.Ordinal);

        // Looking decides nothing, however often, and a visitor signs in and comes back.
        await app.As("zhang.min").In(language).OpenAsync(decline);
        await app.As("zhang.min").In(language).OpenAsync(grant);
        var stranger = await app.Visitor().OpenAsync(grant);
        Assert.Equal($"/account/sign-in?returnUrl={Uri.EscapeDataString(grant)}", stranger.Path);
        Assert.Equal(("20", StepRequestState.Open), (await StageAsync(item), await StateAsync(request)));

        var page = await app.As("zhang.min").In(language).OpenAsync(grant);
        Assert.Equal(verb, Words.Of(page.Document.QuerySelector("[autofocus]")));
        var answer = await page.SubmitAsync(button: verb);

        Assert.Equal($"/requests/{request}", answer.Path);
        Assert.True(answer.Says(state), answer.Text);
        Assert.Equal(("30", StepRequestState.Granted), (await StageAsync(item), await StateAsync(request)));
        Assert.Contains((await app.Visitor().OpenAsync("/consultations")).Links, link => link == app.Given.PeriodOfAsync(item).Result.Path);
        // The mail of the step is held as if the chair had taken it on the item's page; then the asker hears of it, too.
        await app.RunJobAsync<SendMail>();
        Assert.DoesNotContain(app.Mail.To("zhao.lei"), one => one.Subject!.StartsWith(item, StringComparison.Ordinal));
        app.Clock.Advance(WorkItem.UndoWindow);
        await app.RunJobAsync<SendMail>();
        Assert.Single(app.Mail.To("zhao.lei"), one => one.Subject!.StartsWith(item, StringComparison.Ordinal) && one.TextBody!.Contains("张敏", StringComparison.Ordinal));
        Assert.Contains(app.Mail.To("li.wei"), one => one.Subject!.StartsWith($"{item}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_signs_in_from_the_mail_comes_to_the_decision()
    {
        var (_, request) = await app.Given.RequestAsync();

        var page = await app.Visitor().SignInAsync("wang.fang@example.org", "every demo door opens", $"/account/sign-in?returnUrl={Uri.EscapeDataString($"/requests/{request}/grant")}");

        Assert.Equal($"/requests/{request}/grant", page.Path);
        Assert.True(page.HasButton("同意并办理"));
    }

    [Fact]
    public async Task Everybody_who_may_decide_gets_one_mail_and_nobody_else()
    {
        var (_, request) = await app.Given.RequestAsync(met: false, asker: "li.wei");
        await app.As("zhang.min").In("zh-CN").OpenAsync("/");
        await app.RunJobAsync<SendMail>();
        await app.RunJobAsync<SendMail>();

        var sent = app.Mail.Sent.Where(mail => mail.TextBody!.Contains($"/requests/{request}/", StringComparison.Ordinal)).ToList();
        var told = await app.Db(db => db.People.Where(person => person.Email != null && person.Email != "li.wei@example.org" && db.Memberships.Any(held => held.PersonId == person.Id
            && db.Committees.Any(committee => committee.Id == held.CommitteeId && committee.Code == "sac-tc28-sc42")
            && db.Positions.Any(position => position.Id == held.PositionId && position.PermissionNames.Contains("Advance")))).Select(person => person.Email!).ToListAsync());
        Assert.Contains("zhang.min@example.org", told);
        Assert.Equal(told.Order(), sent.Select(mail => mail.To.Mailboxes.Single().Address).Order());
        Assert.All(sent, mail => Assert.Contains("尚不具备：", mail.TextBody, StringComparison.Ordinal));
        // The chair first.
        Assert.All(sent, mail => Assert.Contains("可以决定的人：张敏（主任委员）、王芳（秘书长）", mail.TextBody, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_nobody_of_the_committee_may_decide_the_committee_above_is_asked()
    {
        var item = await app.Given.ProposedAsync(process: "pre-research", committee: "sac-tc28-sc42-rg-chips-systems");
        var request = await app.Given.AskAsync(item, transition: "idea-feasibility");
        await app.RunJobAsync<SendMail>();

        Assert.Single(app.Mail.To("zhang.min"), mail => mail.TextBody!.Contains($"/requests/{request}/grant", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_decided_meanwhile_is_not_written_about()
    {
        var (_, request) = await app.Given.RequestAsync();
        Assert.True((await app.RunAsAsync("zhao.lei", new WithdrawRequest(request, await app.Given.RequestVersionAsync(request)))).IsOk);
        await app.RunJobAsync<SendMail>();

        Assert.DoesNotContain(app.Mail.Sent, mail => mail.TextBody!.Contains($"/requests/{request}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_step_whose_gates_are_not_met_is_not_granted_and_the_list_says_why()
    {
        var (item, request) = await app.Given.RequestAsync(met: false);
        var page = await app.As("zhang.min").OpenAsync($"/requests/{request}/grant");

        var forced = await app.RunAsAsync("zhang.min", new GrantRequest(request, null, null, await app.Given.RequestVersionAsync(request)));

        Assert.True(page.Says("还不能同意：有条件尚未具备。") && !page.HasButton("同意并办理"), page.Text);
        Assert.Equal("gate.attestation", forced.Problem.Code);
        Assert.Equal(("20", StepRequestState.Open), (await StageAsync(item), await StateAsync(request)));
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
        Assert.Equal("10", await StageAsync(item));
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
        Assert.Equal(await StateAsync(request) == StepRequestState.Granted ? "30" : "20", await StageAsync(item));

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
        Assert.Equal("30", await StageAsync(item));
    }

    [Fact]
    public async Task Undoing_the_granted_step_opens_the_request_again_and_the_asker_hears_nothing()
    {
        var (item, request) = await app.Given.RequestAsync();
        await (await app.As("zhang.min").OpenAsync($"/requests/{request}/grant")).SubmitAsync(entry => entry.Fill("决定意见", "同意公开"), "同意并办理");

        var undone = await (await app.As("li.wei").OpenAsync($"/work-items/{item}/undo")).SubmitAsync(entry => entry.Fill("理由", "点错了"), "撤销这一步");

        Assert.Equal(("20", StepRequestState.Open), (await StageAsync(item), await StateAsync(request)));
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
        Assert.Equal((StepRequestState.Overtaken, StepRequestState.Overtaken), (await StateAsync(request), await StateAsync(other)));
        await (await app.As("li.wei").OpenAsync($"/work-items/{item}/undo")).SubmitAsync(button: "撤销这一步");

        Assert.Equal((StepRequestState.Open, StepRequestState.Open), (await StateAsync(request), await StateAsync(other)));
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
    public async Task Three_days_before_its_day_a_request_is_recalled_once()
    {
        var (_, request) = await app.Given.RequestAsync(days: 5);
        // Mail is written in the language in which its reader was last here.
        await app.As("zhang.min").In("zh-CN").OpenAsync("/");
        await SweepAsync();
        Assert.Equal(1, Mails());
        app.Clock.Advance(TimeSpan.FromDays(3));
        await SweepAsync();
        await SweepAsync();

        Assert.Equal(2, Mails());
        Assert.Contains(app.Mail.To("zhang.min"), mail => mail.Subject!.StartsWith("即将到期，请决定：", StringComparison.Ordinal));
        app.Clock.Advance(TimeSpan.FromDays(5));
        var queue = await app.As("zhang.min").OpenAsync("/requests");
        Assert.Contains("逾期 3 天", Assert.Single(queue.Rows(), row => row[0] == request)[3], StringComparison.Ordinal);

        int Mails() => app.Mail.To("zhang.min").Count(mail => mail.TextBody!.Contains($"/requests/{request}/grant", StringComparison.Ordinal));

        async Task SweepAsync()
        {
            await app.RunJobAsync<RemindOfRequests>();
            await app.RunJobAsync<SendMail>();
        }
    }

    [Fact]
    public async Task The_queue_shows_the_nearest_wish_first_and_duties_and_cockpit_count_it()
    {
        var (_, later) = await app.Given.RequestAsync(days: 20);
        var (_, sooner) = await app.Given.RequestAsync(days: 2);
        var page = await app.As("zhang.min").OpenAsync("/requests");

        var order = page.Rows().Select(row => row[0]).ToList();
        Assert.True(order.IndexOf(sooner) < order.IndexOf(later) && order.Contains(sooner), string.Join(' ', order));
        foreach (var place in new[] { "/", "/cockpit" })
            Assert.True((await app.As("zhang.min").OpenAsync(place)).Says($"{order.Count} 待我决定的申请"), place);
        Assert.DoesNotContain(sooner, (await app.As("zhang.min").OpenAsync("/requests?show=decided")).Rows().Select(row => row[0]));
        Assert.Contains(sooner, (await app.As("zhao.lei").OpenAsync("/requests")).Rows().Select(row => row[0]));
        Assert.Contains(sooner, (await app.As("zhang.min").OpenAsync("/requests?show=no-such-thing")).Rows().Select(row => row[0]));
        using var file = await app.As("zhang.min").GetAsync("/exports/requests/csv?show=waiting");
        Assert.Contains(sooner, await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var none = await app.Visitor().GetAsync("/exports/requests/csv?show=all");
        Assert.DoesNotContain("r-1", await none.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demo_data_has_a_request_waiting()
    {
        var page = await app.As("zhang.min").OpenAsync("/work-items/w-1036");

        Assert.True(page.Says("陈静已申请办理"), page.Text);
    }

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
        Assert.Equal((412, "30"), (stale.Status, await StageAsync(item)));
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

    private Task<StepRequestState> StateAsync(string request) => app.Db(db => db.StepRequests.Where(known => known.Code == request).Select(known => known.State).SingleAsync());

    private Task<string> StageAsync(string code) => app.Db(db => db.WorkItems.Where(item => item.Code == code).Select(item => item.Tracks.Single().StageKey).SingleAsync());

    private static string Link(string text, string request, string verb) =>
        new Uri(Address().Matches(text).Select(match => match.Value).Single(address => address.EndsWith($"/requests/{request}/{verb}", StringComparison.Ordinal))).AbsolutePath;

    [GeneratedRegex(@"https?://[^\s]+")]
    private static partial Regex Address();
}
