using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Domain.Deadlines;

/// <summary>Whether a deadline still counts.</summary>
public enum DeadlineStatus
{
    /// <summary>It counts.</summary>
    Running,

    /// <summary>What it asked for was done, in time or late.</summary>
    Met,

    /// <summary>It no longer applies.</summary>
    Cancelled,
}

/// <summary>
/// An instant until which something must be done: "until and including" a local date in a named zone. Computed once from a
/// clock and the working-day calendar, stored, and shown everywhere by one component.
/// </summary>
public sealed class Deadline : Part
{
    private Deadline() { }

    /// <summary>Sets a deadline for a work item's track.</summary>
    public Deadline(Guid workItem, Guid track, ClockKind kind, string clock, int definitionVersion, DateOnly started, DateOnly localDate, string zone, DateTime instantUtc, bool provisional)
    {
        (WorkItemId, TrackId, Kind, ClockKey, DefinitionVersion) = (workItem, track, kind, clock, definitionVersion);
        (Started, LocalDate, Zone, InstantUtc, IsProvisional) = (started, localDate, zone, instantUtc, provisional);
    }

    /// <summary>The work item that it belongs to. Other kinds of subject will have a column of their own.</summary>
    public Guid? WorkItemId { get; private set; }

    /// <summary>The track whose clock it comes from.</summary>
    public Guid? TrackId { get; private set; }

    /// <summary>What it limits.</summary>
    public ClockKind Kind { get; private set; }

    /// <summary>Key of the clock in the process definition.</summary>
    public string ClockKey { get; private set; } = "";

    /// <summary>Version of the definition that the clock was read from.</summary>
    public int DefinitionVersion { get; private set; }

    /// <summary>First day that was counted from.</summary>
    public DateOnly Started { get; private set; }

    /// <summary>The last day, in <see cref="Zone"/>, included.</summary>
    public DateOnly LocalDate { get; private set; }

    /// <summary>IANA name of the zone.</summary>
    public string Zone { get; private set; } = "";

    /// <summary>The last instant of that day (UTC, microseconds).</summary>
    public DateTime InstantUtc { get; private set; }

    /// <summary>True while the calendar of a year that it runs into is not published.</summary>
    public bool IsProvisional { get; private set; }

    /// <summary>Whether it still counts.</summary>
    public DeadlineStatus Status { get; private set; }

    /// <summary>Number of the stay whose beginning set it; null for one that was set later.</summary>
    public int? StartedIn { get; private set; }

    /// <summary>Number of the stay whose beginning ended it; null while it runs, and when something else ended it.</summary>
    public int? EndedIn { get; private set; }

    /// <inheritdoc/>
    public override Guid RootId => WorkItemId ?? throw new InvalidOperationException("A deadline without a subject.");

    /// <summary>What it asked for was done.</summary>
    internal void Meet(int? stay = null) => (Status, EndedIn) = (DeadlineStatus.Met, stay);

    /// <summary>It no longer applies.</summary>
    internal void Cancel(int? stay = null) => (Status, EndedIn) = (DeadlineStatus.Cancelled, stay);

    /// <summary>It was set when that stay began.</summary>
    internal void StartIn(int stay) => StartedIn = stay;

    /// <summary>The step that ended it was undone.</summary>
    internal void Resume() => (Status, EndedIn) = (DeadlineStatus.Running, null);

    /// <summary>From now on the clock of the same key in another version of the definition is behind it.</summary>
    internal void Follow(int definitionVersion) => DefinitionVersion = definitionVersion;

    /// <summary>Moves it to another day.</summary>
    internal void Move(DateOnly localDate, DateTime instantUtc, bool provisional) =>
        (LocalDate, InstantUtc, IsProvisional) = (localDate, instantUtc, provisional);
}
