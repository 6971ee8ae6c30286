using System.Net;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Features.WorkItems;

public class AttestTests(App app) : IClassFixture<App>
{
    private const string State = "声明确认";

    [Fact]
    public async Task A_statement_is_shown_with_who_made_it_on_which_paper_of_which_date()
    {
        var code = await app.Given.ProposedAsync();
        var page = await app.As("zhang.min").OpenAsync($"/work-items/{code}");
        var form = await page.FollowAsync("声明确认");
        Assert.Equal($"/work-items/{code}/attest/proposal-adopted", form.Path);
        Assert.True(form.Says("技术委员会同意申报，项目建议书已报出"));

        var item = await form.SubmitAsync(entry => entry.Fill("依据文件", " 标委会决议（2026）7 号 ").Fill("文件日期", "2026-11-20"), State);

        Assert.Equal($"/work-items/{code}", item.Path);
        Assert.True(item.Says("技术委员会同意申报，项目建议书已报出 张敏 声明，依据《标委会决议（2026）7 号》（2026-11-20）"), item.Text);
        Assert.True(item.Says("声明确认“技术委员会同意申报，项目建议书已报出”，依据 标委会决议（2026）7 号（2026-11-20）。张敏 · 09:00"), item.Text);
        Assert.True((await app.Visitor().In("en").OpenAsync(item.Path)).Says("Stated by 张敏 on “标委会决议（2026）7 号” (2026-11-20)"));
        Assert.True(item.Says("可以前进"));
        Assert.True((await item.FollowAsync("申报立项…")).Says("张敏 声明，依据《标委会决议（2026）7 号》（2026-11-20）"));
        Assert.False(item.HasLink("声明确认"));
    }

    [Theory]
    [InlineData("zh-CN", "依据文件", "文件日期", "声明确认", "请填写此项。", "文件日期 2026-11-24 在将来。")]
    [InlineData("en", "Paper", "Date of the paper", "State it", "Fill this in.", "The paper's date 2026-11-24 lies in the future.")]
    public async Task Paper_and_date_are_needed_and_the_date_is_not_in_the_future(string language, string paper, string date, string button, string needed, string future)
    {
        var code = await app.Given.ProposedAsync();
        var form = await app.As("li.wei").In(language).OpenAsync($"/work-items/{code}/attest/proposal-adopted");

        var empty = await form.SubmitAsync(button: button);
        var tomorrow = await form.SubmitAsync(entry => entry.Fill(paper, "明天的文件").Fill(date, "2026-11-24"), button);
        var unreadable = await form.SubmitAsync(entry => entry.Fill(paper, "写好的文件").Forge("Form.PaperDate", "上周三"), button);

        Assert.Equal((needed, needed), (empty.ErrorOf(paper), empty.ErrorOf(date)));
        Assert.Equal((future, "明天的文件", "2026-11-24"), (tomorrow.ErrorOf(date), tomorrow.ValueOf(paper), tomorrow.ValueOf(date)));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "写好的文件"), (unreadable.Status, unreadable.ValueOf(paper)));
        Assert.NotEqual("", unreadable.ErrorOf(date));
        Assert.Equal(0, await CountAsync(code));
    }

    [Fact]
    public async Task Today_in_Beijing_is_not_the_future()
    {
        var code = await app.Given.ProposedAsync();

        var item = await (await app.As("li.wei").OpenAsync($"/work-items/{code}/attest/proposal-adopted")).SubmitAsync(entry => entry.Fill("依据文件", "今天的文件").Fill("文件日期", "2026-11-23"), State);

        Assert.Equal($"/work-items/{code}", item.Path);
    }

    [Fact]
    public async Task It_may_be_stated_again_on_a_better_paper_and_the_newest_is_shown()
    {
        var code = await app.Given.ProposedAsync();
        var path = $"/work-items/{code}/attest/proposal-adopted";
        await (await app.As("zhang.min").OpenAsync(path)).SubmitAsync(entry => entry.Fill("依据文件", "写错的文件").Fill("文件日期", "2026-11-02"), State);

        var item = await (await app.As("li.wei").OpenAsync(path)).SubmitAsync(entry => entry.Fill("依据文件", "正确的文件").Fill("文件日期", "2026-11-03"), State);

        var gate = Words.Of(item.Document.QuerySelector(".gates .met"));
        Assert.Contains("李伟 声明，依据《正确的文件》（2026-11-03）", gate, StringComparison.Ordinal);
        Assert.True(item.Says("依据 写错的文件（2026-11-02）。张敏"), "the first statement is no longer in the history");
    }

    [Fact]
    public async Task A_statement_counts_for_this_stay_in_the_stage_only()
    {
        var code = await app.Given.ProjectAtAsync("40");
        await app.Given.AttestAsync(code, "review-passed");

        await app.Given.AdvanceAsync(code, "repeat-40", "再审一次");

        var page = await app.As("li.wei").OpenAsync($"/work-items/{code}");
        Assert.DoesNotContain($"/work-items/{code}/advance/40-50", page.Links);
        Assert.Contains($"/work-items/{code}/attest/review-passed", page.Links);
    }

    [Theory]
    [InlineData("no-such-gate")]
    [InlineData("review-passed")]
    [InlineData("leader-named")]
    public async Task What_no_step_from_here_asks_for_cannot_be_stated(string gate)
    {
        var code = await app.Given.ProposedAsync();
        var form = await app.As("li.wei").OpenAsync($"/work-items/{code}/attest/proposal-adopted");
        var token = form.FieldsOf(State).Where(field => field.Key is "__RequestVerificationToken" or "SeenVersion");

        Assert.Equal(HttpStatusCode.NotFound, (await app.As("li.wei").OpenAsync($"/work-items/{code}/attest/{gate}")).Status);
        var answer = await app.As("li.wei").PostAsync($"/work-items/{code}/attest/{gate}", [.. token, new("Form.Paper", "文件"), new("Form.PaperDate", "2026-11-01")]);
        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal(0, await CountAsync(code));
    }

    [Theory]
    [InlineData("liu.yang")]
    [InlineData("sun.li")]
    [InlineData("wu.qiang")]
    public async Task Who_may_not_state_is_refused_at_the_page_and_at_the_door(string person)
    {
        var code = await app.Given.ProposedAsync();
        var path = $"/work-items/{code}/attest/proposal-adopted";
        var token = (await app.As(person).OpenAsync("/account/password")).Document.QuerySelector("main [name=__RequestVerificationToken]")!.GetAttribute("value")!;

        Assert.Equal(HttpStatusCode.Forbidden, (await app.As(person).OpenAsync(path)).Status);
        var answer = await app.As(person).PostAsync(path, new("__RequestVerificationToken", token), new("Form.Paper", "文件"), new("Form.PaperDate", "2026-11-01"), new("SeenVersion", $"{await app.Given.VersionAsync(code)}"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal(0, await CountAsync(code));
    }

    [Fact]
    public async Task Whoever_states_on_what_somebody_has_changed_since_is_asked_to_look_again()
    {
        var code = await app.Given.ProposedAsync();
        var form = await app.As("zhang.min").OpenAsync($"/work-items/{code}/attest/proposal-adopted");
        await app.Given.EditAsync(code, null, null);

        var answer = await form.SubmitAsync(entry => entry.Fill("依据文件", "写好的文件").Fill("文件日期", "2026-11-20"), State);

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.StartsWith("初始数据 已于 2026-11-23 09:00 修改了此内容。", Assert.Single(answer.Problems), StringComparison.Ordinal);
        Assert.Equal(("写好的文件", "2026-11-20"), (answer.ValueOf("依据文件"), answer.ValueOf("文件日期")));
        Assert.Equal($"/work-items/{code}", (await answer.SubmitAsync(button: State)).Path);
        Assert.Equal(1, await CountAsync(code));
    }

    private Task<int> CountAsync(string code) => app.Db(db => (
        from said in db.Set<Domain.WorkItems.Attestation>()
        join item in db.WorkItems on said.WorkItemId equals item.Id
        where item.Code == code
        select said).CountAsync());
}
