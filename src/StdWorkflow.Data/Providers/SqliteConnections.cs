using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace StdWorkflow.Data.Providers;

/// <summary>What every connection to SQLite needs: SQLite keeps these settings per connection, not in the file.</summary>
internal sealed class SqliteConnections : DbConnectionInterceptor
{
    // FULL, not NORMAL: in WAL mode NORMAL survives kill -9 but may lose the newest commits when the power fails, and a receipt
    // number that was given to the public must not be lost.
    private const string Pragmas = "PRAGMA busy_timeout = 15000; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;";

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
