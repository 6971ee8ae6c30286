using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Events;
using StdWorkflow.Domain.International;
using StdWorkflow.Web.Features.International;
using static StdWorkflow.Web.Tests.Features.International.Imports;

namespace StdWorkflow.Web.Tests.Features.International;

public sealed class ImportForeignProjectsTests(App app) : IClassFixture<App>, IDisposable
{
    private readonly SmallFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task A_second_import_of_the_same_file_changes_nothing()
    {
        var file = files.Write("a.asof_2024-10-01.jsonl", Deliverable(800001, "ISO/IEC DIS 1", "\"currentStage\":4020"), Deliverable(800002, "ISO/IEC CD 2"));

        var first = await app.ImportAsync(ImportKinds.Deliverables, file);
        var events = await EventsAsync(800001);
        var second = await app.ImportAsync(ImportKinds.Deliverables, file);

        Assert.Equal("2 read: 2 new, 0 changed, 0 unchanged, 0 refused", first.Sum.Line);
        Assert.Equal("2 read: 0 new, 0 changed, 2 unchanged, 0 refused", second.Sum.Line);
        Assert.Equal([nameof(ForeignProjectImported)], events);
        Assert.Equal(events, await EventsAsync(800001));
    }

    [Fact]
    public async Task The_number_is_the_key_and_every_difference_becomes_an_event()
    {
        await ImportAsync(Deliverable(800011, "ISO/IEC CD 11", "\"currentStage\":3060,\"edition\":1"));

        var changed = await ImportAsync(Deliverable(800011, "ISO/IEC DIS 11", "\"currentStage\":4000"));

        Assert.Equal("1 read: 0 new, 1 changed, 0 unchanged, 0 refused", changed.Sum.Line);
        Assert.Equal([nameof(ForeignProjectImported), nameof(ForeignProjectChanged), nameof(ForeignStageMoved)], await EventsAsync(800011));
        var project = await FindAsync(800011);
        Assert.Equal(("ISO/IEC DIS 11", "40.00", (int?)1), (project.Reference, project.Stage, project.Edition));
    }

    [Fact]
    public async Task What_a_row_does_not_say_stays_as_it_was()
    {
        await ImportAsync(Deliverable(800021, "ISO 21:2020", "\"currentStage\":6060,\"title\":{\"en\":\"Title\"},\"replaces\":[1],\"deliverableType\":\"TS\""));

        var brought = await ImportAsync(Deliverable(800021, "ISO 21:2020", "\"currentStage\":null,\"title\":{},\"replaces\":null"));

        Assert.Equal("1 read: 0 new, 0 changed, 1 unchanged, 0 refused", brought.Sum.Line);
        var project = await FindAsync(800021);
        Assert.Equal(("60.60", "Title", "1", "TS"), (project.Stage, project.Title.En, project.Replaces, project.DeliverableType));
    }

    [Fact]
    public async Task A_file_that_says_two_things_of_one_number_does_not_change_it_to_and_fro()
    {
        string[] rows = [Deliverable(800031, "ISO 31"), Deliverable(800031, "ISO 31"), Deliverable(800031, "ISO 31:2024")];

        var first = await ImportAsync(rows);
        var second = await ImportAsync(rows);

        Assert.Equal("3 read: 1 new, 0 changed, 1 unchanged, 1 refused", first.Sum.Line);
        Assert.Equal(["line 3: Line 1 already speaks of 800031, and says something else."], first.Refused);
        Assert.Equal("3 read: 0 new, 0 changed, 2 unchanged, 1 refused", second.Sum.Line);
        Assert.Equal("ISO 31", (await FindAsync(800031)).Reference);
    }

    [Fact]
    public async Task Bad_rows_are_listed_with_line_and_reason_and_the_others_are_taken()
    {
        var brought = await ImportAsync(Deliverable(800041, "ISO 41"), Deliverable(800042, "ISO 42", "\"currentStage\":\"6060\""), "", "{", Deliverable(800043, "ISO 43"));

        Assert.Equal("4 read: 2 new, 0 changed, 0 unchanged, 2 refused", brought.Sum.Line);
        Assert.Equal(["line 2: currentStage should be a whole number, but is \"6060\".", "line 4: Not valid JSON (at byte 2), or nested deeper than 32."], brought.Refused);
    }

    [Fact]
    public async Task A_project_belongs_to_our_record_of_its_committee()
    {
        await ImportAsync(Deliverable(800051, "ISO/IEC 51", "\"ownerCommittee\":\"ISO/IEC JTC 1/SC 42\""), Deliverable(800052, "ISO 52", "\"ownerCommittee\":\"ISO/TC 999\""));

        var known = await FindAsync(800051);
        var unknown = await FindAsync(800052);
        Assert.Equal("iso-iec-jtc-1-sc-42", await app.Db(db => db.Committees.Where(committee => committee.Id == known.CommitteeId).Select(committee => committee.Code).SingleAsync()));
        Assert.Equal((null, "ISO/TC 999"), (unknown.CommitteeId, unknown.OwnerCommittee));
    }

    [Fact]
    public async Task A_file_that_was_cut_off_changes_nothing_and_the_whole_file_brings_everything()
    {
        var rows = Enumerable.Range(0, 1200).Select(number => Deliverable(810000 + number, $"ISO {number * 7919 % 10007}")).ToArray();
        var packed = SmallFiles.Gzip(rows);

        await Assert.ThrowsAsync<WrongFileException>(() => app.ImportAsync(ImportKinds.Deliverables, files.Write("cut.asof_2024-10-01.jsonl.gz", packed[..^900])));
        var whole = await app.ImportAsync(ImportKinds.Deliverables, files.Write("whole.asof_2024-10-01.jsonl.gz", packed));

        Assert.Equal("1200 read: 1200 new, 0 changed, 0 unchanged, 0 refused", whole.Sum.Line);
    }

    private Task<Brought> ImportAsync(params string[] lines) => app.ImportAsync(ImportKinds.Deliverables, files.Write("rows.jsonl", lines), "2024-10-01");

    private Task<ForeignProject> FindAsync(int number) => app.Db(db => db.ForeignProjects.AsNoTracking().SingleAsync(project => project.Number == number));

    private Task<List<string>> EventsAsync(int number) => app.Db(db => db.Set<EventRecord>()
        .Where(happened => db.ForeignProjects.Any(project => project.Number == number && project.Id == happened.SubjectId))
        .OrderBy(happened => happened.Sequence).Select(happened => happened.Type).ToListAsync());
}
