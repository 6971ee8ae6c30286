using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.International;
using StdWorkflow.Web.Features.International;
using StdWorkflow.Web.Features.WorkItems;
using static StdWorkflow.Web.Tests.Features.International.Imports;

namespace StdWorkflow.Web.Tests.Features.International;

/// <summary>Of which day a file is, and what that decides.</summary>
public sealed class FileDateTests : IAsyncLifetime
{
    private readonly App app = new();
    private readonly SmallFiles files = new();

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        files.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task A_snapshot_older_than_the_last_one_seen_changes_nothing_and_says_so()
    {
        await app.ImportAsync(ImportKinds.Deliverables, files.Write("new.jsonl", Deliverable(800001, "ISO 1:2025")), "2025-02-01");

        var older = await app.ImportAsync(ImportKinds.Deliverables, files.Write("old.jsonl", Deliverable(800001, "ISO/DIS 1"), Deliverable(800002, "ISO 2"), "{"), "2025-01-31");

        Assert.Equal("3 read: 0 new, 0 changed, 2 unchanged, 1 refused", older.Sum.Line);
        Assert.Equal((new DateOnly(2025, 1, 31), new DateOnly(2025, 2, 1)), older.OldNews);
        Assert.Equal(["ISO 1:2025"], await app.Db(db => db.ForeignProjects.Where(project => project.Number == 800001 || project.Number == 800002).Select(project => project.Reference).ToListAsync()));
    }

    [Fact]
    public async Task What_is_said_on_the_command_line_goes_before_the_name_of_the_file()
    {
        var file = files.Write("rows.asof_2024-10-02.jsonl", Deliverable(800001, "ISO 1"));

        await app.ImportAsync(ImportKinds.Deliverables, file);
        Assert.Equal(new DateOnly(2024, 10, 2), await SeenAsync(ImportForeignProjects.Kind));

        await app.ImportAsync(ImportKinds.Deliverables, file, "2024-10-03");
        Assert.Equal(new DateOnly(2024, 10, 3), await SeenAsync(ImportForeignProjects.Kind));
    }

    [Fact]
    public async Task A_file_that_says_no_date_is_refused_as_a_whole()
    {
        var deliverables = await Assert.ThrowsAsync<WrongFileException>(() => app.ImportAsync(ImportKinds.Deliverables, files.Write("rows.jsonl", Deliverable(800001, "ISO 1"))));
        var plans = await Assert.ThrowsAsync<WrongFileException>(() =>
            app.ImportAsync(ImportPlans.Import, files.Write("plans.csv", "number,title_zh,status_zh,status_as_of", "20269950-T-469,演示,正在起草,")));
        var name = await Assert.ThrowsAsync<WrongFileException>(() => app.ImportAsync(ImportKinds.Deliverables, files.Write("rows.asof_2024-13-01.jsonl", Deliverable(800001, "ISO 1"))));

        Assert.Equal(["import.noDate", "import.noDate", "import.dateInName"], new[] { deliverables, plans, name }.Select(wrong => wrong.Problem.Code));
        Assert.False(await app.Db(db => db.ForeignProjects.AnyAsync(project => project.Number == 800001)));
    }

    [Fact]
    public async Task A_row_that_says_no_day_is_of_the_newest_day_that_the_file_says()
    {
        await app.ImportAsync(ImportPlans.Import, files.Write("plans.csv", "number,title_zh,status_zh,status_as_of",
            "20269950-T-469,演示一,正在起草,2026", "20269951-T-469,演示二,正在起草,2026-11-01", "20269952-T-469,演示三,正在起草,"));

        Assert.Equal(new DateOnly(2026, 11, 1), await SeenAsync(ImportPlans.Kind));
        Assert.Equal(
            [new DateOnly(2026, 1, 1), new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 1)],
            await app.Db(db => db.WorkItems.Where(item => item.PlanNumber!.StartsWith("2026995")).OrderBy(item => item.PlanNumber).Select(item => item.ImportedAsOf!.Value).ToListAsync()));
    }

    [Fact]
    public async Task A_stage_that_carries_its_own_day_is_taken_however_late_it_is_told()
    {
        const string head = "observed_on,iso_id,owner_committee,reference,stage,previous_stage";
        await app.ImportAsync(ImportKinds.StageEvents, files.Write("new.csv", head, "2025-05-01,800001,,ISO/DIS 1,40.20,"));

        var earlier = await app.ImportAsync(ImportKinds.StageEvents, files.Write("old.csv", head, "2025-03-01,800001,,ISO/CD 1,30.99,"));
        var asSnapshot = await app.ImportAsync(ImportKinds.StageEvents, files.Write("older.csv", head, "2025-02-01,800001,,ISO/CD 1,30.60,"), "2025-02-01");

        Assert.Equal("1 read: 1 new, 0 changed, 0 unchanged, 0 refused", earlier.Sum.Line);
        Assert.Equal("1 read: 0 new, 0 changed, 1 unchanged, 0 refused", asSnapshot.Sum.Line);
        var project = await app.Db(db => db.ForeignProjects.SingleAsync(known => known.Number == 800001));
        Assert.Equal(("40.20", "ISO/DIS 1"), (project.Stage!, project.Reference));
    }

    [Fact]
    public async Task A_list_whose_rows_say_their_days_may_speak_of_one_plan_on_several_of_them()
    {
        string[] rows = ["number,title_zh,status_zh,status_as_of", "20269953-T-469,演示,正在起草,2026-10-01", "20269953-T-469,演示,征求意见,2026-11-01", "20269953-T-469,演示,正在审查,2026-11-01"];

        var first = await app.ImportAsync(ImportPlans.Import, files.Write("plans.csv", rows));
        var second = await app.ImportAsync(ImportPlans.Import, files.Write("plans.csv", rows));

        Assert.Equal("3 read: 1 new, 1 changed, 0 unchanged, 1 refused", first.Sum.Line);
        Assert.Equal(["line 4: Line 3 already speaks of 20269953-T-469 (2026-11-01), and says something else."], first.Refused);
        Assert.Equal("3 read: 0 new, 0 changed, 2 unchanged, 1 refused", second.Sum.Line);
    }

    private Task<DateOnly> SeenAsync(string kind) => app.Db(db => db.Set<ImportedFile>().Where(file => file.Kind == kind).Select(file => file.AsOf).SingleAsync());
}
