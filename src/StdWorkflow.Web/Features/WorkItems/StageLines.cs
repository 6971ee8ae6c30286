using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Components;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>The stage line of a track from its stored stays and running deadlines.</summary>
internal static class StageLines
{
    /// <summary>The stage line of a track that was loaded.</summary>
    public static StageLineModel Draw(LoadedWorkItem found, DateTime nowUtc) => Draw(found.Definition, found.Track.Spans, RunningOf(found), nowUtc);

    /// <summary>Its running deadlines with the clocks behind them, the nearest first.</summary>
    public static IReadOnlyList<(Deadline Deadline, Clock Clock, DeadlineView View)> DueOf(LoadedWorkItem found, DateTime nowUtc) =>
    [
        .. RunningOf(found).OrderBy(deadline => deadline.At(nowUtc) == DeadlineState.Met).ThenBy(deadline => deadline.InstantUtc)
            .Select(deadline => (deadline, found.Definition.Clocks.First(known => known.Key == deadline.ClockKey), DeadlineView.Of(deadline, nowUtc))),
    ];

    public static StageLineModel Draw(ProcessDefinition definition, IEnumerable<StageSpan> spans, IEnumerable<Deadline> running, DateTime nowUtc, WorkingCalendar? calendar = null)
    {
        var stays = spans.OrderBy(span => span.Ordinal).Select(span => new Stay(span.StageKey, span.Entered, span.Left)).ToList();
        var due = running.Where(deadline => deadline.Kind != ClockKind.OverallLimit && deadline.At(nowUtc) != DeadlineState.Met).Select(deadline => (DateOnly?)deadline.LocalDate).Min();
        return StageLineModel.Of(definition, stays, Instants.DateIn(nowUtc), due, calendar);
    }

    private static IEnumerable<Deadline> RunningOf(LoadedWorkItem found) =>
        found.Item.Deadlines.Where(deadline => deadline.Status == DeadlineStatus.Running && deadline.TrackId == found.Track.Id);
}
