using System.Net;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Features.WorkItems;

public class ConvertTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task From_finished_research_one_action_opens_the_national_project_with_all_that_is_known()
    {
        var research = await app.Given.FinishedResearchAsync();
        await (await app.As("li.wei").OpenAsync($"/work-items/{research}/proposal")).SubmitAsync(form => form.Fill("目的意义", "预研得出的目的").Fill("项目周期", "24"), "保存建议书");
        var form = await (await app.As("li.wei").OpenAsync($"/work-items/{research}")).FollowAsync("立为国家标准项目");
        Assert.True(form.Says("新建一个国家标准项目，记为源自本预研项目。"));
        Assert.StartsWith("人工智能 测试项目", form.ValueOf("中文标题"), StringComparison.Ordinal);
        Assert.DoesNotContain("预研项目", form.OptionsOf("程序"));

        var project = await form.SubmitAsync(entry => entry.Choose("程序", "推荐性国家标准（普通程序）").Fill("中文标题", "由预研而来的标准"), "立为国家标准项目");

        Assert.Matches("^/work-items/w-[0-9]+$", project.Path);
        Assert.StartsWith("由预研而来的标准", project.Heading, StringComparison.Ordinal);
        Assert.True(project.Says("国家标准项目") && project.Says("刘洋") && project.Says("演示视觉科技公司") && project.Says("不公开") && project.Says($"沿革：源自 {research}。李伟"), project.Text);
        var proposal = await app.As("li.wei").OpenAsync($"{project.Path}/proposal");
        Assert.Equal(("预研得出的目的", "24"), (proposal.ValueOf("目的意义"), proposal.ValueOf("项目周期")));
        Assert.Contains(project.Path, (await app.As("li.wei").OpenAsync($"/work-items/{research}")).Links);
        Assert.Contains($"/work-items/{research}", project.Links);
    }

    [Theory]
    [InlineData("20")]
    [InlineData("60")]
    public async Task From_a_national_project_or_a_published_standard_the_conversion_starts(string stage)
    {
        var national = await app.Given.ProjectAtAsync(stage);
        var form = await (await app.As("zhang.min").In("en").OpenAsync($"/work-items/{national}")).FollowAsync("Start the conversion");
        Assert.True(form.Says("A conversion is opened and recorded as coming from this project."));

        var conversion = await form.SubmitAsync(entry => entry.Choose("Process", "Outbound proposal (national side)"), "Start the conversion");

        Assert.True(conversion.Says("Conversion") && conversion.Says($"Lineage: converted from {national}."), conversion.Text);
        Assert.Equal("outbound-proposal", await app.Db(db => db.Tracks.Where(track => db.WorkItems.Any(item => item.Id == track.WorkItemId && item.Code == conversion.Path.Substring("/work-items/".Length))).Select(track => track.ProcessKey).SingleAsync()));
        var old = await app.As("zhang.min").In("en").OpenAsync($"/work-items/{national}");
        Assert.Contains(conversion.Path, old.Links);
    }

    [Fact]
    public async Task The_whole_family_stands_on_the_page_of_its_youngest()
    {
        var research = await app.Given.FinishedResearchAsync();
        var project = await (await app.As("li.wei").OpenAsync($"/work-items/{research}/convert")).SubmitAsync(entry => entry.Choose("程序", "推荐性国家标准（普通程序）"), "立为国家标准项目");
        var conversion = await (await project.FollowAsync("启动国际转化")).SubmitAsync(button: "启动国际转化");

        Assert.Equal([$"/work-items/{research}", project.Path], conversion.Links.Where(link => link == project.Path || link == $"/work-items/{research}"));
        Assert.False(conversion.HasLink("启动国际转化"));
        Assert.Equal(HttpStatusCode.NotFound, (await app.As("li.wei").OpenAsync($"{conversion.Path}/convert")).Status);
    }

    [Fact]
    public async Task Unfinished_research_and_an_abandoned_project_are_refused_and_say_why()
    {
        var research = await app.Given.ProposedAsync(process: "pre-research");
        var abandoned = await app.Given.ProjectAtAsync("20");
        await app.Given.AdvanceAsync(abandoned, "20-98", "测试：终止");

        foreach (var (code, button, said) in ((string, string, string)[])[(research, "立为国家标准项目", "预研项目完成之后才能立为国家标准项目。"), (abandoned, "启动国际转化", "已终止的项目不能转化。")])
        {
            Assert.False((await app.As("li.wei").OpenAsync($"/work-items/{code}")).HasLink(button));
            var page = await app.As("li.wei").OpenAsync($"/work-items/{code}/convert");
            Assert.True(page.Says(said) && !page.HasButton(button));

            var answer = await app.As("li.wei").PostAsync($"/work-items/{code}/convert", new("__RequestVerificationToken", await TokenAsync("li.wei")), new("Form.Process", code == research ? "gb-t-normal" : "outbound-proposal"));
            Assert.Contains(said, answer.Problems);
        }

        Assert.Equal(0, await app.Db(db => db.Lineages.CountAsync(link => db.WorkItems.Any(item => item.Id == link.FromWorkItemId && (item.Code == research || item.Code == abandoned)))));
    }

    [Fact]
    public async Task A_process_of_another_kind_and_a_missing_title_are_sent_back()
    {
        var research = await app.Given.FinishedResearchAsync();
        var form = await app.As("li.wei").OpenAsync($"/work-items/{research}/convert");

        var otherKind = await form.SubmitAsync(entry => entry.Forge("Form.Process", "outbound-proposal"), "立为国家标准项目");
        var unknown = await form.SubmitAsync(entry => entry.Forge("Form.Process", "no-such-process"), "立为国家标准项目");
        var untitled = await form.SubmitAsync(entry => entry.Fill("中文标题", "").Fill("英文标题", ""), "立为国家标准项目");

        Assert.Equal(("请选择适用于后续项目的程序。", "请选择一个程序。"), (otherKind.ErrorOf("程序"), unknown.ErrorOf("程序")));
        Assert.Equal("请至少填写一种语言的标题。", untitled.ErrorOf("中文标题"));
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_opens_one_project()
    {
        var research = await app.Given.FinishedResearchAsync();
        var form = await app.As("li.wei").OpenAsync($"/work-items/{research}/convert");

        var answers = await Task.WhenAll(form.SubmitAsync(button: "立为国家标准项目"), form.SubmitAsync(button: "立为国家标准项目"));

        Assert.Equal(answers[0].Path, answers[1].Path);
        Assert.Equal(1, await app.Db(db => db.Lineages.CountAsync(link => link.Kind == LineageKind.GrewFrom && db.WorkItems.Any(item => item.Id == link.FromWorkItemId && item.Code == research))));
    }

    [Theory]
    [InlineData("liu.yang")]
    [InlineData("lin.xue")]
    [InlineData("wu.qiang")]
    public async Task Who_may_not_advance_it_may_not_open_what_follows(string person)
    {
        var research = await app.Given.FinishedResearchAsync(isPublic: true);
        var path = $"/work-items/{research}/convert";

        Assert.False((await app.As(person).OpenAsync($"/work-items/{research}")).HasLink("立为国家标准项目"));
        Assert.Equal(HttpStatusCode.Forbidden, (await app.As(person).OpenAsync(path)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await app.As(person).PostAsync(path, new("__RequestVerificationToken", await TokenAsync(person)), new("Form.Process", "gb-t-normal"), new("Form.TitleZh", "越权"))).Status);
        Assert.Equal(0, await app.Db(db => db.WorkItems.CountAsync(item => item.Title.Zh == "越权")));
    }

    private async Task<string> TokenAsync(string person) => (await app.As(person).OpenAsync("/account/password")).Document.QuerySelector("main [name=__RequestVerificationToken]")!.GetAttribute("value")!;
}
