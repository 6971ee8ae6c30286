using StdWorkflow.Domain.Common;

namespace StdWorkflow.Data.Outbox;

public enum OutboxState
{
    /// <summary>To be sent when <see cref="OutboxMessage.NotBefore"/> has come.</summary>
    Waiting,

    /// <summary>A worker has it until <see cref="OutboxMessage.ClaimedUntil"/>; after that anybody may take it.</summary>
    Claimed,

    Sent,

    /// <summary>Given up after the last attempt; an administrator's page shows it.</summary>
    Parked,

    Cancelled,
}

/// <summary>A consequence that leaves the database: one row per recipient, written in the transaction of its event.</summary>
public sealed class OutboxMessage
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>What makes it unique, for example event, kind and recipient: writing it twice is refused by the database.</summary>
    public required string Key { get; init; }

    /// <summary>The event that caused it; null for what has no history, such as a link to reset a password.</summary>
    public Guid? EventId { get; init; }

    /// <summary>Name of the event's type, or the kind of message where there is no event.</summary>
    public required string EventType { get; init; }

    public Guid? RecipientPerson { get; init; }

    /// <summary>Address where there is no person, such as a visitor's.</summary>
    public string? RecipientAddress { get; init; }

    public Language Language { get; init; }

    /// <summary>What writing the message needs beyond the event, as JSON text.</summary>
    public string? Payload { get; set; }

    public DateTime CreatedAt { get; init; }

    /// <summary>Earliest time of the next attempt.</summary>
    public DateTime NotBefore { get; set; }

    public int Attempts { get; set; }

    public OutboxState State { get; set; }

    public DateTime? ClaimedUntil { get; set; }

    public string? ClaimedBy { get; set; }

    public string? LastError { get; set; }

    public Guid? CancelledBy { get; set; }

    public DateTime? SentAt { get; set; }
}
