using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Domain.WorkItems;

/// <summary>
/// Another item follows this one: it is revised or replaced by it, split into it or merged into it. <paramref name="Ends"/> says whether the
/// work on this one ended by that.
/// </summary>
public sealed record SuccessorOpened(LineageKind Kind, IReadOnlyList<Guid> Into, bool Ends) : DomainEvent;

public sealed partial class WorkItem
{
    /// <summary>
    /// What running work becomes: an item at that stage of that process from that day on, whose clocks run on from the earliest first day
    /// that they had with the older. The limits of a whole stretch run on wherever it stands. The deviations of the older must be loaded.
    /// </summary>
    internal static Result<WorkItem> CarryOn(
        int number, IReadOnlyList<WorkItem> from, LocalizedText title, ProcessDefinition definition, Stage stage, WorkingCalendar calendar, DateOnly on, DateTime nowUtc)
    {
        var problems = CheckTitle(title).ToList();
        if (problems.Count > 0) return Result<WorkItem>.Fail(problems);
        var item = Make(number, from[0].Kind, title, from[0].CommitteeId, from.All(older => older.IsPublic), from.Any(older => older.IsDemo));
        (item.Proposal, item.CommitteeText) = (from[0].Proposal, from[0].CommitteeText);
        item.Raise(new WorkItemProposed(item.Code, item.Kind, title, definition.Key, definition.Version) { OccurredAt = nowUtc });

        var track = new Track(item, TrackKind.MainText, definition);
        item.tracks.Add(track);
        track.Enter(stage, on);
        foreach (var clock in definition.Clocks.Where(clock => clock.Kind != ClockKind.CommentPeriod))
        {
            var started = from.Select(older => older.StartOf(clock, stage)).Min();
            if (started is { } first) item.StartClock(track, definition, clock, first, calendar).StartIn(track.CurrentOrdinal);
        }

        item.AdoptAs(from);
        item.Raise(new TrackStarted(track.Id, track.Kind, stage.Key, on) { OccurredAt = nowUtc });
        return item;
    }

    /// <summary>The first day of a clock as far as it must run on in an item that stands at that stage; null when it need not.</summary>
    private DateOnly? StartOf(Clock clock, Stage stage)
    {
        var running = RunningOf(Main).FirstOrDefault(deadline => deadline.ClockKey == clock.Key)?.Started;
        if (running is not null) return clock.Kind == ClockKind.OverallLimit || clock.Stages.Contains(stage.Key) ? running : null;
        return clock.Stages.Contains(stage.Key) ? Main.Spans.OrderBy(span => span.Ordinal).LastOrDefault(span => span.StageKey == clock.Stages[0])?.Entered : null;
    }

    /// <summary>Others follow it. Where they carry the work on, this one ends that day, with everything that runs beside its text.</summary>
    internal void FollowedBy(LineageKind how, IReadOnlyList<Guid> into, bool ends, DateOnly on, DateTime nowUtc)
    {
        if (ends)
        {
            var end = how switch { LineageKind.Splits => TrackEnd.Split, LineageKind.Merges => TrackEnd.Merged, _ => TrackEnd.Replaced };
            foreach (var track in tracks.Where(track => track.End is null))
            {
                foreach (var running in RunningOf(track)) running.Cancel();
                track.Close(end, on);
                track.Look(LocalizedText.Empty, blocked: false, null, null);
            }
        }

        Raise(new SuccessorOpened(how, into, ends) { OccurredAt = nowUtc });
    }
}
