using System.Net;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Web.Tests.Features.Consultations;

public class LengthenConsultationTests(App app) : IClassFixture<App>
{
    private const string Lengthen = "延长征求意见";
    private const string End = "现在结束征求意见";

    [Fact]
    public async Task A_later_last_day_holds_everywhere_and_is_explained_to_the_public()
    {
        var period = await app.Given.OpenConsultationAsync();
        var form = await app.As("li.wei").OpenAsync($"{period.Path}/lengthen");

        await form.SubmitAsync(entry => entry.Fill("新的截止日期", "2027-02-10").Fill("理由", "应三个单位要求延长。"), Lengthen);

        var page = await app.Visitor().OpenAsync(period.Path);
        Assert.True(page.Says("2027-02-10") && page.Says("应三个单位要求延长。"));
        Assert.Equal((new DateOnly(2027, 2, 10), DeadlineStatus.Running), await DeadlineAsync(period));
        Assert.True((await app.As("li.wei").OpenAsync($"/work-items/{period.WorkItem}")).Says("征求意见到 2027-02-10"));
    }

    [Theory]
    [InlineData("2027-01-22")]
    [InlineData("2026-12-01")]
    public async Task A_last_day_that_is_not_later_is_refused_and_the_reason_stays(string day)
    {
        var period = await app.Given.OpenConsultationAsync();

        var answer = await (await app.As("li.wei").OpenAsync($"{period.Path}/lengthen")).SubmitAsync(entry => entry.Fill("新的截止日期", day).Fill("理由", "写好的理由"), Lengthen);

        Assert.NotEqual("", answer.ErrorOf("新的截止日期"));
        Assert.Equal(("写好的理由", day), (answer.ValueOf("理由"), answer.ValueOf("新的截止日期")));
        Assert.Equal((period.ClosesOn, DeadlineStatus.Running), await DeadlineAsync(period));
    }

    [Fact]
    public async Task Ending_early_closes_the_form_and_settles_the_deadline()
    {
        var period = await app.Given.OpenConsultationAsync();
        var visitor = await app.Visitor().OpenAsync(period.Path);

        var answer = await (await app.As("wang.fang").OpenAsync($"{period.Path}/end")).SubmitAsync(entry => entry.Fill("理由", "草案撤回修改。"), End);

        Assert.Equal(period.Path, answer.Path);
        Assert.True((await app.Visitor().OpenAsync(period.Path)).Says("草案撤回修改。"));
        var late = await visitor.SubmitAsync(entry => entry.Fill("意见内容", "晚了"), "提交意见");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.Status);
        Assert.Equal("晚了", late.ValueOf("意见内容"));
        Assert.Equal(DeadlineStatus.Met, (await DeadlineAsync(period)).Status);
    }

    [Theory]
    [InlineData("zh-CN", "征求意见已于 2026-11-23 结束")]
    [InlineData("en", "The consultation ended on 2026-11-23")]
    public async Task What_was_ended_early_is_told_with_its_day_and_no_longer_changed(string language, string said)
    {
        var period = await app.Given.OpenConsultationAsync();
        var (ending, lengthening) = (await app.As("li.wei").OpenAsync($"{period.Path}/end"), await app.As("li.wei").OpenAsync($"{period.Path}/lengthen"));
        await (await app.As("wang.fang").OpenAsync($"{period.Path}/end")).SubmitAsync(entry => entry.Fill("理由", "草案撤回修改。"), End);

        foreach (var path in new[] { $"{period.Path}/end", $"{period.Path}/lengthen", period.Path })
        {
            var page = await app.As("li.wei").In(language).OpenAsync(path);
            Assert.True(page.Says(said), page.Text);
            Assert.DoesNotContain(page.Document.QuerySelectorAll("main form"), form => form.QuerySelector("textarea") is not null);
        }

        Assert.Equal(HttpStatusCode.Conflict, (await ending.SubmitAsync(entry => entry.Fill("理由", "再次结束"), End)).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await lengthening.SubmitAsync(entry => entry.Fill("新的截止日期", "2027-02-10").Fill("理由", "延长"), Lengthen)).Status);
    }

    [Fact]
    public async Task Ending_early_without_a_reason_is_refused()
    {
        var period = await app.Given.OpenConsultationAsync();

        var answer = await (await app.As("li.wei").OpenAsync($"{period.Path}/end")).SubmitAsync(button: End);

        Assert.NotEqual("", answer.ErrorOf("理由"));
        Assert.Equal(DeadlineStatus.Running, (await DeadlineAsync(period)).Status);
    }

    [Fact]
    public async Task Whoever_saw_the_former_last_day_is_asked_to_look_again()
    {
        var period = await app.Given.OpenConsultationAsync();
        var ending = await app.As("wang.fang").OpenAsync($"{period.Path}/end");
        await (await app.As("li.wei").OpenAsync($"{period.Path}/lengthen")).SubmitAsync(entry => entry.Fill("新的截止日期", "2027-02-10").Fill("理由", "延长"), Lengthen);

        var answer = await ending.SubmitAsync(entry => entry.Fill("理由", "提前结束"), End);

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Equal("提前结束", answer.ValueOf("理由"));
        Assert.Equal(DeadlineStatus.Running, (await DeadlineAsync(period)).Status);
    }

    [Theory]
    [InlineData("lengthen")]
    [InlineData("end")]
    public async Task Only_the_secretariat_changes_a_period(string what)
    {
        var period = await app.Given.OpenConsultationAsync();
        var member = app.As("liu.yang");
        var token = (await member.OpenAsync(period.Path)).FieldsOf("提交意见").Single(field => field.Key == "__RequestVerificationToken");

        Assert.Equal(HttpStatusCode.Forbidden, (await member.OpenAsync($"{period.Path}/{what}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.PostAsync($"{period.Path}/{what}", [token, new("Form.To", "2027-03-01"), new("Form.Reason", "越权"), new("SeenVersion", "1")])).Status);
        Assert.Equal((period.ClosesOn, DeadlineStatus.Running), await DeadlineAsync(period));
    }

    private async Task<(DateOnly LastDay, DeadlineStatus Status)> DeadlineAsync(Given.OpenPeriod period) => await app.Db(db => (
        from due in db.Deadlines
        join item in db.WorkItems on due.WorkItemId equals item.Id
        where item.Code == period.WorkItem && due.Kind == ClockKind.CommentPeriod
        select new ValueTuple<DateOnly, DeadlineStatus>(due.LocalDate, due.Status)).SingleAsync());
}
