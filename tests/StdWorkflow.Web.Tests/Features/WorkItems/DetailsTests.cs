using System.Net;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Features.WorkItems;

public class DetailsTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task The_page_tells_at_a_glance_where_it_stands_what_is_due_who_must_act_and_what_is_missing()
    {
        var page = await app.Visitor().OpenAsync("/work-items/w-1036");

        Assert.Equal("人工智能 知识图谱更新质量评价 Artificial intelligence — Evaluation of the quality of knowledge-graph updates", page.Heading);
        Assert.Equal("20 起草阶段 ISO 20.00 现在在这里 2026-01-08 已 319 天 逾期 15 天", StandsAt(page));
        Assert.Equal(
            ["2026-11-08 逾期 15 天截至 2026-11-08，含当日全天，北京时间（Asia/Shanghai，即 UTC 2026-11-08 15:59）。起草阶段时限 来源 S07 S11", "起草工作组 自 2026-01-08，已 319 天", "还没有人声明确认“征求意见稿和编制说明已附”。"],
            Standing(page).Take(3));
        Assert.Contains("2027-07-08 还有 227 天", Standing(page)[3], StringComparison.Ordinal);
        Assert.True(page.Says("尚未：征求意见稿和编制说明已附还没有人声明确认。由起草工作组提供。"));
        Assert.Equal(["met", "met", "met", "unmet"], GatesOf(page, "公开征求意见").Select(gate => gate.ClassName));
        Assert.True(page.Says("演示") && page.Says("陈静"));
    }

    [Fact]
    public async Task The_same_stands_there_in_English()
    {
        var page = await app.Visitor().In("en").OpenAsync("/work-items/w-1036");

        Assert.Equal("20 Drafting stage ISO 20.00 Stands here now 2026-01-08 319 days so far 15 days late", StandsAt(page));
        Assert.Equal("2026-11-08 15 days lateUntil and including 2026-11-08, Beijing time (Asia/Shanghai; 2026-11-08 15:59 UTC).Drafting stage Source S07 S11", Standing(page)[0]);
        Assert.EndsWith("since 2026-01-08, 319 days", Standing(page)[1], StringComparison.Ordinal);
        Assert.StartsWith("Nobody has stated “", Standing(page)[2], StringComparison.Ordinal);
        Assert.DoesNotContain(Standing(page).Concat(page.Document.QuerySelectorAll(".step").Select(Words.Of)), said => said.Any(letter => letter is >= '\u4e00' and <= '\u9fff'));
    }

    [Fact]
    public async Task What_happened_stands_newest_first_whenever_it_was_written_down()
    {
        foreach (var code in (string[])["w-1036", "w-1013", "w-1026"])
        {
            var days = (await app.Visitor().OpenAsync($"/work-items/{code}")).Document.QuerySelectorAll(".timeline > li > time").Select(Words.Of).ToList();

            Assert.True(days.Count >= 2);
            Assert.Equal(days.OrderDescending(StringComparer.Ordinal), days);
        }
    }

    [Theory]
    [InlineData("20269907-T-469", "w-1036")]
    [InlineData("20269907-t-469", "w-1036")]
    [InlineData("GB%2FT%2099901-2025", "w-1029")]
    [InlineData("GB/T 99901-2025", "w-1029")]
    [InlineData("GB%2FT%2099901%E2%80%942025", "w-1029")]
    [InlineData("gb%2ft99901-2025", "w-1029")]
    [InlineData("W-1036", "w-1036")]
    public async Task A_number_in_place_of_the_code_leads_to_the_item(string number, string code)
    {
        var page = await app.Visitor().OpenAsync($"/work-items/{number}");

        Assert.Equal(($"/work-items/{code}", HttpStatusCode.OK, true), (page.Path, page.Status, page.WasRedirected));
    }

    [Theory]
    [InlineData("ISO%2FIEC%20FDIS%2099042")]
    [InlineData("ISO/IEC FDIS 99042")]
    public async Task An_international_reference_leads_to_the_item(string reference)
    {
        var code = await app.Db(db => db.WorkItems.Where(item => item.InternationalReference == "ISO/IEC FDIS 99042").Select(item => item.Code).SingleOrDefaultAsync());
        if (code is null)
        {
            code = await app.Given.ProposedAsync();
            await app.RunAsync(new EditWorkItem(code, null, null, null, null, "ISO/IEC FDIS 99042", IsPublic: true, await app.Given.VersionAsync(code)));
        }

        Assert.Equal($"/work-items/{code}", (await app.Visitor().OpenAsync($"/work-items/{reference}")).Path);
    }

    [Theory]
    [InlineData("w-999999")]
    [InlineData("w-01036")]
    [InlineData("20269999-T-469")]
    [InlineData("GB%2FT%2011111-1999")]
    [InlineData("GB/T/no/such/thing")]
    [InlineData("w-1036/no-such-page")]
    [InlineData("%27;--")]
    [InlineData("人工智能")]
    public async Task What_is_not_there_is_not_found(string code)
    {
        var page = await app.Visitor().OpenAsync($"/work-items/{code}");

        Assert.Equal((HttpStatusCode.NotFound, "找不到该页面"), (page.Status, page.Heading));
    }

    [Fact]
    public async Task An_item_that_is_not_public_does_not_exist_for_visitors_and_other_committees()
    {
        var code = await app.Given.ProposedAsync(isPublic: false);
        var plan = Given.NextPlanNumber();
        await app.Given.EditAsync(code, plan, null, isPublic: false);

        foreach (var address in (string[])[code, plan, $"{code}/proposal", $"{code}/comments"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await app.As("zheng.hui").OpenAsync($"/work-items/{address}")).Status);
            Assert.NotEqual(HttpStatusCode.OK, (await app.Visitor().GetAsync($"/work-items/{address}")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await app.As("sun.li").OpenAsync($"/work-items/{plan}")).Status);
    }

    [Fact]
    public async Task The_platform_still_says_otherwise_is_shown_beside_the_date()
    {
        var page = await app.Visitor().OpenAsync("/work-items/GB%2FT%2047507-2026");

        Assert.Equal(("2026-08-01 实施日期已过，平台仍写“即将实施”", "即将实施 据 2026-08-11 的文件"), (FactOf(page, "实施日期"), FactOf(page, "平台状态")));
        Assert.True((await app.Visitor().In("en").OpenAsync(page.Path)).Says("2026-08-01 The day has passed; the platform still says “即将实施”"));
        Assert.False((await app.Visitor().OpenAsync("/work-items/GB%2FT%2045288.4-2026")).Says("平台仍写"));
    }

    [Fact]
    public async Task Who_may_act_is_offered_what_they_may_do_and_nobody_else()
    {
        var code = await app.Given.ProjectAtAsync("20");
        await app.Given.AttestAsync(code, "draft-for-comments");
        var path = $"/work-items/{code}";
        var (visitor, observer, chair, secretariat) = (await app.Visitor().OpenAsync(path), await app.As("sun.li").OpenAsync(path), await app.As("zhang.min").OpenAsync(path), await app.As("li.wei").OpenAsync(path));

        string[] inside = [$"{path}/edit", $"{path}/advance/20-30", $"{path}/advance/20-98", $"{path}/foreign", $"{path}/succeed"];
        Assert.Equal(inside.Order(), secretariat.Links.Intersect(inside).Order());
        Assert.Equal([$"{path}/advance/20-30", $"{path}/advance/20-98", $"{path}/succeed"], chair.Links.Intersect(inside).Order());
        Assert.Empty(visitor.Links.Concat(observer.Links).Intersect(inside));
        Assert.All((Page[])[visitor, observer, chair, secretariat], page => Assert.Contains($"{path}/proposal", page.Links));
    }

    [Fact]
    public async Task Each_unmet_gate_leads_whoever_can_meet_it_to_where_that_is_done()
    {
        var code = await app.Given.ProposedAsync();
        await app.Given.AttestAsync(code, "proposal-adopted");
        await app.Given.AdvanceAsync(code, "00-10");
        var path = $"/work-items/{code}";

        var links = (await app.As("li.wei").OpenAsync(path)).Document.QuerySelectorAll(".gates a").Select(link => link.GetAttribute("href")).ToList();

        Assert.Equal([$"{path}/edit", $"{path}/attest/plan-issued"], links);
        Assert.Equal([$"{path}/attest/plan-issued"], (await app.As("lin.xue").OpenAsync(path)).Document.QuerySelectorAll(".gates a").Select(link => link.GetAttribute("href")));
        Assert.Empty((await app.As("liu.yang").OpenAsync(path)).Document.QuerySelectorAll(".gates a"));
    }

    [Fact]
    public async Task The_family_is_seen_from_each_of_its_members()
    {
        var seen = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var code in (string[])["w-1025", "w-1026", "w-1027"])
        {
            var page = await app.As("li.wei").OpenAsync($"/work-items/{code}");
            seen[code] = [.. page.Document.QuerySelectorAll("section").Single(part => Words.Of(part.QuerySelector("h2")).StartsWith("沿革", StringComparison.Ordinal)).QuerySelectorAll("ol .code").Select(Words.Of)];
        }

        Assert.All(seen.Values, codes => Assert.Equal(["w-1025", "w-1026", "w-1027"], codes));
        var national = await app.As("li.wei").OpenAsync("/work-items/w-1026");
        Assert.True(national.Says("沿革：源自 w-1025。"), national.Text);
        Assert.True((await app.As("li.wei").In("en").OpenAsync("/work-items/w-1027")).Says("Lineage: converted from w-1026."));
    }

    [Fact]
    public async Task What_a_visitor_may_not_see_is_not_told_by_its_family_either()
    {
        var page = await app.Visitor().OpenAsync("/work-items/w-1026");

        Assert.False(page.Source.Contains("w-1025", StringComparison.Ordinal) || page.Source.Contains("w-1027", StringComparison.Ordinal));
        Assert.True(page.Says("沿革：源自 未公开的项目。"), page.Text);
    }

    [Fact]
    public async Task A_title_is_text_and_not_markup()
    {
        var code = await app.Given.ProposedAsync(new LocalizedText("<script>alert(1)</script> & “引号”", null));

        var page = await app.Visitor().OpenAsync($"/work-items/{code}");

        Assert.Equal("<script>alert(1)</script> & “引号”", page.Heading);
        Assert.DoesNotContain("<script>alert", page.Source, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", (await app.Visitor().OpenAsync("/work-items?sort=-code")).Source, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_untitled_item_says_so()
    {
        var page = await app.Visitor().OpenAsync("/work-items/20252537-T-469");

        Assert.Equal("（无标题）", page.Heading);
        Assert.NotEqual("", page.Title.Trim());
    }

    private static string StandsAt(Page page) => Words.Of(page.Document.QuerySelector("[aria-current=step]"));

    private static string FactOf(Page page, string term) => Words.Of(page.Document.QuerySelectorAll(".facts dt").Single(one => Words.Of(one) == term).NextElementSibling);

    private static IReadOnlyList<string> Standing(Page page) => [.. page.Document.QuerySelectorAll(".standing dd").Select(Words.Of)];

    private static IReadOnlyList<AngleSharp.Dom.IElement> GatesOf(Page page, string step) =>
        [.. page.Document.QuerySelectorAll("li.step").Single(one => Words.Of(one.QuerySelector("h3")).StartsWith(step, StringComparison.Ordinal)).QuerySelectorAll(".gates > li")];
}
