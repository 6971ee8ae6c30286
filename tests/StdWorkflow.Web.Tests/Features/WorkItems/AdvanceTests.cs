using System.Net;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Features.WorkItems;

public class AdvanceTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task Before_a_step_out_of_a_running_comment_period_the_page_says_that_it_closes()
    {
        var period = await app.Given.OpenConsultationAsync();

        foreach (var step in new[] { "30-20", "30-98", "repeat-30" })
        {
            var page = await app.As("li.wei").OpenAsync($"/work-items/{period.WorkItem}/advance/{step}");
            Assert.True(page.Says($"结束公开征求意见 {period.Number}") && page.Says($"{period.ClosesOn:yyyy-MM-dd}"), page.Text);
        }
    }

    [Fact]
    public async Task Before_a_step_the_page_names_the_requests_that_it_closes()
    {
        var (item, request) = await app.Given.RequestAsync();
        var other = await app.Given.AskAsync(item, "chen.jing", transition: "20-98");

        var page = await app.As("li.wei").OpenAsync($"/work-items/{item}/advance/20-30");
        var grant = await app.As("li.wei").OpenAsync($"/requests/{request}/grant");

        Assert.True(page.Says($"了结申请 {request}") && page.Says($"了结申请 {other}"), page.Text);
        Assert.True(!grant.Says($"了结申请 {request}") && grant.Says($"了结申请 {other}"), grant.Text);
    }

    [Fact]
    public async Task A_step_forward_is_told_before_and_after()
    {
        var code = await app.Given.ProposedAsync();
        await app.Given.AttestAsync(code, "proposal-adopted");
        var form = await (await app.As("li.wei").OpenAsync($"/work-items/{code}")).FollowAsync("申报立项…");

        Assert.True(form.Says("从“预阶段”进入“立项阶段”。 开始计时：立项阶段时限，截止 2027-02-23（含当日）。"), form.Text);
        Assert.Equal("2026-11-23", form.ValueOf("日期"));
        var item = await form.SubmitAsync(entry => entry.Fill("理由", "委员会全体同意。"), "申报立项");

        Assert.Equal($"/work-items/{code}", item.Path);
        Assert.True(item.Says("从“00 预阶段”进入“10 立项阶段”。委员会全体同意。李伟 · 09:00"), item.Text);
        Assert.Equal("10 立项阶段 ISO 10.00 现在在这里 2026-11-23 已 0 天，还有 92 天", Words.Of(item.Document.QuerySelector("[aria-current=step]")));
        Assert.Equal("2027-02-23", Words.Of(item.Document.QuerySelector(".standing time")));
    }

    [Fact]
    public async Task The_same_in_English()
    {
        var code = await app.Given.ProposedAsync();
        await app.Given.AttestAsync(code, "proposal-adopted");
        var form = await app.As("li.wei").In("en").OpenAsync($"/work-items/{code}/advance/00-10");

        Assert.True(form.Says("This step will: move the item from “Preliminary stage” to “Proposal stage”; start the clock “Proposal stage”, due 2027-02-23 (day included);"), form.Text);
        Assert.True((await form.SubmitAsync(button: "Submit the proposal")).Says("Went on from “00 Preliminary stage” to “10 Proposal stage”."));
    }

    [Fact]
    public async Task A_step_of_an_earlier_day_counts_from_that_day()
    {
        const string code = "w-1034";
        await app.Given.AttestAsync(code, "proposal-adopted");

        var item = await (await app.As("li.wei").OpenAsync($"/work-items/{code}/advance/00-10")).SubmitAsync(entry => entry.Fill("日期", "2026-11-10"), "申报立项");

        Assert.Equal("2027-02-10", Words.Of(item.Document.QuerySelector(".standing time")));
        Assert.True(item.Says("2026-11-10从“00 预阶段”进入“10 立项阶段”。李伟 · 2026-11-23 记入"), item.Text);
    }

    [Theory]
    [InlineData("2026-11-24", "日期 2026-11-24 在将来。请填写今天或更早的日期。")]
    [InlineData("9999-12-31", "日期 9999-12-31 在将来。请填写今天或更早的日期。")]
    [InlineData("2026-11-22", "日期 2026-11-22 早于进入当前阶段的日期 2026-11-23。")]
    [InlineData("0001-01-01", "日期 0001-01-01 早于进入当前阶段的日期 2026-11-23。")]
    public async Task A_day_in_the_future_or_before_the_stage_began_is_sent_back(string day, string said)
    {
        var code = await app.Given.ProposedAsync();
        await app.Given.AttestAsync(code, "proposal-adopted");

        var answer = await (await app.As("li.wei").OpenAsync($"/work-items/{code}/advance/00-10")).SubmitAsync(entry => entry.Fill("日期", day).Fill("理由", "写好的话"), "申报立项");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, said), (answer.Status, answer.ErrorOf("日期")));
        Assert.Equal((day, "写好的话"), (answer.ValueOf("日期"), answer.ValueOf("理由")));
        Assert.Equal("00", await StageAsync(code));
    }

    [Theory]
    [InlineData("30", "30-20", "退回起草", "20", "从“30 征求意见阶段”退回“20 起草阶段”。")]
    [InlineData("40", "repeat-40", "再次审查", "40", "重新开始“40 审查阶段”。")]
    [InlineData("20", "20-98", "终止项目", "98", "在“20 起草阶段”终止。")]
    public async Task Back_again_and_out_need_a_reason_which_history_tells(string from, string transition, string verb, string to, string said)
    {
        var code = await app.Given.ProjectAtAsync(from);
        var form = await (await app.As("wang.fang").OpenAsync($"/work-items/{code}")).FollowAsync($"{verb}…");
        Assert.Equal($"/work-items/{code}/advance/{transition}", form.Path);

        var without = await form.SubmitAsync(entry => entry.Fill("理由", "   "), verb);
        Assert.Equal("请说明理由。", without.ErrorOf("理由"));
        Assert.Equal(from, await StageAsync(code));

        var item = await without.SubmitAsync(entry => entry.Fill("理由", "技术路线变化，须重新论证。"), verb);
        Assert.Equal(to, await StageAsync(code));
        Assert.True(item.Says($"{said}技术路线变化，须重新论证。王芳"), item.Text);
        Assert.Contains("技术路线变化，须重新论证。", (await app.Visitor().OpenAsync(item.Path)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_abandoned_item_waits_for_nobody_and_nothing_is_due()
    {
        var code = await app.Given.ProjectAtAsync("20");

        var item = await (await app.As("li.wei").OpenAsync($"/work-items/{code}/advance/20-98")).SubmitAsync(entry => entry.Fill("理由", "与另一项目重复。"), "终止项目");

        Assert.Equal(["已终止 2026-11-23"], item.Document.QuerySelectorAll(".standing dd").Select(Words.Of));
        Assert.True(item.Says("此阶段之后没有步骤。"));
        Assert.Equal([], await app.Db(db => db.Deadlines.Where(due => db.WorkItems.Any(known => known.Id == due.WorkItemId && known.Code == code) && due.Status == DeadlineStatus.Running).Select(due => due.ClockKey).ToListAsync()));
        Assert.Contains(code, (await app.Visitor().OpenAsync("/work-items?state=ended&sort=-code")).Rows().Select(row => row[0]));
    }

    [Theory]
    [InlineData("zh-CN", "还没有人声明确认“国家标准制修订计划已下达”。", "还没有计划号。")]
    [InlineData("en", "Nobody has stated “", "There is no plan number.")]
    public async Task A_step_whose_gates_are_not_met_is_refused_with_each_reason(string language, string stated, string number)
    {
        var code = await app.Given.ProjectAtAsync("10");
        var path = $"/work-items/{code}/advance/10-20";
        var page = await app.As("li.wei").In(language).OpenAsync(path);
        Assert.False(page.HasButton(language == "en" ? "Plan issued, start drafting" : "下达计划，开始起草"), "a step that is not open has a button");
        Assert.DoesNotContain(path, (await app.As("li.wei").OpenAsync($"/work-items/{code}")).Links);

        var answer = await app.As("li.wei").In(language).PostAsync(path, await ForgedAsync("li.wei", code));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(2, answer.Problems.Count);
        Assert.Contains(answer.Problems, problem => problem.StartsWith(stated, StringComparison.Ordinal));
        Assert.Contains(number, answer.Problems);
        Assert.Equal("10", await StageAsync(code));
    }

    [Fact]
    public async Task Of_several_who_take_the_same_step_at_once_one_does_and_the_others_are_told()
    {
        var code = await app.Given.ProjectAtAsync("40");
        await app.Given.AttestAsync(code, "review-passed");
        var forms = new List<Page>();
        foreach (var person in (string[])["li.wei", "wang.fang", "zhang.min", "admin", "li.wei", "wang.fang"]) forms.Add(await app.As(person).OpenAsync($"/work-items/{code}/advance/40-50"));

        var answers = await Task.WhenAll(forms.Select(form => form.SubmitAsync(entry => entry.Fill("理由", "同时点的"), "报批")));

        Assert.Equal([HttpStatusCode.OK, .. Enumerable.Repeat(HttpStatusCode.Conflict, forms.Count - 1)], answers.Select(answer => answer.Status).Order());
        Assert.All(answers.Where(answer => answer.Status == HttpStatusCode.Conflict), lost =>
        {
            Assert.Matches("^(李伟|王芳|张敏|演示管理员) 已于 2026-11-23 09:00 修改了此内容。", Assert.Single(lost.Problems));
            Assert.True(lost.Says("此步骤已不能从当前阶段进行。"));
            Assert.True(lost.Says("同时点的"), "what was typed is gone");
        });
        Assert.Equal(1, await app.Db(db => db.StageSpans.CountAsync(span => span.StageKey == "50" && db.WorkItems.Any(item => item.Id == span.WorkItemId && item.Code == code))));
    }

    [Fact]
    public async Task Who_is_overtaken_while_the_item_is_being_read_is_told_so_and_not_that_the_step_is_none()
    {
        var code = await app.Given.ProjectAtAsync("40");
        await app.Given.AttestAsync(code, "review-passed");
        var quicker = await app.As("wang.fang").OpenAsync($"/work-items/{code}/advance/40-50");
        var slower = await app.As("li.wei").OpenAsync($"/work-items/{code}/advance/40-50");

        app.Statements.Before("\"Tracks\"", () => quicker.SubmitAsync(button: "报批"));
        var answer = await slower.SubmitAsync(entry => entry.Fill("理由", "迟了"), "报批");

        Assert.Equal((HttpStatusCode.Conflict, "50"), (answer.Status, await StageAsync(code)));
        Assert.StartsWith("王芳 已于", Assert.Single(answer.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_takes_another_step_than_somebody_before_is_shown_where_it_stands_now()
    {
        var code = await app.Given.ProjectAtAsync("40");
        await app.Given.AttestAsync(code, "review-passed");
        var back = await app.As("wang.fang").OpenAsync($"/work-items/{code}/advance/40-20");
        await (await app.As("li.wei").OpenAsync($"/work-items/{code}/advance/repeat-40")).SubmitAsync(entry => entry.Fill("理由", "再审"), "再次审查");

        var answer = await back.SubmitAsync(entry => entry.Fill("理由", "退回重写"), "退回起草");

        Assert.Equal((HttpStatusCode.Conflict, "退回重写"), (answer.Status, answer.ValueOf("理由")));
        Assert.StartsWith("李伟 已于", Assert.Single(answer.Problems), StringComparison.Ordinal);
        Assert.Equal($"/work-items/{code}", (await answer.SubmitAsync(button: "退回起草")).Path);
        Assert.Equal("20", await StageAsync(code));
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_takes_one_step()
    {
        var code = await app.Given.ProjectAtAsync("40");
        var form = await app.As("li.wei").OpenAsync($"/work-items/{code}/advance/repeat-40");

        var first = await form.SubmitAsync(entry => entry.Fill("理由", "再审一次"), "再次审查");
        var second = await form.SubmitAsync(entry => entry.Fill("理由", "再审一次"), "再次审查");

        Assert.Equal((first.Path, HttpStatusCode.OK), (second.Path, second.Status));
        Assert.Equal(2, await app.Db(db => db.StageSpans.CountAsync(span => span.StageKey == "40" && db.WorkItems.Any(item => item.Id == span.WorkItemId && item.Code == code))));
    }

    [Fact]
    public async Task A_right_lost_while_the_form_was_open_is_no_right()
    {
        var code = await app.Given.ProjectAtAsync("20");
        var seat = await app.Given.SeatAsync("sac-tc28-sc42", "wu.qiang", "secretariat-staff", new(2026, 1, 1), null);
        var form = await app.As("wu.qiang").OpenAsync($"/work-items/{code}/advance/20-98");
        await app.Given.EndSeatAsync(seat, new(2026, 11, 22));
        var version = await app.Given.VersionAsync(code);

        var answer = await form.SubmitAsync(entry => entry.Fill("理由", "越权"), "终止项目");

        Assert.Equal((HttpStatusCode.Forbidden, "没有权限"), (answer.Status, answer.Heading));
        Assert.Equal(("20", version), (await StageAsync(code), await app.Given.VersionAsync(code)));
    }

    [Theory]
    [InlineData("liu.yang")]
    [InlineData("lin.xue")]
    [InlineData("wu.qiang")]
    public async Task Who_may_not_advance_is_refused_at_the_page_and_at_the_door(string person)
    {
        var code = await app.Given.ProjectAtAsync("20");
        var path = $"/work-items/{code}/advance/20-98";

        Assert.Equal(HttpStatusCode.Forbidden, (await app.As(person).OpenAsync(path)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await app.As(person).PostAsync(path, await ForgedAsync(person, code))).Status);
        Assert.Equal("20", await StageAsync(code));
    }

    [Fact]
    public async Task A_step_that_the_process_does_not_have_is_not_found_and_one_from_elsewhere_leads_back()
    {
        var code = await app.Given.ProjectAtAsync("20");

        Assert.Equal(HttpStatusCode.NotFound, (await app.As("li.wei").OpenAsync($"/work-items/{code}/advance/20-60")).Status);
        Assert.Equal($"/work-items/{code}", (await app.As("li.wei").OpenAsync($"/work-items/{code}/advance/40-50")).Path);
        var answer = await app.As("li.wei").PostAsync($"/work-items/{code}/advance/40-50", await ForgedAsync("li.wei", code));
        Assert.Equal("项目现在处于“起草阶段”，此步骤不能从这里进行。请回到项目查看可行的步骤。", Assert.Single(answer.Problems));
        Assert.Equal("20", await StageAsync(code));
    }

    [Fact]
    public async Task Entering_the_comment_stage_opens_a_comment_period_that_says_the_same_deadline_everywhere()
    {
        var code = await app.Given.ProjectAtAsync("20");
        await app.Given.AttestAsync(code, "draft-for-comments");
        var form = await app.As("li.wei").OpenAsync($"/work-items/{code}/advance/20-30");
        Assert.True(form.Says("开始公开征求意见：任何人都能看到该项目，并可在网页上提交意见。 开始计时：征求意见阶段时限，截止 2027-01-23（含当日）。 开始计时：公开征求意见期，截止 2027-01-22（含当日）。"), form.Text);

        var item = await form.SubmitAsync(button: "公开征求意见");

        var period = await app.Given.PeriodOfAsync(code);
        Assert.Equal(new DateOnly(2027, 1, 22), period.ClosesOn);
        Assert.True(item.Says("2026-11-23 至 2027-01-22 公开征求意见"));
        var said = new List<string>();
        foreach (var path in (string[])["/", "/consultations", period.Path, $"/work-items/{code}", $"/work-items?q={code}"])
        {
            var page = await app.Visitor().OpenAsync(path);
            var due = page.Document.QuerySelectorAll("main .due").Where(one => one.QuerySelector("time")?.GetAttribute("datetime") == "2027-01-22T15:59:59.999999Z").ToList();
            Assert.True(due.Count > 0, $"{path}: {page.Text}");
            said.AddRange(due.Select(one => Words.Of(one.QuerySelector("summary") ?? one)));
        }

        Assert.All(said, words => Assert.Equal("2027-01-22 还有 60 天", words));
    }

    [Fact]
    public async Task Going_back_ends_the_comment_period_and_its_deadline()
    {
        var code = await app.Given.ProjectAtAsync("30");
        var period = await app.Given.PeriodOfAsync(code);

        await (await app.As("li.wei").OpenAsync($"/work-items/{code}/advance/30-20")).SubmitAsync(entry => entry.Fill("理由", "草案有误，重写。"), "退回起草");

        Assert.False((await app.Visitor().OpenAsync(period.Path)).HasButton("提交意见"));
        Assert.DoesNotContain((await app.Visitor().OpenAsync($"/work-items?q={code}")).Document.QuerySelectorAll("time"), time => time.TextContent == "2027-01-22");
        Assert.Equal(DeadlineStatus.Met, await app.Db(db => db.Deadlines.Where(due => due.Kind == ClockKind.CommentPeriod && db.WorkItems.Any(known => known.Id == due.WorkItemId && known.Code == code)).Select(due => due.Status).SingleAsync()));
    }

    [Fact]
    public async Task A_published_standard_ends_and_waits_for_its_review_only()
    {
        var code = await app.Given.ProjectAtAsync("60");

        var page = await app.Visitor().OpenAsync($"/work-items/{code}");

        Assert.StartsWith("2031-11-23", Words.Of(page.Document.QuerySelector(".standing dd")), StringComparison.Ordinal);
        Assert.True(page.Says("已完成 2026-11-23") && page.Says("启动复审"));
        Assert.Contains(code, (await app.Visitor().OpenAsync("/work-items?phase=Maintenance&state=ended&sort=-code")).Rows().Select(row => row[0]));
    }

    private Task<string> StageAsync(string code) => app.Db(db => db.Tracks.Where(track => db.WorkItems.Any(item => item.Id == track.WorkItemId && item.Code == code)).Select(track => track.StageKey).SingleAsync());

    /// <summary>What none of our forms would send for this person and item, with a token that is theirs.</summary>
    private async Task<IEnumerable<KeyValuePair<string, string>>> ForgedAsync(string person, string code)
    {
        var token = (await app.As(person).OpenAsync("/account/password")).Document.QuerySelector("main [name=__RequestVerificationToken]")!.GetAttribute("value")!;
        return [new("__RequestVerificationToken", token), new("Form.Reason", "写好的话"), new("Form.On", "2026-11-23"), new("SeenVersion", $"{await app.Given.VersionAsync(code)}")];
    }
}
