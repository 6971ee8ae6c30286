using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace StdWorkflow.Data.Providers;

/// <summary>What SQLite needs before its first migration.</summary>
internal static class SqliteStart
{
    /// <summary>
    /// Keeps other processes out while this one migrates. The operating system drops the lock when its holder dies, which
    /// a row in the database cannot do. The file stays: removing it would let two processes lock two different files.
    /// </summary>
    public static async Task<IDisposable?> LockAsync(AppDbContext db, TimeSpan longestWait, CancellationToken stop)
    {
        if (FileOf(db) is not { } file) return null;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var giveUpAt = Environment.TickCount64 + (long)longestWait.TotalMilliseconds;
        while (true)
        {
            try
            {
                return new FileStream(file + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException error) when (error is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
            {
                if (Environment.TickCount64 > giveUpAt) throw;
                await Task.Delay(50, stop);
            }
        }
    }

    public static async Task PrepareAsync(AppDbContext db, CancellationToken stop)
    {
        await db.Database.OpenConnectionAsync(stop);
        try
        {
            await ExecuteAsync(db, "PRAGMA journal_mode = WAL", stop);
            // EF waits for ever for whoever wrote this row. We hold the lock beside the file, so the writer is dead.
            if (await ExecuteAsync(db, "SELECT COUNT(*) FROM sqlite_master WHERE name = '__EFMigrationsLock'", stop) is > 0L)
                await ExecuteAsync(db, "DELETE FROM \"__EFMigrationsLock\"", stop);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static string? FileOf(AppDbContext db)
    {
        var builder = new SqliteConnectionStringBuilder(db.Database.GetConnectionString());
        var source = builder.DataSource;
        return builder.Mode == SqliteOpenMode.Memory || source is "" or ":memory:" ? null : Path.GetFullPath(source);
    }

    private static async Task<object?> ExecuteAsync(AppDbContext db, string sql, CancellationToken stop)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(stop);
    }
}
