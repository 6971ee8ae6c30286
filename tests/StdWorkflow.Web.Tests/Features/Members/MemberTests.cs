using System.Net;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Web.Features.Members;
using StdWorkflow.Web.Mail;
using StdWorkflow.Web.Tests.Driver;
using StdWorkflow.Web.Tests.Features.Account;

namespace StdWorkflow.Web.Tests.Features.Members;

public class MemberTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task Somebody_on_file_is_appointed_for_their_own_organisation()
    {
        var code = await app.Given.GroupAsync();
        var form = await (await app.As("li.wei").OpenAsync($"/committees/{code}")).FollowAsync("任命");

        var page = await form.SubmitAsync(entry => entry
            .Choose("已登记的人员", "赵磊 · 演示芯片公司 · zhao.lei@example.org").Choose("职务", "专家").Fill("任期首日", "2026-11-01").Fill("任期末日", "2027-10-31"));

        Assert.Equal($"/committees/{code}", page.Path);
        Assert.Equal(["专家", "赵磊 演示", "演示芯片公司", "2026-11-01 至 2027-10-31"], Assert.Single(page.Rows()));
    }

    [Fact]
    public async Task Somebody_new_is_appointed_and_invited_by_mail()
    {
        var code = await app.Given.GroupAsync();
        var name = $"new-{Guid.NewGuid():N}"[..12];
        var form = await app.As("li.wei").OpenAsync($"/committees/{code}/members/appoint");

        var page = await form.SubmitAsync(entry => entry
            .Fill("姓名", "欧阳测试").Fill("读音", "ouyang ceshi").Fill("电子邮箱", $"{name}@example.org").Fill("代表单位", "新来的研究所").Choose("职务", "委员").Choose("邀请开通账号"));

        Assert.Equal(["委员", "欧阳测试", "新来的研究所", "2026-11-23 起"], Assert.Single(page.Rows()));
        await app.RunJobAsync<SendMail>();
        Assert.Contains("/account/invitation?token=", Assert.Single(app.Mail.To(name)).TextBody, StringComparison.Ordinal);
        var person = await app.Db(db => db.People.SingleAsync(known => known.Email == $"{name}@example.org"));
        Assert.Equal(("欧阳测试", "ouyang ceshi"), (person.FullName, person.Reading));
    }

    [Fact]
    public async Task Without_the_tick_nobody_is_invited()
    {
        var code = await app.Given.GroupAsync();
        var email = $"quiet-{Guid.NewGuid():N}@example.org";

        await (await app.As("li.wei").OpenAsync($"/committees/{code}/members/appoint")).SubmitAsync(entry => entry.Fill("姓名", "安静").Fill("电子邮箱", email).Choose("职务", "委员"));

        Assert.Equal(0, await app.Db(db => db.Outbox.CountAsync(mail => db.People.Any(person => person.Id == mail.RecipientPerson && person.Email == email))));
    }

    [Theory]
    [InlineData("zh-CN", "任期末日", "末日 2026-01-31 早于首日 2026-03-01。")]
    [InlineData("en", "Last day", "The last day 2026-01-31 lies before the first day 2026-03-01.")]
    public async Task A_term_that_ends_before_it_begins_is_refused_and_everything_typed_stays(string language, string label, string said)
    {
        var code = await app.Given.GroupAsync();
        var form = await app.As("li.wei").In(language).OpenAsync($"/committees/{code}/members/appoint");
        var isChinese = language == "zh-CN";

        var answer = await form.SubmitAsync(entry => entry
            .Fill(isChinese ? "姓名" : "Full name", "倒着的任期").Choose(isChinese ? "职务" : "Position", isChinese ? "专家" : "Expert")
            .Fill(isChinese ? "任期首日" : "First day", "2026-03-01").Fill(label, "2026-01-31").Choose(isChinese ? "邀请开通账号" : "Invite to sign in")
            .Fill(isChinese ? "电子邮箱" : "E-mail", $"{Guid.NewGuid():N}@example.org"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(said, answer.ErrorOf(label));
        Assert.Equal("倒着的任期", answer.ValueOf(isChinese ? "姓名" : "Full name"));
        Assert.Equal(isChinese ? "专家" : "Expert", answer.ValueOf(isChinese ? "职务" : "Position"));
        Assert.True(answer.IsChosen(isChinese ? "邀请开通账号" : "Invite to sign in"));
        Assert.Equal(0, await app.Db(db => db.People.CountAsync(person => person.FullName == "倒着的任期")));
    }

    [Fact]
    public async Task Nobody_and_two_at_once_are_refused()
    {
        var code = await app.Given.GroupAsync();
        var form = await app.As("li.wei").OpenAsync($"/committees/{code}/members/appoint");

        Assert.Equal("请填写此项。", (await form.SubmitAsync()).ErrorOf("职务"));
        var nobody = await form.SubmitAsync(entry => entry.Choose("职务", "专家"));
        Assert.Equal("请选择一位人员，或填写其他人的姓名。", nobody.ErrorOf("已登记的人员"));
        var two = await form.SubmitAsync(entry => entry.Choose("已登记的人员", "赵磊 · 演示芯片公司 · zhao.lei@example.org").Fill("姓名", "另一人").Choose("职务", "专家"));
        Assert.Equal("选了已登记的人员，就不要再填写其他人的姓名、读音和邮箱。", two.ErrorOf("已登记的人员"));
        var unnamed = await form.SubmitAsync(entry => entry.Fill("电子邮箱", "unnamed@example.org").Choose("职务", "专家"));
        Assert.Equal("请填写姓名。", unnamed.ErrorOf("姓名"));
    }

    [Fact]
    public async Task An_address_that_belongs_to_somebody_on_file_is_told_with_their_name()
    {
        var code = await app.Given.GroupAsync();
        var form = await app.As("li.wei").OpenAsync($"/committees/{code}/members/appoint");

        var answer = await form.SubmitAsync(entry => entry.Fill("姓名", "赵雷").Fill("电子邮箱", "ZHAO.LEI@example.org").Choose("职务", "专家"));

        Assert.Equal("这个邮箱属于 赵磊，请在“已登记的人员”中选择。", answer.ErrorOf("电子邮箱"));
    }

    [Fact]
    public async Task An_invitation_needs_an_address_and_somebody_without_a_login()
    {
        var code = await app.Given.GroupAsync();
        var form = await app.As("li.wei").OpenAsync($"/committees/{code}/members/appoint");

        var without = await form.SubmitAsync(entry => entry.Fill("姓名", "没有邮箱").Choose("职务", "专家").Choose("邀请开通账号"));
        Assert.Equal("没有邮箱 没有登记电子邮件地址，无法邀请。", without.ErrorOf("邀请开通账号"));
        var known = await form.SubmitAsync(entry => entry.Choose("已登记的人员", "赵磊 · 演示芯片公司 · zhao.lei@example.org").Choose("职务", "专家").Choose("邀请开通账号"));
        Assert.Equal("赵磊 已有账号。", known.ErrorOf("邀请开通账号"));
    }

    [Fact]
    public async Task Terms_in_the_same_position_must_not_overlap()
    {
        var code = await app.Given.GroupAsync();
        var (person, _) = await app.Given.PersonAsync(withLogin: false);
        await app.RunAsync(new AppointMember(code, person, null, null, null, null, "expert", new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 31), false));
        var form = await app.As("li.wei").OpenAsync($"/committees/{code}/members/appoint");

        var clash = await form.SubmitAsync(entry => entry.Forge("Form.Person", $"{person}").Choose("职务", "专家").Fill("任期首日", "2026-12-31"));
        Assert.Contains("在 2026-01-01 至 2026-12-31 已担任专家，任期不能重叠。", clash.ErrorOf("任期首日"), StringComparison.Ordinal);
        var next = await form.SubmitAsync(entry => entry.Forge("Form.Person", $"{person}").Choose("职务", "专家").Fill("任期首日", "2027-01-01"));
        Assert.Equal($"/committees/{code}", next.Path);
        Assert.True(next.Says("即将就任（1）"));
    }

    [Fact]
    public async Task The_administrators_position_is_not_for_a_committee()
    {
        var form = await app.As("li.wei").OpenAsync("/committees/sac-tc28-sc42/members/appoint");
        Assert.DoesNotContain("系统管理员", form.OptionsOf("职务"));

        var answer = await form.SubmitAsync(entry => entry.Fill("姓名", "篡位者").Forge("Form.Position", "administrator"));

        Assert.Contains(answer.Problems, problem => problem.Contains("系统管理员不属于任何组织，不能在这里任命。", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_membership_ends_with_a_last_day_and_a_reason_and_stays_on_file()
    {
        var (code, path) = await MemberAsync();
        var form = await app.As("li.wei").OpenAsync(path);

        var refused = await form.SubmitAsync(entry => entry.Fill("任期末日", "2026-11-22"), "结束任职");
        Assert.Equal("请说明结束任职的理由。", refused.ErrorOf("理由"));
        Assert.Equal("2026-11-22", refused.ValueOf("任期末日"));
        var ended = await refused.SubmitAsync(entry => entry.Fill("理由", "单位调整"), "结束任职");

        Assert.True(ended.Says("任职于 2026-11-22 结束。单位调整李伟"));
        var committee = await app.Visitor().OpenAsync($"/committees/{code}");
        Assert.True(committee.Says("没有登记在案的人员。") && committee.Says("曾任（1）"));
        Assert.True((await app.Visitor().OpenAsync($"/committees/{code}?on=2026-11-22")).Document.QuerySelector("#members > table") is not null);
    }

    [Theory]
    [InlineData("2025-12-31", "末日 2025-12-31 早于首日 2026-01-01。")]
    [InlineData("", "请填写此项。")]
    public async Task A_last_day_that_cannot_be_is_refused(string day, string said)
    {
        var (_, path) = await MemberAsync();

        var answer = await (await app.As("li.wei").OpenAsync(path)).SubmitAsync(entry => entry.Fill("任期末日", day).Fill("理由", "理由还在"), "结束任职");

        Assert.Equal(said, answer.ErrorOf("任期末日"));
        Assert.Equal("理由还在", answer.ValueOf("理由"));
    }

    [Fact]
    public async Task Of_two_who_end_it_at_once_the_second_is_told()
    {
        var (_, path) = await MemberAsync();
        var (first, second) = (await app.As("li.wei").OpenAsync(path), await app.As("wang.fang").OpenAsync(path));
        await first.SubmitAsync(entry => entry.Fill("任期末日", "2026-12-31").Fill("理由", "任期届满"), "结束任职");

        var answer = await second.SubmitAsync(entry => entry.Fill("任期末日", "2026-11-30").Fill("理由", "调离"), "结束任职");

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Equal("调离", answer.ValueOf("理由"));
        Assert.True((await app.As("li.wei").OpenAsync(path)).Says("2026-12-31"));
    }

    [Fact]
    public async Task A_member_without_login_is_invited_later()
    {
        var code = await app.Given.GroupAsync();
        var (person, email) = await app.Given.PersonAsync(withLogin: false);
        var membership = await app.RunAsync(new AppointMember(code, person, null, null, null, null, "expert", new DateOnly(2026, 1, 1), null, false));

        var page = await (await app.As("li.wei").OpenAsync($"/committees/{code}/members/{membership:N}")).SubmitAsync(button: "发送邀请");

        Assert.True(page.Says("邀请已放入发送队列。"));
        await app.RunJobAsync<SendMail>();
        Assert.Single(app.Mail.To(email[..email.IndexOf('@', StringComparison.Ordinal)]));
    }

    [Fact]
    public async Task A_membership_is_for_those_who_manage_it_and_only_in_its_committee()
    {
        var (_, path) = await MemberAsync();
        var id = path[path.LastIndexOf('/')..];

        Assert.Equal(HttpStatusCode.Forbidden, (await app.As("zhao.lei").OpenAsync(path)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await app.As("wu.qiang").OpenAsync(path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await app.As("li.wei").OpenAsync($"/committees/sac-tc260/members{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await app.As("li.wei").OpenAsync($"/committees/sac-tc28-sc42/members/{Guid.NewGuid():N}")).Status);
    }

    private async Task<(string Code, string Path)> MemberAsync()
    {
        var code = await app.Given.GroupAsync();
        var (person, _) = await app.Given.PersonAsync(withLogin: false);
        var membership = await app.RunAsync(new AppointMember(code, person, null, null, null, null, "expert", new DateOnly(2026, 1, 1), null, false));
        return (code, $"/committees/{code}/members/{membership:N}");
    }
}
