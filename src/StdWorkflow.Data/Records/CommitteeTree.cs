using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Committees;

namespace StdWorkflow.Data.Records;

/// <summary>Keeps <see cref="CommitteeAncestor"/> in step with the parents of the committees, in the same save.</summary>
internal static class CommitteeTree
{
    public static async Task FollowAsync(AppDbContext db, CancellationToken stop)
    {
        var entries = db.ChangeTracker.Entries<Committee>().ToList();
        var added = entries.Where(e => e.State == EntityState.Added).Select(e => e.Entity).ToDictionary(c => c.Id);
        if (entries.Any(e => e.State == EntityState.Modified && e.Property(c => c.ParentId).IsModified))
            throw new NotSupportedException("A committee keeps its parent; whoever lets it move must move the rows of its tree here.");

        while (added.Count > 0)
        {
            var next = added.Values.FirstOrDefault(c => c.ParentId is not { } parent || !added.ContainsKey(parent))
                ?? throw new InvalidOperationException("New committees lie below each other in a circle.");
            added.Remove(next.Id);
            if (db.CommitteeAncestors.Local.Any(a => a.CommitteeId == next.Id)) continue;
            db.Add(new CommitteeAncestor { CommitteeId = next.Id, AncestorId = next.Id, Depth = 0 });
            if (next.ParentId is { } above)
                foreach (var ancestor in await AncestorsAsync(db, above, stop))
                    db.Add(new CommitteeAncestor { CommitteeId = next.Id, AncestorId = ancestor.AncestorId, Depth = ancestor.Depth + 1 });
        }
    }

    private static async Task<List<CommitteeAncestor>> AncestorsAsync(AppDbContext db, Guid committee, CancellationToken stop)
    {
        await db.CommitteeAncestors.Where(a => a.CommitteeId == committee).LoadAsync(stop);
        return [.. db.CommitteeAncestors.Local.Where(a => a.CommitteeId == committee)];
    }
}
