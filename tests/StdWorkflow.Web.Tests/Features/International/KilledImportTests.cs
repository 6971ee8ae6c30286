using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Events;
using StdWorkflow.Testing;
using StdWorkflow.Web.CommandLine;
using StdWorkflow.Web.Features.International;
using static StdWorkflow.Web.Tests.Features.International.Imports;

namespace StdWorkflow.Web.Tests.Features.International;

/// <summary>An import that is killed, or runs beside another, ends where one that nothing disturbed would have ended.</summary>
[Trait("Pace", "slow")]
public sealed class KilledImportTests : IDisposable
{
    private const int Rows = 4000;
    private const int Batch = ImportRun.BatchSize;

    /// <summary>128 and the number of the signal.</summary>
    private const int Killed = 137;

    private static readonly string[] stages = ["2000", "3020", "4020", "5000", "6060"];

    private readonly SmallFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task A_killed_import_is_finished_by_the_next_one()
    {
        var (before, after) = BeforeAndAfter();
        await using var killed = await App.FilledDatabaseAsync();
        await ImportAsync(killed, before, $"{Rows / 2} read: {Rows / 2} new, 0 changed, 0 unchanged, 0 refused");
        await using var undisturbed = await killed.CopyAsync();

        var kept = new List<int>();
        while (kept.Count < 3 && kept.LastOrDefault() is var last and < Rows - 1250)
        {
            // A batch is saved after its last row was read: by then this start has added something to what the one before it left.
            var read = (last + Batch) / 1000 * 1000 + 1000;
            await using var import = ProgramProcess.Start(killed, ["import", "iso-deliverables", after]);
            await import.WaitForLineAsync(line => line == $"{read} read …");
            await import.KillAsync();
            Assert.Equal(Killed, import.ExitCode);
            await killed.VerifyAsync();
            kept.Add(await KeptAsync(killed));
        }

        // Every kill left whole batches, more than the one before, and not yet everything.
        Assert.InRange(kept.Count, 2, 3);
        Assert.Equal(kept.Distinct().Order(), kept);
        Assert.All(kept, rows => Assert.Equal((0, true), (rows % Batch, rows is > 0 and < Rows)));

        await using var again = await ProgramProcess.RunAsync(killed, ["import", "iso-deliverables", after]);
        await ImportAsync(undisturbed, after, $"{Rows} read: {Rows / 2} new, {Rows / 2} changed, 0 unchanged, 0 refused");
        await using var verified = await ProgramProcess.RunAsync(killed, ["verify-history"]);

        Assert.Equal((ExitCode.Ok, ExitCode.Ok), (again.ExitCode, verified.ExitCode));
        Assert.EndsWith($" {kept[^1]} unchanged, 0 refused", again.LastLine, StringComparison.Ordinal);
        Assert.Equal(await EndAsync(undisturbed), await EndAsync(killed));
    }

    [Fact]
    public async Task Two_imports_of_the_same_file_at_once_take_every_row_once()
    {
        var (before, after) = BeforeAndAfter();
        await using var shared = await App.FilledDatabaseAsync();
        await ImportAsync(shared, before, $"{Rows / 2} read: {Rows / 2} new, 0 changed, 0 unchanged, 0 refused");
        await using var undisturbed = await shared.CopyAsync();

        await using var one = ProgramProcess.Start(shared, ["import", "iso-deliverables", after]);
        await using var other = ProgramProcess.Start(shared, ["import", "iso-deliverables", after]);
        await one.WaitForExitAsync();
        await other.WaitForExitAsync();
        await ImportAsync(undisturbed, after, $"{Rows} read: {Rows / 2} new, {Rows / 2} changed, 0 unchanged, 0 refused");
        await using var verified = await ProgramProcess.RunAsync(shared, ["verify-history"]);

        Assert.True(one.ExitCode == ExitCode.Ok, one.Everything);
        Assert.True(other.ExitCode == ExitCode.Ok, other.Everything);
        Assert.Equal(ExitCode.Ok, verified.ExitCode);
        var (first, second) = (Figures(one.LastLine), Figures(other.LastLine));
        Assert.Equal([Rows, Rows, 0], [first[0], second[0], first[4] + second[4]]);
        Assert.Equal([Rows / 2, Rows / 2, Rows], [first[1] + second[1], first[2] + second[2], first[3] + second[3]]);
        Assert.Equal(await EndAsync(undisturbed), await EndAsync(shared));
        Assert.All(one.Errors.Concat(other.Errors), line => Assert.EndsWith(" read …", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_first_commands_at_once_on_an_empty_database_both_do_their_work()
    {
        var file = files.Write("rows.asof_2026-10-05.jsonl", Deliverable(800001, "ISO 1"));
        await using var empty = await TestDatabase.CreateAsync();
        await using var filled = await App.FilledDatabaseAsync();

        await using var one = ProgramProcess.Start(empty, ["import", "iso-deliverables", file.FullName]);
        await using var other = ProgramProcess.Start(empty, ["import", "iso-deliverables", file.FullName]);
        await one.WaitForExitAsync();
        await other.WaitForExitAsync();

        Assert.True(one.ExitCode == ExitCode.Ok, one.Everything);
        Assert.True(other.ExitCode == ExitCode.Ok, other.Everything);
        Assert.Equal(
            ["1 read: 0 new, 0 changed, 1 unchanged, 0 refused", "1 read: 1 new, 0 changed, 0 unchanged, 0 refused"],
            new[] { one.LastLine, other.LastLine }.Order(StringComparer.Ordinal));

        // The row that was imported, and the note that a file of its kind was.
        var (expected, found) = (await filled.VerifyAsync(), await empty.VerifyAsync());
        Assert.Equal((expected.Subjects + 1, expected.Events + 2), (found.Subjects, found.Events));
    }

    /// <summary>Half of the rows are there already and change, half are new.</summary>
    private (string Before, string After) BeforeAndAfter() => (
        files.Write("before.asof_2026-10-05.jsonl", [.. Enumerable.Range(0, Rows / 2).Select(number => Row(number * 2, 0))]).FullName,
        files.Write("after.asof_2026-11-05.jsonl", [.. Enumerable.Range(0, Rows).Select(number => Row(number, 1))]).FullName);

    private static string Row(int number, int step) =>
        Deliverable(800000 + number, $"ISO {number}:{2020 + step}", $"\"currentStage\":{stages[(number + step) % stages.Length]},\"title\":{{\"en\":\"Title {number}\"}}");

    private static async Task ImportAsync(TestDatabase database, string file, string lastLine)
    {
        await using var import = await ProgramProcess.RunAsync(database, ["import", "iso-deliverables", file]);
        Assert.Equal((ExitCode.Ok, lastLine), (import.ExitCode, import.LastLine));
    }

    private static int[] Figures(string line) =>
        [.. line.Split([' ', ':', ','], StringSplitOptions.RemoveEmptyEntries).Where(word => char.IsAsciiDigit(word[0])).Select(word => int.Parse(word, System.Globalization.CultureInfo.InvariantCulture))];

    private static async Task<int> KeptAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return await db.ForeignProjects.CountAsync(project => project.Number >= 800000 && project.Reference.EndsWith(":2021"), TestContext.Current.CancellationToken);
    }

    /// <summary>What every project is, and what happened to it, in order.</summary>
    private static async Task<List<string>> EndAsync(TestDatabase database)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var db = database.Open();
        var projects = await db.ForeignProjects.AsNoTracking().Where(project => project.Number >= 800000).OrderBy(project => project.Number)
            .Select(project => new { project.Id, project.Number, project.Reference, project.Stage, project.Title.En, project.AsOf, project.Version, project.LastSequence }).ToListAsync(stop);
        var events = (await db.Set<EventRecord>().AsNoTracking().Where(happened => happened.SubjectType == "ForeignProject").OrderBy(happened => happened.Sequence)
            .Select(happened => new { happened.SubjectId, happened.Type, happened.Facts }).ToListAsync(stop)).ToLookup(happened => happened.SubjectId);
        return [.. projects.Select(project => $"{project with { Id = Guid.Empty }} {string.Join("; ", events[project.Id].Select(happened => $"{happened.Type} {happened.Facts}"))}")];
    }
}
