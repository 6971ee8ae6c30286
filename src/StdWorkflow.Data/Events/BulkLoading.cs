using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using StdWorkflow.Data.Providers;
using StdWorkflow.Domain.Common;

namespace StdWorkflow.Data.Events;

/// <summary>
/// Saves many new aggregates at once: the same history, by the same interceptor's hand, but the rows go by the database's own way
/// for many rows. Whatever else the context holds is saved as always, in the same transaction and before them.
/// </summary>
internal static class BulkLoading
{
    public static async Task<int> SaveAsync(AppDbContext db, Func<Task<int>> saveRest, CancellationToken stop)
    {
        // Looking for changes goes through every row each time; the interceptor looks once, and nothing changes after that.
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await EventStore.PrepareAsync(db, stop);
        var added = db.ChangeTracker.Entries()
            .Where(entry => entry is { State: EntityState.Added, Entity: Aggregate or Part or EventRecord })
            .ToList();
        var tables = InOrder([.. added.GroupBy(entry => entry.Metadata).Select(rows => (Type: rows.Key, Rows: (IReadOnlyList<object>)[.. rows.Select(row => row.Entity)]))]);
        foreach (var entry in added) entry.State = EntityState.Detached;

        db.ChangeTracker.AutoDetectChangesEnabled = true;
        var saved = await saveRest();
        foreach (var (type, rows) in tables) await BulkInsert.WriteAsync(db, new BulkTable(type, rows), stop);
        await transaction.CommitAsync(stop);
        return saved + added.Count;
    }

    /// <summary>Every table after those that it points at.</summary>
    private static List<(IEntityType Type, IReadOnlyList<object> Rows)> InOrder(List<(IEntityType Type, IReadOnlyList<object> Rows)> tables)
    {
        var ordered = new List<(IEntityType Type, IReadOnlyList<object> Rows)>();
        while (tables.Count > 0)
        {
            var next = tables.FindIndex(table => !table.Type.GetForeignKeys().Any(key => key.PrincipalEntityType != table.Type && tables.Any(other => other.Type == key.PrincipalEntityType)));
            if (next < 0) throw new NotSupportedException($"These tables point at each other: {string.Join(", ", tables.Select(table => table.Type.DisplayName()))}.");
            ordered.Add(tables[next]);
            tables.RemoveAt(next);
        }

        return ordered;
    }
}
