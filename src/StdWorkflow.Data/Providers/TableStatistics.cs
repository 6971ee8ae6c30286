using Microsoft.EntityFrameworkCore;

namespace StdWorkflow.Data.Providers;

/// <summary>What a database knows of its rows when it plans a statement.</summary>
public static class TableStatistics
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>
    /// After much was added. PostgreSQL looks by itself only when its autovacuum comes by, and plans until then as if the tables were
    /// nearly empty. SQL Server looks when it plans, and SQLite's plans are made to do without.
    /// </summary>
    public static async Task GatherAsync(AppDbContext db, CancellationToken stop = default)
    {
        if (db.Provider != DatabaseProvider.PostgreSql) return;
        await db.Database.OpenConnectionAsync(stop);
        try
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = "ANALYZE";
            command.CommandTimeout = (int)Longest.TotalSeconds;
            await command.ExecuteNonQueryAsync(stop);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
