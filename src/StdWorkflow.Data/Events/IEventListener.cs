using StdWorkflow.Domain.Common;

namespace StdWorkflow.Data.Events;

/// <summary>An event with the row that will hold it.</summary>
public sealed record RecordedEvent(DomainEvent Event, EventRecord Record);

/// <summary>
/// Is told of the events of a save just before it is written, so that what it adds to the context (outbox rows) is written in
/// the same transaction. It must not raise events.
/// </summary>
public interface IEventListener
{
    Task OnEventsAsync(AppDbContext db, IReadOnlyList<RecordedEvent> events, CancellationToken stop);
}
