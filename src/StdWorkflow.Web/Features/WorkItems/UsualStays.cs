using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>How long others of a process stayed in its stages.</summary>
internal static class UsualStays
{
    // Of those that left a stage last, whatever their process: enough for a median, and no more however many there are.
    private const int LastStays = 100;

    /// <summary>One statement, however many stages are asked for; a stage of too few stays has no answer.</summary>
    public static async Task<IReadOnlyDictionary<(string Process, string Stage), UsualStay>> ReadAsync(Visible visible, IReadOnlyList<(string Process, string Stage)> kinds, CancellationToken stop)
    {
        if (kinds.Count == 0) return new Dictionary<(string, string), UsualStay>();
        var stays = await kinds.Select(kind =>
        {
            var (process, stage) = kind;
            return from stay in visible.StageSpans.Where(stay => stay.StageKey == stage && stay.Left != null && stay.Entered != null).OrderByDescending(stay => stay.Left).ThenBy(stay => stay.Id).Take(LastStays)
                   join track in visible.TracksToJoin on stay.TrackId equals track.Id
                   where track.ProcessKey == process && track.Kind == TrackKind.MainText
                   select new { track.ProcessKey, stay.StageKey, stay.Entered, stay.Left };
        }).Aggregate(Queryable.Concat).ToListAsync(stop);
        return stays.GroupBy(stay => (stay.ProcessKey, stay.StageKey))
            .Select(kind => (kind.Key, Usual: UsualStay.Of(kind.Select(stay => stay.Left!.Value.DayNumber - stay.Entered!.Value.DayNumber))))
            .Where(kind => kind.Usual is not null).ToDictionary(kind => kind.Key, kind => kind.Usual!);
    }
}
