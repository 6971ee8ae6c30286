namespace StdWorkflow.Domain.Common;

/// <summary>
/// A root: what is loaded, checked and saved as one, and has a history of its own.
/// It is never saved without an event.
/// </summary>
public abstract class Aggregate
{
    private readonly List<DomainEvent> raised = [];

    /// <summary>Key made in code, version 7; never used alone for paging.</summary>
    public Guid Id { get; protected init; } = Guid.CreateVersion7();

    /// <summary>Counts the saves; a form carries it so that a stale one is noticed.</summary>
    public int Version { get; private set; }

    /// <summary>Sequence of the newest event of this subject; 0 before the first.</summary>
    public int LastSequence { get; private set; }

    /// <summary>Hash of the newest event, so that a deleted tail shows.</summary>
    public string LastHash { get; private set; } = "";

    /// <summary>When its newest event was recorded (UTC); lists sort by it.</summary>
    public DateTime ChangedAtUtc { get; private set; }

    /// <summary>What happened since it was loaded, in order.</summary>
    public IReadOnlyList<DomainEvent> RaisedEvents => raised;

    /// <summary>Notes that something happened; it is written with the next save.</summary>
    public void Raise(DomainEvent happened) => raised.Add(happened);

    /// <summary>Called by the event store, once per save: hands over the events and moves the head of the chain.</summary>
    public IReadOnlyList<DomainEvent> TakeEvents()
    {
        var taken = raised.ToArray();
        raised.Clear();
        return taken;
    }

    /// <summary>Called by the event store with sequence, hash and instant (UTC) of the newest event.</summary>
    public void MoveHead(int sequence, string hash, DateTime recordedAtUtc)
    {
        (LastSequence, LastHash, ChangedAtUtc) = (sequence, hash, recordedAtUtc);
        Version++;
    }
}

/// <summary>A part that is saved only with its root; a change to it is a change of the root.</summary>
public abstract class Part
{
    /// <summary>Key made in code, version 7.</summary>
    public Guid Id { get; protected init; } = Guid.CreateVersion7();

    /// <summary>Key of the aggregate that this belongs to.</summary>
    public abstract Guid RootId { get; }
}

/// <summary>Something that happened, in the domain's words; facts only, no sentence.</summary>
public abstract record DomainEvent
{
    /// <summary>When it happened in the world (UTC), as the file or the minutes say; null means: when it was recorded.</summary>
    public DateTime? OccurredAt { get; init; }

    /// <summary>Why, in the words of whoever did it.</summary>
    public string? Reason { get; init; }
}

/// <summary>Marks what was made to try the product out; every page says so.</summary>
public interface IDemoMarked
{
    /// <summary>True for invented records.</summary>
    bool IsDemo { get; }
}
