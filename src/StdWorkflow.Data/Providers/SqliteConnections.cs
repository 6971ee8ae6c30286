using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace StdWorkflow.Data.Providers;

/// <summary>
/// What every connection to SQLite needs: SQLite keeps these settings per connection, not in the file. A context keeps the connection
/// that it has opened: what SQLite has read it remembers per connection, and opening one for every statement would make it read everything anew.
/// </summary>
internal sealed class SqliteConnections : DbConnectionInterceptor
{
    // FULL, not NORMAL: in WAL mode NORMAL survives kill -9 but may lose the newest commits when the power fails, and a receipt
    // number that was given to the public must not be lost.
    // It remembers 8 MB, because with the usual 2 MB a page that counts among 200,000 items goes back to the file thousands of times. What a long
    // reader or a large import made of the log is given back, where SQLite would keep the file as long as it once was.
    private const string Pragmas =
        "PRAGMA busy_timeout = 15000; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA cache_size = -8000; PRAGMA journal_size_limit = 8388608;";

    private SqliteConnections()
    {
    }

    public static SqliteConnections Settings { get; } = new();

    public static string Complete(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString) { ForeignKeys = true };
        if (!connectionString.Contains("Timeout", StringComparison.OrdinalIgnoreCase)) builder.DefaultTimeout = 30;
        return builder.ToString();
    }

    public override InterceptionResult ConnectionClosing(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => InterceptionResult.Suppress();

    public override ValueTask<InterceptionResult> ConnectionClosingAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) =>
        ValueTask.FromResult(InterceptionResult.Suppress());

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    // Microsoft.Data.Sqlite has no asynchronous work to wait for.
    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
