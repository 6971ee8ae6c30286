using System.Net;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Events;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Features.WorkItems;

public class EditTests(App app) : IClassFixture<App>
{
    private const string Save = "保存";

    [Fact]
    public async Task Leader_drafting_organisations_and_numbers_are_shown_and_told_by_history()
    {
        var code = await app.Given.ProposedAsync();
        var plan = Given.NextPlanNumber();

        var item = await (await EditAsync(code)).SubmitAsync(form => form
            .Choose("项目负责人", "陈静").Fill("起草单位", "演示大学\n 演示云计算公司 \n\n演示大学\n新来的研究院").Fill("计划号", $" {plan} ").Fill("标准编号", "GB/T99871-2026").Fill("国际文件编号", "iso/iec cd 99871"), Save);

        Assert.Equal($"/work-items/{code}", item.Path);
        foreach (var (term, said) in ((string, string)[])[("项目负责人", "陈静 演示"), ("起草单位", "演示大学 演示 演示云计算公司 演示 新来的研究院"), ("计划号", plan), ("标准编号", "GB/T 99871-2026"), ("国际文件编号", "ISO/IEC CD 99871")])
            Assert.Equal(said, FactOf(item, term));
        foreach (var said in (string[])["负责人：陈静。李伟", "起草单位：演示大学、演示云计算公司、新来的研究院。李伟", $"编号：{plan}, GB/T 99871-2026, ISO/IEC CD 99871。李伟"])
            Assert.True(item.Says(said), item.Text);
        var again = await EditAsync(code);
        Assert.Equal(("陈静", "演示大学\n演示云计算公司\n新来的研究院", plan), (again.ValueOf("项目负责人"), again.ValueOf("起草单位"), again.ValueOf("计划号")));
    }

    [Fact]
    public async Task What_is_saved_as_it_stands_changes_nothing()
    {
        var code = await app.Given.ProjectAtAsync("20");
        var version = await app.Given.VersionAsync(code);

        await (await EditAsync(code)).SubmitAsync(button: Save);
        await (await app.As("li.wei").In("en").OpenAsync($"/work-items/{code}/edit")).SubmitAsync(button: "Save");

        Assert.Equal(version, await app.Given.VersionAsync(code));
    }

    [Fact]
    public async Task Everything_can_be_taken_away_again()
    {
        var code = await app.Given.ProjectAtAsync("20");

        var item = await (await EditAsync(code)).SubmitAsync(form => form.Choose("项目负责人", "未指定").Fill("起草单位", " ").Fill("计划号", ""), Save);

        Assert.Equal(("未指定", "未指定"), (FactOf(item, "项目负责人"), FactOf(item, "起草单位")));
        Assert.True(item.Says("还没有指定项目负责人。") && item.Says("还没有指定起草单位。") && item.Says("还没有计划号。"));
        Assert.DoesNotContain(item.Links, link => link.EndsWith("/advance/20-30", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("计划号", "2026326-T-469", "“2026326-T-469”不是计划号，应如 20260326-T-469。")]
    [InlineData("计划号", "20260326-X-469", "计划号“20260326-X-469”中的“X”应为 T（推荐性）、Q（强制性）或 Z（指导性技术文件）。")]
    [InlineData("标准编号", "GB/T 41867", "标准编号“GB/T 41867”缺少有效年份，应如 GB/T 41867-2022。")]
    [InlineData("标准编号", "四一八六七", "“四一八六七”不是标准编号，应如 GB/T 41867-2022。")]
    [InlineData("国际文件编号", "42001 ISO", "“42001 ISO”不是国际编号，无法识别的部分从“42001 ISO”开始；应如 ISO/IEC 42001:2023。")]
    public async Task A_number_of_another_pattern_is_sent_back_with_what_is_wrong_with_it(string label, string typed, string said)
    {
        var code = await app.Given.ProposedAsync();

        var answer = await (await EditAsync(code)).SubmitAsync(form => form.Choose("项目负责人", "陈静").Fill("起草单位", "刚写的单位").Fill(label, typed), Save);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(said, answer.ErrorOf(label));
        Assert.Contains($"{label}：{said}", answer.Problems);
        Assert.Equal((typed, "陈静", "刚写的单位"), (answer.ValueOf(label), answer.ValueOf("项目负责人"), answer.ValueOf("起草单位")));
        Assert.Null(await app.Db(db => db.WorkItems.Where(item => item.Code == code).Select(item => item.LeaderId).SingleAsync()));
        Assert.Equal(0, await app.Db(db => db.Organizations.CountAsync(known => known.Name.Zh == "刚写的单位")));
    }

    [Fact]
    public async Task The_patterns_are_explained_in_English_too()
    {
        var code = await app.Given.ProposedAsync();

        var answer = await (await app.As("li.wei").In("en").OpenAsync($"/work-items/{code}/edit")).SubmitAsync(form => form.Fill("Plan number", "2026").Fill("Standard number", "GB"), "Save");

        Assert.Equal("“2026” is not a plan number; write it like 20260326-T-469.", answer.ErrorOf("Plan number"));
        Assert.Equal("“GB” is not a standard number; write it like GB/T 41867-2022.", answer.ErrorOf("Standard number"));
        Assert.Equal(2, answer.Problems.Count);
    }

    [Fact]
    public async Task A_plan_number_belongs_to_one_item()
    {
        var code = await app.Given.ProposedAsync();

        var answer = await (await EditAsync(code)).SubmitAsync(form => form.Fill("计划号", "20269907-T-469"), Save);

        Assert.Equal("计划号 20269907-T-469 已用于项目 w-1036。", answer.ErrorOf("计划号"));
    }

    [Fact]
    public async Task Two_who_give_the_same_plan_number_at_once_do_not_both_get_it()
    {
        var (one, other, plan) = (await app.Given.ProposedAsync(), await app.Given.ProposedAsync(), Given.NextPlanNumber());
        var forms = new[] { await EditAsync(one), await app.As("wang.fang").OpenAsync($"/work-items/{other}/edit") };

        var answers = await Task.WhenAll(forms.Select(form => form.SubmitAsync(entry => entry.Fill("计划号", plan), Save)));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity], answers.Select(answer => answer.Status).Order());
        Assert.StartsWith($"计划号 {plan} 已用于项目 w-", answers.Single(answer => answer.Status != HttpStatusCode.OK).ErrorOf("计划号"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_of_two_is_told_who_was_first_and_when_and_loses_nothing()
    {
        var code = await app.Given.ProposedAsync();
        var first = await EditAsync(code);
        var second = await app.As("wang.fang").OpenAsync($"/work-items/{code}/edit");
        var english = await app.As("admin").In("en").OpenAsync($"/work-items/{code}/edit");

        await first.SubmitAsync(form => form.Choose("项目负责人", "陈静"), Save);
        var answer = await second.SubmitAsync(form => form.Fill("起草单位", "写了很久的单位").Choose("项目负责人", "赵磊"), Save);
        var told = await english.SubmitAsync(form => form.Fill("Drafting organisations", "Long typed"), "Save");

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (answer.Status, told.Status));
        Assert.Equal("李伟 已于 2026-11-23 09:00 修改了此内容。您填写的内容仍保留在下方，请核对后再提交。", Assert.Single(answer.Problems));
        Assert.Equal("李伟 changed this at 2026-11-23 09:00. What you typed is still below: check it and send it again.", Assert.Single(told.Problems));
        Assert.Equal(("写了很久的单位", "赵磊"), (answer.ValueOf("起草单位"), answer.ValueOf("项目负责人")));

        var sentAgain = await answer.SubmitAsync(button: Save);
        Assert.Equal("赵磊 演示", FactOf(sentAgain, "项目负责人"));
    }

    [Fact]
    public async Task Only_present_members_of_the_committee_and_those_above_can_be_chosen_as_leader()
    {
        var group = await app.Given.ProposedAsync(committee: "sac-tc28-sc42-rg-chips-systems");
        var elsewhere = await app.Db(db => db.People.Where(person => person.Email == "zheng.hui@example.org").Select(person => person.Id).SingleAsync());
        var form = await EditAsync(group);

        Assert.Contains("赵磊", form.OptionsOf("项目负责人"));
        Assert.Contains("陈静", form.OptionsOf("项目负责人"));
        Assert.DoesNotContain("郑慧", form.OptionsOf("项目负责人"));
        Assert.Equal("请从列表中选择负责人。", (await form.SubmitAsync(entry => entry.Forge("Form.Leader", $"{elsewhere}"), Save)).ErrorOf("项目负责人"));
        Assert.Equal("请从列表中选择负责人。", (await form.SubmitAsync(entry => entry.Forge("Form.Leader", $"{Guid.CreateVersion7()}"), Save)).ErrorOf("项目负责人"));
        Assert.NotEqual("", (await form.SubmitAsync(entry => entry.Forge("Form.Leader", "nobody"), Save)).ErrorOf("项目负责人"));
    }

    [Fact]
    public async Task A_leader_whose_term_is_over_stays_until_another_is_named()
    {
        var code = await app.Given.ProposedAsync(committee: "sac-tc28-sc42-rg-products-services");
        var past = await app.Given.SeatAsync("sac-tc28-sc42-rg-products-services", "huang.bo", "expert", new(2026, 1, 1), null);
        await (await EditAsync(code)).SubmitAsync(form => form.Choose("项目负责人", "黄博"), Save);
        await app.Given.EndSeatAsync(past, new(2026, 11, 22));

        var answer = await (await EditAsync(code)).SubmitAsync(form => form.Fill("起草单位", "演示大学"), Save);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("黄博 演示", FactOf(answer, "项目负责人"));
    }

    [Fact]
    public async Task What_is_hidden_is_gone_for_visitors_until_it_is_shown_again()
    {
        var code = await app.Given.ProposedAsync();

        var hidden = await (await EditAsync(code)).SubmitAsync(form => form.Clear("公开"), Save);
        Assert.True(hidden.Says("不公开"));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Visitor().OpenAsync($"/work-items/{code}")).Status);

        await (await EditAsync(code)).SubmitAsync(form => form.Choose("公开"), Save);
        Assert.True((await app.Visitor().OpenAsync($"/work-items/{code}")).Says("改变了公开范围。李伟"));
    }

    [Theory]
    [InlineData("zh-CN", "公开", "保存", "正在公开征求意见，不能取消公开。")]
    [InlineData("en", "Public", "Save", "It is open for public comment and cannot be hidden.")]
    public async Task What_the_public_is_asked_about_cannot_be_hidden(string language, string label, string button, string said)
    {
        var code = await app.Given.ProjectAtAsync("30");

        var answer = await (await app.As("li.wei").In(language).OpenAsync($"/work-items/{code}/edit")).SubmitAsync(form => form.Clear(label), button);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(answer.Problems, problem => problem.EndsWith(said, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await app.Visitor().OpenAsync($"/work-items/{code}")).Status);
    }

    [Fact]
    public async Task A_right_lost_while_the_form_was_open_is_no_right()
    {
        var code = await app.Given.ProposedAsync();
        var seat = await app.Given.SeatAsync("sac-tc28-sc42", "wu.qiang", "secretariat-staff", new(2026, 1, 1), null);
        var form = await app.As("wu.qiang").OpenAsync($"/work-items/{code}/edit");
        await app.Given.EndSeatAsync(seat, new(2026, 11, 22));
        var events = await EventsAsync(code);

        var answer = await form.SubmitAsync(entry => entry.Fill("起草单位", "越权"), Save);

        Assert.Equal((HttpStatusCode.Forbidden, "没有权限"), (answer.Status, answer.Heading));
        Assert.Equal(events, await EventsAsync(code));
    }

    private Task<int> EventsAsync(string code) => app.Db(db => db.Set<EventRecord>().CountAsync(happened => happened.SubjectType == nameof(WorkItem) && db.WorkItems.Any(item => item.Id == happened.SubjectId && item.Code == code)));

    private Task<Page> EditAsync(string code) => app.As("li.wei").OpenAsync($"/work-items/{code}/edit");

    private static string FactOf(Page page, string term) => Words.Of(page.Document.QuerySelectorAll(".facts dt").Single(one => Words.Of(one) == term).NextElementSibling);
}
