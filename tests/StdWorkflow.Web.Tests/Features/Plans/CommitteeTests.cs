using System.Net;
using System.Text.Json;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Features.Plans;

/// <summary>The plans of a committee, through the page and for programs.</summary>
public class CommitteeTests(App app) : IClassFixture<App>
{
    private const string Path = "/committees/sac-tc28-sc42/plan";

    [Fact]
    public async Task Every_running_item_has_a_lane_and_a_row_and_none_that_ended_has()
    {
        var (late, ended) = (await app.Given.ProjectAtAsync("20"), await app.Given.ProjectAtAsync("60"));
        await app.Given.PlanAsync(late, "30 2027-09-30", "40 2027-10-11", "50 2027-12-01", "60 2028-03-01");

        var page = await (await app.Visitor().OpenAsync("/committees/sac-tc28-sc42")).FollowAsync("计划进度");

        Assert.Equal(Path, page.Path);
        Assert.Equal(page.Rows().Count, page.Document.QuerySelectorAll("svg g[data-item]").Length);
        var codes = await CodesAsync(Path);
        Assert.Contains(late, codes);
        Assert.DoesNotContain(ended, codes);
        Assert.Equal(codes.Count, codes.Distinct().Count());
        Assert.Contains(await RowsAsync(Path), row => row[0] == late && row[4] == "2028-03-01" && row[5].EndsWith("将超期 7 天 起草阶段时限", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_long_plan_is_drawn_on_sheets_that_a_printed_page_holds_each_with_its_axis()
    {
        for (var given = 0; given < 12; given++) await app.Given.ProjectAtAsync("20");

        var page = await app.As("li.wei").OpenAsync(Path);

        var sheets = page.Document.QuerySelectorAll("svg.drawing[role=img]").ToList();
        Assert.Equal((page.Rows().Count + 11) / 12, sheets.Count);
        Assert.InRange(sheets.Count, 2, 5);
        Assert.All(sheets, sheet =>
        {
            var lanes = sheet.QuerySelectorAll("g[data-item]").Length;
            Assert.InRange(lanes, 1, 12);
            Assert.InRange(int.Parse(sheet.GetAttribute("height")!, System.Globalization.CultureInfo.InvariantCulture), lanes * 54, 700);
            Assert.Equal(lanes, sheet.QuerySelectorAll(".names text").Length);
            Assert.Single(sheet.QuerySelectorAll(".today"));
        });
    }

    [Fact]
    public async Task It_is_filtered_by_state_and_process_and_what_means_nothing_is_as_if_it_were_not_there()
    {
        var all = await CodesAsync(Path, "li.wei");

        var late = await CodesAsync($"{Path}?state=late", "li.wei");
        var research = await CodesAsync($"{Path}?process=pre-research", "li.wei");

        Assert.NotEmpty(late);
        Assert.NotEmpty(research);
        Assert.True(late.Count < all.Count && research.Count < all.Count);
        Assert.Equal(all, await CodesAsync($"{Path}?state=nonsense&process=none&page=x", "li.wei"));
        Assert.True((await app.Visitor().OpenAsync($"{Path}?state=blocked&process=gb-withdrawal")).Says("没有这样的进行中项目。"));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Visitor().OpenAsync("/committees/none/plan")).Status);
    }

    [Fact]
    public async Task Its_files_hold_what_the_filter_of_the_page_or_of_the_program_leaves()
    {
        var late = await CodesAsync($"{Path}?state=late", "li.wei");
        var page = await app.As("li.wei").OpenAsync($"{Path}?state=late");
        var link = page.Links.Single(link => link.StartsWith("/exports/plans/json", StringComparison.Ordinal));

        using var file = await app.As("li.wei").GetAsync(link);
        Assert.Equal(late, CodesIn(await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        var api = await app.Given.ProgramOfAsync("li.wei");
        Assert.Equal(late, CodesIn((await api.GetAsync($"/api/v1{Path}?state=late&format=json")).Text));
        var table = await api.GetAsync($"/api/v1{Path}?state=late&format=csv");
        Assert.Equal(("text/csv", late.Count + 1), (table.MediaType, table.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));

        static IEnumerable<string> CodesIn(string json) => JsonSerializer.Deserialize<JsonElement>(json).EnumerateArray().Select(lane => lane.GetProperty("code").GetString()!);
    }

    [Fact]
    public async Task Programs_read_the_same_lanes_in_parts()
    {
        var api = await app.Given.ProgramOfAsync("li.wei");
        var whole = (await api.GetAsync("/api/v1/committees/sac-tc28-sc42/plan?limit=200")).Items.Select(lane => lane.GetProperty("code").GetString()!).ToList();

        var (parts, next) = (new List<string>(), "");
        do
        {
            var part = await api.GetAsync($"/api/v1/committees/sac-tc28-sc42/plan?limit=5{next}");
            parts.AddRange(part.Items.Select(lane => lane.GetProperty("code").GetString()!));
            next = part.Next is { } cursor ? $"&cursor={Uri.EscapeDataString(cursor)}" : "";
        }
        while (next.Length > 0);

        Assert.Equal(whole, parts);
        Assert.Equal(await CodesAsync(Path, "li.wei"), whole);
        Assert.Equal((404, 422), ((await api.GetAsync("/api/v1/committees/none/plan")).Status, (await api.GetAsync("/api/v1/committees/sac-tc28-sc42/plan?state=nonsense")).Status));
    }

    [Fact]
    public async Task Programs_read_and_plan_one_item()
    {
        var code = await app.Given.ProjectAtAsync("20");
        var api = await app.Given.ProgramOfAsync("li.wei");
        var path = $"/api/v1/work-items/{code}/plan";
        var seen = await api.GetAsync(path);
        Assert.Equal(200, seen.Status);

        var blind = await api.PostAsync(path, new { days = new[] { new { stage = "30", on = "2027-09-24" } } });
        var planned = await api.PostAsync(path, new { days = new[] { new { stage = "30", on = "2027-09-24" } } }, ("If-Match", seen.Tag!));
        var stale = await api.PostAsync(path, new { days = new[] { new { stage = "30", on = "2027-10-01" } } }, ("If-Match", seen.Tag!));
        var wrong = await api.PostAsync(path, new { days = new[] { new { stage = "10", on = "2027-10-01" } } }, ("If-Match", planned.Tag!));
        var alien = await (await app.Given.ProgramOfAsync("zheng.hui")).PostAsync(path, new { days = Array.Empty<object>() }, ("If-Match", planned.Tag!));

        Assert.Equal((428, 200, 412, 422, 403), (blind.Status, planned.Status, stale.Status, wrong.Status, alien.Status));
        var limit = planned.Json.GetProperty("limits").EnumerateArray().Single(one => one.GetProperty("clock").GetString() == "drafting");
        Assert.Equal(("2027-09-23", "2027-09-24", 1), (limit.GetProperty("lastDay").GetString(), limit.GetProperty("expected").GetString(), limit.GetProperty("missedBy").GetInt32()));
        Assert.Equal(JsonValueKind.Null, planned.Json.GetProperty("plannedEnd").ValueKind);
        Assert.NotEqual(seen.Tag, planned.Tag);
    }

    private async Task<IReadOnlyList<string>> CodesAsync(string path, string? person = null) => [.. (await RowsAsync(path, person)).Select(row => row[0])];

    private async Task<IReadOnlyList<IReadOnlyList<string>>> RowsAsync(string path, string? person = null)
    {
        var rows = new List<IReadOnlyList<string>>();
        var session = person is null ? app.Visitor() : app.As(person);
        for (Page? page = await session.OpenAsync(path); page is not null; page = page.HasLink("下一页") ? await page.FollowAsync("下一页") : null) rows.AddRange(page.Rows());
        return rows;
    }
}
