using System.Net;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Web.Features.Committees;
using StdWorkflow.Web.Features.Members;
using StdWorkflow.Web.Tests.Features.Account;

namespace StdWorkflow.Web.Tests.Features.Committees;

public class ManageCommitteeTests(App app) : IClassFixture<App>
{
    public static TheoryData<string> Forms => new("edit", "status", "work-plan/add", "facts/state", "mirrors/add", "members/appoint");

    [Fact]
    public async Task The_secretariat_describes_a_group_below_its_committee()
    {
        var code = await app.Given.GroupAsync();
        var form = await app.As("li.wei").OpenAsync($"/committees/{code}/edit");

        var page = await form.SubmitAsync(entry => entry
            .Fill("工作范围（中文）", "测试用的范围").Fill("章程（英文）", "The charter in short").Fill("秘书处承担单位", "中国电子技术标准化研究院").Fill("公开邮箱", "group@example.org"));

        Assert.Equal($"/committees/{code}", page.Path);
        Assert.True(page.Says("测试用的范围") && page.Says("The charter in short") && page.Says("China Electronics Standardization Institute"));
        Assert.Equal("mailto:group@example.org", page.LinkTo("group@example.org"));
        Assert.True(page.Says("修改了介绍。李伟"));
    }

    [Fact]
    public async Task An_organisation_that_is_not_known_yet_becomes_one()
    {
        var code = await app.Given.GroupAsync();
        var name = $"新单位{code[^8..]}";

        await (await app.As("li.wei").OpenAsync($"/committees/{code}/edit")).SubmitAsync(entry => entry.Fill("秘书处承担单位", name));
        var again = await (await app.As("li.wei").OpenAsync($"/committees/{code}/edit")).SubmitAsync(entry => entry.Fill("工作范围（中文）", "范围"));

        Assert.True(again.Says(name));
        Assert.Equal(1, await app.Db(db => db.Organizations.CountAsync(known => known.Name.Zh == name)));
    }

    [Theory]
    [InlineData("zh-CN", "公开邮箱", "工作范围（中文）", "“nowhere”不是完整的邮箱地址。")]
    [InlineData("en", "Public mail", "Scope (Chinese)", "“nowhere” is not a full mail address.")]
    public async Task A_bad_address_is_refused_and_nothing_typed_is_lost(string language, string mail, string scope, string said)
    {
        var code = await app.Given.GroupAsync();
        var form = await app.As("li.wei").In(language).OpenAsync($"/committees/{code}/edit");

        var answer = await form.SubmitAsync(entry => entry.Fill(mail, "nowhere").Fill(scope, "还没有保存的范围"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(said, answer.ErrorOf(mail));
        Assert.Contains(answer.Problems, problem => problem.Contains(said, StringComparison.Ordinal));
        Assert.Equal(("nowhere", "还没有保存的范围"), (answer.ValueOf(mail), answer.ValueOf(scope)));
        Assert.False((await app.Visitor().OpenAsync($"/committees/{code}")).Says("还没有保存的范围"));
    }

    [Fact]
    public async Task A_committee_keeps_a_name_in_at_least_one_language()
    {
        var code = await app.Given.GroupAsync();
        var form = await app.As("li.wei").OpenAsync($"/committees/{code}/edit");

        var answer = await form.SubmitAsync(entry => entry.Clear("中文名称").Clear("英文名称"));

        Assert.Equal("请至少用一种语言填写名称。", answer.ErrorOf("中文名称"));
    }

    [Theory]
    [InlineData("zh-CN", "英文名称", "中文名称", "工作\u202E组", "含有不可见的控制字符，请重新输入。")]
    [InlineData("en", "English name", "Chinese name", "\u3164", "This holds nothing that can be seen; type it again.")]
    public async Task A_name_reads_as_it_is(string language, string other, string label, string name, string said)
    {
        var code = await app.Given.GroupAsync();
        var form = await app.As("li.wei").In(language).OpenAsync($"/committees/{code}/edit");

        var answer = await form.SubmitAsync(entry => entry.Fill(label, name).Fill(other, "Working group"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, said), (answer.Status, answer.ErrorOf(label)));
        Assert.Equal((name, ""), (answer.ValueOf(label), answer.ErrorOf(other)));
        Assert.False(await app.Db(db => db.Committees.AnyAsync(known => known.Name.Zh == name)));
    }

    [Fact]
    public async Task A_committee_is_not_set_up_under_a_name_that_deceives_nor_by_a_program()
    {
        var page = await (await app.As("li.wei").OpenAsync("/committees/add?below=sac-tc28-sc42")).SubmitAsync(entry => entry.Fill("代号", "SAC/TC28/SC42/WG\u206699").Fill("中文名称", "名称"));
        var program = await (await app.Given.ProgramOfAsync("li.wei")).PostAsync("/api/v1/committees", new { parent = "sac-tc28-sc42", kind = "workingGroup", status = "active", designation = "SAC/TC28/SC42/WG98", nameZh = "名\u202E称" });

        Assert.Equal("含有不可见的控制字符，请重新输入。", page.ErrorOf("代号"));
        Assert.Equal((422, "validation.hidden"), (program.Status, program.Code));
    }

    [Fact]
    public async Task Of_two_who_edit_at_once_the_second_is_told_and_keeps_what_was_typed()
    {
        var code = await app.Given.GroupAsync();
        var first = await app.As("li.wei").OpenAsync($"/committees/{code}/edit");
        var second = await app.As("wang.fang").OpenAsync($"/committees/{code}/edit");
        await first.SubmitAsync(entry => entry.Fill("工作范围（中文）", "李伟的范围"));

        var answer = await second.SubmitAsync(entry => entry.Fill("工作范围（中文）", "王芳的范围"));

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Contains(answer.Problems, problem => problem.StartsWith("李伟 已于", StringComparison.Ordinal));
        Assert.Equal("王芳的范围", answer.ValueOf("工作范围（中文）"));
        Assert.True((await answer.SubmitAsync()).Says("王芳的范围"));
    }

    [Fact]
    public async Task A_change_of_status_needs_a_reason_and_tells_it()
    {
        var code = await app.Given.GroupAsync();
        var form = await app.As("li.wei").OpenAsync($"/committees/{code}/status");

        var refused = await form.SubmitAsync(entry => entry.Choose("新状态", "已撤销"));
        Assert.Equal("请说明理由。", refused.ErrorOf("理由"));
        Assert.Equal("已撤销", refused.ValueOf("新状态"));

        var page = await refused.SubmitAsync(entry => entry.Fill("理由", "任务已完成"));
        Assert.True(page.Says("状态由“运行”变为“已撤销”。任务已完成李伟"));
    }

    [Fact]
    public async Task Nothing_follows_the_end_of_a_committee()
    {
        var code = await app.Given.GroupAsync(kind: CommitteeKind.ResearchGroup);
        var appoint = await app.As("li.wei").OpenAsync($"/committees/{code}/members/appoint");
        var add = await app.As("li.wei").OpenAsync($"/committees/add?below={code}");
        await (await app.As("li.wei").OpenAsync($"/committees/{code}/status")).SubmitAsync(entry => entry.Choose("新状态", "已撤销").Fill("理由", "任务已完成"));

        var page = await app.As("li.wei").OpenAsync($"/committees/{code}");
        Assert.False(page.HasLink("变更状态") || page.HasLink("新设下级组织") || page.HasLink("任命"));
        Assert.Contains("该组织状态为“已撤销”，不能再变更。", (await appoint.SubmitAsync(entry => entry.Fill("姓名", "某人").Choose("职务", "专家"))).Problems);
        Assert.Contains("该组织状态为“已撤销”，不能再变更。", (await add.SubmitAsync(entry => entry.Choose("类型", "专家组").Fill("代号", $"{code}/EG").Fill("中文名称", "专家组"))).Problems);
    }

    [Fact]
    public async Task A_group_is_added_below_and_its_secretariat_is_the_one_above()
    {
        var designation = $"SAC/TC28/SC42/WG-{Guid.NewGuid():N}"[..24].ToUpperInvariant();
        var form = await (await app.As("li.wei").OpenAsync("/committees/sac-tc28-sc42")).FollowAsync("新设下级组织");

        var page = await form.SubmitAsync(entry => entry.Choose("类型", "工作组").Fill("代号", designation).Fill("中文名称", "新工作组").Fill("来源", "第六次全体会议纪要"));

        Assert.True(page.Says("新工作组") && page.Says("来源 第六次全体会议纪要 · 未核实"));
        Assert.Contains("/committees/sac-tc28-sc42", page.Links);
        var edit = await page.FollowAsync("修改介绍");
        Assert.True((await edit.SubmitAsync(entry => entry.Fill("工作范围（中文）", "新范围"))).Says("新范围"));
        Assert.True((await app.Visitor().OpenAsync("/committees")).HasLink(designation));
    }

    [Fact]
    public async Task The_same_form_sent_twice_adds_one_group()
    {
        var designation = $"SAC/TC28/SC42/WG-{Guid.NewGuid():N}"[..24].ToUpperInvariant();
        var form = await app.As("li.wei").OpenAsync("/committees/add?below=sac-tc28-sc42");

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => form.SubmitAsync(entry => entry.Choose("类型", "工作组").Fill("代号", designation).Fill("中文名称", "双击"))));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(1, await app.Db(db => db.Committees.CountAsync(known => known.Designation == designation)));
    }

    [Theory]
    [InlineData("SAC/TC28/SC42/WG-B", "代号与已有的 SAC/TC28/SC42/WG-B 相同或过于接近。")]
    [InlineData("工作组", "代号里要有能组成网址的字母或数字，并且不能只是 add。")]
    [InlineData("Add", "代号里要有能组成网址的字母或数字，并且不能只是 add。")]
    [InlineData("", "请填写此项。")]
    public async Task A_designation_that_cannot_be_used_is_refused(string designation, string said)
    {
        var form = await app.As("li.wei").OpenAsync("/committees/add?below=sac-tc28-sc42");

        var answer = await form.SubmitAsync(entry => entry.Choose("类型", "工作组").Fill("代号", designation).Fill("中文名称", "名称还在"));

        Assert.Equal(said, answer.ErrorOf("代号"));
        Assert.Equal("名称还在", answer.ValueOf("中文名称"));
    }

    [Fact]
    public async Task A_kind_that_does_not_fit_its_place_is_neither_offered_nor_taken()
    {
        var form = await app.As("li.wei").OpenAsync("/committees/add?below=sac-tc28-sc42");
        Assert.Equal(["工作组", "研究组", "专家组"], form.OptionsOf("类型"));

        var answer = await form.SubmitAsync(entry => entry.Fill("代号", "SAC/TC999").Fill("中文名称", "名称").Forge("Form.Kind", "TechnicalCommittee"));

        Assert.Contains("类型为“技术委员会”的组织不能设在“分技术委员会”之下。", answer.Problems.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_an_administrator_adds_at_the_top()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await app.As("li.wei").OpenAsync("/committees/add")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await app.As("li.wei").OpenAsync("/committees/add?below=sac-tc28")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await app.As("li.wei").OpenAsync("/committees/add?below=nowhere")).Status);

        var page = await (await app.As("admin").OpenAsync("/committees/add")).SubmitAsync(entry => entry.Choose("类型", "技术委员会").Fill("代号", "SAC/TC998").Fill("英文名称", "A new one"));
        Assert.Equal("/committees/sac-tc998", page.Path);
    }

    [Fact]
    public async Task A_line_of_the_work_plan_stands_under_its_year_with_its_source()
    {
        var code = await app.Given.GroupAsync();
        var form = await app.As("li.wei").OpenAsync($"/committees/{code}/work-plan/add");
        Assert.Equal("2026", form.ValueOf("年份"));

        var refused = await form.SubmitAsync(entry => entry.Fill("完成日期", "2025-12-31").Fill("计划内容（中文）", "完成术语草案").Fill("来源", "2026年计划"));
        Assert.Equal("完成日期 2025-12-31 早于计划年份 2026。", refused.ErrorOf("完成日期"));

        var page = await refused.SubmitAsync(entry => entry.Fill("完成日期", "2026-12-31"));
        Assert.True(page.Says("2026 年 完成术语草案 2026-12-31 前完成 来源 2026年计划 · 未核实"));
    }

    [Fact]
    public async Task A_fact_is_stated_and_corrected_with_its_source()
    {
        var code = await app.Given.GroupAsync();
        var form = await app.As("li.wei").OpenAsync($"/committees/{code}/facts/state");
        Assert.Equal("请填写此项。", (await form.SubmitAsync(entry => entry.Fill("陈述（中文）", "成员35名。"))).ErrorOf("来源"));

        var page = await form.SubmitAsync(entry => entry
            .Fill("陈述（中文）", "成员35名。").Fill("其中的数字", "35").Fill("来源", "S41d").Choose("已在该来源中核实").Fill("另一来源的不同说法", "33 [S00]"));
        Assert.True(page.Says("成员35名。 来源 S41d 另一来源的说法：33 [S00]"));

        var correction = await page.FollowAsync("更正 成员35名。");
        Assert.Equal("35", correction.ValueOf("其中的数字"));
        var corrected = await correction.SubmitAsync(entry => entry.Fill("陈述（中文）", "成员36名。").Fill("其中的数字", "36"));
        Assert.True(corrected.Says("成员36名。 来源 S41d"));
        var change = corrected.Document.QuerySelectorAll(".timeline .changes tr").Select(row => Driver.Words.Of(row)).ToList();
        Assert.Contains("数字35 → 36", change);
    }

    [Theory]
    [InlineData("x1", "“x1”无法识别。")]
    public async Task A_figure_that_is_none_is_refused_and_nothing_is_stated(string figure, string said)
    {
        var code = await app.Given.GroupAsync();
        var form = await app.As("li.wei").OpenAsync($"/committees/{code}/facts/state");

        var answer = await form.SubmitAsync(entry => entry.Fill("陈述（中文）", "成员若干。").Fill("其中的数字", figure).Fill("来源", "S41d"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(said, answer.ErrorOf("其中的数字"));
        Assert.Equal("成员若干。", answer.ValueOf("陈述（中文）"));
        Assert.False((await app.Visitor().OpenAsync($"/committees/{code}")).Says("成员若干。"));
    }

    [Fact]
    public async Task A_fact_that_does_not_exist_cannot_be_corrected() =>
        Assert.Equal(HttpStatusCode.NotFound, (await app.As("li.wei").OpenAsync("/committees/sac-tc28-sc42/facts/state?key=nothing")).Status);

    [Fact]
    public async Task A_mirror_goes_from_the_national_to_the_international_side()
    {
        var code = await app.Given.GroupAsync();
        var form = await app.As("li.wei").OpenAsync($"/committees/{code}/mirrors/add");
        Assert.DoesNotContain(form.OptionsOf("国际组织"), option => option.StartsWith("SAC", StringComparison.Ordinal));

        var page = await form.SubmitAsync(entry => entry.Choose("国际组织", "ISO/IEC JTC 1/SC 42/WG 3 可信赖").Fill("来源", "秘书处来函"));
        Assert.True((await page.FollowAsync("ISO/IEC JTC 1/SC 42/WG 3")).Says("国内对口组织 SAC/TC28/SC42/T-"));

        var again = await form.SubmitAsync(entry => entry.Choose("国际组织", "ISO/IEC JTC 1/SC 42/WG 3 可信赖").Fill("来源", "另一封来函"));
        Assert.Equal("与 ISO/IEC JTC 1/SC 42/WG 3 的对口关系已经登记。", again.ErrorOf("国际组织"));
        var forged = await form.SubmitAsync(entry => entry.Fill("来源", "来函").Forge("Form.Other", "sac-tc260"));
        Assert.Contains(forged.Problems, problem => problem.Contains("对口关系由国内组织指向国际组织", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Who_may_not_manage_gets_no_form_and_a_visitor_is_asked_to_sign_in(string form)
    {
        var path = $"/committees/sac-tc28-sc42/{form}";

        Assert.Equal(HttpStatusCode.Forbidden, (await app.As("zhao.lei").OpenAsync(path)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await app.As("huang.bo").OpenAsync(path)).Status);
        Assert.StartsWith("/account/sign-in", (await app.Visitor().OpenAsync(path)).Path, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await app.As("li.wei").OpenAsync($"/committees/nowhere/{form}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await app.As("li.wei").OpenAsync($"/committees/sac-tc28/{form}")).Status);
    }

    [Fact]
    public async Task A_right_lost_between_page_and_post_changes_nothing()
    {
        var code = await app.Given.GroupAsync();
        var (person, email) = await app.Given.PersonAsync();
        var membership = await app.RunAsync(new AppointMember(code, person, null, null, null, null, "secretariat-staff", new DateOnly(2026, 1, 1), null, false));
        var browser = app.Visitor();
        await browser.SignInAsync(email);
        var form = await browser.OpenAsync($"/committees/{code}/edit");
        await app.RunAsync(new EndMembership(membership, new DateOnly(2026, 11, 22), "调离", 1));

        var answer = await form.SubmitAsync(entry => entry.Fill("工作范围（中文）", "不应保存"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.False((await app.Visitor().OpenAsync($"/committees/{code}")).Says("不应保存"));
    }
}
