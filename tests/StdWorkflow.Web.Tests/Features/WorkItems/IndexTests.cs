using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Features.WorkItems;

public class IndexTests(App app) : IClassFixture<App>
{
    private const string List = "/work-items";

    [Fact]
    public async Task A_visitor_sees_public_items_only_and_a_member_those_of_the_committee_too()
    {
        var hidden = await app.Given.ProposedAsync(isPublic: false);
        var shown = await app.Given.ProposedAsync();

        Assert.Equal([shown], Codes(await app.Visitor().OpenAsync($"{List}?sort=-code")).Intersect([hidden, shown]));
        Assert.Equal([shown, hidden], Codes(await app.As("sun.li").OpenAsync($"{List}?sort=-code")).Intersect([hidden, shown]));
        Assert.Equal([shown], Codes(await app.As("zheng.hui").OpenAsync($"{List}?sort=-code")).Intersect([hidden, shown]));
        Assert.Empty(Codes(await app.Visitor().OpenAsync($"{List}?q={hidden}")));
    }

    [Fact]
    public async Task A_row_tells_number_place_who_must_act_and_until_when()
    {
        var code = await app.Given.ProjectAtAsync("20", new("人工智能 一行", "Artificial intelligence — A row"));
        var plan = await app.Db(db => db.WorkItems.Where(item => item.Code == code).Select(item => item.PlanNumber).SingleAsync());

        var row = Assert.Single((await app.Visitor().OpenAsync($"{List}?q={plan}")).Rows());
        var english = Assert.Single((await app.Visitor().In("en").OpenAsync($"{List}?q={plan}")).Rows());

        Assert.Equal((code, plan), (row[0], row[2]));
        Assert.Equal("人工智能 一行 Artificial intelligence — A row", row[1]);
        Assert.Contains("起草阶段", row[3], StringComparison.Ordinal);
        Assert.Equal("2027-09-23 还有 304 天", row[5]);
        Assert.Equal("Artificial intelligence — A row 人工智能 一行", english[1]);
        Assert.Equal("2027-09-23 304 days left", english[5]);
        Assert.NotEqual(row[4], english[4]);
    }

    [Theory]
    [InlineData("标题或编号", "20269907", "w-1036")]
    [InlineData("标题或编号", "知识图谱更新质量评价", "w-1036")]
    [InlineData("标题或编号", "W-1036", "w-1036")]
    public async Task A_text_finds_numbers_titles_and_codes(string label, string words, string code)
    {
        var page = await (await app.Visitor().OpenAsync(List)).SubmitAsync(form => form.Fill(label, words), "筛选");

        Assert.Equal([code], Codes(page));
        Assert.Equal(words, page.ValueOf(label));
        Assert.True(page.Says("1 项"));
    }

    [Theory]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("'; DROP TABLE \"WorkItems\"; --")]
    [InlineData("\\")]
    [InlineData("[a-z]")]
    public async Task A_text_is_looked_for_as_it_is_written(string words)
    {
        var page = await app.Visitor().OpenAsync($"{List}?q={Uri.EscapeDataString(words)}");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Empty(page.Rows());
        Assert.Equal(words, page.ValueOf("标题或编号"));
    }

    [Fact]
    public async Task Nothing_found_is_said_in_the_readers_language_with_a_way_out()
    {
        var page = await app.Visitor().OpenAsync($"{List}?q=no-such-item");
        var english = await app.Visitor().In("en").OpenAsync($"{List}?q=no-such-item");

        Assert.True(page.Says("没有符合条件的项目。 请放宽条件，或清除筛选。") && english.Says("No work item fits the filter. Widen it, or clear it."));
        Assert.NotEmpty((await page.FollowAsync("清除筛选")).Rows());
    }

    [Fact]
    public async Task A_committee_is_shown_with_what_lies_below_it_and_stays_chosen()
    {
        var page = await app.As("li.wei").OpenAsync($"{List}?committee=sac-tc28");
        var narrow = await (await app.As("li.wei").OpenAsync(List)).SubmitAsync(form => form.Choose("归口单位", "SAC/TC28/SC42/RG-T"), "筛选");

        Assert.Equal("SAC/TC28", page.ValueOf("归口单位"));
        Assert.Contains("w-1036", Codes(page));
        Assert.Contains("w-1028", Codes(page));
        Assert.Equal(["w-1028", "w-1032"], Codes(narrow));
        Assert.Equal(Codes(page), Codes(await page.SubmitAsync(button: "筛选")));
    }

    [Fact]
    public async Task A_committee_without_work_shows_no_work_of_others()
    {
        var group = await app.Given.GroupAsync();

        var page = await app.Visitor().OpenAsync($"{List}?committee={group}");

        Assert.Empty(page.Rows());
        Assert.True(page.HasLink("清除筛选"));
        Assert.StartsWith("SAC/TC28/SC42/T-", page.ValueOf("归口单位"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Phases_and_states_filter_and_say_so()
    {
        var everything = await app.As("li.wei").OpenAsync(List);
        var research = await everything.SubmitAsync(form => form.Choose("阶段类别", "预研"), "筛选");
        var ended = await research.SubmitAsync(form => form.Choose("状态", "已结束"), "筛选");
        var running = await research.SubmitAsync(form => form.Choose("状态", "进行中"), "筛选");

        Assert.Equal(("预研", "已结束"), (ended.ValueOf("阶段类别"), ended.ValueOf("状态")));
        Assert.NotEmpty(Codes(ended));
        Assert.NotEmpty(Codes(running));
        Assert.Equal(Codes(research), Codes(ended).Concat(Codes(running)).OrderBy(code => int.Parse(code[2..], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task What_is_blocked_or_open_for_comment_is_found()
    {
        var fresh = await app.Given.ProposedAsync();
        var open = await app.Given.ProjectAtAsync("30");
        await app.Given.AttestAsync(fresh, "proposal-adopted");
        var stuck = await app.Given.ProposedAsync();

        var blocked = Codes(await app.Visitor().OpenAsync($"{List}?state=blocked"));
        var commented = await app.Visitor().OpenAsync($"{List}?state=comment");

        Assert.Contains(stuck, blocked);
        Assert.DoesNotContain(fresh, blocked);
        Assert.Contains(open, Codes(commented));
        Assert.All(commented.Rows(), row => Assert.Contains("征求意见阶段", row[3], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Mine_are_those_that_I_lead()
    {
        var led = await app.Given.ProjectAtAsync("20");
        var page = await app.As("liu.yang").OpenAsync($"{List}?state=mine");
        var visitor = await app.Visitor().OpenAsync($"{List}?state=mine");

        Assert.Contains(led, Codes(page));
        Assert.Equal("由我负责", page.ValueOf("状态"));
        Assert.DoesNotContain("由我负责", visitor.OptionsOf("状态"));
        Assert.Equal(Codes(await app.Visitor().OpenAsync(List)), Codes(visitor));
    }

    [Fact]
    public async Task The_heads_sort_up_then_down_and_keep_the_filter()
    {
        var page = await app.Visitor().OpenAsync($"{List}?phase=drafting");
        foreach (var (head, cell) in ((string, int)[])[("编号", 0), ("计划号或标准号", 2), ("所处阶段", -1), ("截止（北京时间，含当日）", -1)])
        {
            var up = head == "编号" ? page : await page.FollowAsync(head);
            var down = await up.FollowAsync(head);

            Assert.Equal(["ascending", "descending"], [SortOf(up, head), SortOf(down, head)]);
            Assert.Equal("起草", down.ValueOf("阶段类别"));
            Assert.Equal(Codes(up).Order(), Codes(down).Order());
            Assert.NotEqual(Codes(up)[0], Codes(down)[0]);
            if (cell >= 0) Assert.Equal(Codes(up), Codes(down).Reverse());
            Assert.Equal(Codes(down), Codes(await down.SubmitAsync(button: "筛选")));
        }

        static string? SortOf(Page page, string head) => page.Document.QuerySelectorAll("th").Single(cell => Words.Of(cell) == head).GetAttribute("aria-sort");
    }

    [Theory]
    [InlineData("deadline")]
    [InlineData("-deadline")]
    [InlineData("since")]
    [InlineData("-since")]
    public async Task What_has_no_date_stands_last_whichever_way_the_dates_are_sorted(string sort)
    {
        var without = await app.As("li.wei").OpenAsync($"{List}?sort={sort}");
        var codes = Codes(without);
        var dated = await app.Db(db => (
            from item in db.WorkItems
            from track in item.Tracks
            where track.Kind == TrackKind.MainText
            select new { item.Code, track.NextDeadlineUtc, track.Since }).ToDictionaryAsync(row => row.Code, row => sort.EndsWith("deadline", StringComparison.Ordinal) ? row.NextDeadlineUtc : row.Since?.ToDateTime(TimeOnly.MinValue)));

        var dates = codes.Select(code => dated[code]).ToList();
        Assert.Contains(null, dates);
        Assert.DoesNotContain(null, dates.TakeWhile(date => date is not null));
        Assert.All(dates.SkipWhile(date => date is not null), date => Assert.Null(date));
        var known = dates.OfType<DateTime>().ToList();
        Assert.Equal(sort.StartsWith('-') ? known.OrderDescending() : known.Order(), known);
    }

    [Theory]
    [InlineData("?phase=99")]
    [InlineData("?phase=nonsense&state=nonsense&sort=nonsense&page=nonsense")]
    [InlineData("?page=-5&state=%00")]
    [InlineData("?page=99999999999999999999&sort=--code")]
    [InlineData("?committee=no-such-committee")]
    [InlineData("?phase=0,1")]
    [InlineData("?q=%00&committee=a%00b")]
    public async Task A_filter_that_means_nothing_is_no_filter(string query)
    {
        var page = await app.Visitor().OpenAsync(List + query);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.False(page.HasLink("清除筛选"), page.Text);
        Assert.Equal(Codes(await app.Visitor().OpenAsync(List)), Codes(page));
    }

    private static string[] Codes(Page page) => [.. page.Rows().Select(row => row[0])];
}
