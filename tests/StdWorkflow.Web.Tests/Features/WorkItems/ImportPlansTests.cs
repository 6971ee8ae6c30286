using System.Net;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Events;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Tests.Features.International;

namespace StdWorkflow.Web.Tests.Features.WorkItems;

public sealed class ImportPlansTests(App app) : IClassFixture<App>, IDisposable
{
    private const string Head = "number,kind,title_zh,title_en,status_zh,status_as_of,registered_or_issued,implementation,committee,executing_sc,plan_no";

    private readonly SmallFiles files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("20269960-T-469,plan,演示一,,正在起草,2026-11-01,2026-05-28,,TC28,TC28SC42,", "gb-t-normal", "20", "2026-05-28", "sac-tc28-sc42")]
    [InlineData("20269961-Z-469,plan,演示二,,征求意见,2026-11-01,2026-05-28,,TC28,,", "gb-z", "30", null, "sac-tc28")]
    [InlineData("20269962-T-469,plan,演示三,,正在审查,2026-11-01,2026-05,,TC260,,", "gb-t-normal", "40", null, "sac-tc260")]
    [InlineData("20269963-T-469,plan,,Demo four,正在批准,2026-11-01,,,TC999,,", "gb-t-normal", "50", null, null)]
    [InlineData("20269964-Q-469,plan,演示八,,正在起草,2026-11-01,,,,,", "gb-mandatory", "20", null, null)]
    [InlineData("GB/T 99960-2026,standard,演示五,,即将实施,2026-11-01,2026-09-28,2027-01-01,,,", "gb-t-normal", "60", "2026-09-28", null)]
    [InlineData("GB/T 99961-2025,standard,演示六,,,2026-11-01,2025,,,,", "gb-t-normal", "60", null, null)]
    [InlineData("GB/T 99962-2015,standard,演示七,,废止,2026-11-01,2015-01-01,,,,", "gb-t-normal", "95", null, null)]
    [InlineData("GB/Z 99963.1-2026,standard,演示九,,现行,2026-11-01,2026-05-22,,,,", "gb-z", "60", "2026-05-22", null)]
    [InlineData("GB 99964-2025,standard,演示十,,现行,2026-11-01,,,,,20269967-T-469", "gb-mandatory", "60", null, null)]
    public async Task A_row_becomes_a_public_work_item_of_its_kind_at_the_stage_that_it_shows(string row, string process, string stage, string? since, string? committee)
    {
        var brought = await ImportAsync(row);

        Assert.Equal("1 read: 1 new, 0 changed, 0 unchanged, 0 refused", brought.Sum.Line);
        var item = await FindAsync(row[..row.IndexOf(',', StringComparison.Ordinal)]);
        Assert.Equal((WorkItemKind.National, true, false), (item.Kind, item.IsPublic, item.IsDemo));
        Assert.Equal((stage, process, since), (item.Main.StageKey, item.Main.ProcessKey, item.Main.Since?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(committee, await app.Db(db => db.Committees.Where(known => known.Id == item.CommitteeId).Select(known => known.Code).SingleOrDefaultAsync()));
        Assert.False(await app.Db(db => db.Consultations.AnyAsync(opened => opened.WorkItemId == item.Id)));
    }

    [Theory]
    [InlineData("演示\u202Egnitset")]
    [InlineData("演示\u2067十一")]
    [InlineData("演示\u0007十一")]
    [InlineData("演示\u2028十一")]
    [InlineData("演示\U000E0041十一")]
    [InlineData("\u3164")]
    public async Task A_title_that_a_page_would_refuse_comes_by_no_file(string title)
    {
        var brought = await ImportAsync($"20269978-T-469,plan,{title},,正在起草,2026-11-01,,,,,", "20269979-T-469,plan,演示十二,,正在起草,2026-11-01,,,,,");

        Assert.EndsWith("1 refused", brought.Sum.Line, StringComparison.Ordinal);
        Assert.False(await app.Db(db => db.WorkItems.AnyAsync(item => item.PlanNumber == "20269978-T-469")));
    }

    [Fact]
    public async Task The_plan_number_stays_the_key_when_the_standard_is_issued()
    {
        await ImportAsync("20269970-T-469,plan,演示,,正在批准,2026-11-01,,,,,");

        var issued = await ImportAsync("GB/T 99970-2026,standard,,,现行,2026-11-01,2026-10-20,2026-12-01,,,20269970-T-469");
        var again = await ImportAsync("GB/T 99970-2026,standard,,,现行,2026-11-01,2026-10-20,2026-12-01,,,20269970-T-469");

        Assert.Equal("1 read: 0 new, 1 changed, 0 unchanged, 0 refused", issued.Sum.Line);
        Assert.Equal("1 read: 0 new, 0 changed, 1 unchanged, 0 refused", again.Sum.Line);
        var item = await FindAsync("20269970-T-469");
        Assert.Equal(("GB/T 99970-2026", "60", "演示"), (item.StandardNumber, item.Main.StageKey, item.Title.Zh));
        Assert.Equal(
            [nameof(WorkItemImported), nameof(TrackStarted), nameof(WorkItemRevisedByImport), nameof(StageRecorded)],
            await app.Db(db => db.Set<EventRecord>().Where(happened => happened.SubjectId == item.Id).OrderBy(happened => happened.Sequence).Select(happened => happened.Type).ToListAsync()));
    }

    [Fact]
    public async Task A_list_that_still_says_the_same_does_not_undo_a_step_taken_here()
    {
        const string row = "20269971-T-469,plan,演示,,正在起草,2026-11-01,2026-05-28,,TC28,TC28SC42,";
        await ImportAsync(row);
        var before = await FindAsync("20269971-T-469");
        await app.RunAsync(new AdvanceWorkItem(before.Code, "20-98", "演示理由", null, before.Version));

        var same = await ImportAsync(row);
        var other = await ImportAsync(row.Replace("正在起草", "正在审查", StringComparison.Ordinal));

        Assert.Equal("1 read: 0 new, 0 changed, 1 unchanged, 0 refused", same.Sum.Line);
        Assert.Equal("1 read: 0 new, 1 changed, 0 unchanged, 0 refused", other.Sum.Line);
        Assert.Equal("40", (await FindAsync("20269971-T-469")).Main.StageKey);
    }

    [Fact]
    public async Task A_list_does_not_move_an_item_that_is_driven_here()
    {
        var demo = await app.Db(db => db.WorkItems.AsNoTracking().Include(item => item.Tracks).SingleAsync(item => item.PlanNumber == "20269906-T-469"));

        var brought = await ImportAsync("20269906-T-469,plan,,,正在批准,2026-11-01,,,,,");

        Assert.Equal("1 read: 0 new, 1 changed, 0 unchanged, 0 refused", brought.Sum.Line);
        var after = await FindAsync("20269906-T-469");
        Assert.Equal((demo.Main.StageKey, "正在批准"), (after.Main.StageKey, after.ImportedStatus));
    }

    [Fact]
    public async Task A_row_older_than_what_is_known_of_its_item_changes_nothing()
    {
        // The second row makes both files as new as the others of this class.
        const string newest = "20269973-T-469,plan,演示,,正在起草,2026-11-01,,,,,";
        await ImportAsync("20269972-T-469,plan,演示,,正在审查,2026-10-20,,,,,", newest);

        var older = await ImportAsync("20269972-T-469,plan,旧名,,正在起草,2026-10-10,,,,,", newest);

        Assert.Equal("2 read: 0 new, 0 changed, 2 unchanged, 0 refused", older.Sum.Line);
        Assert.Equal("40", (await FindAsync("20269972-T-469")).Main.StageKey);
    }

    [Theory]
    [InlineData("2026996-T-469,plan,演示,,正在起草,2026-11-01,,,,,")]
    [InlineData("20269964-X-469,plan,演示,,正在起草,2026-11-01,,,,,")]
    [InlineData("GB/T 99964,standard,演示,,现行,2026-11-01,,,,,")]
    [InlineData("YD/T 99964-2026,standard,演示,,现行,2026-11-01,,,,,")]
    [InlineData("20269964-T-469,plan,演示,,睡着了,2026-11-01,,,,,")]
    [InlineData("20269964-T-469,plan,演示,,,2026-11-01,,,,,")]
    [InlineData("20269964-T-469,plan,演示,,正在起草,2026/11/01,,,,,")]
    [InlineData("20269964-T-469,plan,演示,,正在起草,2026-11-01,soon,,,,")]
    [InlineData(",plan,演示,,正在起草,2026-11-01,,,,,")]
    [InlineData("20269964-T-469,plan,演示")]
    public async Task A_row_of_another_form_is_refused_with_a_reason(string row)
    {
        var brought = await app.ImportAsync(ImportPlans.Import, files.Write("plans.csv", Head, row), "2026-11-01");

        Assert.Equal("1 read: 0 new, 0 changed, 0 unchanged, 1 refused", brought.Sum.Line);
        Assert.Matches(@"^line 2: .+\.$", brought.Refused.Single());
        Assert.DoesNotContain("problem.", brought.Refused.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_that_stands_in_two_columns_is_refused_once()
    {
        var same = await app.ImportAsync(ImportPlans.Import, files.Write("plans.csv", Head, "20269964-X-469,plan,演示,,正在起草,2026-11-01,,,,,20269964-X-469"), "2026-11-01");
        var two = await app.ImportAsync(ImportPlans.Import, files.Write("plans.csv", Head, "20269964-X-469,plan,演示,,正在起草,2026-11-01,,,,,20269964-Y-469"), "2026-11-01");

        Assert.Equal("line 2: In the plan number “20269964-X-469” the letter “X” should be T (recommended), Q (mandatory) or Z (guidance).", same.Refused.Single());
        Assert.Contains("20269964-Y-469", two.Refused.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_names_of_committees_are_read_in_the_form_of_the_platform()
    {
        Assert.Equal("SAC/TC28/SC42", PlanFileRows.Designation("TC28SC42"));
        Assert.Equal("SAC/TC260", PlanFileRows.Designation("TC260"));
        Assert.Equal("全国某标委会", PlanFileRows.Designation("全国某标委会"));

        await ImportAsync("20269965-T-469,plan,演示,,正在起草,2026-11-01,,,TC28,TC28SC999,");
        var item = await FindAsync("20269965-T-469");
        Assert.Equal("TC28SC999", item.CommitteeText);
        Assert.NotNull(item.CommitteeId);
    }

    [Fact]
    public async Task Who_administers_gives_an_item_the_committee_that_its_file_did_not_name_once()
    {
        await ImportAsync("20269966-T-469,plan,演示无归口,,正在起草,2026-11-01,,,TC999,,", "20269968-T-469,plan,演示无归口二,,正在起草,2026-11-01,,,TC999,,");
        var (code, other) = ((await FindAsync("20269966-T-469")).Code, (await FindAsync("20269968-T-469")).Code);
        Assert.Equal(HttpStatusCode.Forbidden, (await app.As("li.wei").OpenAsync($"/work-items/{code}/edit")).Status);
        Assert.Equal(Problem.NotAllowedCode, (await app.RunAsAsync("li.wei", new GiveCommittee(code, "sac-tc28-sc42", await app.Given.VersionAsync(code)))).Problem.Code);
        var form = await app.As("admin").OpenAsync($"/work-items/{code}/edit");
        Assert.True(form.Says("文件中写作“TC999”"), form.Text);

        var empty = await form.SubmitAsync(entry => entry.Choose("归口单位", "未指定"), "指定归口单位");
        var forged = await form.SubmitAsync(entry => entry.Forge("Committee", "no-such-committee"), "指定归口单位");
        var abroad = await form.SubmitAsync(entry => entry.Forge("Committee", "iso-iec-jtc-1-sc-42"), "指定归口单位");
        var page = await form.SubmitAsync(entry => entry.Choose("归口单位", "SAC/TC28/SC42 全国信息技术标准化技术委员会人工智能分技术委员会"), "指定归口单位");

        Assert.Equal(("请填写此项。", "没有代码为“no-such-committee”的委员会。"), (empty.ErrorOf("归口单位"), forged.ErrorOf("归口单位")));
        Assert.Equal("“ISO/IEC JTC 1/SC 42”是国际组织，不能归口国家标准项目。", abroad.ErrorOf("归口单位"));
        Assert.DoesNotContain(form.OptionsOf("归口单位"), option => option.StartsWith("ISO", StringComparison.Ordinal));
        Assert.Equal($"/work-items/{code}", page.Path);
        Assert.True(page.Says("归口单位：SAC/TC28/SC42。"), page.Text);
        Assert.Contains($"/work-items/{code}", (await app.As("li.wei").OpenAsync("/work-items?committee=sac-tc28-sc42&q=20269966")).Links);
        Assert.False((await app.As("admin").OpenAsync($"/work-items/{code}/edit")).HasButton("指定归口单位"));
        Assert.Equal(HttpStatusCode.OK, (await app.As("li.wei").OpenAsync($"/work-items/{code}/edit")).Status);
        Assert.All((await FindAsync("20269966-T-469")).Tracks, track => Assert.NotNull(track.CommitteeId));

        var api = await app.Given.ProgramOfAsync("admin");
        var given = await api.PostAsync($"/api/v1/work-items/{other}/committee", new { committee = "sac-tc28" }, ("If-Match", (await api.GetAsync($"/api/v1/work-items/{other}")).Tag!));
        var again = await api.PostAsync($"/api/v1/work-items/{other}/committee", new { committee = "sac-tc28-sc42" }, ("If-Match", given.Tag!));
        Assert.Equal((200, "sac-tc28"), (given.Status, given.Of("committee")));
        Assert.Equal((422, "workItem.committeeKnown"), (again.Status, again.Code));
    }

    private Task<Brought> ImportAsync(params string[] rows) => app.ImportAsync(ImportPlans.Import, files.Write("plans.csv", [Head, .. rows]));

    private Task<WorkItem> FindAsync(string number) => app.Db(db => db.WorkItems.AsNoTracking().Include(item => item.Tracks).SingleAsync(item => item.PlanNumber == number || item.StandardNumber == number));
}
