using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.International;
using StdWorkflow.Web.Features.International;
using static StdWorkflow.Web.Tests.Features.International.Imports;

namespace StdWorkflow.Web.Tests.Features.International;

public sealed class ImportStageEventsTests(App app) : IClassFixture<App>, IDisposable
{
    private const string Head = "observed_on,iso_id,owner_committee,reference,stage,previous_stage";

    private readonly SmallFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task The_stage_line_gets_its_dates_and_a_stage_is_known_only_once()
    {
        await app.ImportAsync(ImportKinds.Deliverables, files.Write("a.jsonl", Deliverable(820001, "ISO/IEC DIS 1", "\"currentStage\":4060")), "2024-10-01");
        var file = files.Write("events.csv", Head, "2024-03-01,820001,ISO/TC 1,ISO/IEC DIS 1,40.20,", "2024-06-01,820001,ISO/TC 1,ISO/IEC DIS 1,40.60,40.20", "2024-06-01,820001,ISO/TC 1,ISO/IEC DIS 1,40.60,40.20");

        var first = await app.ImportAsync(ImportKinds.StageEvents, file);
        var second = await app.ImportAsync(ImportKinds.StageEvents, file);

        Assert.Equal("3 read: 2 new, 0 changed, 1 unchanged, 0 refused", first.Sum.Line);
        Assert.Equal("3 read: 0 new, 0 changed, 3 unchanged, 0 refused", second.Sum.Line);
        var project = await FindAsync(820001);
        Assert.Equal(("40.60", new DateOnly(2024, 6, 1)), (project.Stage, project.StageSince));
        Assert.Contains("2024-06-01", (await app.Visitor().OpenAsync("/international/820001")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_of_which_only_stages_are_known_follows_the_newest_of_them()
    {
        await app.ImportAsync(ImportKinds.StageEvents, files.Write("events.csv", Head, "2024-06-01,820011,ISO/IEC JTC 1/SC 42,ISO/IEC DIS 11,40.00,", "2024-03-01,820011,ISO/IEC JTC 1/SC 42,ISO/IEC CD 11,30.99,"));

        var project = await FindAsync(820011);

        Assert.Equal(("ISO/IEC DIS 11", "40.00", new DateOnly(2024, 6, 1)), (project.Reference, project.Stage, project.StageSince));
        Assert.NotNull(project.CommitteeId);
        Assert.Null(project.AsOf);
    }

    [Fact]
    public async Task A_snapshot_does_not_undo_a_stage_that_was_seen_after_it()
    {
        await app.ImportAsync(ImportKinds.StageEvents, files.Write("events.csv", Head, "2024-12-01,820021,,ISO/IEC DIS 21,40.00,"));

        await app.ImportAsync(ImportKinds.Deliverables, files.Write("a.jsonl", Deliverable(820021, "ISO/IEC CD 21", "\"currentStage\":3099,\"edition\":2")), "2024-10-01");

        var project = await FindAsync(820021);
        Assert.Equal(("ISO/IEC DIS 21", "40.00", (int?)2), (project.Reference, project.Stage, project.Edition));
    }

    [Theory]
    [InlineData("2024-02-30,820031,,ISO 31,40.20,", "observed_on is not a date: 2024-02-30.")]
    [InlineData("2024-02-03,ISO 31,,ISO 31,40.20,", "iso_id should be a whole number, but is ISO 31.")]
    [InlineData("2024-02-03,820031,,,40.20,", "reference is missing.")]
    [InlineData("2024-02-03,820031,,ISO 31,4020,", "stage is not an existing stage code: 4020.")]
    [InlineData("2024-02-03,820031,,ISO 31,40.21,", "stage is not an existing stage code: 40.21.")]
    [InlineData("2024-02-03,820031,,ISO 31,40.20,x", "previous_stage is not an existing stage code: x.")]
    public async Task A_row_of_another_form_is_refused(string row, string reason)
    {
        var brought = await app.ImportAsync(ImportKinds.StageEvents, files.Write("events.csv", Head, row), "2024-10-01");

        Assert.Equal([$"line 2: {reason}"], brought.Refused);
        Assert.False(await app.Db(db => db.ForeignProjects.AnyAsync(project => project.Number == 820031)));
    }

    private Task<ForeignProject> FindAsync(int number) => app.Db(db => db.ForeignProjects.AsNoTracking().SingleAsync(project => project.Number == number));
}
