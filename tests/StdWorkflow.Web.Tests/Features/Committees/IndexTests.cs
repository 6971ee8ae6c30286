using System.Net;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Features.Committees;

public class IndexTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task A_visitor_sees_both_sides_of_the_tree_with_kinds_and_states()
    {
        var page = await app.Visitor().OpenAsync("/committees");

        Assert.Equal("技术组织", page.Heading);
        Assert.Equal(["国内", "国际"], page.Document.QuerySelectorAll("main h2").Select(Words.Of));
        var subcommittee = NodeOf(page, "SAC/TC28/SC42");
        Assert.Contains("全国信息技术标准化技术委员会人工智能分技术委员会", subcommittee, StringComparison.Ordinal);
        Assert.Contains("Subcommittee 42 on Artificial Intelligence of SAC/TC28", subcommittee, StringComparison.Ordinal);
        Assert.Contains("分技术委员会 运行", subcommittee, StringComparison.Ordinal);
        Assert.Contains("技术归口单位", NodeOf(page, "NMPA/AI-MD"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_stands_inside_the_committee_that_it_belongs_to()
    {
        var page = await app.Visitor().OpenAsync("/committees");

        var group = page.Document.QuerySelectorAll("main li").Last(item => Words.Of(item).Contains("SAC/TC28/SC42/RG-T", StringComparison.Ordinal));
        var above = group.ParentElement!.ParentElement!;
        Assert.Equal("SAC/TC28/SC42", Words.Of(above.QuerySelector("a")));
        Assert.Equal("SAC/TC28", Words.Of(above.ParentElement!.ParentElement!.QuerySelector("a")));
    }

    [Fact]
    public async Task The_running_work_items_are_counted_with_those_below_and_lead_to_the_same_list()
    {
        var page = await app.As("li.wei").OpenAsync("/committees");

        var link = page.Document.QuerySelectorAll("main .node").Single(node => Words.Of(node.QuerySelector("a")) == "SAC/TC28/SC42").QuerySelectorAll("a")[1];
        var list = await app.As("li.wei").OpenAsync(link.GetAttribute("href")!);

        Assert.NotEmpty(list.Rows());
        Assert.Equal($"在研项目 {list.Rows().Count} 项", Words.Of(link));
    }

    [Fact]
    public async Task A_filter_keeps_what_fits_and_the_way_to_it()
    {
        var all = await app.Visitor().OpenAsync("/committees");
        var page = await all.SubmitAsync(form => form.Fill("名称或代号", "可信赖研究组"));

        Assert.Contains("1 个组织", page.Text, StringComparison.Ordinal);
        Assert.Equal(["SAC/TC28", "SAC/TC28/SC42", "SAC/TC28/SC42/RG-T"], page.Document.QuerySelectorAll("main .node a.code").Select(Words.Of));
        Assert.Equal("可信赖研究组", page.ValueOf("名称或代号"));
        Assert.Equal(all.Document.QuerySelectorAll(".node").Length, (await page.FollowAsync("清除筛选")).Document.QuerySelectorAll(".node").Length);
    }

    [Fact]
    public async Task Kind_and_status_filter_too()
    {
        var page = await (await app.Visitor().OpenAsync("/committees")).SubmitAsync(form => form.Choose("类型", "研究组").Choose("状态", "运行"));

        Assert.Contains("4 个组织", page.Text, StringComparison.Ordinal);
        Assert.Equal("研究组", page.ValueOf("类型"));
    }

    [Theory]
    [InlineData("?kind=nonsense&status=99")]
    [InlineData("?kind=0x1")]
    public async Task A_filter_that_means_nothing_is_no_filter(string query)
    {
        var page = await app.Visitor().OpenAsync("/committees" + query);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.False(page.HasLink("清除筛选"));
    }

    [Fact]
    public async Task Nothing_found_is_said_in_the_readers_language()
    {
        Assert.True((await app.Visitor().OpenAsync("/committees?q=no-such-committee")).Says("没有符合条件的组织。"));
        Assert.True((await app.Visitor().In("en").OpenAsync("/committees?q=no-such-committee")).Says("No committee fits the filter."));
    }

    private static string NodeOf(Page page, string designation) =>
        Words.Of(page.Document.QuerySelectorAll("main .node").Single(node => Words.Of(node.QuerySelector("a")) == designation));
}
