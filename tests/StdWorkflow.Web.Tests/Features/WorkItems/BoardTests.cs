using System.Net;
using AngleSharp.Dom;
using StdWorkflow.Domain.Common;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Features.WorkItems;

public class BoardTests(App app) : IClassFixture<App>
{
    private const string Board = "/work-items/board";

    [Fact]
    public async Task A_card_stands_in_the_column_of_its_stage_and_tells_leader_deadline_and_what_it_lacks()
    {
        var code = await app.Given.ProjectAtAsync("20", new("人工智能 看板项目", "Artificial intelligence — On the board"));

        var card = CardOf(await app.Visitor().OpenAsync($"{Board}?process=gb-t-normal&q={code}"), "20", code);
        var english = CardOf(await app.Visitor().In("en").OpenAsync($"{Board}?process=gb-t-normal&q={code}"), "20", code);

        Assert.Equal($"{code} 人工智能 看板项目 Artificial intelligence — On the board 项目负责人 刘洋 2027-09-23 还有 304 天 尚不可行 征求意见稿和编制说明已附", card);
        Assert.StartsWith($"{code} Artificial intelligence — On the board 人工智能 看板项目 Leader 刘洋 2027-09-23 304 days left Not yet ", english, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_columns_are_the_stages_of_one_process_under_their_phases()
    {
        var page = await app.Visitor().OpenAsync($"{Board}?process=gb-t-normal");

        var phases = page.Document.QuerySelectorAll(".board > section").Select(part => Words.Of(part.QuerySelector("h2"))).ToList();
        Assert.Equal(["起草", "维护"], phases);
        Assert.Equal("00", page.Document.QuerySelector("[data-stage]")!.GetAttribute("data-stage"));
        Assert.Equal("推荐性国家标准（普通程序）", page.ValueOf("程序"));
    }

    [Fact]
    public async Task Without_a_choice_the_process_of_most_running_items_is_shown_and_the_choice_stays()
    {
        var page = await app.Visitor().OpenAsync(Board);
        var other = await page.SubmitAsync(form => form.Choose("程序", "预研项目").Choose("状态", "进行中"), "筛选");

        Assert.Equal("推荐性国家标准（普通程序）", page.ValueOf("程序"));
        Assert.Equal(("预研项目", "进行中"), (other.ValueOf("程序"), other.ValueOf("状态")));
        var list = await other.FollowAsync("列表");
        Assert.Equal(("预研项目", "进行中"), (list.ValueOf("程序"), list.ValueOf("状态")));
        Assert.Equal(list.Rows().Select(row => row[0]).Order(), Codes(other).Order());
        Assert.Equal(Codes(other), Codes(await list.FollowAsync("看板")));
    }

    [Fact]
    public async Task The_board_shows_what_the_list_shows_to_everybody()
    {
        var hidden = await app.Given.ProposedAsync(isPublic: false);

        Assert.Contains(hidden, Codes(await app.As("sun.li").OpenAsync($"{Board}?process=gb-t-normal&q={hidden}")));
        Assert.Empty(Codes(await app.Visitor().OpenAsync($"{Board}?process=gb-t-normal&q={hidden}")));
        Assert.Empty(Codes(await app.As("zheng.hui").OpenAsync($"{Board}?process=gb-t-normal&q={hidden}")));
    }

    [Theory]
    [InlineData("?process=nonsense&phase=99&state=%00&stage=nonsense")]
    [InlineData("?process=%00&committee=a%00b&q=%00")]
    public async Task A_filter_that_means_nothing_is_no_filter(string query)
    {
        var page = await app.Visitor().OpenAsync(Board + query);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(Codes(await app.Visitor().OpenAsync(Board)), Codes(page));
    }

    [Fact]
    public async Task A_phase_leaves_its_columns_only()
    {
        var page = await app.Visitor().OpenAsync($"{Board}?process=gb-t-normal&phase=drafting");

        Assert.Equal("起草", Words.Of(Assert.Single(page.Document.QuerySelectorAll(".board h2"))));
    }

    [Fact]
    public async Task A_full_column_shows_twenty_and_leads_to_all_of_it_in_the_list()
    {
        await app.Given.ManyProposedAsync(23, number => new LocalizedText($"看板满列 {number}", $"Full column {number}"));

        var page = await app.Visitor().OpenAsync($"{Board}?process=gb-t-normal&q=看板满列");
        var list = await page.FollowAsync("列表中全部 23 项");

        Assert.Equal(20, Codes(page).Count);
        Assert.Equal(23, list.Rows().Count);
        Assert.StartsWith("00 ", list.ValueOf("所处阶段"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_moves_items_is_offered_the_steps_of_each_card_and_comes_to_the_page_of_that_step()
    {
        var code = await app.Given.ProjectAtAsync("20");
        var mine = await app.As("li.wei").OpenAsync($"{Board}?process=gb-t-normal&q={code}");

        Assert.Equal("true", mine.Document.QuerySelector($"[data-code='{code}']")!.GetAttribute("draggable"));
        Assert.Contains($"/work-items/{code}/move?to=30", mine.Links);
        Assert.Equal($"/work-items/{code}/advance/20-30", (await app.As("li.wei").OpenAsync($"/work-items/{code}/move?to=30")).Path);
        foreach (var page in new[] { await app.Visitor().OpenAsync(mine.Path), await app.As("sun.li").OpenAsync(mine.Path) })
        {
            Assert.Contains(code, Codes(page));
            Assert.Empty(page.Document.QuerySelectorAll("[draggable]"));
            Assert.DoesNotContain(page.Links, link => link.Contains("/move", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("60", "本程序没有从“起草阶段”到“出版阶段”的步骤。", "No step of this process leads from “Drafting stage” to “Publication stage”.")]
    [InlineData("20", "项目已经在“起草阶段”，该阶段不能重复办理。", "The item stands at “Drafting stage” already, and that stage cannot begin once more.")]
    [InlineData("no-such", "程序“推荐性国家标准（普通程序）”没有阶段“no-such”。", "has no stage “no-such”.")]
    public async Task A_column_to_which_no_step_leads_says_so_in_the_readers_language_and_moves_nothing(string stage, string chinese, string english)
    {
        var code = await app.Given.ProjectAtAsync("20");
        var version = await app.Given.VersionAsync(code);

        var page = await app.As("li.wei").OpenAsync($"/work-items/{code}/move?to={stage}");
        var other = await app.As("li.wei").In("en").OpenAsync(page.Path);

        Assert.True(page.Says(chinese), page.Text);
        Assert.True(other.Says(english), other.Text);
        Assert.Contains($"/work-items/{code}/advance/20-30", page.Links);
        Assert.Equal(version, await app.Given.VersionAsync(code));
    }

    [Fact]
    public async Task A_move_that_only_ISO_can_make_leads_to_its_record_with_the_stage_chosen()
    {
        var code = await app.RunAsync(new ProposeWorkItem("sac-tc28-sc42", "iso-iec-is", new ProposalEntry { TitleZh = "人工智能 国际看板" }, IsPublic: true));

        var board = await app.As("li.wei").OpenAsync($"{Board}?process=iso-iec-is&q={code}");
        var page = await app.As("li.wei").OpenAsync($"/work-items/{code}/move?to=30.60");

        Assert.Contains(code, Codes(board));
        Assert.Contains($"/work-items/{code}/jump", board.Links);
        Assert.StartsWith($"/work-items/{code}/jump", page.Path, StringComparison.Ordinal);
        Assert.StartsWith("30.60 ", page.ValueOf("现在所处阶段"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_led_to_move_what_they_may_not_move()
    {
        var code = await app.Given.ProjectAtAsync("20");
        var hidden = await app.Given.ProposedAsync(isPublic: false);

        Assert.Equal(HttpStatusCode.Forbidden, (await app.As("sun.li").OpenAsync($"/work-items/{code}/move?to=30")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await app.As("zheng.hui").OpenAsync($"/work-items/{hidden}/move?to=30")).Status);
    }

    private static List<string> Codes(Page page) => [.. page.Document.QuerySelectorAll("[data-code]").Select(card => card.GetAttribute("data-code")!)];

    private static string CardOf(Page page, string stage, string code) => Words.Of(page.Document.QuerySelector($"[data-stage='{stage}'] [data-code='{code}']"));
}
