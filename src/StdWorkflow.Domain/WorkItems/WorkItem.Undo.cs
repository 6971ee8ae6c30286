using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Domain.WorkItems;

/// <content>How a step is taken back, and for how long.</content>
public sealed partial class WorkItem
{
    /// <summary>How long a step can be undone, and the mail that it causes is held. A decision of this product, no rule of the field.</summary>
    public static readonly TimeSpan UndoWindow = TimeSpan.FromMinutes(10);

    /// <summary>The step just taken was a person's, at that instant (UTC): it can be undone for a while.</summary>
    public static void AllowUndo(Track track, DateTime nowUtc) => track.Moved(nowUtc);

    /// <summary>
    /// Why the newest step of a track cannot be undone now, or null when it can: no person took one, or something was done since
    /// (<c>undo.nothing</c>), or its time is over (<c>undo.tooLate</c>).
    /// </summary>
    public static Problem? UndoRefusal(Track track, DateTime nowUtc) =>
        track.MovedAtUtc is not { } moved || track.CurrentOrdinal < 2 ? Problem.Of("undo.nothing")
        : nowUtc >= moved + UndoWindow ? Problem.Of("undo.tooLate", (int)UndoWindow.TotalMinutes)
        : null;

    /// <summary>How many minutes, begun ones included, the newest step can still be undone; 0 when it cannot.</summary>
    public static int MinutesToUndo(Track track, DateTime nowUtc) =>
        UndoRefusal(track, nowUtc) is null ? (int)Math.Ceiling((track.MovedAtUtc!.Value + UndoWindow - nowUtc).TotalMinutes) : 0;

    /// <summary>
    /// Undoes the newest step of a track: it stands again in the stage before, whose deadlines run on as if it had not been left, and those
    /// that the step set apply no longer. If the step showed the item to the public, it is hidden again. Refused as
    /// <see cref="UndoRefusal"/> says. Answers whether a comment period that the step had ended runs again. The caller looks
    /// at the gates again.
    /// </summary>
    /// <param name="track">The track.</param>
    /// <param name="definition">The definition that the track pins.</param>
    /// <param name="reason">Why, or null.</param>
    /// <param name="nowUtc">Now.</param>
    public Result<bool> Undo(Track track, ProcessDefinition definition, string? reason, DateTime nowUtc)
    {
        if (UndoRefusal(track, nowUtc) is { } refusal) return refusal;
        var (from, stay, hide) = (track.StageKey, track.CurrentOrdinal, track.MoveMadePublic);
        track.Leave(definition);
        var resumed = false;
        foreach (var deadline in deadlines.Where(deadline => deadline.TrackId == track.Id))
        {
            if (deadline.StartedIn == stay)
            {
                deadline.Cancel();
            }
            else if (deadline.EndedIn == stay)
            {
                deadline.Resume();
                resumed |= deadline.Kind == ClockKind.CommentPeriod;
            }
        }

        Raise(new StepUndone(track.Id, from, track.StageKey) { Reason = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim(), OccurredAt = nowUtc });
        if (hide) Show(toThePublic: false);
        return resumed;
    }

    /// <summary>Shows it to the public because a comment period opens; undoing the step that opened it hides it again.</summary>
    public void ShowForComments(Track track)
    {
        if (IsPublic) return;
        track.MadePublic();
        Show(toThePublic: true);
    }
}
