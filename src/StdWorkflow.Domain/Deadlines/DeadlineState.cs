using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Domain.Deadlines;

/// <summary>How a deadline stands at a moment; what its colour and word say.</summary>
public enum DeadlineState
{
    /// <summary>There is time.</summary>
    OnTime,

    /// <summary>It comes soon.</summary>
    Near,

    /// <summary>It has passed and what it asked for is not done.</summary>
    Late,

    /// <summary>It no longer counts.</summary>
    Frozen,

    /// <summary>What it asked for was done; or, of a comment period, it is over.</summary>
    Met,
}

/// <summary>Decides how a deadline stands. Stored nowhere, because time alone changes it.</summary>
public static class DeadlineStates
{
    /// <summary>How long before the end a deadline counts as near, where nothing else is said.</summary>
    public static TimeSpan Near { get; } = TimeSpan.FromDays(30);

    /// <summary>
    /// How a deadline stands at <paramref name="nowUtc"/>. Its last instant is still in time, "until and including". A comment
    /// period that has run its length is over and not late, because it is a least and not a most.
    /// </summary>
    /// <param name="kind">What the deadline limits.</param>
    /// <param name="status">Whether it still counts.</param>
    /// <param name="instantUtc">Its last instant.</param>
    /// <param name="nowUtc">Now.</param>
    /// <param name="near">How long before the end it is near.</param>
    public static DeadlineState Of(ClockKind kind, DeadlineStatus status, DateTime instantUtc, DateTime nowUtc, TimeSpan near) => status switch
    {
        DeadlineStatus.Met => DeadlineState.Met,
        DeadlineStatus.Cancelled => DeadlineState.Frozen,
        _ when nowUtc > instantUtc => kind == ClockKind.CommentPeriod ? DeadlineState.Met : DeadlineState.Late,
        _ => instantUtc - nowUtc <= near ? DeadlineState.Near : DeadlineState.OnTime,
    };

    /// <summary>How a stored deadline stands at <paramref name="nowUtc"/>, near in the last <see cref="Near"/>.</summary>
    public static DeadlineState At(this Deadline deadline, DateTime nowUtc) => Of(deadline.Kind, deadline.Status, deadline.InstantUtc, nowUtc, Near);
}
