using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Tracks;
using StdWorkflow.Web.Features.WorkItems;

namespace StdWorkflow.Web.Tests.Features.Tracks;

/// <summary>What tracks say against each other is told where the work is looked at, and stops nobody.</summary>
public class WarningsTests(App app) : IClassFixture<App>
{
    private const string PatentsOpen = "contradiction.patentsOpen";

    [Theory]
    [InlineData("zh-CN", "并行线之间有矛盾：", "标准文本已到“批准阶段”，专利声明还没有结束，停在“征集专利信息”。")]
    [InlineData("en", "The tracks contradict each other:", "The text stands at “Approval stage”, but the patent statements are not closed: they stand at “Call for patent information”.")]
    public async Task A_text_in_approval_with_open_patents_is_warned_of_until_they_are_closed(string language, string head, string sentence)
    {
        var code = await app.Given.ProjectAtAsync("40");
        await StartAsync(code, TrackKind.PatentStatements, "patent-statements");
        Assert.False((await app.As("li.wei").In(language).OpenAsync($"/work-items/{code}")).Says(head));
        await app.Given.AttestAsync(code, "review-passed");
        await app.Given.AdvanceAsync(code, "40-50");

        var (page, visitor) = (await app.As("li.wei").In(language).OpenAsync($"/work-items/{code}"), await app.Visitor().In(language).OpenAsync($"/work-items/{code}"));
        Assert.True(page.Says(head) && page.Says(sentence) && visitor.Says(sentence), page.Text);
        var cockpit = await app.As("li.wei").In(language).OpenAsync("/cockpit");
        Assert.True(cockpit.Says(code) && cockpit.Says(sentence), cockpit.Text);
        var api = (await app.Api().GetAsync($"/api/v1/work-items/{code}")).Json.GetProperty("warnings").EnumerateArray().Single();
        Assert.Equal((PatentsOpen, "patents"), (api.GetProperty("code").GetString(), api.GetProperty("track").GetString()));

        await app.RunAsync(new AttestGate(code, "no-patent-known", "N 12", Instants.DateIn(app.Clock.GetUtcNow().UtcDateTime), await app.Given.VersionAsync(code), "patents"));
        await app.RunAsync(new AdvanceWorkItem(code, "call-closed", null, null, await app.Given.VersionAsync(code), "patents"));
        Assert.False((await app.As("li.wei").In(language).OpenAsync($"/work-items/{code}")).Says(head));
        Assert.DoesNotContain(code, await WarnedAsync("li.wei"));
    }

    [Fact]
    public async Task The_cockpit_warns_of_what_the_reader_leads_or_may_move_and_of_nothing_else()
    {
        var code = await app.Given.ProjectAtAsync("50");
        await StartAsync(code, TrackKind.PatentStatements, "patent-statements");

        Assert.Contains(code, await WarnedAsync("li.wei"));
        // Given names 刘洋 as the leader of what it makes.
        Assert.Contains(code, await WarnedAsync("liu.yang"));
        Assert.DoesNotContain(code, await WarnedAsync("sun.li"));
    }

    [Fact]
    public async Task A_text_that_was_given_up_is_warned_of_though_no_list_of_running_work_shows_it()
    {
        var code = await app.Given.ProjectAtAsync("20");
        await StartAsync(code, TrackKind.ForeignLanguageVersion, "foreign-language-version");
        await app.Given.AdvanceAsync(code, "20-98", "不再需要");

        Assert.Contains(code, await WarnedAsync("li.wei"));
        var page = await app.As("li.wei").In("zh-CN").OpenAsync($"/work-items/{code}");
        Assert.True(page.Says("标准文本已终止（项目终止），“外文版”仍在进行。"), page.Text);
        Assert.False(page.HasLink("启动并行线"));
    }

    [Fact]
    public async Task The_imported_project_speaks_against_the_twin_that_was_recorded()
    {
        var code = await app.Given.ProjectAtAsync("20");
        var project = await app.Db(db => db.ForeignProjects.Where(known => known.Stage == "60.60").OrderBy(known => known.Number).Select(known => new { known.Number, known.Reference }).FirstAsync());
        await app.RunAsync(new JoinForeignProject(code, project.Number, LineageKind.Adopts));
        await StartAsync(code, TrackKind.InternationalTwin, "iso-iec-is");
        var sentence = $"这里记录国际对应项目在 00.00，最新导入的 {project.Reference} 在 60.60。";
        Assert.True((await app.As("li.wei").In("zh-CN").OpenAsync($"/work-items/{code}")).Says(sentence));

        await app.RunAsync(new JumpWorkItem(code, "60.60", "ISO 网站", null, await app.Given.VersionAsync(code), "twin"));

        Assert.False((await app.As("li.wei").In("zh-CN").OpenAsync($"/work-items/{code}")).Says(sentence));
    }

    [Fact]
    public async Task A_demo_item_shows_what_runs_beside_a_text_and_what_warns()
    {
        var code = await app.Db(db => db.WorkItems.Where(item => item.StandardNumber == "GB/T 99902-2026").Select(item => item.Code).SingleAsync());

        var page = await app.Visitor().In("zh-CN").OpenAsync($"/work-items/{code}");

        Assert.True(page.Says("外文版") && page.Says("下达任务至报批的时限（原则上）") && page.Says("专利声明还没有结束，停在“声明已收齐”。"), page.Text);
        Assert.Contains(code, await WarnedAsync("li.wei"));
    }

    private async Task StartAsync(string code, TrackKind kind, string process) => await app.RunAsync(new StartTrack(code, kind, process, null, await app.Given.VersionAsync(code)));

    /// <summary>Codes of the items of which the cockpit warns somebody.</summary>
    private async Task<IReadOnlyList<string>> WarnedAsync(string person) =>
        [.. (await (await app.Given.ProgramOfAsync(person)).GetAsync("/api/v1/cockpit")).Json.GetProperty("contradictions").EnumerateArray().Select(item => item.GetProperty("code").GetString()!)];
}
