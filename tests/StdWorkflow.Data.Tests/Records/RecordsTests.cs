using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Providers;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;

namespace StdWorkflow.Data.Tests.Records;

public sealed class RecordsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_committee_knows_all_above_it_from_the_save_that_adds_it()
    {
        await using var work = await Databases.CreateAsync(DatabaseProvider.Sqlite);
        var top = NewCommittee("tc", null);
        var middle = NewCommittee("sc", top.Id);
        var leaf = NewCommittee("wg", middle.Id);
        await work.SaveAsync(middle, top);
        await work.SaveAsync(leaf);

        await using var db = work.Open();
        var above = await db.CommitteeAncestors.Where(a => a.CommitteeId == leaf.Id).OrderBy(a => a.Depth).Select(a => a.AncestorId).ToListAsync(Stop);
        Assert.Equal([leaf.Id, middle.Id, top.Id], above);
        Assert.Equal(3, await db.CommitteeAncestors.CountAsync(a => a.AncestorId == top.Id, Stop));
        Assert.Equal(6, await db.CommitteeAncestors.CountAsync(Stop));
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Numbers_run_without_gaps_when_many_draw_at_once(DatabaseProvider provider)
    {
        await using var work = await Databases.CreateAsync(provider);
        var drawn = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(DrawAsync, Stop)));

        Assert.Equal(Enumerable.Range(1001, 8), drawn.Order());

        async Task<int> DrawAsync()
        {
            while (true)
            {
                await using var db = work.Open();
                var number = await db.NextAsync("work-item", Stop);
                try
                {
                    await db.SaveChangesAsync(Stop);
                    return number;
                }
                catch (Exception lost) when (DatabaseErrors.IsLostRace(lost))
                {
                    await Task.Yield();
                }
            }
        }
    }

    [Fact]
    public async Task One_save_may_draw_several_numbers_and_every_kind_counts_for_itself()
    {
        await using var work = await Databases.CreateAsync(DatabaseProvider.Sqlite);
        await using var db = work.Open();

        Assert.Equal((1001, 1002, 1001), (await db.NextAsync("a", Stop), await db.NextAsync("a", Stop), await db.NextAsync("b", Stop)));
        await db.SaveChangesAsync(Stop);
        await using var next = work.Open();
        Assert.Equal(1003, await next.NextAsync("a", Stop));
    }

    private static Committee NewCommittee(string code, Guid? parent) => Committee.Add(
        code, code, CommitteeKind.Subcommittee, CommitteeStatus.Active, LocalizedText.Of("委员会", null), parent, null, isDemo: false).Value;
}
