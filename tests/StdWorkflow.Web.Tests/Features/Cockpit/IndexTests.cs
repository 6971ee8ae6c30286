using Microsoft.EntityFrameworkCore;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Features.Cockpit;

public class IndexTests(App app) : IClassFixture<App>
{
    private const string Cockpit = "/cockpit";

    [Fact]
    public async Task Late_items_tell_who_must_act_since_when_what_is_missing_and_until_when()
    {
        var chinese = await app.As("li.wei").OpenAsync(Cockpit);
        var english = await app.As("li.wei").In("en").OpenAsync(Cockpit);

        var row = RowOf(chinese, "late", "w-1036");
        Assert.Contains("陈静", row[0], StringComparison.Ordinal);
        Assert.StartsWith("20 起草阶段 ", row[1], StringComparison.Ordinal);
        Assert.Matches("^起草工作组 自 20[0-9-]+$", row[2]);
        Assert.Equal("征求意见稿和编制说明已附", row[3]);
        Assert.Equal("2026-11-08 逾期 15 天", row[4]);
        Assert.Equal("2026-11-08 15 days late", RowOf(english, "late", "w-1036")[4]);
        Assert.Contains("since 20", RowOf(english, "late", "w-1036")[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_due_within_thirty_days_is_at_risk_and_what_is_later_is_not()
    {
        var page = await app.As("li.wei").OpenAsync(Cockpit);

        Assert.Contains("w-1035", Codes(page, "near"));
        Assert.DoesNotContain("w-1039", Codes(page, "near"));
        Assert.DoesNotContain("w-1036", Codes(page, "near"));
    }

    [Fact]
    public async Task What_I_can_do_now_waits_for_me_and_what_others_must_state_does_not()
    {
        await using var own = await OwnAsync();
        var unled = await own.Given.ProposedAsync(process: "pre-research");
        var stuck = await own.Given.ProposedAsync();
        var ready = await own.Given.ProposedAsync();
        await own.Given.AttestAsync(ready, "proposal-adopted");

        var secretary = await own.As("li.wei").OpenAsync(Cockpit);
        var chair = await own.As("zhang.min").OpenAsync(Cockpit);

        Assert.Contains(ready, Codes(secretary, "waiting"));
        Assert.Contains(unled, Codes(secretary, "waiting"));
        Assert.DoesNotContain(stuck, Codes(secretary, "waiting"));
        // The chair takes steps, but names no leaders.
        Assert.Contains(ready, Codes(chair, "waiting"));
        Assert.DoesNotContain(unled, Codes(chair, "waiting"));
    }

    [Fact]
    public async Task Time_in_the_stage_stands_beside_the_median_of_three_stays_or_more()
    {
        await using var own = await OwnAsync();
        var codes = new List<string>();
        foreach (var _ in Enumerable.Range(0, 4)) codes.Add(await own.Given.ProposedAsync(process: "group-standard"));
        await own.Given.EditAsync(codes[3], null, null);
        Assert.Contains("同类不足 3 次，无中位数", RowOf(await own.As("liu.yang").OpenAsync(Cockpit), "blocked", codes[3])[1], StringComparison.Ordinal);

        foreach (var (code, days) in codes.Take(3).Zip([10, 10, 25]))
        {
            own.Clock.Advance(TimeSpan.FromDays(days));
            await own.Given.AdvanceAsync(code, "proposal-terminated", "测试：终止");
        }

        // Entered on the same day, they stayed 10, 20 and 45 days.
        Assert.EndsWith(" 45 天 同类中位数 20 天（3 次） 偏长", RowOf(await own.As("liu.yang").OpenAsync(Cockpit), "blocked", codes[3])[1], StringComparison.Ordinal);
        Assert.Contains("median of its kind 20 days (3 stays)", RowOf(await own.As("liu.yang").In("en").OpenAsync(Cockpit), "blocked", codes[3])[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_load_counts_running_and_late_items_of_each_leader_where_I_may_move_items()
    {
        var page = await app.As("li.wei").OpenAsync(Cockpit);
        var load = Table(page, "load");

        var chen = load.Single(row => row[0] == "陈静");
        var expected = await app.Db(db => (
            from item in db.WorkItems
            from track in item.Tracks
            where db.People.Any(person => person.Id == item.LeaderId && person.FullName == "陈静") && track.End == null && item.CommitteeId != null
            select item.Code).CountAsync());
        Assert.Equal("1", chen[2]);
        Assert.InRange(int.Parse(chen[1], System.Globalization.CultureInfo.InvariantCulture), 1, expected);
        Assert.Equal(load.Select(row => row[2]).OrderDescending(), load.Select(row => row[2]));
        Assert.Empty((await app.As("liu.yang").OpenAsync(Cockpit)).Document.QuerySelectorAll("#load"));
    }

    [Fact]
    public async Task A_leader_sees_their_own_items_and_nobody_sees_what_they_may_not()
    {
        var hidden = await app.Given.ProposedAsync(isPublic: false);
        await app.Given.EditAsync(hidden, null, null, isPublic: false);
        var led = await app.Given.ProjectAtAsync("20");

        var leader = await app.As("liu.yang").OpenAsync(Cockpit);
        var stranger = await app.As("zheng.hui").OpenAsync(Cockpit);

        var known = await app.Db(db => db.WorkItems.Where(item => db.People.Any(person => person.Id == item.LeaderId && person.Email == "liu.yang@example.org")).Select(item => item.Code).ToListAsync());
        Assert.Subset(Codes(leader, "blocked").ToHashSet(), new HashSet<string> { led, hidden });
        Assert.Subset(known.ToHashSet(), Codes(leader, "late", "near", "waiting", "blocked").ToHashSet());
        Assert.DoesNotContain(hidden, stranger.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_menu_leads_there_who_moves_items_and_the_duties_whoever_leads_some()
    {
        await app.Given.ProjectAtAsync("20");

        Assert.Equal("驾驶舱", (await (await app.As("li.wei").OpenAsync("/work-items")).FollowAsync("驾驶舱")).Heading);
        Assert.False((await app.As("liu.yang").OpenAsync("/work-items")).HasLink("驾驶舱"));
        Assert.Contains(Cockpit, (await app.As("liu.yang").OpenAsync("/")).Links);
        Assert.DoesNotContain(Cockpit, (await app.As("sun.li").OpenAsync("/")).Links);
    }

    [Fact]
    public async Task Programs_read_the_same()
    {
        var page = await app.As("li.wei").OpenAsync(Cockpit);
        var answer = await (await app.Given.ProgramOfAsync("li.wei")).GetAsync("/api/v1/cockpit");
        var visitor = await app.Api().GetAsync("/api/v1/cockpit");

        Assert.Equal(Codes(page, "late"), answer.Json.GetProperty("late").GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("code").GetString()!));
        Assert.Equal(401, visitor.Status);
    }

    private static async Task<App> OwnAsync()
    {
        var own = new App();
        await own.InitializeAsync();
        return own;
    }

    private static IReadOnlyList<IReadOnlyList<string>> Table(Page page, string section) =>
        [.. page.Document.QuerySelectorAll($"#{section} tbody tr").Select(row => (IReadOnlyList<string>)[.. row.Children.Select(Words.Of)])];

    private static List<string> Codes(Page page, params string[] sections) => [.. sections.SelectMany(section => Table(page, section)).Select(row => row[0].Split(' ')[0])];

    private static IReadOnlyList<string> RowOf(Page page, string section, string code) => Table(page, section).Single(row => row[0].StartsWith(code + " ", StringComparison.Ordinal));
}
