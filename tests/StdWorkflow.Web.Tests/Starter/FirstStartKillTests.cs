using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Testing;

namespace StdWorkflow.Web.Tests.Starter;

/// <summary>The first start on an empty database, killed again and again, each time a little later.</summary>
[Trait("Pace", "slow")]
public sealed class FirstStartKillTests
{
    private const string Step = "Starter data: ", Listening = "Now listening on: ", HistoryTable = "__EFMigrationsHistory";

    private const int FewestKills = 8, MostKills = 60;

    // The jobs would add what depends on when they run.
    private static readonly Dictionary<string, string> withoutJobs = new() { ["Jobs:Enabled"] = "false" };

    [Fact]
    public async Task A_first_start_that_is_killed_at_many_points_ends_as_one_that_was_not()
    {
        await using var whole = await TestDatabase.CreateAsync();
        await using (await ProgramProcess.ServeAsync(whole, withoutJobs))
        {
        }

        await using var killed = await TestDatabase.CreateAsync();
        var left = new List<Dictionary<string, long>>();

        // While it creates and migrates: SQLite's files show how far it is.
        if (killed.Provider == DatabaseProvider.Sqlite)
            for (var changes = 1; changes <= 4; changes++) left.Add(await KillAsync(killed, AfterChanges(killed.SqliteFile, changes)));

        // While it fills: every second step, because the next start repeats none of them.
        for (var isUp = false; !isUp;)
        {
            Assert.InRange(left.Count, 0, MostKills);
            left.Add(await KillAsync(killed, program =>
            {
                isUp = program.Output.Any(line => line.Contains(Listening, StringComparison.Ordinal));
                return isUp || program.Output.Count(line => line.Contains(Step, StringComparison.Ordinal)) >= 2;
            }));
        }

        Assert.InRange(left.Count, FewestKills - (killed.Provider == DatabaseProvider.Sqlite ? 0 : 4), MostKills);
        if (killed.Provider == DatabaseProvider.Sqlite) Assert.Contains(left, tables => tables.GetValueOrDefault(HistoryTable) == 0);
        Assert.Contains(left, tables => tables.GetValueOrDefault("Organizations") > 0 && tables["Committees"] == 0);
        Assert.Contains(left, tables => tables.GetValueOrDefault("Committees") > 0 && tables["People"] == 0);

        await using (await ProgramProcess.ServeAsync(killed, withoutJobs))
        {
        }

        var expected = await LookAsync(whole);
        foreach (var table in new[] { "Committees", "People", "WorkItems", "ForeignProjects", "Events" }) Assert.NotEqual(0, expected[table]);
        Assert.Equal(expected, await LookAsync(killed));
        Assert.Equal(await HistoryAsync(whole), await HistoryAsync(killed));

        await using var verified = await ProgramProcess.RunAsync(killed, ["verify-history"], withoutJobs);
        Assert.True(verified.ExitCode == 0, verified.Everything);
    }

    /// <summary>True when the files have changed so often since this start; what an earlier start left behind does not count.</summary>
    private static Func<ProgramProcess, bool> AfterChanges(string file, int changes)
    {
        var (seen, last) = (0, Lengths());
        return _ =>
        {
            if (Lengths() is var now && now != last) (seen, last) = (seen + 1, now);
            return seen >= changes;
        };

        (long, long, long) Lengths() => (LengthOf(file + ".lock"), LengthOf(file), LengthOf(file + "-wal"));

        static long LengthOf(string path) => new FileInfo(path) is { Exists: true } found ? found.Length : -1;
    }

    /// <summary>Starts it, kills it at the moment that was asked for, and tells what it has left behind.</summary>
    private static async Task<Dictionary<string, long>> KillAsync(TestDatabase database, Func<ProgramProcess, bool> moment)
    {
        await using var program = ProgramProcess.Start(database, ["--urls", "http://127.0.0.1:0"], withoutJobs);
        await Eventually.TrueAsync(
            () => moment(program) ? Task.FromResult(true) : program.HasExited ? throw new InvalidOperationException($"It ended by itself:\n{program.Everything}") : Task.FromResult(false),
            TimeSpan.FromMinutes(2));
        await program.KillAsync();
        return await LookAsync(database);
    }

    /// <summary>Counts the rows of every table.</summary>
    private static async Task<Dictionary<string, long>> LookAsync(TestDatabase database)
    {
        if (database.Provider == DatabaseProvider.Sqlite && !File.Exists(database.SqliteFile)) return [];

        // A copy of the file: whoever opens the file itself tidies up what the kill has left.
        await using var looked = database.Provider == DatabaseProvider.Sqlite ? await database.CopyAsync() : null;
        await using var db = (looked ?? database).Open();
        await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var connection = db.Database.GetDbConnection();
        var tables = await ReadAsync(connection, database.Provider switch
        {
            DatabaseProvider.Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
            DatabaseProvider.PostgreSql => "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'",
            _ => "SELECT name FROM sys.tables",
        }, row => row.GetString(0));

        var counts = new Dictionary<string, long>(StringComparer.Ordinal);

        // Keys are made when the first one is needed.
        foreach (var table in tables.Where(table => table != "DataProtectionKeys"))
            counts[table] = (await ReadAsync(connection, $"SELECT COUNT(*) FROM \"{table}\"", row => Convert.ToInt64(row.GetValue(0), System.Globalization.CultureInfo.InvariantCulture))).Single();
        return counts;
    }

    /// <summary>What happened, apart from keys and times: which kind of event stands at which place of a history, and how often.</summary>
    private static async Task<List<string>> HistoryAsync(TestDatabase database)
    {
        await using var db = database.Open();
        var events = await db.Events.GroupBy(happened => new { happened.SubjectType, happened.Type, happened.Sequence })
            .Select(group => new { group.Key, Count = group.Count() }).ToListAsync(TestContext.Current.CancellationToken);
        return [.. events.Select(group => $"{group.Key} {group.Count}").Order(StringComparer.Ordinal)];
    }

    private static async Task<List<T>> ReadAsync<T>(DbConnection connection, string sql, Func<DbDataReader, T> value)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) rows.Add(value(reader));
        return rows;
    }
}
