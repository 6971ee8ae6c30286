namespace StdWorkflow.Web.Tests.Api;

/// <summary>What pages do with committees, members and positions, by program.</summary>
public class CommitteeApiTests(App app) : IClassFixture<App>
{
    private const string Path = "/api/v1/committees/sac-tc28-sc42";

    [Fact]
    public async Task A_committee_is_set_up_described_and_moved_on()
    {
        var api = await app.Given.ProgramOfAsync("admin");
        var added = await api.PostAsync("/api/v1/committees", new { parent = "sac-tc28-sc42", kind = "workingGroup", status = "active", designation = "SAC/TC28/SC42/WG-API", nameZh = "程序设立的工作组" });
        Assert.Equal((201, "/api/v1/committees/sac-tc28-sc42-wg-api"), (added.Status, added.Location));

        var described = await api.PostAsync($"{added.Location}/edit", new { nameZh = "程序设立的工作组", nameEn = "Working group set up by a program", scopeZh = "接口" }, ("If-Match", added.Tag!));
        var stale = await api.PostAsync($"{added.Location}/status", new { status = "dormant", reason = "过时" }, ("If-Match", added.Tag!));
        var stated = await api.PostAsync($"{added.Location}/facts", new { textZh = "首次会议有十人参加。", number = 10, source = "会议纪要", sourceVerified = true }, ("If-Match", described.Tag!));
        var planned = await api.PostAsync($"{added.Location}/work-plan", new { year = 2027, textZh = "完成接口标准", source = "会议纪要" });
        var moved = await api.PostAsync($"{added.Location}/status", new { status = "dormant", reason = "暂无项目" }, ("If-Match", planned.Tag!));

        Assert.Equal([200, 412, 200, 200, 200], [described.Status, stale.Status, stated.Status, planned.Status, moved.Status]);
        Assert.Equal(("dormant", "接口"), (moved.Of("status"), moved.Json.GetProperty("scope").GetProperty("zh").GetString()));
        Assert.Equal((10, 2027), (moved.Json.GetProperty("facts")[0].GetProperty("number").GetInt32(), moved.Json.GetProperty("workPlan")[0].GetProperty("year").GetInt32()));
        Assert.Equal(422, (await api.PostAsync(Path + "/mirrors", new { other = "sac-tc260", source = "无" })).Status);
    }

    [Fact]
    public async Task Somebody_is_appointed_named_as_leader_and_leaves()
    {
        var api = await app.Given.ProgramOfAsync("wang.fang");
        var appointed = await api.PostAsync($"{Path}/members", new { position = "member", from = "2026-01-01", fullName = "周程", organization = "演示大学" });
        Assert.Equal(201, appointed.Status);
        var person = (await api.GetAsync(Path)).Json.GetProperty("members").EnumerateArray().Single(seat => seat.GetProperty("name").GetString() == "周程").GetProperty("person").GetString();
        var item = await api.PostAsync("/api/v1/work-items", new { committee = "sac-tc28-sc42", process = "pre-research", proposal = new { titleZh = "由新成员负责" } });
        var led = await api.PostAsync($"{item.Location}/edit", new { leader = person, isPublic = true }, ("If-Match", item.Tag!));

        var ended = await api.PostAsync($"{appointed.Location}/end", new { to = "2026-06-30", reason = "调离" }, ("If-Match", appointed.Tag!));

        Assert.Equal("周程", led.Of("leader"));
        Assert.Equal((200, "2026-06-30"), (ended.Status, ended.Of("to")));
        Assert.Equal(422, (await api.PostAsync($"{Path}/members/{person}/invite", new { })).Status);
        Assert.Contains((await api.GetAsync($"{Path}/members?limit=200")).Items, line => line.GetProperty("name").GetString() == "周程" && line.GetProperty("to").GetString() == "2026-06-30");
    }

    [Fact]
    public async Task What_a_position_allows_is_changed_by_an_administrator_only()
    {
        var (api, member) = (await app.Given.ProgramOfAsync("admin"), await app.Given.ProgramOfAsync("liu.yang"));
        var seen = await api.GetAsync("/api/v1/positions/observer");
        var allowed = await api.PostAsync("/api/v1/positions/observer/allow", new { permissions = new[] { "view" } }, ("If-Match", seen.Tag!));

        Assert.Equal((200, 200), (seen.Status, allowed.Status));
        Assert.Equal("view", allowed.Json.GetProperty("permissions")[0].GetString());
        var (read, changed) = (await member.GetAsync("/api/v1/positions/observer"), await member.PostAsync("/api/v1/positions/observer/allow", new { permissions = Array.Empty<string>() }, ("If-Match", seen.Tag!)));
        Assert.Equal((403, 403), (read.Status, changed.Status));
    }

    [Fact]
    public async Task Who_may_not_changes_nothing_and_sees_no_keys()
    {
        var observer = await app.Given.ProgramOfAsync("sun.li");
        var seen = (await observer.GetAsync(Path)).Tag!;
        Driver.ApiAnswer[] refused =
        [
            await observer.PostAsync("/api/v1/committees", new { parent = "sac-tc28-sc42", kind = "workingGroup", designation = "SAC/TC28/SC42/WG-NO" }),
            await observer.PostAsync($"{Path}/edit", new { nameZh = "不许" }, ("If-Match", seen)),
            await observer.PostAsync($"{Path}/status", new { status = "concluded", reason = "不许" }, ("If-Match", seen)),
            await observer.PostAsync($"{Path}/facts", new { textZh = "不许", source = "无" }, ("If-Match", seen)),
            await observer.PostAsync($"{Path}/work-plan", new { year = 2027, textZh = "不许", source = "无" }),
            await observer.PostAsync($"{Path}/mirrors", new { other = "iso-iec-jtc-1-sc-42", source = "无" }),
            await observer.PostAsync($"{Path}/members", new { position = "member", from = "2026-01-01", fullName = "不许" }),
            await observer.GetAsync($"{Path}/members"), await observer.GetAsync("/api/v1/mails"),
            await observer.PostAsync($"/api/v1/mails/{Guid.NewGuid()}/retry", new { }),
        ];

        Assert.All(refused, answer => Assert.Equal((403, "notAllowed"), (answer.Status, answer.Code)));
        Assert.Equal(seen, (await observer.GetAsync(Path)).Tag);
        Assert.All((await app.Api().GetAsync(Path)).Json.GetProperty("members").EnumerateArray(), seat => Assert.Equal(System.Text.Json.JsonValueKind.Null, seat.GetProperty("person").ValueKind));
        Assert.Equal(200, (await (await app.Given.ProgramOfAsync("admin")).GetAsync("/api/v1/mails?state=sent")).Status);
    }
}
