using System.Net;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Events;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Tracks;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Features.Plans;

/// <summary>The plan of one item, through the page.</summary>
public class ItemTests(App app) : IClassFixture<App>
{
    private const string Save = "保存计划";
    private const string Comments = "30 征求意见阶段", Review = "40 审查阶段", Approval = "50 批准阶段", Publication = "60 出版阶段";

    [Fact]
    public async Task Planned_days_are_drawn_told_by_history_and_followed_by_a_forecast()
    {
        var code = await app.Given.ProjectAtAsync("20");
        var plan = await (await app.As("li.wei").OpenAsync($"/work-items/{code}")).FollowAsync("计划进度");
        Assert.True(plan.Says("后续阶段还没有计划，因此没有预测。"), plan.Text);

        var shown = await (await plan.FollowAsync("编制计划")).SubmitAsync(form => form.Fill(Comments, "2027-09-24").Fill(Review, "2027-10-11"), Save);

        Assert.Equal($"/work-items/{code}/plan", shown.Path);
        // Drafting began on 2026-11-23 and may take 10 months.
        Assert.True(shown.Says("按计划的进度，“起草阶段时限”（最后一天 2027-09-23）要到 2027-09-24 才能完成，将超期 1 天。"), shown.Text);
        Assert.Contains(shown.Rows(), row => row[0] == Comments && row[2] == "2027-09-24" && row[4] == "2027-11-24");
        var drawing = shown.Document.QuerySelector("svg.drawing[role=img]")!;
        Assert.Contains("计划、实际与法定期限", drawing.GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.Contains("▲ 将超期 1 天", drawing.TextContent, StringComparison.Ordinal);
        Assert.Empty(shown.Document.QuerySelectorAll("[style]"));
        Assert.True((await app.As("li.wei").OpenAsync($"/work-items/{code}")).Says("计划进度已修改：30 征求意见阶段 2027-09-24；40 审查阶段 2027-10-11。李伟"));
        var past = await app.As("li.wei").OpenAsync($"/work-items/{code}/as-of");
        Assert.True(past.Says("2027-09-24"), past.Text);
    }

    [Fact]
    public async Task A_track_beside_the_text_has_a_plan_of_its_own()
    {
        var code = await app.Given.ProjectAtAsync("20");
        await app.RunAsync(new StartTrack(code, TrackKind.PatentStatements, "patent-statements", null, await app.Given.VersionAsync(code)));
        var address = (await app.As("li.wei").OpenAsync($"/work-items/{code}")).Links.Single(link => link == $"/work-items/{code}/plan?track=patents");

        var form = await (await app.As("li.wei").OpenAsync(address)).FollowAsync("编制计划");
        Assert.True(form.Says("专利声明"), form.Text);
        var shown = await form.SubmitAsync(entry => entry.Fill("结束", "2027-03-01"), Save);

        Assert.Equal(address, shown.Path);
        Assert.True(shown.Says("专利声明"), shown.Text);
        Assert.Contains(shown.Rows(), row => row[0].EndsWith("结束", StringComparison.Ordinal) && row[2] == "2027-03-01");
        Assert.DoesNotContain("2027-03-01", (await app.As("li.wei").OpenAsync($"/work-items/{code}/plan")).Text, StringComparison.Ordinal);
        var api = await app.Given.ProgramOfAsync("li.wei");
        var side = await api.GetAsync($"/api/v1/work-items/{code}/plan?track=patents");
        Assert.Equal(("patent-statements", "2027-03-01"), (side.Of("process"), side.Of("plannedEnd")));
        Assert.Equal("gb-t-normal", (await api.GetAsync($"/api/v1/work-items/{code}/plan")).Of("process"));
        Assert.Equal((404, HttpStatusCode.NotFound), ((await api.GetAsync($"/api/v1/work-items/{code}/plan?track=twin")).Status, (await app.As("li.wei").OpenAsync($"/work-items/{code}/plan?track=twin")).Status));
    }

    [Fact]
    public async Task Moving_one_day_takes_the_warning_away()
    {
        var code = await app.Given.ProjectAtAsync("20");
        await app.Given.PlanAsync(code, "30 2027-09-24", "40 2027-10-11");

        var form = await app.As("li.wei").In("en").OpenAsync($"/work-items/{code}/plan/edit");
        Assert.Equal("2027-09-24", form.ValueOf("30 Comment stage"));
        var shown = await form.SubmitAsync(entry => entry.Fill("30 Comment stage", "2027-09-23"), "Save the plan");

        Assert.True(shown.Says("At the planned pace every statutory limit that the plan reaches will be kept."), shown.Text);
        Assert.False(shown.Says("missed"), shown.Text);
    }

    [Theory]
    [InlineData(Comments, "2026-11-22", "日期不能早于进入当前阶段的日期 2026-11-23。")]
    [InlineData(Comments, "2076-11-24", "日期不能晚于 50 年之后。")]
    [InlineData(Approval, "2027-05-31", "日期不能早于“审查阶段”的计划日期 2027-06-01。")]
    public async Task A_day_that_makes_no_sense_comes_back_with_what_is_wrong_and_nothing_changes(string stage, string typed, string said)
    {
        var code = await app.Given.ProjectAtAsync("20");
        var (form, version) = (await EditAsync(code), await app.Given.VersionAsync(code));

        var answer = await form.SubmitAsync(entry => entry.Fill(Review, "2027-06-01").Fill(stage, typed), Save);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(said, answer.ErrorOf(stage));
        Assert.Contains($"{stage}：{said}", answer.Problems);
        Assert.Equal((typed, "2027-06-01"), (answer.ValueOf(stage), answer.ValueOf(Review)));
        Assert.Equal(version, await app.Given.VersionAsync(code));
        Assert.Equal(0, await PlannedAsync(code));
    }

    [Fact]
    public async Task Forged_stages_and_what_is_no_day_are_refused()
    {
        var code = await app.Given.ProjectAtAsync("20");
        var form = await EditAsync(code);

        foreach (var (name, value) in new[] { ("Form.Days[0].On", "soon"), ("Form.Days[0].Stage", "nowhere"), ("Form.Days[0].Stage", "10"), ("Form.Days[0].Stage", "40"), ("Form.Days[0].Stage", "") })
        {
            var answer = await form.SubmitAsync(entry => entry.Fill(Review, "2027-06-01").Forge(name, value), Save);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
            Assert.NotEmpty(answer.Problems);
        }

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await form.SubmitAsync(entry => entry.LeaveOut("Form.Days[1].Stage").LeaveOut("Form.Days[1].On").Forge("Form.Days[0].Stage", "10"), Save)).Status);

        Assert.Equal(0, await PlannedAsync(code));
    }

    [Fact]
    public async Task The_second_of_two_is_told_who_was_first_and_loses_nothing()
    {
        var code = await app.Given.ProjectAtAsync("20");
        var (first, second) = (await EditAsync(code), await app.As("wang.fang").OpenAsync($"/work-items/{code}/plan/edit"));

        await first.SubmitAsync(form => form.Fill(Comments, "2027-03-01"), Save);
        var answer = await second.SubmitAsync(form => form.Fill(Comments, "2027-04-01"), Save);

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.StartsWith("李伟 已于", Assert.Single(answer.Problems), StringComparison.Ordinal);
        Assert.Equal("2027-04-01", answer.ValueOf(Comments));
        Assert.Equal(new DateOnly(2027, 3, 1), await DayAsync(code, "30"));
        await answer.SubmitAsync(button: Save);
        Assert.Equal(new DateOnly(2027, 4, 1), await DayAsync(code, "30"));
    }

    [Fact]
    public async Task What_was_typed_goes_with_its_stage_when_the_item_moved_meanwhile()
    {
        var code = await app.Given.ProjectAtAsync("20");
        var form = await EditAsync(code);
        await app.Given.AttestAsync(code, "draft-for-comments");
        await app.Given.AdvanceAsync(code, "20-30");

        var answer = await form.SubmitAsync(entry => entry.Fill(Comments, "2027-03-01").Fill(Review, "2027-04-01"), Save);

        Assert.Equal((HttpStatusCode.Conflict, "2027-04-01"), (answer.Status, answer.ValueOf(Review)));
        Assert.Equal($"/work-items/{code}/plan", (await answer.SubmitAsync(button: Save)).Path);
        Assert.Equal((1, new DateOnly(2027, 4, 1)), (await PlannedAsync(code), await DayAsync(code, "40")));
    }

    [Fact]
    public async Task A_suggestion_fills_the_form_in_and_is_stored_no_sooner_than_it_is_sent()
    {
        var code = await app.Given.ProjectAtAsync("10");

        var form = await (await EditAsync(code)).FollowAsync("按期限和通常停留时间建议");

        Assert.NotEqual("", form.ValueOf(Publication));
        Assert.Equal(0, await PlannedAsync(code));
        var shown = await form.SubmitAsync(button: Save);
        Assert.Equal(5, await PlannedAsync(code));
        Assert.DoesNotContain("将超期", shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_see_the_item_sees_its_plan_and_who_may_edit_it_plans()
    {
        var (shown, hidden) = (await app.Given.ProjectAtAsync("20"), await app.Given.ProposedAsync(isPublic: false));

        Assert.False((await app.Visitor().OpenAsync($"/work-items/{shown}/plan")).HasLink("编制计划"));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Visitor().OpenAsync($"/work-items/{hidden}/plan")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await app.As("sun.li").OpenAsync($"/work-items/{shown}/plan/edit")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await app.As("zheng.hui").OpenAsync($"/work-items/{shown}/plan/edit")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await app.As("li.wei").OpenAsync("/work-items/w-0/plan")).Status);
    }

    [Fact]
    public async Task Nothing_is_planned_after_the_end()
    {
        var code = await app.Given.ProjectAtAsync("60");

        Assert.False((await app.As("li.wei").OpenAsync($"/work-items/{code}/plan")).HasLink("编制计划"));
        Assert.True((await EditAsync(code)).Says("后面没有可以计划的阶段。"));
    }

    [Fact]
    public async Task The_history_of_plans_is_sound_and_holds_every_day()
    {
        var code = await app.Given.ProjectAtAsync("20");
        await app.Given.PlanAsync(code, "30 2027-03-01");
        await (await EditAsync(code)).SubmitAsync(form => form.Fill(Comments, "").Fill(Review, "2027-05-01"), Save);

        var id = await app.Db(db => db.WorkItems.Where(item => item.Code == code).Select(item => item.Id).SingleAsync());
        var events = await app.Db(db => db.Events.Where(written => written.SubjectId == id && written.Type == nameof(PlanChanged)).OrderBy(written => written.Sequence).ToListAsync());
        Assert.Equal(2, events.Count);
        Assert.Equal([new("30", null), new PlannedDay("40", new(2027, 5, 1))], ((PlanChanged)EventJson.Deserialize(events[1])).Days);
        Assert.True(await app.Db(async db => (await new HistoryVerification(db).RunAsync(TestContext.Current.CancellationToken)).IsSound));
    }

    private Task<Page> EditAsync(string code) => app.As("li.wei").OpenAsync($"/work-items/{code}/plan/edit");

    private Task<int> PlannedAsync(string code) => app.Db(db => db.PlannedStages.CountAsync(planned => db.WorkItems.Any(item => item.Id == planned.WorkItemId && item.Code == code)));

    private Task<DateOnly> DayAsync(string code, string stage) =>
        app.Db(db => db.PlannedStages.Where(planned => planned.StageKey == stage && db.WorkItems.Any(item => item.Id == planned.WorkItemId && item.Code == code)).Select(planned => planned.On).SingleAsync());
}
