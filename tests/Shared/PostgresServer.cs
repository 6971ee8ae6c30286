using System.Diagnostics;
using Npgsql;

namespace StdWorkflow.Testing;

/// <summary>
/// A real PostgreSQL for tests: the one that <c>tests/run</c> started and named in <c>STDWORKFLOW_TEST_POSTGRES</c>,
/// else a throw-away server of this process, started at the first use. It ends with this process, even when that is killed.
/// </summary>
internal static class PostgresServer
{
    private static readonly Lazy<(string? Connection, string? Missing)> Server = new(Start);

    private static int databases;

    // Held, because a collected process closes the standard input that keeps the server running.
    private static Process? script;

    /// <summary>Makes a database of its own, empty or as a copy of another, and answers the connection string to it.</summary>
    public static async Task<string> CreateDatabaseAsync(string? template = null)
    {
        var name = $"t{Environment.ProcessId}_{Interlocked.Increment(ref databases)}";
        var copied = template is null ? "" : $" TEMPLATE \"{new NpgsqlConnectionStringBuilder(template).Database}\" STRATEGY FILE_COPY";
        await ExecuteAsync($"CREATE DATABASE \"{name}\"{copied}");
        return new NpgsqlConnectionStringBuilder(Connection()) { Database = name }.ConnectionString;
    }

    public static async Task DropDatabaseAsync(string connectionString)
    {
        await using (var connection = new NpgsqlConnection(connectionString)) NpgsqlConnection.ClearPool(connection);
        await ExecuteAsync($"DROP DATABASE IF EXISTS \"{new NpgsqlConnectionStringBuilder(connectionString).Database}\" WITH (FORCE)");
    }

    private static string Connection()
    {
        if (Server.Value.Missing is { } missing) Needs.Missing(missing);
        return Server.Value.Connection!;
    }

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Connection());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static (string?, string?) Start()
    {
        var given = Environment.GetEnvironmentVariable("STDWORKFLOW_TEST_POSTGRES");
        if (given == "none") return (null, "PostgreSQL is left out of this run");
        if (!string.IsNullOrEmpty(given)) return (given, null);
        if (OperatingSystem.IsWindows()) return (null, "PostgreSQL is missing: name one in STDWORKFLOW_TEST_POSTGRES");

        // The script ends its server when its standard input ends, which it does with this process.
        script = Process.Start(new ProcessStartInfo("bash", [Repository.PathTo("tests", "postgres")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        if (script.StandardOutput.ReadLine() is { Length: > 0 } connection) return (connection, null);

        script.WaitForExit();
        return script.ExitCode == 3
            ? (null, "PostgreSQL is missing: apt-get install postgresql")
            : throw new InvalidOperationException($"tests/postgres ended with {script.ExitCode}; its words stand above.");
    }
}
