using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Data.Records;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.Following;

/// <summary>
/// Who follows which work item (关注). Who follows an item follows what grows from it, over every generation, until they stop there: rows are
/// written when the following begins and when a lineage is recorded, so that one row says whether somebody follows.
/// </summary>
public sealed class FollowersOf(AppDbContext db, TimeProvider clock)
{
    /// <summary>How many generations are walked up or down. More follow one another in no family that is known.</summary>
    public const int Generations = 12;

    private const string Subject = nameof(WorkItem);

    /// <summary>
    /// Lets everybody who follows the older item follow the newer one and what already grew from it, too. To be called by whatever records a
    /// lineage, in its transaction; twice is once.
    /// </summary>
    public async Task CarryOverAsync(Guid from, Guid to, CancellationToken stop)
    {
        var stored = await db.Followers.AsNoTracking().Where(known => known.SubjectType == Subject && known.SubjectId == from).Select(known => known.PersonId).ToListAsync(stop);
        // Several lineages of one command: what the one carried here is not stored yet.
        var people = stored.Union(db.Followers.Local.Where(known => known.SubjectId == from).Select(known => known.PersonId)).ToList();
        if (people.Count > 0) await AddAsync(people, [to, .. await NewerAsync(to, stop)], stop);
    }

    /// <summary>Lets a person follow an item and what grew from it so far.</summary>
    public async Task BeginAsync(Guid person, Guid item, CancellationToken stop) => await AddAsync([person], [item, .. await NewerAsync(item, stop)], stop);

    /// <summary>Ends it: for this item alone, or also for all that grew from it.</summary>
    public async Task EndAsync(Guid person, Guid item, bool alsoNewer, CancellationToken stop)
    {
        var items = alsoNewer ? [item, .. await NewerAsync(item, stop)] : (List<Guid>)[item];
        db.Followers.RemoveRange(await db.Followers.Where(known => known.SubjectType == Subject && known.PersonId == person && items.Contains(known.SubjectId)).ToListAsync(stop));
    }

    /// <summary>Code of the item that the person followed first, if this one came to them because it grew from there; null when they follow this one itself.</summary>
    public async Task<string?> OriginAsync(Guid person, Guid item, CancellationToken stop)
    {
        var older = await WalkAsync(item, links => from link in links select new Step { From = link.WorkItemId, To = link.FromWorkItemId!.Value }, stop);
        return await (
            from followed in db.Followers.AsNoTracking()
            where followed.SubjectType == Subject && followed.PersonId == person && older.Contains(followed.SubjectId)
            join known in db.WorkItems on followed.SubjectId equals known.Id
            orderby followed.Since, known.Number
            select known.Code).FirstOrDefaultAsync(stop);
    }

    /// <summary>
    /// Who gets mail because they follow an item: who still does, and still may see it. The same answer when the mail is written and when it
    /// is sent.
    /// </summary>
    public static IQueryable<Guid> Hearing(Guid item, DateOnly today, AppDbContext from) =>
        from followed in @from.Followers
        where followed.SubjectType == Subject && followed.SubjectId == item
        where @from.WorkItems.Any(known => known.Id == item && known.IsPublic) || (
            from held in @from.Memberships
            where held.PersonId == followed.PersonId && held.From <= today && (held.To == null || held.To >= today)
            where held.CommitteeId == null || @from.WorkItems.Any(known => known.Id == item && (known.CommitteeId == held.CommitteeId
                || @from.CommitteeAncestors.Any(above => above.CommitteeId == known.CommitteeId && above.AncestorId == held.CommitteeId)))
            join position in @from.Positions on held.PositionId equals position.Id
            where ("," + position.PermissionNames + ",").Contains("," + nameof(Permission.View) + ",")
            select held.Id).Any()
        select followed.PersonId;

    /// <summary>The same for today.</summary>
    public IQueryable<Guid> Hearing(Guid item) => Hearing(item, Instants.DateIn(clock.UtcNow()), db);

    private Task<List<Guid>> NewerAsync(Guid item, CancellationToken stop) =>
        WalkAsync(item, links => from link in links select new Step { From = link.FromWorkItemId!.Value, To = link.WorkItemId }, stop);

    /// <summary>Everything that is reached over lineages in one direction, without the item itself.</summary>
    private async Task<List<Guid>> WalkAsync(Guid item, Func<IQueryable<Lineage>, IQueryable<Step>> direction, CancellationToken stop)
    {
        var (seen, edge) = (new HashSet<Guid> { item }, new List<Guid> { item });
        var steps = direction(db.Set<Lineage>().AsNoTracking().Where(link => link.FromWorkItemId != null));
        for (var generation = 0; generation < Generations && edge.Count > 0; generation++)
        {
            var here = edge;
            var next = await steps.Where(step => here.Contains(step.From)).Select(step => step.To).ToListAsync(stop);
            edge = [.. next.Distinct().Where(seen.Add)];
        }

        seen.Remove(item);
        return [.. seen];
    }

    private async Task AddAsync(List<Guid> people, List<Guid> items, CancellationToken stop)
    {
        var known = (await db.Followers.AsNoTracking().Where(row => row.SubjectType == Subject && items.Contains(row.SubjectId) && people.Contains(row.PersonId))
            .Select(row => new { row.SubjectId, row.PersonId }).ToListAsync(stop)).Select(row => (row.SubjectId, row.PersonId))
            .Concat(db.Followers.Local.Select(row => (row.SubjectId, row.PersonId))).ToHashSet();
        var now = clock.UtcNow();
        db.Followers.AddRange(
            from item in items
            from person in people
            where !known.Contains((item, person))
            select new Follower { SubjectType = Subject, SubjectId = item, PersonId = person, Since = now });
    }

    private sealed class Step
    {
        public Guid From { get; init; }

        public Guid To { get; init; }
    }
}
