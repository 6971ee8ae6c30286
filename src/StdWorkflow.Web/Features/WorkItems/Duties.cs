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
    private readonly Permission? right;
    private readonly Guid? leader;
    private readonly IReadOnlyCollection<Guid> committees;
    private readonly bool everywhere;

    private Duties(Visible visible, Permission? right, Guid? leader, CurrentUser me)
    {
        (this.visible, this.right, this.leader) = (visible, right, leader);
        everywhere = right is { } wanted && me.MayEverywhere(wanted);
        committees = right is { } there && !everywhere ? me.CommitteesWhereMay(there) : [];
    }

    /// <summary>Of the committees where the reader has the right.</summary>
    public static Duties Where(Permission right, Visible visible, CurrentUser me) => new(visible, right, null, me);

    /// <summary>What the reader leads.</summary>
    public static Duties Led(Visible visible, CurrentUser me) => new(visible, null, me.Person, me);

    /// <summary>Both.</summary>
    public static Duties WhereOrLed(Permission right, Visible visible, CurrentUser me) => new(visible, right, me.Person, me);

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

    /// <summary>The first of those whose text is such, and their number, counted to <see cref="Paging.OverviewTo"/> and one more.</summary>
    public async Task<(IReadOnlyList<T> Rows, int Count)> ReadAsync<T>(Expression<Func<Track, bool>> such, Func<IQueryable<WorkItemRow>, IQueryable<T>> select, int shown, CancellationToken stop)
    {
        var few = await Ways().Select(way => Running(way).Where(such).Select(track => new { track.WorkItemId, track.DeadlineKey }).Take(Paging.OverviewTo + 1))
            .Aggregate(Queryable.Concat).ToListAsync(stop);
        if (few.Count == 0) return ([], 0);
        if (few.Count > Paging.OverviewTo)
        {
            var found =
                from track in Running(visible.TracksToJoin).Where(such)
                join item in visible.WorkItems on track.WorkItemId equals item.Id
                select new WorkItemRow { Item = item, Track = track };
            var sorted = select(Of(found).OrderBy(row => row.Track.DeadlineKey).ThenBy(row => row.Track.WorkItemId)).Take(shown);
            // Of many, the first are soon found by going along all deadlines; unless they are one person's, who is found by an index.
            return (await (everywhere || committees.Count > 0 ? sorted.InThisOrder() : sorted).ToListAsync(stop), few.Count);
        }

        var first = few.OrderBy(found => found.DeadlineKey).ThenBy(found => found.WorkItemId).Take(shown).Select(found => found.WorkItemId).ToList();
        var rows = WorkItemLines.All(visible).Where(row => first.Contains(row.Item.Id)).OrderBy(row => row.Track.DeadlineKey).ThenBy(row => row.Track.WorkItemId);
        return (await select(rows).ToListAsync(stop), few.Count);
    }

    /// <summary>Items among them beside whose text something runs or ran: so many as are wanted, in no order, and always one statement.</summary>
    public Task<List<Guid>> WithSideTracksAsync(int most, CancellationToken stop)
    {
        // Named one by one: an index finds what is one of these kinds, and not what is no text.
        var beside = Enum.GetValues<TrackKind>().Where(kind => kind != TrackKind.MainText).ToArray();
        // For whom everything is duty the index begins with all committees.
        var ways = everywhere
            ? [from committee in visible.Committees join track in visible.TracksToJoin on committee.Id equals track.CommitteeId select track, visible.TracksToJoin.Where(track => track.CommitteeId == null)]
            : Ways();
        return ways.Select(way => way.Where(track => EF.Constant(beside).Contains(track.Kind)).Select(track => track.WorkItemId).Distinct().Take(most))
            .Aggregate(Queryable.Concat).InThisOrder().ToListAsync(stop);
    }

    private static IQueryable<Track> Running(IQueryable<Track> tracks) => tracks.Where(track => track.Kind == TrackKind.MainText && track.End == null);

    /// <summary>Ways to their tracks, each along an index of its own, that have no item in common.</summary>
    private IEnumerable<IQueryable<Track>> Ways()
    {
        var (mine, myself) = (committees, leader);
        if (right is { } wanted && (everywhere || mine.Count > 0)) yield return visible.TracksWhereIMay(wanted);
        if (!everywhere && (myself is not null || mine.Count == 0))
            yield return visible.Tracks.Where(track => track.LeaderId != null && track.LeaderId == myself && (track.CommitteeId == null || !mine.Contains(track.CommitteeId.Value)));
    }
}
