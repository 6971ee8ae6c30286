using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using StdWorkflow.Data.Events;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Starter;

namespace StdWorkflow.Web.Tests.Starter;

public class StarterDataTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task A_fresh_database_holds_the_starter_state()
    {
        Assert.Equal(42, await app.Db(db => db.ForeignProjects.CountAsync()));
        Assert.Equal(88, await app.Db(db => db.ForeignStageEvents.CountAsync()));
        Assert.Equal(24, await app.Db(db => db.WorkItems.CountAsync(item => item.ImportedAsOf != null)));
        Assert.Equal(20, await app.Db(db => db.Processes.CountAsync(process => process.IsCurrent)));
        Assert.All(await app.Db(db => db.Set<EventRecord>().Select(happened => happened.ActorKind).Distinct().ToListAsync()), kind => Assert.Equal("Starter", kind));
        Assert.Equal(1001, await app.Db(db => db.WorkItems.MinAsync(item => item.Number)));
        Assert.Equal(1001, await app.Db(db => db.Consultations.MinAsync(period => period.Number)));
    }

    [Fact]
    public async Task The_tree_of_committees_is_closed_and_mirrors_point_across()
    {
        Assert.Equal(2, await app.Db(db => db.CommitteeAncestors.Where(row => row.Depth > 0 && db.Committees.Any(below => below.Id == row.CommitteeId && below.Code == "sac-tc28-sc42-wg-basic")).CountAsync()));
        Assert.Equal("iso-iec-jtc-1-sc-42", await app.Db(db => (
            from committee in db.Committees
            from mirror in committee.Mirrors
            join other in db.Committees on mirror.OtherCommitteeId equals other.Id
            where committee.Code == "sac-tc28-sc42"
            select other.Code).SingleAsync()));
    }

    [Fact]
    public async Task The_seats_of_the_NMPA_unit_are_figures_without_people()
    {
        var unit = await app.Db(db => db.Committees.AsNoTracking().Include(committee => committee.Facts).SingleAsync(committee => committee.Code == "nmpa-ai-md"));

        Assert.Equal((51, 28), (unit.Facts.Single(fact => fact.Key == "member-seats").Number, unit.Facts.Single(fact => fact.Key == "observer-seats").Number));
        Assert.Equal("nifdc", await app.Db(db => db.Organizations.Where(known => known.Id == unit.SecretariatId).Select(known => known.Code).SingleAsync()));
        Assert.False(await app.Db(db => db.Memberships.AnyAsync(held => held.CommitteeId == unit.Id)));
    }

    [Fact]
    public async Task Whatever_was_invented_says_so()
    {
        Assert.True(await app.Db(db => db.People.AllAsync(person => person.IsDemo)));
        Assert.True(await app.Db(db => db.Memberships.AllAsync(held => held.IsDemo)));
        Assert.True(await app.Db(db => db.WorkItems.AllAsync(item => item.IsDemo || item.ImportedAsOf != null)));
        Assert.True(await app.Db(db => db.Submissions.AllAsync(sent => sent.IsDemo)));
        Assert.False(await app.Db(db => db.WorkItems.AnyAsync(item => item.IsDemo && item.ImportedAsOf != null)));
    }

    [Fact]
    public async Task The_past_of_a_demo_item_stands_in_its_history_with_its_own_dates()
    {
        var item = await app.Db(db => db.WorkItems.AsNoTracking().Include(item => item.Tracks).ThenInclude(track => track.Spans).SingleAsync(item => item.PlanNumber == "20259908-T-469"));

        Assert.Equal(["00", "10", "20", "30", "20", "30", "40"], item.Main.Spans.OrderBy(span => span.Ordinal).Select(span => span.StageKey));
        var returned = await app.Db(db => db.Set<EventRecord>().SingleAsync(happened => happened.SubjectId == item.Id && happened.Type == nameof(StageReturned)));
        Assert.Equal(new DateTime(2026, 2, 5), returned.OccurredAt.AddHours(8).Date);
        Assert.NotNull(returned.Reason);
        Assert.True(await app.Db(db => db.Set<EventRecord>().Where(happened => happened.SubjectId == item.Id && happened.Type != nameof(NextStepsChanged)).AllAsync(happened => happened.OccurredAt < happened.RecordedAt)));
    }

    [Fact]
    public async Task Filling_again_adds_nothing()
    {
        var before = await app.Db(db => db.Set<EventRecord>().CountAsync());

        await using (var scope = app.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<StarterData>().EnsureAsync(TestContext.Current.CancellationToken);

        Assert.Equal(before, await app.Db(db => db.Set<EventRecord>().CountAsync()));
    }

    [Fact]
    public async Task Of_several_versions_of_a_process_the_newest_is_current_and_one_that_is_there_already_is_left_alone()
    {
        var json = await app.Db(db => db.Processes.Where(record => record.Key == "gb-withdrawal").Select(record => record.Json).SingleAsync());
        var shipped = DefinitionReader.Read(json).Value;
        string Written(int version) => DefinitionWriter.Write(shipped with { Version = version });

        var added = await app.RunAsync(new LoadProcesses([Written(1), Written(3), Written(2)]));

        Assert.Equal(2, added);
        Assert.Equal(3, await app.Db(db => db.Processes.Where(record => record.Key == "gb-withdrawal" && record.IsCurrent).Select(record => record.DefinitionVersion).SingleAsync()));
        Assert.Equal(json, await app.Db(db => db.Processes.Where(record => record.Key == "gb-withdrawal" && record.DefinitionVersion == 1).Select(record => record.Json).SingleAsync()));
    }
}
