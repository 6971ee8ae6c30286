using System.Net;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Web.Features.Consultations;

namespace StdWorkflow.Web.Tests.Features.Consultations;

/// <summary>These move the clock, so each has a program of its own.</summary>
public class CloseConsultationsTests : IAsyncLifetime
{
    private readonly App app = new();

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task The_last_instant_of_the_last_day_is_in_time_and_the_next_keeps_what_was_typed()
    {
        var period = await app.Given.OpenConsultationAsync();
        var page = await app.Visitor().OpenAsync(period.Path);
        app.Clock.SetUtcNow(period.ClosesAtUtc);

        var inTime = await page.SubmitAsync(form => form.Fill("意见内容", "赶上了"), "提交意见");
        app.Clock.Advance(TimeSpan.FromMicroseconds(1));
        var late = await page.SubmitAsync(form => form.Fill("意见内容", "晚了一步"), "提交意见");

        Assert.Equal("意见已收到", inTime.Heading);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.Status);
        Assert.Contains(late.Problems, problem => problem.Contains("征求意见已于 2027-01-22 结束", StringComparison.Ordinal));
        Assert.Equal("晚了一步", late.ValueOf("意见内容"));
        Assert.Equal(1, await app.Db(db => db.Comments.CountAsync(comment => comment.ConsultationId == period.Id)));
        Assert.Equal(inTime.Path, (await page.SubmitAsync(form => form.Fill("意见内容", "赶上了"), "提交意见")).Path);
        Assert.False((await app.Visitor().OpenAsync(period.Path)).HasButton("提交意见"));
    }

    [Fact]
    public async Task The_gate_opens_when_the_period_is_over_and_the_last_comment_has_a_disposition()
    {
        var period = await app.Given.OpenConsultationAsync();
        var receipt = await app.Given.CommentsAsync(period, "第一条", "第二条");
        app.Clock.SetUtcNow(period.ClosesAtUtc.AddMinutes(1));
        await app.RunJobAsync<CloseConsultations>();
        Assert.Equal("comments-disposed", await BlockedByAsync(period));

        await SettleAsync(period, receipt, 1);
        Assert.True((await app.As("li.wei").OpenAsync($"/work-items/{period.WorkItem}")).Says("2 条意见中还有 1 条没有处理意见。"));
        await SettleAsync(period, receipt, 2);

        Assert.Equal("draft-for-review", await BlockedByAsync(period));
        await app.Given.AttestAsync(period.WorkItem, "draft-for-review");
        Assert.Contains($"/work-items/{period.WorkItem}/advance/30-40", (await app.As("li.wei").OpenAsync($"/work-items/{period.WorkItem}")).Links);
    }

    private async Task SettleAsync(Given.OpenPeriod period, string receipt, int ordinal)
    {
        var answer = await (await app.As("li.wei").OpenAsync($"{period.Table}/{receipt}/{ordinal}")).SubmitAsync(form => form.Choose("处理意见", "采纳"), "保存处理意见");
        Assert.StartsWith(period.Table, answer.Path, StringComparison.Ordinal);
    }

    private Task<string?> BlockedByAsync(Given.OpenPeriod period) => app.Db(db => (
        from track in db.Tracks
        join item in db.WorkItems on track.WorkItemId equals item.Id
        where item.Code == period.WorkItem
        select track.BlockedBy).SingleAsync());
}
