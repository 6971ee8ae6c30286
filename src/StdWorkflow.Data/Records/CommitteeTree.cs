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
        var moved = entries.Where(e => e.State == EntityState.Modified && e.Property(c => c.ParentId).IsModified).Select(e => e.Entity).ToList();

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

        foreach (var committee in moved) await MoveAsync(db, committee, stop);
    }

    /// <summary>What lies below goes along: it loses the ancestors that it had through the old place, and gets those of the new one.</summary>
    private static async Task MoveAsync(AppDbContext db, Committee committee, CancellationToken stop)
    {
        await db.CommitteeAncestors.Where(a => db.CommitteeAncestors.Any(below => below.AncestorId == committee.Id && below.CommitteeId == a.CommitteeId)).LoadAsync(stop);
        var above = committee.ParentId is { } parent ? await AncestorsAsync(db, parent, stop) : [];
        var below = db.CommitteeAncestors.Local.Where(a => a.AncestorId == committee.Id).ToDictionary(a => a.CommitteeId, a => a.Depth);
        if (above.Any(a => below.ContainsKey(a.AncestorId))) throw new InvalidOperationException("A committee would lie below itself.");

        var before = db.CommitteeAncestors.Local.Where(a => below.TryGetValue(a.CommitteeId, out var depth) && a.Depth > depth).ToDictionary(a => (a.CommitteeId, a.AncestorId));
        foreach (var (member, depth) in below)
            foreach (var ancestor in above)
            {
                var row = new CommitteeAncestor { CommitteeId = member, AncestorId = ancestor.AncestorId, Depth = ancestor.Depth + 1 + depth };
                if (!before.Remove((row.CommitteeId, row.AncestorId), out var stays)) db.Add(row);
                else if (stays.Depth != row.Depth) db.Entry(stays).CurrentValues.SetValues(row);
            }

        db.RemoveRange(before.Values);
    }

    private static async Task<List<CommitteeAncestor>> AncestorsAsync(AppDbContext db, Guid committee, CancellationToken stop)
    {
        await db.CommitteeAncestors.Where(a => a.CommitteeId == committee).LoadAsync(stop);
        return [.. db.CommitteeAncestors.Local.Where(a => a.CommitteeId == committee)];
    }
}
