using Microsoft.EntityFrameworkCore;
using StdWorkflow.Testing;
using StdWorkflow.Web.Features.International;
using StdWorkflow.Web.Features.WorkItems;

namespace StdWorkflow.Web.Tests.Features.International;

/// <summary>RealData: the files as they were collected.</summary>
[Trait("Pace", "slow")]
public sealed class RealFilesTests : IAsyncLifetime
{
    private readonly App app = new();

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task All_of_JTC_1_is_imported_in_one_run_and_is_known_the_second_time()
    {
        var deliverables = new FileInfo(Needs.RealData("iso", "jtc1_deliverables_asof_2024-09-30.jsonl.gz"));
        var events = new FileInfo(Needs.RealData("iso", "jtc1_stage_events_2024-01_to_2024-09.csv"));

        var first = await app.ImportAsync(ImportKinds.Deliverables, deliverables);
        var stages = await app.ImportAsync(ImportKinds.StageEvents, events);
        var again = await app.ImportAsync(ImportKinds.Deliverables, deliverables);
        var stagesAgain = await app.ImportAsync(ImportKinds.StageEvents, events);

        // The 42 of SC 42 are part of the starter state, and so are those of their stages that this file tells, too.
        Assert.Equal("7429 read: 7387 new, 0 changed, 42 unchanged, 0 refused", first.Sum.Line);
        Assert.Equal("3098 read: 3030 new, 0 changed, 68 unchanged, 0 refused", stages.Sum.Line);
        Assert.Equal("7429 read: 0 new, 0 changed, 7429 unchanged, 0 refused", again.Sum.Line);
        Assert.Equal("3098 read: 0 new, 0 changed, 3098 unchanged, 0 refused", stagesAgain.Sum.Line);
        Assert.Equal(88 + 3030, await app.Db(db => db.ForeignStageEvents.CountAsync()));
        Assert.True(await app.Db(db => db.ForeignProjects.CountAsync()) >= 7429);
    }

    [Fact]
    public async Task The_starter_state_already_says_what_the_files_say()
    {
        var sc42 = await app.ImportAsync(ImportKinds.Deliverables, new FileInfo(Needs.RealData("iso", "sc42_deliverables_asof_2024-09-30.jsonl")));
        var events = await app.ImportAsync(ImportKinds.StageEvents, new FileInfo(Needs.RealData("iso", "sc42_stage_events_2024-01_to_2024-09.csv")));
        var plans = await app.ImportAsync(ImportPlans.Import, new FileInfo(Needs.RealData("gb", "gb_ai_plans_and_standards.csv")));
        var committees = await app.ImportAsync(ImportKinds.Committees, new FileInfo(Needs.RealData("iso", "iso_technical_committees_jtc1.jsonl")), "2025-06-02");

        Assert.Equal("42 read: 0 new, 0 changed, 42 unchanged, 0 refused", sc42.Sum.Line);
        Assert.Equal("88 read: 0 new, 0 changed, 88 unchanged, 0 refused", events.Sum.Line);
        Assert.Equal("24 read: 0 new, 0 changed, 24 unchanged, 0 refused", plans.Sum.Line);
        Assert.Equal("25 read: 0 new, 0 changed, 25 unchanged, 0 refused", committees.Sum.Line);
    }

    [Fact]
    public async Task Rows_exactly_as_ISO_publishes_them_are_read()
    {
        var brought = await app.ImportAsync(ImportKinds.Deliverables, new FileInfo(Needs.RealData("iso", "iso_open_data_deliverables_real_rows.jsonl")), "2025-02-01");

        Assert.Equal("3 read: 3 new, 0 changed, 0 unchanged, 0 refused", brought.Sum.Line);
        var iso9001 = await app.Db(db => db.ForeignProjects.SingleAsync(project => project.Number == 62085));
        Assert.Equal(("90.92", "2015-09-22", "46486, 54538", "88464"), (iso9001.Stage, iso9001.PublicationDate, iso9001.Replaces, iso9001.ReplacedBy));
    }
}
