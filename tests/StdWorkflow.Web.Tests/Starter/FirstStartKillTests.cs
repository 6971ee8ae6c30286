using Microsoft.Data.Sqlite;
using StdWorkflow.Data;
using StdWorkflow.Testing;

namespace StdWorkflow.Web.Tests.Starter;

/// <summary>The first start on an empty folder, killed again and again, each time a little later.</summary>
[Trait("Pace", "slow")]
public sealed class FirstStartKillTests
{
    private const string Step = "Starter data: ", Listening = "Now listening on: ", HistoryTable = "__EFMigrationsHistory";

    private const int FewestKills = 10, MostKills = 60;

    // The jobs would add what depends on when they run.
    private static readonly Dictionary<string, string> WithoutJobs = new() { ["Jobs:Enabled"] = "false" };

    [Fact]
    public async Task A_first_start_that_is_killed_at_many_points_ends_as_one_that_was_not()
    {
        await using var whole = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await using (await ProgramProcess.ServeAsync(whole, WithoutJobs))
        {
        }

        await using var killed = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var log = killed.SqliteFile + "-wal";
        var left = new List<Dictionary<string, long>>();
        left.Add(await KillAsync(killed, _ => File.Exists(killed.SqliteFile + ".lock")));
        left.Add(await KillAsync(killed, _ => File.Exists(killed.SqliteFile)));
        left.Add(await KillAsync(killed, _ => File.Exists(log)));
        foreach (var pages in new[] { 1, 3, 6 }) left.Add(await KillAsync(killed, _ => File.Exists(log) && new FileInfo(log).Length > pages * 4096L));

        // A kill may come so late that the next step was done, too: the next start then says no more of it.
        var isUp = false;
        while (!isUp)
        {
            Assert.InRange(left.Count, 0, MostKills);
            left.Add(await KillAsync(killed, program => program.Output.Any(line =>
                line.Contains(Step, StringComparison.Ordinal) || (isUp = line.Contains(Listening, StringComparison.Ordinal)))));
        }

        Assert.InRange(left.Count, FewestKills, MostKills);
        Assert.Contains(left, tables => tables.Count > 0 && tables.GetValueOrDefault(HistoryTable) == 0);
        Assert.Contains(left, tables => tables.GetValueOrDefault(HistoryTable) > 0 && tables["Committees"] == 0);
        Assert.Contains(left, tables => tables.GetValueOrDefault("Committees") > 0 && tables["WorkItems"] == 0);

        await using (await ProgramProcess.ServeAsync(killed, WithoutJobs))
        {
        }

        var expected = Look(whole);
        foreach (var table in new[] { "Committees", "People", "WorkItems", "ForeignProjects", "Events" }) Assert.NotEqual(0, expected[table]);
        Assert.Equal(expected, Look(killed));

        await using var verified = await ProgramProcess.RunAsync(killed, ["verify-history"], WithoutJobs);
        Assert.True(verified.ExitCode == 0, verified.Everything);
    }

    /// <summary>Starts it, kills it at the moment that was asked for, and tells what then lies in the folder.</summary>
    private static async Task<Dictionary<string, long>> KillAsync(TestDatabase database, Func<ProgramProcess, bool> moment)
    {
        await using var program = ProgramProcess.Start(database, ["--urls", "http://127.0.0.1:0"], WithoutJobs);
        await Eventually.TrueAsync(
            () => moment(program) ? Task.FromResult(true) : program.HasExited ? throw new InvalidOperationException($"It ended by itself:\n{program.Everything}") : Task.FromResult(false),
            TimeSpan.FromMinutes(2));
        await program.KillAsync();
        return Look(database);
    }

    /// <summary>Counts the rows of every table, in a copy: who opens the file itself would tidy up what the kill left.</summary>
    private static Dictionary<string, long> Look(TestDatabase database)
    {
        if (!File.Exists(database.SqliteFile)) return [];
        var folder = TemporaryFolder.Create();
        try
        {
            var copy = Path.Combine(folder.FullName, "copy.db");
            foreach (var ending in new[] { "", "-wal" })
                if (File.Exists(database.SqliteFile + ending)) File.Copy(database.SqliteFile + ending, copy + ending);
            using var connection = new SqliteConnection($"Data Source={copy};Pooling=False");
            connection.Open();
            // Keys are made when the first one is needed.
            var names = Read(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'DataProtectionKeys'", row => row.GetString(0));
            return names.ToDictionary(name => name, name => Read(connection, $"SELECT COUNT(*) FROM \"{name}\"", row => row.GetInt64(0)).Single(), StringComparer.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static List<T> Read<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> value)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(value(reader));
        return rows;
    }
}
