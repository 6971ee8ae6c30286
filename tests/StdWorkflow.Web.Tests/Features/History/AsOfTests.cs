using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using StdWorkflow.Data;
using StdWorkflow.Data.Events;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Committees;
using StdWorkflow.Web.Features.History;
using StdWorkflow.Web.Features.Relations;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Features.History;

public sealed class AsOfTests(App app) : IClassFixture<App>
{
    private static readonly string[] Heads = [nameof(Aggregate.Version), nameof(Aggregate.LastSequence), nameof(Aggregate.LastHash), nameof(Aggregate.ChangedAtUtc)];

    [Fact]
    public async Task Every_subject_there_is_can_be_rebuilt_from_its_history_alone()
    {
        var stored = await app.Db(StoredAsync);
        var told = await app.Db(db => ToldAsync(db, app.Clock.GetUtcNow().UtcDateTime));

        Assert.True(stored.Count > 500, $"{stored.Count} rows");
        Assert.Equal(stored.Keys.Order(StringComparer.Ordinal), told.Keys.Order(StringComparer.Ordinal));
        foreach (var (row, columns) in stored) Assert.Equal(columns, told[row]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task After_any_steps_each_past_moment_shows_what_was_there_at_that_moment(int seed)
    {
        var random = new Random(seed);
        var code = await app.Given.ProposedAsync(isPublic: false);
        var group = await app.Given.GroupAsync();
        var api = await app.Given.ProgramOfAsync("li.wei");
        var moments = new List<Moment>();
        var changed = 0;
        for (var step = 0; step < 25; step++)
        {
            app.Clock.Advance(TimeSpan.FromTicks(random.NextInt64(TimeSpan.TicksPerMillisecond, TimeSpan.TicksPerHour)));
            changed += await AnythingAsync(random, code, group);
            moments.Add(await LookAsync());
        }

        Assert.InRange(changed, 8, 25);
        foreach (var (at, item, itemAsOf, committee, stored) in moments)
        {
            var moment = at.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);
            var told = await app.Db(db => ToldAsync(db, at));
            Assert.Equal(stored.Count, told.Count);
            foreach (var (row, columns) in stored) Assert.Equal(columns, told[row]);
            var later = (await api.GetAsync($"/api/v1/work-items/{code}/as-of?at={moment}")).Json.GetProperty("at");
            Assert.Equal(itemAsOf.GetProperty("rows").ToString(), later.GetProperty("rows").ToString());
            Same(item, later);
            SameCommittee(committee, (await api.GetAsync($"/api/v1/committees/{group}/as-of?at={moment}")).Json.GetProperty("at"));
        }

        async Task<Moment> LookAsync() => new(
            app.Clock.GetUtcNow().UtcDateTime, (await api.GetAsync($"/api/v1/work-items/{code}")).Json, (await api.GetAsync($"/api/v1/work-items/{code}/as-of")).Json.GetProperty("at"),
            (await api.GetAsync($"/api/v1/committees/{group}")).Json, await app.Db(StoredAsync));
    }

    [Theory]
    [InlineData("zh-CN", "当时的样子", "前一次变动", "计划号", "无", "现在比较")]
    [InlineData("en", "As it was then", "The change before", "Plan number", "none", "Compare with now")]
    public async Task The_history_leads_to_each_moment_and_two_moments_show_only_what_differs(string language, string link, string earlier, string field, string none, string now)
    {
        var code = await app.Given.ProposedAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(3));
        var plan = Given.NextPlanNumber();
        await app.Given.EditAsync(code, plan, null);
        app.Clock.Advance(TimeSpan.FromMinutes(3));
        await app.Given.AttestAsync(code, "proposal-adopted");
        var visitor = app.Visitor().In(language);
        var item = await visitor.OpenAsync($"/work-items/{code}");
        Assert.Equal(3, item.Links.Count(address => address.StartsWith($"/work-items/{code}/as-of?at=", StringComparison.Ordinal)));

        var newest = await item.FollowAsync(link);
        var middle = await newest.FollowAsync(earlier);
        var first = await middle.FollowAsync(earlier);
        var against = await first.FollowAsync(now.Length > 4 ? now : $"与{now}");
        var differences = await visitor.OpenAsync(first.Path + "&and=" + middle.Path.Split("at=")[1]);
        var nothing = await visitor.OpenAsync(first.Path + "&and=" + first.Path.Split("at=")[1]);

        Assert.Contains(plan, middle.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(plan, first.Text, StringComparison.Ordinal);
        Assert.Contains(differences.Rows(), row => row.SequenceEqual([field, none, plan]));
        Assert.InRange(differences.Rows().Count, 2, 6);
        Assert.True(against.Rows().Count > differences.Rows().Count);
        Assert.Empty(nothing.Rows());
    }

    [Fact]
    public async Task Of_a_list_that_was_written_anew_only_what_it_says_otherwise_differs()
    {
        var code = await app.Given.ProposedAsync();
        await NameAsync("甲研究所\n乙大学\n丙公司");
        app.Clock.Advance(TimeSpan.FromMinutes(3));
        var before = app.Clock.GetUtcNow().UtcDateTime;
        app.Clock.Advance(TimeSpan.FromMinutes(3));
        await NameAsync("甲研究所\n丙公司\n丁院");
        var between = app.Clock.GetUtcNow().UtcDateTime;
        app.Clock.Advance(TimeSpan.FromMinutes(3));
        await NameAsync("丁院\n甲研究所\n丙公司");
        var now = app.Clock.GetUtcNow().UtcDateTime;

        var differs = await RowsAsync(before, between);
        var reordered = await RowsAsync(between, now);

        Assert.Equal([("乙大学", "无"), ("无", "丁院")], differs);
        Assert.Equal(6, reordered.Count);

        async Task NameAsync(string organizations) =>
            await app.RunAsync(new EditWorkItem(code, null, organizations, null, null, null, true, await app.Given.VersionAsync(code)));

        async Task<List<(string, string)>> RowsAsync(DateTime at, DateTime and) =>
            [.. (await app.As("li.wei").OpenAsync($"/work-items/{code}/as-of?at={AskedMoment.Write(at)}&and={AskedMoment.Write(and)}")).Rows().Where(row => row[0] == "起草单位").Select(row => (row[1], row[2]))];
    }

    [Fact]
    public async Task A_committee_shows_its_past_in_the_same_way()
    {
        var code = await app.Given.GroupAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(3));
        await app.RunAsync(new ChangeCommitteeStatus(code, CommitteeStatus.Dormant, "测试", 1));
        await app.RunAsync(new PlanCommitteeWork(code, 2027, "测试计划", "Test plan", new DateOnly(2027, 6, 30), "会议", false));
        var page = await app.Visitor().OpenAsync($"/committees/{code}");

        var now = await page.FollowAsync("当时的样子");
        var before = now.Links.Last(address => address.Contains("&and=", StringComparison.Ordinal));
        var differences = await app.Visitor().In("en").OpenAsync(before.Split("?at=")[0] + "?at=" + AtOf(await FirstAsync(code)) + "&and=" + before.Split("&and=")[1]);

        Assert.Equal(["Status", "Active", "Dormant"], differences.Rows()[0]);
        Assert.Equal(["Work plan", "none", "2027 · Test plan / 测试计划 · by 2027-06-30 · 会议"], differences.Rows()[1]);
        Assert.Equal(2, differences.Rows().Count);
    }

    [Theory]
    [InlineData("gestern", "请写明日期或时刻")]
    [InlineData("2026-02-30", "请写明日期或时刻")]
    [InlineData("2026-11-23 24:61", "请写明日期或时刻")]
    [InlineData("%E2%80%AE2026-11-23", "请写明日期或时刻")]
    [InlineData("%D9%A2%D9%A0%D9%A2%D9%A6-11-23", "请写明日期或时刻")]
    [InlineData("9999-12-31T23:59:59-14:00", "请写明日期或时刻")]
    [InlineData("%00", "请写明日期或时刻")]
    [InlineData("9999-12-31", "这一时刻尚未到来。")]
    [InlineData("2026-12-24T09:00%2B08:00", "这一时刻尚未到来。")]
    [InlineData("0001-01-01", "更早的情形没有记录。")]
    [InlineData("2026-11-20T09:00+08:00", "更早的情形没有记录。")]
    public async Task A_moment_that_cannot_be_shown_is_refused_in_words(string at, string words)
    {
        var code = await app.Given.ProposedAsync();

        var page = await app.Visitor().OpenAsync($"/work-items/{code}/as-of?at={at}");
        var compared = await app.Visitor().OpenAsync($"/committees/sac-tc28-sc42/as-of?and={at}");
        var program = await app.Api().GetAsync($"/api/v1/work-items/{code}/as-of?at={at}");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(words, page.ErrorOf("时刻"), StringComparison.Ordinal);
        Assert.Contains(words, compared.ErrorOf("与另一时刻比较"), StringComparison.Ordinal);
        Assert.Equal(422, program.Status);
        Assert.Empty(page.Document.QuerySelectorAll("main dl"));
    }

    [Theory]
    [InlineData("2026-11-23", true)]
    [InlineData("2026-11-23 09:0", false)]
    [InlineData("2026-11-23T09:00", true)]
    [InlineData("2026-11-23 09:00:00", true)]
    [InlineData("2026-11-23T01:00:00Z", true)]
    [InlineData("2026-11-23T09:00:00%2B08:00", true)]
    [InlineData("2026-11-23T09:00:00+08:00", true)]
    [InlineData("2026-11-23T08:59", false)]
    [InlineData("2026-11-22", false)]
    public async Task A_day_or_a_minute_is_meant_to_its_end_and_by_the_clock_of_Beijing(string at, bool isKnown)
    {
        // What the program came with was recorded when the clock of the tests starts, at nine in Beijing.
        var answer = await app.Api().GetAsync($"/api/v1/committees/sac-tc28-sc42/as-of?at={at}");

        Assert.Equal(isKnown ? 200 : 422, answer.Status);
    }

    [Fact]
    public async Task What_was_not_public_stays_hidden_from_those_who_could_not_see_it()
    {
        var code = await app.Given.ProposedAsync(isPublic: false);
        var hidden = AtOf(app.Clock.GetUtcNow().UtcDateTime);
        app.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Visitor().OpenAsync($"/work-items/{code}/as-of")).Status);
        Assert.Equal(404, (await app.Api().GetAsync($"/api/v1/work-items/{code}/as-of")).Status);
        await app.Given.EditAsync(code, null, null, isPublic: true);

        var then = await app.Visitor().OpenAsync($"/work-items/{code}/as-of?at={hidden}");
        var compared = await app.Visitor().OpenAsync($"/work-items/{code}/as-of?and={hidden}");
        var program = await app.Api().GetAsync($"/api/v1/work-items/{code}/as-of?at={hidden}");
        var member = await app.As("li.wei").OpenAsync($"/work-items/{code}/as-of?at={hidden}");

        Assert.Equal("当时尚未公开。", then.ErrorOf("时刻"));
        Assert.Equal("当时尚未公开。", compared.ErrorOf("与另一时刻比较"));
        Assert.Equal((422, "asOf.hidden"), (program.Status, program.Code));
        Assert.Equal(HttpStatusCode.OK, (await app.Visitor().OpenAsync($"/work-items/{code}/as-of")).Status);
        Assert.Contains("人工智能 测试项目", Words.Of(member.Document.QuerySelector("main dl")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_item_that_is_not_public_is_not_named_by_one_that_grew_from_it()
    {
        var research = await app.Given.FinishedResearchAsync(isPublic: false);
        var grown = await app.RunAsync(new OpenSuccessor(research, null, [], "gb-t-normal", [new("人工智能 后续项目", null)]));
        await app.Given.EditAsync(grown, null, null, isPublic: true);

        var visitor = await app.Visitor().OpenAsync($"/work-items/{grown}/as-of");
        var member = await app.As("li.wei").OpenAsync($"/work-items/{grown}/as-of");
        var program = await app.Api().GetAsync($"/api/v1/work-items/{grown}/as-of");

        Assert.Contains("源自 · 未公开的项目", visitor.Text, StringComparison.Ordinal);
        Assert.Contains($"源自 · {research}", member.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(research, visitor.Source + program.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_history_still_names_those_who_led_and_drafted_before()
    {
        var code = await app.Given.ProposedAsync();
        await app.Given.EditAsync(code, null, null);
        await app.RunAsync(new EditWorkItem(code, null, "测试：后来的起草单位", null, null, null, true, await app.Given.VersionAsync(code)));

        var page = await app.Visitor().OpenAsync($"/work-items/{code}");

        Assert.Contains("起草单位：演示视觉科技公司。", page.Text, StringComparison.Ordinal);
        Assert.Contains("起草单位：测试：后来的起草单位。", page.Text, StringComparison.Ordinal);
        Assert.Contains("负责人：刘洋。", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task However_much_has_happened_it_is_read_at_once()
    {
        var (young, old) = (await app.Given.GroupAsync(), await app.Given.GroupAsync());
        for (var year = 2001; year <= 2030; year++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            await app.RunAsync(new PlanCommitteeWork(old, year, $"计划 {year}", null, null, "会议", false));
        }

        var few = await app.Statements.DuringAsync(() => app.Visitor().OpenAsync($"/committees/{young}/as-of"));
        var many = await app.Statements.DuringAsync(() => app.Visitor().OpenAsync($"/committees/{old}/as-of"));

        Assert.Equal(few.Select(statement => statement.Text), many.Select(statement => statement.Text));
    }

    private static string AtOf(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private Task<DateTime> FirstAsync(string committee) => app.Db(db =>
        db.Events.Where(written => db.Committees.Any(known => known.Id == written.SubjectId && known.Code == committee)).MinAsync(written => written.RecordedAt));

    /// <summary>One command, whichever; those that the rules refuse at this point change nothing. Answers how many were carried out.</summary>
    private async Task<int> AnythingAsync(Random random, string code, string group)
    {
        var version = await app.Given.VersionAsync(code);
        var (stage, gates, ways) = await app.Db(async db =>
        {
            var track = await db.WorkItems.Where(item => item.Code == code).SelectMany(item => item.Tracks).Where(track => track.Kind == TrackKind.MainText).Select(track => new { track.StageKey, track.ProcessKey, track.ProcessVersion }).SingleAsync();
            var definition = Domain.Processes.DefinitionReader.Read(await db.Processes.Where(known => known.Key == track.ProcessKey && known.DefinitionVersion == track.ProcessVersion).Select(known => known.Json).SingleAsync()).Value;
            var from = definition.Transitions.Where(way => way.From == track.StageKey && way.Kind != Domain.Processes.TransitionKind.Abandon).ToList();
            return (track.StageKey, from.SelectMany(way => way.Gates).Where(gate => gate.Kind == Domain.Processes.GateKind.Attestation).Select(gate => gate.Key).ToList(), from.Select(way => way.Key).ToList());
        });
        var committee = await app.Db(db => db.Committees.Where(known => known.Code == group).Select(known => known.Version).SingleAsync());
        string Some(params string[] words) => words[random.Next(words.Length)];
        var title = $"人工智能 {Some("测试", "评估", "术语")} {random.Next(1000)}";
        switch (random.Next(9))
        {
            case 0:
                return await TryAsync(new ChangeProposal(code, new ProposalEntry { TitleZh = title, TitleEn = random.Next(2) == 0 ? null : $"Artificial {title.Length}", Months = random.Next(2) == 0 ? null : 18, Purpose = Some("甲", "乙", "") }, version));
            case 1:
                var leads = Some("liu.yang@example.org", "zhang.min@example.org");
                var leader = await app.Db(db => db.People.Where(person => person.Email == leads).Select(person => person.Id).SingleAsync());
                return await TryAsync(new EditWorkItem(code, random.Next(3) == 0 ? null : leader, Some("演示视觉科技公司", "演示视觉科技公司\n测试单位", ""), Some(Given.NextPlanNumber(), ""), Some("GB/T 41867-2022", ""), null, random.Next(2) == 0, version));
            case 2 or 3 when gates.Count > 0:
                return await TryAsync(new AttestGate(code, gates[random.Next(gates.Count)], Some("文件一", "文件二"), new DateOnly(2026, 11, 20), version));
            case 4 or 5 or 6 when ways.Count > 0:
                return await TryAsync(new AdvanceWorkItem(code, ways[random.Next(ways.Count)], "测试", null, version));
            case 7:
                return await TryAsync(new ChangeCommitteeStatus(group, random.Next(2) == 0 ? CommitteeStatus.Dormant : CommitteeStatus.Active, $"测试 {stage}", committee));
            case 8:
                return await TryAsync(new StateCommitteeFact(group, null, title, Some("Fact", "Other fact"), random.Next(50), null, "会议", random.Next(2) == 0, null, committee));
            default:
                return await TryAsync(new DescribeCommittee(group, title, Some("Group", ""), Some("范围", ""), null, null, null, null, Some("wg@example.org", ""), committee));
        }

        async Task<int> TryAsync<T>(ICommand<T> command) => (await app.RunAsAsync("admin", command)).IsOk ? 1 : 0;
    }

    private static void Same(JsonElement live, JsonElement asOf)
    {
        var (item, track) = (Rows(asOf, "workItem").Single(), Rows(asOf, "track").Single());
        foreach (var field in new[] { "title", "kind", "committee", "leader", "planNumber", "standardNumber", "isPublic" }) Assert.Equal(Said(live, field), Said(item, field));
        var now = live.GetProperty("tracks")[0];
        foreach (var field in new[] { "stage", "phase", "since", "end" }) Assert.Equal(Said(now, field), Said(track, field));
        Assert.Equal(Said(now, "process"), track.GetProperty("process").GetProperty("key").ToString());
        Assert.Equal(now.GetProperty("waitingFor").GetProperty("zh").GetString(), track.TryGetProperty("waitingFor", out var waits) ? waits.GetProperty("zh").GetString() : null);
        Assert.Equal(
            now.GetProperty("stages").EnumerateArray().Select(stay => (Said(stay, "stage"), Said(stay, "entered"), Said(stay, "left"))),
            Rows(asOf, "stageSpan").Select(stay => (Said(stay, "stage"), Said(stay, "entered"), Said(stay, "left"))));
        Assert.Equal(
            live.GetProperty("deadlines").EnumerateArray().Select(due => $"{Said(due, "clock")} {Said(due, "lastDay")} {Said(due, "status")}").Order(StringComparer.Ordinal),
            Rows(asOf, "deadline").Select(due => $"{Said(due, "clock")} {Said(due, "localDate")} {Said(due, "status")}").Order(StringComparer.Ordinal));
        Assert.Equal(
            live.GetProperty("draftingOrganizations").EnumerateArray().Select(name => name.GetProperty("zh").GetString()),
            Rows(asOf, "draftingOrganization").Select(named => named.GetProperty("organization").GetProperty("zh").GetString()));
    }

    private static void SameCommittee(JsonElement live, JsonElement asOf)
    {
        var committee = Rows(asOf, "committee").Single();
        foreach (var field in new[] { "designation", "name", "kind", "status", "parent" }) Assert.Equal(Said(live, field), Said(committee, field));
        Assert.Equal(
            live.GetProperty("facts").EnumerateArray().Select(fact => $"{fact.GetProperty("text")} {Said(fact, "source")}"),
            Rows(asOf, "committeeFact").Select(fact => $"{fact.GetProperty("text")} {Said(fact, "sourceReference")}"));
    }

    private static IEnumerable<JsonElement> Rows(JsonElement asOf, string name) =>
        asOf.GetProperty("rows").EnumerateArray().Where(row => row.GetProperty("name").GetString() == name).Select(row => row.GetProperty("values"));

    private static string? Said(JsonElement of, string field) => of.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : null;

    /// <summary>Every row of every subject as the database holds it, told without the history.</summary>
    private static async Task<Dictionary<string, string>> StoredAsync(AppDbContext db)
    {
        var rows = new Dictionary<string, string>();
        foreach (var type in db.Model.GetEntityTypes().Where(type => typeof(Aggregate).IsAssignableFrom(type.ClrType) || typeof(Part).IsAssignableFrom(type.ClrType)))
            await (Task)typeof(AsOfTests).GetMethod(nameof(LoadAsync), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!.MakeGenericMethod(type.ClrType).Invoke(null, [db])!;
        foreach (var entry in db.ChangeTracker.Entries())
        {
            var id = entry.Entity switch { Aggregate root => root.Id, Part part => part.Id, _ => (Guid?)null };
            if (id is not { } key) continue;
            var columns = PropertiesOf(entry).Where(one => one.Value is not null && !(entry.Entity is Aggregate && Heads.Contains(one.Name))).Select(one => $"{one.Name}={one.Value}").Order(StringComparer.Ordinal);
            rows[$"{entry.Metadata.ClrType.Name} {key}"] = string.Join('\n', columns);
        }

        return rows;
    }

    private static async Task LoadAsync<T>(AppDbContext db) where T : class => await db.Set<T>().IgnoreQueryFilters().LoadAsync();

    private static IEnumerable<(string Name, string? Value)> PropertiesOf(EntityEntry row) =>
        row.Properties.Concat(row.ComplexProperties.SelectMany(Within)).Select(property => (ColumnOf(property.Metadata), Text(property)));

    private static IEnumerable<PropertyEntry> Within(ComplexPropertyEntry complex) => complex.Properties.Concat(complex.ComplexProperties.SelectMany(Within));

    private static string ColumnOf(IProperty property) =>
        (property.DeclaringType as IComplexType)?.IsMappedToJson() == true ? $"{property.DeclaringType.DisplayName()}.{property.Name}" : property.GetColumnName();

    private static string? Text(PropertyEntry property) => property.CurrentValue switch
    {
        null => null,
        Enum word => $"\"{word}\"",
        IEnumerable<string> or System.Collections.IEnumerable and not string => JsonSerializer.Serialize(property.Metadata.GetTypeMapping().Converter?.ConvertToProvider(property.CurrentValue) ?? property.CurrentValue, EventJson.Options),
        var plain => JsonSerializer.Serialize(plain, EventJson.Options),
    };

    /// <summary>The same, told from nothing but the history up to a moment.</summary>
    private static async Task<Dictionary<string, string>> ToldAsync(AppDbContext db, DateTime at)
    {
        var rows = new Dictionary<string, string>();
        var events = await db.Events.AsNoTracking().Where(written => written.RecordedAt <= at).OrderBy(written => written.SubjectId).ThenBy(written => written.Sequence).ToListAsync();
        foreach (var subject in events.GroupBy(written => (written.SubjectType, written.SubjectId)))
        {
            foreach (var row in PastState.After(subject.Select(written => written.Changes)))
                rows[$"{row.Row} {row.Id}"] = string.Join('\n', row.Columns.Where(column => column.Value.ValueKind != JsonValueKind.Null).Select(column => $"{column.Key}={column.Value.GetRawText()}").Order(StringComparer.Ordinal));
        }

        return rows;
    }

    private sealed record Moment(DateTime At, JsonElement Item, JsonElement AsOf, JsonElement Committee, Dictionary<string, string> Stored);
}
