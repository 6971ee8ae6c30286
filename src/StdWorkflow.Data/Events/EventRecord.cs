namespace StdWorkflow.Data.Events;

/// <summary>One row of the append-only history. <see cref="EventHash"/> knows what its hash covers.</summary>
public sealed class EventRecord
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Name of the aggregate's type.</summary>
    public required string SubjectType { get; init; }

    public required Guid SubjectId { get; init; }

    /// <summary>1, 2, 3 … within the subject, without gaps.</summary>
    public required int Sequence { get; init; }

    /// <summary>When it happened in the world, as the file or the minutes say.</summary>
    public required DateTime OccurredAt { get; init; }

    public required DateTime RecordedAt { get; init; }

    public required string ActorKind { get; init; }

    public Guid? ActorPerson { get; init; }

    public Guid? OnBehalfOf { get; init; }

    public string? ActorName { get; init; }

    public required string Command { get; init; }

    /// <summary>Name of the domain event's type.</summary>
    public required string Type { get; init; }

    /// <summary>The domain event as JSON text, without time and reason, which have columns of their own.</summary>
    public required string Facts { get; init; }

    /// <summary>
    /// Old and new value of every column that this save changed, as JSON text. The first event of a save carries them all;
    /// further events of the same save carry an empty array.
    /// </summary>
    public required string Changes { get; init; }

    public string? Reason { get; init; }

    public string? TraceId { get; init; }

    /// <summary>Hash of the subject's previous event; empty for the first.</summary>
    public required string PreviousHash { get; init; }

    public string Hash { get; internal set; } = "";
}
