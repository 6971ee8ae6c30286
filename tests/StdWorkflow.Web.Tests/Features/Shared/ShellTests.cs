using AngleSharp.Dom;

namespace StdWorkflow.Web.Tests.Features.Shared;

/// <summary>What stands around every page, and what every page tells the same way.</summary>
public class ShellTests(App app) : IClassFixture<App>
{
    [Theory]
    [InlineData("w-1026")]
    [InlineData(" W-1026 ")]
    [InlineData("20269906-T-469")]
    public async Task Who_searches_for_a_number_stands_on_that_work_item(string number)
    {
        var page = await (await app.Visitor().OpenAsync("/committees")).SubmitAsync(search => search.Fill("搜索标准项目", number), "搜索");

        Assert.Equal("/work-items/w-1026", page.Path);
    }

    [Fact]
    public async Task Who_searches_for_words_sees_what_has_them()
    {
        var page = await (await app.As("liu.yang").OpenAsync("/processes")).SubmitAsync(search => search.Fill("搜索标准项目", "鲁棒性"), "搜索");

        Assert.Equal("标准项目", page.Heading);
        Assert.Contains(page.Rows(), row => row[0] == "w-1026");
        Assert.DoesNotContain(page.Rows(), row => row[0] == "w-1036");
    }

    [Fact]
    public async Task A_number_that_the_asker_may_not_see_is_found_by_nobody()
    {
        var page = await (await app.Visitor().OpenAsync("/")).SubmitAsync(search => search.Fill("搜索标准项目", "w-1031"), "搜索");

        Assert.Equal("标准项目", page.Heading);
        Assert.Empty(page.Rows());
    }

    [Fact]
    public async Task The_rail_leads_to_ones_own_committees()
    {
        var rail = (await app.As("liu.yang").OpenAsync("/")).Document.QuerySelector(".rail")!;

        Assert.Equal(["SAC/TC28/SC42", "SAC/TC28/SC42/WG-B"], rail.QuerySelectorAll("a[href^='/committees/']").Select(link => link.TextContent));
        Assert.Empty((await app.Visitor().OpenAsync("/")).Document.QuerySelectorAll(".rail"));
    }

    [Theory]
    [InlineData("/international/81088")]
    [InlineData("/work-items/w-1012")]
    [InlineData("/consultations/c-1004")]
    public async Task What_happened_last_stands_first(string path)
    {
        var days = (await app.Visitor().OpenAsync(path)).Document.QuerySelectorAll(".timeline > li > time").Select(day => day.TextContent).ToList();

        Assert.True(days.Count > 1);
        Assert.Equal(days.OrderDescending(), days);
    }

    [Fact]
    public async Task The_journey_names_stages_by_their_codes()
    {
        var drawn = (await app.As("li.wei").OpenAsync("/work-items/w-1026")).Document.QuerySelectorAll("svg.drawing text.number").Select(label => label.TextContent).ToList();

        Assert.NotEmpty(drawn);
        Assert.All(drawn, label => Assert.Matches("^[0-9]{2}(\\.[0-9]{2})?$", label));
    }

    [Fact]
    public async Task The_page_of_an_item_that_is_open_for_comment_leads_everybody_to_the_form()
    {
        Assert.Equal("/consultations/c-1001", (await app.Visitor().OpenAsync("/work-items/w-1026")).LinkTo("提交意见"));
        Assert.False((await app.Visitor().OpenAsync("/work-items/w-1012")).HasLink("提交意见"));
    }

    [Fact]
    public async Task What_has_ended_says_how_and_what_may_grow_from_it()
    {
        var standing = (await app.As("li.wei").OpenAsync("/work-items/w-1031")).Document.QuerySelector(".standing")!;

        Assert.Equal(["结果", "下一步"], standing.QuerySelectorAll("dt").Select(term => term.TextContent.Trim()));
        Assert.Equal("/work-items/w-1031/succeed", standing.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_step_back_promises_no_new_limit_for_the_whole()
    {
        var back = (await app.As("li.wei").OpenAsync("/work-items/w-1026/advance/30-20")).Document.QuerySelectorAll(".effects li").Select(effect => effect.TextContent).ToList();

        Assert.Contains(back, effect => effect.Contains("起草阶段时限", StringComparison.Ordinal));
        Assert.DoesNotContain(back, effect => effect.Contains("总时限", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_refused_as_a_whole_does_not_ask_to_change_a_place()
    {
        var refused = await (await app.Visitor().OpenAsync("/account/sign-in")).SubmitAsync(form => form.Fill("电子邮箱", "li.wei@example.org").Fill("密码", "not this one"), "登录");
        Assert.Equal("未能完成", refused.Document.QuerySelector(".problems h2")!.TextContent);

        var wrong = await (await app.As("li.wei").OpenAsync("/work-items/w-1026/advance/30-20")).SubmitAsync();
        Assert.Equal("还不能提交：有 1 处需要修改", wrong.Document.QuerySelector(".problems h2")!.TextContent);
    }
}
