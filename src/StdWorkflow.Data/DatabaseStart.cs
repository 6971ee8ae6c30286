using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Providers;

namespace StdWorkflow.Data;

/// <summary>
/// Creates and migrates the database when a program starts. It may be killed at any moment and started by several processes at
/// once: the next start goes on from what was committed.
/// </summary>
public static class DatabaseStart
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The default of the setting <c>Database:Migrate</c>. SQLite belongs to this program alone and is always migrated; on a
    /// server in production somebody decides when, because nodes of the old version may still be running.
    /// </summary>
    public static bool MigratesByDefault(DatabaseProvider provider, bool isDevelopment) => provider == DatabaseProvider.Sqlite || isDevelopment;

    /// <summary>Brings the database to this program's version, or throws when that is not allowed or not possible.</summary>
    public static async Task RunAsync(AppDbContext db, bool migrate, CancellationToken stop = default)
    {
        if (db.Provider == DatabaseProvider.Sqlite)
        {
            using var alone = await SqliteStart.LockAsync(db, LongestWait, stop);
            await SqliteStart.PrepareAsync(db, stop);
            await RefuseNewerAsync(db, stop);
            await db.Database.MigrateAsync(stop);
            return;
        }

        if (migrate) await MigrateServerAsync(db, stop);
        else if ((await db.Database.GetPendingMigrationsAsync(stop)).ToList() is { Count: > 0 } pending)
            throw new InvalidOperationException($"The database lacks the migrations {string.Join(", ", pending)}, and Database:Migrate is off.");
        await RefuseNewerAsync(db, stop);
    }

    // EF keeps migrating processes apart by a lock in the database, but not those that create the database or that lock's table.
    private static async Task MigrateServerAsync(AppDbContext db, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var alone = db.Provider == DatabaseProvider.PostgreSql ? await PostgreSqlStart.LockAsync(db, LongestWait, stop) : null;
                await db.Database.MigrateAsync(stop);
                return;
            }
            catch (Exception error) when (attempt < 10 && DatabaseErrors.IsCreatedTwice(error))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200 * attempt), stop);
            }
        }
    }

    private static async Task RefuseNewerAsync(AppDbContext db, CancellationToken stop)
    {
        var unknown = (await db.Database.GetAppliedMigrationsAsync(stop)).Except(db.Database.GetMigrations(), StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
            throw new InvalidOperationException($"The database was migrated by a newer version of this program: {string.Join(", ", unknown)}.");
    }
}
