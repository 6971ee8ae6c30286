using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Providers;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>
/// Running work items that are somebody's duty, by deadline: those of the committees where the reader has a right, and those that the reader
/// leads. Two statements for the first few and how many there are, neither of which reads further than it must, however many items there are.
/// </summary>
public sealed class Duties
{
    private readonly Visible visible;
    private readonly Guid? leader;
    private readonly IReadOnlyCollection<Guid> committees;
    private readonly bool everywhere;

    private Duties(Visible visible, Guid? leader, bool everywhere, IReadOnlyCollection<Guid> committees) =>
        (this.visible, this.leader, this.everywhere, this.committees) = (visible, leader, everywhere, committees);

    /// <summary>Of the committees where the reader has the right.</summary>
    public static Duties Where(Permission right, Visible visible, CurrentUser me) => new(visible, null, me.MayEverywhere(right), me.CommitteesWhereMay(right));

    /// <summary>What the reader leads.</summary>
    public static Duties Led(Visible visible, CurrentUser me) => new(visible, me.Person, false, []);

    /// <summary>Both.</summary>
    public static Duties WhereOrLed(Permission right, Visible visible, CurrentUser me) => new(visible, me.Person, me.MayEverywhere(right), me.CommitteesWhereMay(right));

    /// <summary>Every one of them.</summary>
    public IQueryable<WorkItemRow> All() => Of(WorkItemLines.ByTrack(visible).Where(row => row.Track.End == null));

    /// <summary>Those of some rows that are the reader's duty.</summary>
    public IQueryable<WorkItemRow> Of(IQueryable<WorkItemRow> rows)
    {
        if (everywhere) return rows;
        // The committee that stands on the item, not the one on the track: here no index may lead away from the deadlines.
        var (mine, myself) = (committees, leader);
        return mine.Count == 0 ? rows.Where(row => row.Item.LeaderId != null && row.Item.LeaderId == myself)
            : myself is null ? rows.Where(row => row.Item.CommitteeId != null && mine.Contains(row.Item.CommitteeId.Value))
            : rows.Where(row => (row.Item.LeaderId != null && row.Item.LeaderId == myself) || (row.Item.CommitteeId != null && mine.Contains(row.Item.CommitteeId.Value)));
    }

    /// <summary>The first of those that are such, and their number, counted to <see cref="Paging.OverviewTo"/> and one more.</summary>
    public async Task<(IReadOnlyList<T> Rows, int Count)> ReadAsync<T>(Expression<Func<WorkItemRow, bool>> such, Func<IQueryable<WorkItemRow>, IQueryable<T>> select, int shown, CancellationToken stop)
    {
        var few = await Sources().Select(source => source.Where(such).Select(row => new { row.Track.Id, row.Track.DeadlineKey, row.Track.WorkItemId }).Take(Paging.OverviewTo + 1))
            .Aggregate(Queryable.Concat).InThisOrder().ToListAsync(stop);
        if (few.Count == 0) return ([], 0);
        if (few.Count > Paging.OverviewTo)
        {
            var sorted = select(All().Where(such).OrderBy(row => row.Track.DeadlineKey).ThenBy(row => row.Track.WorkItemId)).Take(shown);
            // Of many, the first are soon found by going along all deadlines; unless they are one person's, who is found by an index.
            return (await (everywhere || committees.Count > 0 ? sorted.InThisOrder() : sorted).ToListAsync(stop), few.Count);
        }

        var first = few.OrderBy(found => found.DeadlineKey).ThenBy(found => found.WorkItemId).Take(shown).Select(found => found.Id).ToList();
        var rows = WorkItemLines.ByTrack(visible).Where(row => first.Contains(row.Track.Id)).OrderBy(row => row.Track.DeadlineKey).ThenBy(row => row.Track.WorkItemId);
        return (await select(rows).InThisOrder().ToListAsync(stop), few.Count);
    }

    /// <summary>Items among them beside whose text something runs or ran: so many as are wanted, in no order, and always one statement.</summary>
    public Task<List<Guid>> WithSideTracksAsync(int most, CancellationToken stop)
    {
        // Named one by one: an index finds what is one of these kinds, and not what is no text.
        var beside = Enum.GetValues<TrackKind>().Where(kind => kind != TrackKind.MainText).ToArray();
        var sides = visible.TracksToJoin.Where(track => EF.Constant(beside).Contains(track.Kind));
        // Along all committees, because the index begins with them.
        var ways = everywhere
            ? [from committee in visible.Committees join track in sides on committee.Id equals track.CommitteeId select track, sides.Where(track => track.CommitteeId == null)]
            : Ways(sides);
        return ways.Select(way => way.Select(track => track.WorkItemId).Distinct().Take(most)).Aggregate(Queryable.Concat).InThisOrder().ToListAsync(stop);
    }

    /// <summary>Ways to them, each along an index of its own, that have no item in common.</summary>
    private IEnumerable<IQueryable<WorkItemRow>> Sources() =>
        (everywhere ? [visible.TracksToJoin] : Ways(visible.TracksToJoin)).Select(way =>
            from track in way
            where track.Kind == TrackKind.MainText && track.End == null
            join item in visible.WorkItems on track.WorkItemId equals item.Id
            select new WorkItemRow { Item = item, Track = track });

    private IEnumerable<IQueryable<Track>> Ways(IQueryable<Track> tracks)
    {
        var (mine, myself) = (committees, leader);
        if (mine.Count > 0) yield return tracks.Where(track => track.CommitteeId != null && mine.Contains(track.CommitteeId.Value));
        if (myself is not null || mine.Count == 0)
            yield return tracks.Where(track => track.LeaderId != null && track.LeaderId == myself && (track.CommitteeId == null || !mine.Contains(track.CommitteeId.Value)));
    }
}
