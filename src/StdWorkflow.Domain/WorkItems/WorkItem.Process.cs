using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Domain.WorkItems;

/// <content>How a track is moved to another version of its process, or to another process.</content>
public sealed partial class WorkItem
{
    /// <summary>
    /// Why a track cannot follow another definition where it stands, or null when it can: it follows it already
    /// (<c>process.same</c>), the definition drives another kind of track (<c>track.unsuited</c>) or work item (<c>process.otherKind</c>) or has no stage of that key
    /// (<c>process.stageMissing</c>), or a comment period runs, whose last day the public was told (<c>process.periodRuns</c>).
    /// </summary>
    public Problem? FollowRefusal(Track track, ProcessDefinition definition)
    {
        if (track.ProcessKey == definition.Key && track.ProcessVersion == definition.Version) return Problem.Of("process.same", definition.Name, definition.Version);
        if (!definition.Drives.Contains(track.Kind)) return Problem.Of("track.unsuited", definition.Name);
        if (track.Kind == TrackKind.MainText && KindOf(definition) != Kind) return Problem.Of("process.otherKind", definition.Name);
        if (track.IsCarriedOn) return Problem.Of("workItem.carriedOn");
        if (definition.FindStage(track.StageKey) is null) return Problem.Of("process.stageMissing", definition.Name, definition.Version, track.StageKey);
        return RunningOf(track).FirstOrDefault(deadline => deadline.Kind == ClockKind.CommentPeriod) is { } period ? Problem.Of("process.periodRuns", period.LocalDate) : null;
    }

    /// <summary>
    /// Lets a track follow another definition from now on, at the stage where it stands. Running deadlines are counted anew from their
    /// own first day by the clocks of the same keys; those whose clock is gone no longer apply, and clocks that are new start on the day on
    /// which the first of their stages was entered. What was stated for gates still counts for gates of the same keys. Refused as
    /// <see cref="FollowRefusal"/> says, and without a reason.
    /// </summary>
    /// <param name="track">The track.</param>
    /// <param name="definition">The definition that it is to follow.</param>
    /// <param name="facts">What the gates look at, of this moment.</param>
    /// <param name="reason">Why.</param>
    /// <param name="calendar">Working days, for the deadlines.</param>
    public Result<Track> Follow(Track track, ProcessDefinition definition, TrackFacts facts, string? reason, WorkingCalendar calendar)
    {
        if (FollowRefusal(track, definition) is { } refusal) return refusal;
        if (string.IsNullOrWhiteSpace(reason)) return Problem.On("Reason", "workItem.reasonRequired");
        var (process, version) = (track.ProcessKey, track.ProcessVersion);
        track.Pin(definition);
        Raise(new ProcessChanged(track.Id, process, version, definition.Key, definition.Version) { Reason = reason.Trim(), OccurredAt = facts.NowUtc });

        var clocks = definition.Clocks.Where(clock => clock.Stages.Contains(track.StageKey)).ToList();
        foreach (var running in RunningOf(track).ToList())
        {
            if (clocks.Find(clock => clock.Key == running.ClockKey && clock.Kind == running.Kind) is not { } clock)
            {
                running.Cancel();
                continue;
            }

            var due = DueDate.From(clock, running.Started, calendar);
            running.Follow(definition.Version);
            if (due.Date == running.LocalDate) continue;
            var before = running.LocalDate;
            running.Move(due.Date, Instants.EndOf(due.Date, running.Zone), due.Provisional);
            Raise(new DeadlineMoved(running.Id, before, due.Date) { OccurredAt = facts.NowUtc });
        }

        foreach (var clock in clocks.Where(clock => clock.Kind != ClockKind.CommentPeriod && !RunningOf(track).Any(running => running.ClockKey == clock.Key)))
        {
            var entered = track.Spans.OrderBy(span => span.Ordinal).LastOrDefault(span => span.StageKey == clock.Stages[0])?.Entered;
            if (entered is { } start) StartClock(track, definition, clock, start, calendar);
        }

        Look(track, definition, facts, facts.NowUtc, raise: false);
        return track;
    }
}
