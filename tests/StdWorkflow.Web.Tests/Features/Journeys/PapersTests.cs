using System.Net;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Features.Journeys;

public class PapersTests(App app) : IClassFixture<App>
{
    [Theory]
    [InlineData("zh-CN", "沿用的文件", "委员会评议通过研究报告", "委员会评议")]
    [InlineData("en", "Papers carried over", "The committee has accepted the research report", "Committee review")]
    public async Task What_grows_from_research_has_its_papers_and_so_has_what_grows_from_that(string language, string carried, string attests, string stage)
    {
        var research = await app.Given.FinishedResearchAsync(isPublic: true);
        var project = await app.Given.ProposedAsync();
        await app.Given.LineageAsync(project, LineageKind.GrewFrom, research);
        await app.Given.AttestAsync(project, "proposal-adopted", "项目的决议");
        var conversion = await app.Given.ProposedAsync(process: "outbound-proposal");
        await app.Given.LineageAsync(conversion, LineageKind.Converts, project);

        var ofProject = await app.Visitor().In(language).OpenAsync($"/work-items/{project}");
        var ofConversion = await app.Visitor().In(language).OpenAsync($"/work-items/{conversion}");
        var journey = await app.Visitor().In(language).OpenAsync($"/work-items/{research}/journey");

        Assert.False((await app.Visitor().In(language).OpenAsync($"/work-items/{research}")).Says(carried));
        Assert.True(ofProject.Says(carried) && Papers(ofProject).All(row => row[3].StartsWith(research, StringComparison.Ordinal)), ofProject.Text);
        Assert.Equal(3, Papers(ofProject).Count);
        Assert.Contains(Papers(ofProject), row => row[0] == "2026-11-23" && row[1] == "测试文件" && row[2] == attests && row[3] == $"{research} 00.60 {stage}");
        Assert.Equal(4, Papers(ofConversion).Count);
        Assert.Contains(Papers(ofConversion), row => row[1] == "项目的决议" && row[3].StartsWith(project, StringComparison.Ordinal));
        Assert.Contains($"/work-items/{research}", ofConversion.Links);
        Assert.Equal(Papers(ofConversion).Select(row => string.Join('|', row)), Papers(journey).Select(row => string.Join('|', row)));
    }

    [Fact]
    public async Task The_api_tells_them_of_the_item_and_of_the_family()
    {
        var (older, newer) = (await app.Given.ProposedAsync(), await app.Given.ProposedAsync());
        await app.Given.LineageAsync(newer, LineageKind.Revises, older);
        await app.Given.AttestAsync(older, "proposal-adopted", "标委会决议 3 号");

        var carried = (await app.Api().GetAsync($"/api/v1/work-items/{newer}")).Json.GetProperty("carriedPapers");
        var paper = Assert.Single(carried.EnumerateArray());
        Assert.Equal(("标委会决议 3 号", "2026-11-23", older, "proposal-adopted"), (paper.GetProperty("paper").GetString(), paper.GetProperty("paperDate").GetString(), paper.GetProperty("workItem").GetString(), paper.GetProperty("gate").GetString()));
        Assert.Equal(("mainText", "00"), (paper.GetProperty("track").GetString(), paper.GetProperty("stage").GetString()));
        Assert.StartsWith("技术委员会同意申报", paper.GetProperty("attests").GetProperty("zh").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, (await app.Api().GetAsync($"/api/v1/work-items/{older}")).Json.GetProperty("carriedPapers").GetArrayLength());
        Assert.Equal(1, (await app.Api().GetAsync($"/api/v1/work-items/{older}/journey")).Json.GetProperty("papers").GetArrayLength());
    }

    [Fact]
    public async Task Papers_of_what_the_reader_may_not_see_and_of_what_lies_behind_it_stay_unseen()
    {
        var (older, hidden, newer) = (await app.Given.ProposedAsync(), await app.Given.ProposedAsync(isPublic: false), await app.Given.ProposedAsync());
        await app.Given.LineageAsync(hidden, LineageKind.Revises, older);
        await app.Given.LineageAsync(newer, LineageKind.Replaces, hidden);
        await app.Given.AttestAsync(older, "proposal-adopted", "公开的文件");
        await app.Given.AttestAsync(hidden, "proposal-adopted", "内部的文件");

        Assert.Equal(["公开的文件", "内部的文件"], Papers(await app.As("li.wei").OpenAsync($"/work-items/{newer}")).Select(row => row[1]));
        foreach (var path in new[] { $"/work-items/{newer}", $"/work-items/{newer}/journey", $"/api/v1/work-items/{newer}", $"/api/v1/work-items/{newer}/journey" })
        {
            var text = path.StartsWith("/api/", StringComparison.Ordinal) ? (await app.Api().GetAsync(path)).Text : (await app.Visitor().OpenAsync(path)).Source;
            Assert.DoesNotContain("公开的文件", text, StringComparison.Ordinal);
            Assert.DoesNotContain("内部的文件", text, StringComparison.Ordinal);
        }

        var journey = await app.Visitor().OpenAsync($"/work-items/{newer}/journey");
        Assert.True(journey.Says("还没有文件。"), journey.Text);
    }

    [Fact]
    public async Task Sisters_carry_nothing_over_to_each_other_but_what_became_an_international_project_does_to_those_who_adopt_it()
    {
        var project = await app.Db(db => db.ForeignProjects.OrderBy(known => known.Number).Select(known => known.Number).FirstAsync());
        var (origin, adopting, sister) = (await app.Given.ProposedAsync(), await app.Given.ProposedAsync(), await app.Given.ProposedAsync());
        foreach (var (code, paper) in new[] { (origin, "来源的文件"), (adopting, "自己的文件"), (sister, "姊妹的文件") }) await app.Given.AttestAsync(code, "proposal-adopted", paper);
        await app.RunAsync(new JoinForeignProject(origin, project, LineageKind.Converts));
        await app.RunAsync(new JoinForeignProject(adopting, project, LineageKind.Adopts));
        await app.RunAsync(new JoinForeignProject(sister, project, LineageKind.Adopts));

        Assert.Equal(["来源的文件"], Papers(await app.Visitor().OpenAsync($"/work-items/{adopting}")).Select(row => row[1]));
        Assert.Empty(Papers(await app.Visitor().OpenAsync($"/work-items/{origin}")));
        Assert.Equal(3, Papers(await app.Visitor().OpenAsync($"/work-items/{origin}/journey")).Count);
    }

    [Fact]
    public async Task A_carried_paper_meets_no_gate_but_fills_in_the_form_of_who_states_it_anew()
    {
        var (older, newer, stranger) = (await app.Given.ProposedAsync(), await app.Given.ProposedAsync(), await app.Given.ProposedAsync());
        await app.RunAsync(new AttestGate(older, "proposal-adopted", "标委会决议 5 号", new DateOnly(2026, 11, 2), await app.Given.VersionAsync(older)));
        await app.Given.AttestAsync(stranger, "proposal-adopted", "别家的文件");
        await app.Given.LineageAsync(newer, LineageKind.Replaces, older);

        var item = await app.As("li.wei").OpenAsync($"/work-items/{newer}");
        Assert.False(item.HasLink("申报立项…"));
        var form = await (await item.FollowAsync("声明确认")).FollowAsync("标委会决议 5 号");
        Assert.Equal(("标委会决议 5 号", "2026-11-02"), (form.ValueOf("依据文件"), form.ValueOf("文件日期")));

        item = await form.SubmitAsync(button: "声明确认");
        Assert.True(item.HasLink("申报立项…") && item.Says("李伟 声明，依据《标委会决议 5 号》（2026-11-02）"), item.Text);

        var foreign = await app.Db(db => db.Set<Attestation>().Where(said => said.Paper == "别家的文件").Select(said => said.Id).SingleAsync());
        form = await app.As("li.wei").OpenAsync($"/work-items/{newer}/attest/proposal-adopted?carried={foreign}");
        Assert.Equal("", form.ValueOf("依据文件"));
        Assert.Equal(HttpStatusCode.Forbidden, (await app.As("sun.li").OpenAsync($"/work-items/{newer}/attest/proposal-adopted")).Status);
    }

    private static IReadOnlyList<IReadOnlyList<string>> Papers(Page page) =>
        [.. page.Document.QuerySelectorAll("main table").Where(table => table.QuerySelector("thead th")?.TextContent is "日期" or "Date")
            .SelectMany(table => table.QuerySelectorAll("tbody tr")).Select(row => (IReadOnlyList<string>)[.. row.Children.Select(Words.Of)])];
}
