using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace StdWorkflow.Data.Providers;

/// <summary>What PostgreSQL needs before its first migration.</summary>
internal static class PostgreSqlStart
{
    // Any number will do, as long as it stays: nodes of two versions must meet at the same lock.
    private const long MigrationLock = 0x5374_6457_6F72_6B66;

    /// <summary>
    /// Keeps other processes out while this one migrates. EF's own lock ends with each migration's transaction, and whoever waited
    /// for it then applies again what it had counted as missing before. This one ends with the session, killed or not.
    /// </summary>
    public static async Task<IAsyncDisposable> LockAsync(AppDbContext db, TimeSpan longestWait, CancellationToken stop)
    {
        var creator = db.GetService<IRelationalDatabaseCreator>();
        if (!await creator.ExistsAsync(stop)) await creator.CreateAsync(stop);
        await db.Database.OpenConnectionAsync(stop);
        var held = new Held(db);
        try
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT pg_advisory_lock({MigrationLock})";
            command.CommandTimeout = (int)longestWait.TotalSeconds;
            await command.ExecuteNonQueryAsync(stop);
            return held;
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    private sealed class Held(AppDbContext db) : IAsyncDisposable
    {
        // Closing only gives the connection back to the pool, which keeps the session and with it the lock.
        public async ValueTask DisposeAsync()
        {
            await using (var command = db.Database.GetDbConnection().CreateCommand())
            {
                command.CommandText = "SELECT pg_advisory_unlock_all()";
                await command.ExecuteNonQueryAsync(CancellationToken.None);
            }

            await db.Database.CloseConnectionAsync();
        }
    }
}
