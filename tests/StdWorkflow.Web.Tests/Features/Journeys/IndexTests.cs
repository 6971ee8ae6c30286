using System.Net;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Journeys;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Features.Journeys;

public class IndexTests(App app) : IClassFixture<App>
{
    [Theory]
    [InlineData("zh-CN", "全程", "看全程", "本项目", "源自", "转化自", "征求意见")]
    [InlineData("en", "Journey", "See the whole journey", "This one", "grew from", "converted from", "Comment stage")]
    public async Task The_demo_family_is_told_from_research_over_the_project_to_its_conversion(string language, string heading, string link, string thisOne, string grew, string converted, string stage)
    {
        var (research, project, conversion) = await DemoFamilyAsync();

        var page = await (await app.As("li.wei").In(language).OpenAsync($"/work-items/{project}")).FollowAsync(link);

        Assert.Equal(($"/work-items/{project}/journey", heading), (page.Path, page.Heading));
        var rows = page.Rows();
        Assert.Equal(3, rows.Count);
        Assert.True(page.Says(thisOne) && page.Says(stage), page.Text);
        Assert.Contains(grew, rows[1][1], StringComparison.Ordinal);
        Assert.Contains(converted, rows[2][1], StringComparison.Ordinal);
        foreach (var code in new[] { research, project, conversion }) Assert.Contains($"/work-items/{code}", page.Links);
        var drawing = page.Document.QuerySelector("svg.drawing")!;
        Assert.Equal("img", drawing.GetAttribute("role"));
        Assert.True(drawing.QuerySelectorAll(".stay").Length >= 8, drawing.OuterHtml);
        Assert.Equal(2, drawing.QuerySelectorAll(".join").Length);
        Assert.Single(drawing.QuerySelectorAll(".today"));
    }

    [Fact]
    public async Task From_every_member_the_same_family_is_seen()
    {
        var (research, project, conversion) = await DemoFamilyAsync();
        foreach (var code in new[] { research, project, conversion })
            Assert.Equal(3, (await app.As("li.wei").OpenAsync($"/work-items/{code}/journey")).Rows().Count);
    }

    [Fact]
    public async Task What_the_reader_may_not_see_ends_the_family_and_leaves_no_trace()
    {
        var (older, hidden, newer) = (await app.Given.ProposedAsync(), await app.Given.ProposedAsync(isPublic: false), await app.Given.ProposedAsync());
        await app.Given.LineageAsync(hidden, LineageKind.Revises, older);
        await app.Given.LineageAsync(newer, LineageKind.Replaces, hidden);

        var member = await app.As("li.wei").OpenAsync($"/work-items/{newer}/journey");
        Assert.Equal(3, member.Rows().Count);
        foreach (var code in new[] { older, newer })
        {
            var other = code == older ? newer : older;
            foreach (var page in new[] { await app.Visitor().OpenAsync($"/work-items/{code}/journey"), await app.As("huang.bo").OpenAsync($"/work-items/{code}/journey") })
            {
                Assert.Single(page.Rows());
                Assert.DoesNotContain(hidden, page.Source, StringComparison.Ordinal);
                Assert.DoesNotContain(other, page.Source, StringComparison.Ordinal);
                Assert.Equal("—", page.Rows()[0][1]);
            }

            var answer = await app.Api().GetAsync($"/api/v1/work-items/{code}/journey");
            Assert.Equal((200, 1), (answer.Status, answer.Json.GetProperty("members").GetArrayLength()));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await app.Visitor().OpenAsync($"/work-items/{hidden}/journey")).Status);
        Assert.Equal(404, (await app.Api().GetAsync($"/api/v1/work-items/{hidden}/journey")).Status);
    }

    [Fact]
    public async Task International_projects_stand_in_it_with_their_stage_and_join_those_who_adopt_them_with_those_who_became_them()
    {
        var project = await app.Db(db => db.ForeignProjects.Where(known => known.Stage == "60.60").OrderBy(known => known.Number).Select(known => new { known.Number, known.Reference }).FirstAsync());
        var (origin, adopting) = (await app.Given.ProposedAsync(), await app.Given.ProposedAsync());
        await app.RunAsync(new JoinForeignProject(origin, project.Number, LineageKind.Converts));
        await app.RunAsync(new JoinForeignProject(adopting, project.Number, LineageKind.Adopts));

        var page = await (await app.Visitor().OpenAsync($"/international/{project.Number}")).FollowAsync("看全程");
        var rows = (await app.Visitor().OpenAsync($"/work-items/{adopting}/journey")).Rows();

        Assert.Equal($"/work-items/{origin}/journey", page.Path);
        Assert.Equal(3, page.Rows().Count);
        Assert.Contains($"/international/{project.Number}", page.Links);
        var abroad = rows.Single(row => row[0].Contains("国际项目", StringComparison.Ordinal));
        Assert.Contains("转化自", abroad[1], StringComparison.Ordinal);
        Assert.Contains("60.60", abroad[2], StringComparison.Ordinal);
        Assert.Contains($"采用 {project.Reference}", rows.Single(row => row[0].Contains(adopting, StringComparison.Ordinal))[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-CN", "该项目目前没有上下游项目。", "由它启动的国际转化")]
    [InlineData("en", "Nothing has grown from it", "Its conversion into an international project")]
    public async Task A_family_of_one_says_what_can_grow(string language, string alone, string grow)
    {
        var code = await app.Given.ProposedAsync();

        var page = await app.As("li.wei").In(language).OpenAsync($"/work-items/{code}/journey");

        Assert.True(page.Says(alone) && page.Says(grow), page.Text);
        Assert.Single(page.Rows());
    }

    [Fact]
    public async Task A_long_family_says_that_it_goes_on_and_can_be_followed_from_its_edge()
    {
        var chain = new List<string>();
        for (var at = 0; at <= JourneyReader.Steps + 1; at++)
        {
            chain.Add(await app.Given.ProposedAsync());
            if (at > 0) await app.Given.LineageAsync(chain[at], LineageKind.Revises, chain[at - 1]);
        }

        var first = await app.Visitor().OpenAsync($"/work-items/{chain[0]}/journey");
        var edge = await app.Visitor().OpenAsync($"/work-items/{chain[^2]}/journey");
        var whole = await app.Visitor().OpenAsync($"/work-items/{chain[4]}/journey");

        Assert.Equal(JourneyReader.Steps + 1, first.Rows().Count);
        Assert.True(first.Says("这个家族还有更多项目"), first.Text);
        Assert.DoesNotContain(first.Rows(), row => row[0].Contains(chain[^1], StringComparison.Ordinal));
        Assert.Contains(edge.Rows(), row => row[0].Contains(chain[^1], StringComparison.Ordinal));
        Assert.Equal(JourneyReader.Steps + 2, whole.Rows().Count);
        Assert.False(whole.Says("这个家族还有更多项目"), whole.Text);
    }

    [Fact]
    public async Task A_broad_family_shows_so_many_and_costs_no_more_statements_than_a_small_one()
    {
        var (small, broad) = (await app.Given.ProposedAsync(), await app.Given.ProposedAsync());
        await app.Given.LineageAsync(await app.Given.ProposedAsync(), LineageKind.Splits, small);
        await app.Given.ManyProposedAsync(JourneyReader.Most + 5, number => new($"分册 {number}", $"Part {number}"));
        var parts = await app.Db(db => db.WorkItems.OrderByDescending(item => item.Number).Take(JourneyReader.Most + 5).Select(item => item.Code).ToListAsync());
        foreach (var part in parts) await app.Given.LineageAsync(part, LineageKind.Splits, broad);

        var few = await CountAsync(small);
        var many = await CountAsync(broad);

        // The second step away is not asked for when there is no room left.
        Assert.InRange(many, 1, few);
        var page = await app.Visitor().OpenAsync($"/work-items/{broad}/journey");
        Assert.Equal(JourneyReader.Most, page.Rows().Count);
        Assert.True(page.Says($"最多列出 {JourneyReader.Most} 个"), page.Text);

        async Task<int> CountAsync(string code)
        {
            await app.Visitor().OpenAsync($"/work-items/{code}/journey");
            return (await app.Statements.DuringAsync(() => app.Api().GetAsync($"/api/v1/work-items/{code}/journey"))).Count;
        }
    }

    [Fact]
    public async Task Members_that_come_from_one_another_in_a_ring_stand_there_once()
    {
        var (one, two) = (await app.Given.ProposedAsync(), await app.Given.ProposedAsync());
        await app.Given.LineageAsync(one, LineageKind.Replaces, two);
        await app.Given.LineageAsync(two, LineageKind.Replaces, one);

        var page = await app.Visitor().OpenAsync($"/work-items/{one}/journey");

        Assert.Equal(2, page.Rows().Count);
        Assert.Equal(2, page.Document.QuerySelectorAll("svg.drawing .join").Length);
    }

    private async Task<(string Research, string Project, string Conversion)> DemoFamilyAsync()
    {
        const string project = "w-1026";
        var research = await app.Db(db => (from link in db.Set<Lineage>() join item in db.WorkItems on link.WorkItemId equals item.Id join older in db.WorkItems on link.FromWorkItemId equals older.Id where item.Code == project && link.Kind == LineageKind.GrewFrom select older.Code).SingleAsync());
        var conversion = await app.Db(db => (from link in db.Set<Lineage>() join item in db.WorkItems on link.WorkItemId equals item.Id join older in db.WorkItems on link.FromWorkItemId equals older.Id where older.Code == project && link.Kind == LineageKind.Converts select item.Code).SingleAsync());
        return (research, project, conversion);
    }
}
