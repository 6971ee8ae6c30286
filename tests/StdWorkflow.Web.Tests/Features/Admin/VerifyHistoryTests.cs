using System.Globalization;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Testing;
using StdWorkflow.Web.CommandLine;

namespace StdWorkflow.Web.Tests.Features.Admin;

/// <summary>What a script sees of <c>verify-history</c> after somebody changed rows behind the program's back.</summary>
[Trait("Pace", "slow")]
public sealed class VerifyHistoryTests : IAsyncLifetime
{
    private TestDatabase database = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await App.FilledDatabaseAsync();

    public async ValueTask DisposeAsync() => await database.DisposeAsync();

    [Fact]
    public async Task A_sound_history_gives_exit_code_0()
    {
        await using var program = await ProgramProcess.RunAsync(database, ["verify-history"]);

        Assert.True(program.ExitCode == ExitCode.Ok, program.Everything);
        Assert.Matches("^[0-9]+ subjects, [0-9]+ events, sound$", program.Output[^2]);
        Assert.Matches("^digest [0-9a-f]{64}$", program.LastLine);
    }

    [Fact]
    public async Task A_broken_history_gives_exit_code_1_and_names_subject_sequence_and_kind_of_every_break()
    {
        List<Guid> items;
        int last;
        await using (var db = database.Open())
        {
            items = await db.WorkItems.Where(item => item.LastSequence >= 3).OrderBy(item => item.Number).Select(item => item.Id).Take(3).ToListAsync(Stop);
            last = await db.WorkItems.Where(item => item.Id == items[2]).Select(item => item.LastSequence).SingleAsync(Stop);
            await db.Events.Where(happened => happened.SubjectId == items[0] && happened.Sequence == 2).ExecuteUpdateAsync(set => set.SetProperty(happened => happened.Facts, "{}"), Stop);
            await db.Events.Where(happened => happened.SubjectId == items[1] && happened.Sequence == 2).ExecuteDeleteAsync(Stop);
            await db.Events.Where(happened => happened.SubjectId == items[2] && happened.Sequence == last).ExecuteDeleteAsync(Stop);
        }

        await using var program = await ProgramProcess.RunAsync(database, ["verify-history"], new Dictionary<string, string> { ["LC_ALL"] = "zh_CN.UTF-8" });

        Assert.Equal(ExitCode.Broken, program.ExitCode);
        Assert.Equal(
            new[]
            {
                $"broken: WorkItem {items[0]}, sequence 2: content changed",
                $"broken: WorkItem {items[1]}, sequence 2: row missing",
                string.Create(CultureInfo.InvariantCulture, $"broken: WorkItem {items[2]}, sequence {last}: tail missing"),
            }.Order(StringComparer.Ordinal),
            program.Output.Where(line => line.StartsWith("broken: ", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.EndsWith(" events, broken", program.Output[^2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_gives_exit_code_2_and_the_reason_first()
    {
        await using var program = await ProgramProcess.RunAsync(
            database, ["verify-history", "--Database:Provider=PostgreSql", "--ConnectionStrings:StdWorkflow=Host=127.0.0.1;Port=1;Database=none;Timeout=2"]);

        Assert.Equal(ExitCode.CouldNotRun, program.ExitCode);
        Assert.Empty(program.Output);
        Assert.StartsWith("Could not run: ", program.Errors[0], StringComparison.Ordinal);
    }
}
