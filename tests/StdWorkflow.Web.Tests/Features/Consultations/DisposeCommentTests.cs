using System.Net;
using Microsoft.EntityFrameworkCore;

namespace StdWorkflow.Web.Tests.Features.Consultations;

public class DisposeCommentTests(App app) : IClassFixture<App>
{
    private const string Save = "保存处理意见";

    [Fact]
    public async Task A_disposition_with_its_reason_stands_in_the_table_and_on_the_receipt()
    {
        var period = await app.Given.OpenConsultationAsync();
        var receipt = await app.Given.CommentsAsync(period, "请增加试验", "请改编号");

        var table = await (await app.As("li.wei").OpenAsync($"{period.Table}/{receipt}/1"))
            .SubmitAsync(form => form.Choose("处理意见", "部分采纳").Fill("理由", "列入资料性附录。"), Save);

        Assert.Equal(["1", "1.1", "技术性", "请增加试验", "—", "演示视觉科技公司 · 何静", "部分采纳 修改处理意见", "列入资料性附录。"], table.Rows()[0]);
        Assert.Equal(2, table.Rows().Count);
        Assert.Single((await app.As("li.wei").OpenAsync($"{period.Table}?state=open")).Rows());
        Assert.Equal("请增加试验", (await app.As("li.wei").OpenAsync($"{period.Table}?state=disposed")).Rows().Single()[3]);
        var page = await app.Visitor().OpenAsync($"/consultations/receipts/{receipt}");
        Assert.True(page.Says("部分采纳") && page.Says("列入资料性附录。") && page.Says("尚未处理"));
        Assert.False(page.Says("李伟"), "the receipt names who decided");
    }

    [Fact]
    public async Task The_table_is_in_the_order_of_the_standard()
    {
        var period = await app.Given.OpenConsultationAsync();
        await app.Given.CommentsAsync(period, [.. Enumerable.Range(1, 11).Select(clause => $"对第 {clause} 章")]);

        var rows = (await app.As("li.wei").OpenAsync(period.Table)).Rows();

        Assert.Equal(Enumerable.Range(1, 11).Select(clause => $"{clause}.1"), rows.Select(row => row[1]));
    }

    [Theory]
    [InlineData("部分采纳")]
    [InlineData("不采纳")]
    public async Task What_is_not_wholly_accepted_is_sent_back_without_a_reason(string disposition)
    {
        var period = await app.Given.OpenConsultationAsync();
        var receipt = await app.Given.CommentsAsync(period, "请删除");

        var answer = await (await app.As("li.wei").OpenAsync($"{period.Table}/{receipt}/1")).SubmitAsync(form => form.Choose("处理意见", disposition), Save);

        Assert.Equal("部分采纳和不采纳必须说明理由。", answer.ErrorOf("理由"));
        Assert.Equal(disposition, answer.ValueOf("处理意见"));
        Assert.Equal(1, await app.Db(db => db.Comments.CountAsync(comment => comment.ConsultationId == period.Id && comment.Disposition == null)));
    }

    [Fact]
    public async Task The_second_of_two_who_settle_the_same_comment_is_told_who_was_first_and_keeps_the_reason()
    {
        var period = await app.Given.OpenConsultationAsync();
        var receipt = await app.Given.CommentsAsync(period, "两个人同时处理");
        var first = await app.As("li.wei").OpenAsync($"{period.Table}/{receipt}/1");
        var second = await app.As("wang.fang").OpenAsync($"{period.Table}/{receipt}/1");

        await first.SubmitAsync(form => form.Choose("处理意见", "采纳"), Save);
        var answer = await second.SubmitAsync(form => form.Choose("处理意见", "不采纳").Fill("理由", "超出本标准范围。"), Save);

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Contains(answer.Problems, problem => problem.Contains("李伟", StringComparison.Ordinal));
        Assert.Equal(("不采纳", "超出本标准范围。"), (answer.ValueOf("处理意见"), answer.ValueOf("理由")));
        Assert.Equal("采纳", await DispositionAsync(receipt) == Domain.Consultations.Disposition.Accepted ? "采纳" : "");

        await answer.SubmitAsync(button: Save);
        Assert.Equal(Domain.Consultations.Disposition.NotAccepted, await DispositionAsync(receipt));
    }

    [Fact]
    public async Task Two_who_settle_different_comments_do_not_disturb_each_other()
    {
        var period = await app.Given.OpenConsultationAsync();
        var receipt = await app.Given.CommentsAsync(period, "一", "二");
        var first = await app.As("li.wei").OpenAsync($"{period.Table}/{receipt}/1");
        var second = await app.As("wang.fang").OpenAsync($"{period.Table}/{receipt}/2");

        var answers = await Task.WhenAll(first.SubmitAsync(form => form.Choose("处理意见", "采纳"), Save), second.SubmitAsync(form => form.Choose("处理意见", "已阅"), Save));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(0, await app.Db(db => db.Comments.CountAsync(comment => comment.ConsultationId == period.Id && comment.Disposition == null)));
    }

    [Fact]
    public async Task A_member_reads_the_table_without_names_and_settles_nothing()
    {
        var period = await app.Given.OpenConsultationAsync();
        var receipt = await app.Given.CommentsAsync(period, "委员可以看");
        var member = app.As("liu.yang");

        var table = await member.OpenAsync(period.Table);
        var comment = await member.OpenAsync($"{period.Table}/{receipt}/1");
        var forged = await member.PostAsync($"{period.Table}/{receipt}/1", [await TokenAsync(member, period), new("Form.Disposition", "Accepted"), new("SeenVersion", "1")]);

        Assert.True(table.Says("委员可以看") && table.Says("演示视觉科技公司"));
        Assert.False(table.Says("何静") || comment.Says("何静"), "a name is shown without consent");
        Assert.False(comment.HasButton(Save));
        Assert.Equal(HttpStatusCode.Forbidden, forged.Status);
        Assert.Null(await DispositionAsync(receipt));
    }

    [Fact]
    public async Task A_secretary_of_another_committee_sees_nothing_of_it()
    {
        var period = await app.Given.OpenConsultationAsync();
        var receipt = await app.Given.CommentsAsync(period, "外人看不到");
        var stranger = app.As("wu.qiang");

        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.OpenAsync(period.Table)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.OpenAsync($"{period.Table}/{receipt}/1")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsync($"{period.Table}/{receipt}/1", [await TokenAsync(stranger, period), new("Form.Disposition", "Accepted"), new("SeenVersion", "1")])).Status);
        Assert.StartsWith("/account/sign-in", (await app.Visitor().OpenAsync(period.Table)).Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("99")]
    [InlineData("Maybe")]
    public async Task A_disposition_that_does_not_exist_is_refused(string forged)
    {
        var period = await app.Given.OpenConsultationAsync();
        var receipt = await app.Given.CommentsAsync(period, "伪造");

        var answer = await (await app.As("li.wei").OpenAsync($"{period.Table}/{receipt}/1")).SubmitAsync(form => form.Forge("Form.Disposition", forged), Save);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Null(await DispositionAsync(receipt));
    }

    private Task<Domain.Consultations.Disposition?> DispositionAsync(string receipt) => app.Db(db => (
        from comment in db.Comments
        join sent in db.Submissions on comment.SubmissionId equals sent.Id
        where sent.Receipt == receipt && comment.Ordinal == 1
        select comment.Disposition).SingleAsync());

    private static async Task<KeyValuePair<string, string>> TokenAsync(Driver.Session session, Given.OpenPeriod period) =>
        (await session.OpenAsync(period.Path)).FieldsOf("提交意见").Single(field => field.Key == "__RequestVerificationToken");
}
