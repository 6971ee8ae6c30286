using System.Net;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Mail;

namespace StdWorkflow.Web.Tests.Features.Consultations;

public class SubmitCommentsTests(App app) : IClassFixture<App>
{
    private const string Send = "提交意见";
    private const string Text = "意见内容";

    [Theory]
    [InlineData("zh-CN", "意见内容", "电子邮箱", "意见已收到", "回执")]
    [InlineData("en", "Comment", "E-mail", "Your comments have been received", "Receipt")]
    public async Task A_visitor_comments_and_gets_a_receipt(string language, string text, string mail, string heading, string subject)
    {
        var period = await app.Given.OpenConsultationAsync();
        var page = await app.Visitor().In(language).OpenAsync(period.Path);

        var answer = await page.SubmitAsync(form => form.Fill(text, "第 5 章缺少判定规则。").Fill(mail, $"visitor.{language}@example.org"));

        Assert.Matches("^/consultations/receipts/R-20261123-[2-9A-HJ-NP-Z]{10}$", answer.Path);
        Assert.Equal(heading, answer.Heading);
        Assert.True(answer.Says("第 5 章缺少判定规则。"));
        Assert.False(answer.Says("example.org"), "the receipt shows the address");
        await app.RunJobAsync<SendMail>();
        var sent = Assert.Single(app.Mail.To($"visitor.{language}"));
        Assert.StartsWith(subject, sent.Subject, StringComparison.Ordinal);
        Assert.Contains(answer.Path, sent.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_periods_stand_in_the_public_list()
    {
        var period = await app.Given.OpenConsultationAsync();

        var list = await app.Visitor().OpenAsync("/consultations");

        Assert.Contains(period.Path, list.Links);
        Assert.True(list.Says("2027-01-22"));
    }

    [Fact]
    public async Task A_further_comment_is_added_without_script_and_keeps_what_was_typed()
    {
        var period = await app.Given.OpenConsultationAsync();
        var page = await app.Visitor().OpenAsync(period.Path);

        var longer = await page.SubmitAsync(form => form.Fill(Text, "第一条").Choose("意见类型", "编辑性").Fill("姓名", "何静"), "再加一条意见");

        Assert.Equal(HttpStatusCode.OK, longer.Status);
        Assert.Equal("第一条", longer.ValueOf("意见内容（1）"));
        Assert.Equal("编辑性", longer.ValueOf("意见类型（1）"));
        Assert.Equal("何静", longer.ValueOf("姓名"));
        var answer = await longer.SubmitAsync(form => form.Fill("意见内容（2）", "第二条"), Send);
        Assert.True(answer.Says("第一条") && answer.Says("第二条"));
        Assert.Equal(2, await CommentsInAsync(period.Id));
    }

    [Fact]
    public async Task A_form_that_was_sent_twice_is_one_submission_with_one_receipt()
    {
        var period = await app.Given.OpenConsultationAsync();
        var page = await app.Visitor().OpenAsync(period.Path);

        var first = await page.SubmitAsync(form => form.Fill(Text, "一次就够"), Send);
        var second = await page.SubmitAsync(form => form.Fill(Text, "一次就够"), Send);

        Assert.Equal(first.Path, second.Path);
        Assert.Equal(1, await CommentsInAsync(period.Id));
    }

    [Fact]
    public async Task Sending_touches_neither_the_period_nor_its_work_item()
    {
        var period = await app.Given.OpenConsultationAsync();
        var before = await HeadsAsync(period);

        await (await app.Visitor().OpenAsync(period.Path)).SubmitAsync(form => form.Fill(Text, "不该改动项目"), Send);

        Assert.Equal(before, await HeadsAsync(period));
    }

    [Fact]
    public async Task The_twenty_first_comment_is_refused_and_all_stay_on_the_page()
    {
        var period = await app.Given.OpenConsultationAsync();
        var page = await app.Visitor().OpenAsync(period.Path);

        var answer = await page.SubmitAsync(
            form =>
            {
                for (var at = 0; at <= 20; at++) form.Forge($"Form.Comments[{at}].Text", $"意见之 {at + 1}");
            }, Send);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(answer.Problems, problem => problem.Contains("最多提交 20 条", StringComparison.Ordinal));
        Assert.Equal("意见之 21", answer.ValueOf("意见内容（21）"));
        Assert.Equal(0, await CommentsInAsync(period.Id));
    }

    [Fact]
    public async Task An_empty_form_is_refused_beside_its_field()
    {
        var period = await app.Given.OpenConsultationAsync();

        var answer = await (await app.Visitor().OpenAsync(period.Path)).SubmitAsync(form => form.Fill("姓名", "何静"), Send);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal("请填写意见内容。", answer.ErrorOf(Text));
        Assert.Equal("何静", answer.ValueOf("姓名"));
    }

    [Fact]
    public async Task A_comment_that_is_too_long_says_by_how_much_and_stays()
    {
        var period = await app.Given.OpenConsultationAsync();
        var text = new string('长', Limits.LongText + 3);

        var answer = await (await app.Visitor().OpenAsync(period.Path)).SubmitAsync(form => form.Fill(Text, text), Send);

        Assert.Equal("最多 20000 个字符，现在有 20003 个。", answer.ErrorOf(Text));
        Assert.Equal(text, answer.ValueOf(Text));
        Assert.Equal(0, await CommentsInAsync(period.Id));
    }

    [Theory]
    [InlineData("\u0007")]
    [InlineData("\u001b[31m")]
    public async Task Control_characters_are_refused_beside_their_field(string bad)
    {
        var period = await app.Given.OpenConsultationAsync();

        var answer = await (await app.Visitor().OpenAsync(period.Path)).SubmitAsync(form => form.Fill(Text, $"前{bad}后"), Send);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal("含有不可见的控制字符，请删除后再提交。", answer.ErrorOf(Text));
        Assert.Equal(0, await CommentsInAsync(period.Id));
    }

    [Fact]
    public async Task A_form_that_cannot_be_read_is_refused_as_a_bad_request()
    {
        var period = await app.Given.OpenConsultationAsync();

        var answer = await (await app.Visitor().OpenAsync(period.Path)).SubmitAsync(form => form.Fill(Text, "前\0后"), Send);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.NotEqual("", answer.Heading);
        Assert.Equal(0, await CommentsInAsync(period.Id));
    }

    [Theory]
    [InlineData("wang@")]
    [InlineData("wang")]
    public async Task An_address_that_is_none_is_refused_and_the_comment_stays(string address)
    {
        var period = await app.Given.OpenConsultationAsync();

        var answer = await (await app.Visitor().OpenAsync(period.Path)).SubmitAsync(form => form.Fill(Text, "有意见").Fill("电子邮箱", address), Send);

        Assert.NotEqual("", answer.ErrorOf("电子邮箱"));
        Assert.Equal(("有意见", address), (answer.ValueOf(Text), answer.ValueOf("电子邮箱")));
    }

    [Fact]
    public async Task A_program_that_fills_in_everything_is_refused_and_a_person_can_send_again()
    {
        var period = await app.Given.OpenConsultationAsync();
        var page = await app.Visitor().OpenAsync(period.Path);

        var answer = await page.SubmitAsync(form => form.Fill(Text, "买药").Forge("Form.Remark", "https://example.com"), Send);

        Assert.Contains(answer.Problems, problem => problem.Contains("像是程序自动填写的", StringComparison.Ordinal));
        Assert.Equal(0, await CommentsInAsync(period.Id));
        Assert.Equal("意见已收到", (await answer.SubmitAsync(button: Send)).Heading);
    }

    [Fact]
    public async Task Markup_in_a_comment_is_shown_as_the_text_that_it_is()
    {
        const string hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}";
        var period = await app.Given.OpenConsultationAsync();

        var receipt = await (await app.Visitor().OpenAsync(period.Path)).SubmitAsync(form => form.Fill(Text, hostile).Fill("单位", "<b>单位</b>"), Send);

        foreach (var page in new[] { receipt, await app.As("li.wei").OpenAsync(period.Table) })
        {
            Assert.True(page.Says(hostile));
            Assert.True(page.Says("<b>单位</b>"));
            Assert.Empty(page.Document.QuerySelectorAll("main script, main img"));
        }
    }

    [Fact]
    public async Task A_period_of_a_hidden_work_item_is_not_there_for_the_public()
    {
        var period = await app.Given.OpenConsultationAsync();
        var page = await app.Visitor().OpenAsync(period.Path);
        // What the public is being asked about cannot be hidden.
        await (await app.As("li.wei").OpenAsync($"{period.Path}/end")).SubmitAsync(entry => entry.Fill("理由", "撤回"), "现在结束征求意见");
        var (leader, plan, version) = await app.Db(db => db.WorkItems.Where(item => item.Code == period.WorkItem).Select(item => new ValueTuple<Guid?, string?, int>(item.LeaderId, item.PlanNumber, item.Version)).SingleAsync());
        await app.RunAsync(new EditWorkItem(period.WorkItem, leader, "演示视觉科技公司", plan, null, null, IsPublic: false, version));

        Assert.Equal(HttpStatusCode.NotFound, (await app.Visitor().OpenAsync(period.Path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await page.SubmitAsync(form => form.Fill(Text, "猜到了"), Send)).Status);
        Assert.Equal(HttpStatusCode.OK, (await app.As("liu.yang").OpenAsync(period.Path)).Status);
    }

    [Theory]
    [InlineData("/consultations/receipts/R-20261123-ABCDEFGHJK")]
    [InlineData("/consultations/receipts?receipt=R-20261123-ABCDEFGHJK")]
    [InlineData("/consultations/c-999999")]
    public async Task What_does_not_exist_is_not_found(string path) => Assert.Equal(HttpStatusCode.NotFound, (await app.Visitor().OpenAsync(path)).Status);

    [Fact]
    public async Task A_receipt_is_found_by_typing_its_number()
    {
        var period = await app.Given.OpenConsultationAsync();
        var receipt = await app.Given.CommentsAsync(period, "查得到");

        var answer = await (await app.Visitor().OpenAsync("/consultations/receipts")).SubmitAsync(form => form.Fill("回执号", $" {receipt.ToLowerInvariant()} "), "查询");

        Assert.Equal($"/consultations/receipts/{receipt}", answer.Path);
        Assert.True(answer.Says("查得到") && answer.Says("尚未处理"));
    }

    private Task<int> CommentsInAsync(Guid period) => app.Db(db => db.Comments.CountAsync(comment => comment.ConsultationId == period));

    private Task<string> HeadsAsync(Given.OpenPeriod period) => app.Db(db => (
        from known in db.Consultations
        join item in db.WorkItems on known.WorkItemId equals item.Id
        where known.Id == period.Id
        select known.LastHash + item.LastHash).SingleAsync());
}
