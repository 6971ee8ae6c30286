using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Domain.WorkItems;

/// <content>Which clocks run in a stage, and what becomes of their deadlines.</content>
public sealed partial class WorkItem
{
    /// <summary>Moves the end of a running comment period to a later day.</summary>
    public Result<Deadline> Lengthen(Deadline deadline, DateOnly to, WorkingCalendar calendar, string reason)
    {
        if (to <= deadline.LocalDate) return Problem.On("To", "deadline.notLater", deadline.LocalDate);
        if (string.IsNullOrWhiteSpace(reason)) return Problem.On("Reason", "workItem.reasonRequired");
        var from = deadline.LocalDate;
        deadline.Move(to, Instants.EndOf(to, deadline.Zone), !calendar.Covers(to.Year));
        Raise(new DeadlineMoved(deadline.Id, from, to) { Reason = reason.Trim() });
        foreach (var track in tracks.Where(track => track.Id == deadline.TrackId))
            track.Look(track.WaitingFor, track.IsBlocked, track.BlockedBy, NextDeadlineOf(track));
        return deadline;
    }

    /// <summary>Notes that a comment period was ended before its last day, so that nothing reminds of that day any more.</summary>
    public void EndCommentPeriod(Deadline deadline, string reason)
    {
        if (deadline.Status != DeadlineStatus.Running) return;
        deadline.Meet();
        Raise(new CommentPeriodEnded(deadline.Id, deadline.LocalDate) { Reason = reason.Trim() });
        foreach (var track in tracks.Where(track => track.Id == deadline.TrackId))
            track.Look(track.WaitingFor, track.IsBlocked, track.BlockedBy, NextDeadlineOf(track));
    }

    /// <summary>The clocks that start when a track enters a stage; one over several stages that already runs goes on.</summary>
    public IEnumerable<Clock> ClocksStartingIn(Track track, ProcessDefinition definition, string stage) =>
        from clock in definition.Clocks
        where clock.Stages[0] == stage
        where clock.Stages.Count == 1 || !RunningOf(track).Any(known => known.ClockKey == clock.Key)
        select clock;

    private void StartClocks(Track track, ProcessDefinition definition, Stage stage, DateOnly? on, WorkingCalendar calendar)
    {
        foreach (var running in RunningOf(track))
        {
            var clock = definition.Clocks.FirstOrDefault(known => known.Key == running.ClockKey);
            var stays = clock is not null && clock.Stages.Count > 1 && clock.Stages.Contains(stage.Key);
            if (stays) continue;
            if (stage.Ends == TrackEnd.Abandoned) running.Cancel(track.CurrentOrdinal);
            else running.Meet(track.CurrentOrdinal);
        }

        if (on is not { } start) return;
        foreach (var clock in ClocksStartingIn(track, definition, stage.Key)) StartClock(track, definition, clock, start, calendar).StartIn(track.CurrentOrdinal);
    }

    private Deadline StartClock(Track track, ProcessDefinition definition, Clock clock, DateOnly start, WorkingCalendar calendar)
    {
        var due = DueDate.From(clock, start, calendar);
        var deadline = new Deadline(Id, track.Id, clock.Kind, clock.Key, definition.Version, start, due.Date, Instants.China, Instants.EndOf(due.Date, Instants.China), due.Provisional);
        deadlines.Add(deadline);
        return deadline;
    }

    private IEnumerable<Deadline> RunningOf(Track track) => deadlines.Where(deadline => deadline.TrackId == track.Id && deadline.Status == DeadlineStatus.Running);

    /// <summary>A comment period that has run its length still runs for the reminder of the day after, but nobody is late for it.</summary>
    private DateTime? NextDeadlineOf(Track track, DateTime? nowUtc = null) =>
        deadlines.Where(deadline => deadline.TrackId == track.Id && deadline.Status == DeadlineStatus.Running && (nowUtc is not { } now || deadline.At(now) != DeadlineState.Met))
            .Min(deadline => (DateTime?)deadline.InstantUtc);
}
