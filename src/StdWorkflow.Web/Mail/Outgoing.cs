using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Data.Events;
using StdWorkflow.Data.Outbox;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Mail;

/// <summary>Puts notices into the outbox, in the transaction of whoever asks: nothing is sent before that has been saved.</summary>
internal sealed class Outgoing(AppDbContext db, TimeProvider clock)
{
    /// <param name="key">Makes it unique together with the kind of notice: the database refuses to write it twice.</param>
    /// <param name="person">Who gets it; the address is read when it is sent.</param>
    /// <param name="notice">What writing it needs; there must be an <see cref="IMailOf{TNotice}"/>.</param>
    public void ToPerson<TNotice>(string key, Guid person, Language? language, TNotice notice) => Add(key, person, null, language, notice);

    /// <summary>The same for an address without a person.</summary>
    public void ToAddress<TNotice>(string key, string address, Language? language, TNotice notice) => Add(key, null, address, language, notice);

    private void Add<TNotice>(string key, Guid? person, string? address, Language? language, TNotice notice) => db.Outbox.Add(new OutboxMessage
    {
        Key = $"{typeof(TNotice).Name}/{key}",
        EventType = typeof(TNotice).Name,
        RecipientPerson = person,
        RecipientAddress = address,
        Language = language ?? Language.Chinese,
        Payload = JsonSerializer.Serialize(notice, EventJson.Options),
        CreatedAt = clock.UtcNow(),
        NotBefore = clock.UtcNow(),
    });
}

/// <summary>Puts the mails that events cause into the outbox, in the transaction of the command that raised them.</summary>
internal sealed class MailOfEvents(MailTable table, IServiceProvider services, TimeProvider clock) : IEventListener
{
    public async Task OnEventsAsync(AppDbContext db, IReadOnlyList<RecordedEvent> events, CancellationToken stop)
    {
        foreach (var (happened, record) in events)
        {
            // What is loaded from a file is no news to anybody, but that a newer file shows an item elsewhere is.
            if (record.ActorKind is nameof(ActorKind.Starter) || (record.ActorKind is nameof(ActorKind.Import) && happened is not StageRecorded)) continue;
            if (table.RecipientsOf(happened, record.SubjectId, db, services) is not { } recipients) continue;
            var people = await db.Set<Person>().AsNoTracking()
                .Where(person => recipients.Contains(person.Id) && person.Email != null)
                .Select(person => new { person.Id, person.Language })
                .ToListAsync(stop);
            db.Outbox.AddRange(people.Select(person => new OutboxMessage
            {
                Key = $"{record.Id:N}/{person.Id:N}",
                EventId = record.Id,
                EventType = record.Type,
                RecipientPerson = person.Id,
                Language = person.Language ?? Language.Chinese,
                CreatedAt = clock.UtcNow(),
                // While a step can be undone nobody is told of it.
                NotBefore = happened is IStep ? clock.UtcNow() + WorkItem.UndoWindow : clock.UtcNow(),
            }));
        }
    }
}
