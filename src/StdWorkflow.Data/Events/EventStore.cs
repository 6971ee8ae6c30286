using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using StdWorkflow.Data.Mapping;
using StdWorkflow.Data.Records;
using StdWorkflow.Domain.Common;

namespace StdWorkflow.Data.Events;

/// <summary>
/// Writes the history with every save: the events that the aggregates raised, what changed, and the chain of hashes. No
/// aggregate is saved without an event, and nothing is saved that is neither aggregate, part nor named record.
/// </summary>
internal sealed class EventStore : SaveChangesInterceptor
{
    public static EventStore Instance { get; } = new();

    // EF completes these tasks without coming back to a thread of its caller's, so waiting cannot lock up.
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        if (eventData.Context is AppDbContext db) PrepareAsync(db, CancellationToken.None).GetAwaiter().GetResult();
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is AppDbContext db) await PrepareAsync(db, cancellationToken);
        return result;
    }

    public override void SaveChangesFailed(DbContextErrorEventData eventData) => NoteFailure(eventData.Context);

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        NoteFailure(eventData.Context);
        return Task.CompletedTask;
    }

    public override void SaveChangesCanceled(DbContextEventData eventData) => NoteFailure(eventData.Context);

    public override Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default)
    {
        NoteFailure(eventData.Context);
        return Task.CompletedTask;
    }

    // The aggregates in this context have handed over their events and moved their heads, but the database knows nothing of it.
    private static void NoteFailure(DbContext? context)
    {
        if (context is AppDbContext db && db.ChangeTracker.Entries<EventRecord>().Any(e => e.State == EntityState.Added)) db.HistoryFailed = true;
    }

    /// <summary>Takes the events that were raised and adds them, hashed, to what the context will save.</summary>
    public static async Task PrepareAsync(AppDbContext db, CancellationToken stop)
    {
        var events = Record(db);
        if (events.Count == 0) return;
        await CommitteeTree.FollowAsync(db, stop);
        foreach (var listener in db.Listeners) await listener.OnEventsAsync(db, events, stop);
    }

    private static List<RecordedEvent> Record(AppDbContext db)
    {
        if (db.HistoryFailed)
            throw new InvalidOperationException("An earlier save of this context failed after its events were taken; try again with a fresh context.");

        db.ChangeTracker.DetectChanges();
        var detect = db.ChangeTracker.AutoDetectChangesEnabled;
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            var subjects = SubjectsOf(db);
            var events = new List<RecordedEvent>();
            foreach (var subject in subjects) Record(db, subject, events);
            db.AddRange(events.Select(e => e.Record));
            return events;
        }
        finally
        {
            db.ChangeTracker.AutoDetectChangesEnabled = detect;
        }
    }

    private static List<Subject> SubjectsOf(AppDbContext db)
    {
        var roots = new Dictionary<Guid, Subject>();
        var parts = new List<EntityEntry<Part>>();
        foreach (var entry in db.ChangeTracker.Entries())
        {
            var changed = entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted;
            switch (entry.Entity)
            {
                case Aggregate root:
                    if (entry.State == EntityState.Deleted) Refuse($"{Name(entry)} {root.Id} would be deleted; a root is ended, never deleted.");
                    var subject = roots[root.Id] = new Subject(Name(entry), root, []);
                    if (changed) subject.Rows.Add(entry);
                    break;
                case Part when changed:
                    parts.Add(db.Entry((Part)entry.Entity));
                    break;
                case EventRecord when entry.State is EntityState.Modified or EntityState.Deleted:
                    Refuse("The history is only added to.");
                    break;
                case not Part when changed && !RecordsWithoutHistory.Contains(entry.Metadata):
                    Refuse($"{Name(entry)} is neither a root nor a part, and not among the records without history.");
                    break;
            }
        }

        foreach (var part in parts.OrderBy(part => part.Entity.Id))
        {
            if (!roots.TryGetValue(part.Entity.RootId, out var subject))
                Refuse($"{Name(part)} {part.Entity.Id} changed without its root {part.Entity.RootId}; load and save them as one.");
            subject.Rows.Add(part);
        }

        foreach (var subject in roots.Values)
            if (subject.Rows.Count > 0 && subject.Root.RaisedEvents.Count == 0)
                Refuse($"{subject.Type} {subject.Root.Id} changed without an event.");

        return [.. roots.Values.Where(subject => subject.Root.RaisedEvents.Count > 0)];
    }

    private static void Record(AppDbContext db, Subject subject, List<RecordedEvent> events)
    {
        var who = db.WhoActs ?? throw new InvalidOperationException("Nobody is said to act in this context; every event needs an actor.");
        var root = subject.Root;
        var recordedAt = UtcMicroseconds.Cut(db.Clock.GetUtcNow().UtcDateTime);
        var changes = RowChanges.Write(subject.Rows);
        var (sequence, hash) = (root.LastSequence, root.LastHash);
        foreach (var happened in root.TakeEvents())
        {
            var record = new EventRecord
            {
                SubjectType = subject.Type,
                SubjectId = root.Id,
                Sequence = ++sequence,
                OccurredAt = happened.OccurredAt is { } at ? UtcMicroseconds.Cut(at) : recordedAt,
                RecordedAt = recordedAt,
                ActorKind = who.Actor.Kind.ToString(),
                ActorPerson = who.Actor.Person,
                OnBehalfOf = who.Actor.OnBehalfOf,
                ActorName = EventJson.Storable(who.Actor.Name),
                Command = who.Command,
                Type = happened.GetType().Name,
                Facts = EventJson.Serialize(happened),
                Changes = changes,
                Reason = EventJson.Storable(happened.Reason),
                TraceId = who.TraceId,
                PreviousHash = hash,
            };
            record.Hash = hash = EventHash.Of(record);
            events.Add(new RecordedEvent(happened, record));
            changes = "[]";
        }

        root.MoveHead(sequence, hash, recordedAt);
    }

    private static string Name(EntityEntry entry) => entry.Metadata.GetRootType().ClrType.Name;

    [DoesNotReturn]
    private static void Refuse(string why) => throw new InvalidOperationException(why);

    private sealed record Subject(string Type, Aggregate Root, List<EntityEntry> Rows);
}
