using System.Reflection;
using System.Text.Json;
using StdWorkflow.Data;
using StdWorkflow.Data.Events;
using StdWorkflow.Data.Outbox;
using StdWorkflow.Domain.Common;

namespace StdWorkflow.Web.Mail;

/// <summary>Every mail that the program can write, by the name of its event or notice, found by scanning.</summary>
internal sealed class MailTable
{
    private readonly Dictionary<string, Kind> kinds = new(StringComparer.Ordinal);

    public MailTable()
    {
        foreach (var (writer, contract) in Writers())
        {
            var cause = contract.GenericTypeArguments[0];
            var adapter = (contract.GetGenericTypeDefinition() == typeof(IMailFor<>) ? typeof(OfEvent<>) : typeof(OfNotice<>)).MakeGenericType(cause);
            kinds.Add(cause.Name, (Kind)Activator.CreateInstance(adapter)!);
        }
    }

    /// <summary>Every class that writes a mail, with the contract that it fulfils.</summary>
    public static IEnumerable<(Type Writer, Type Contract)> Writers() =>
        from type in Assembly.GetExecutingAssembly().GetTypes()
        where type is { IsClass: true, IsAbstract: false }
        from contract in type.GetInterfaces()
        where contract.IsGenericType && contract.GetGenericTypeDefinition() is var open && (open == typeof(IMailFor<>) || open == typeof(IMailOf<>))
        select (type, contract);

    /// <summary>Who gets mail because of an event; null when the event causes none.</summary>
    public IQueryable<Guid>? RecipientsOf(DomainEvent happened, Guid subject, AppDbContext db, IServiceProvider services) =>
        kinds.TryGetValue(happened.GetType().Name, out var kind) ? kind.Recipients(happened, subject, db, services) : null;

    /// <summary>The words of a message, or null when there is nothing left to say.</summary>
    public Task<Letter?> WriteAsync(OutboxMessage message, EventRecord? cause, Addressee to, IServiceProvider services, CancellationToken stop) =>
        kinds.TryGetValue(message.EventType, out var kind)
            ? kind.WriteAsync(message, cause, to, services, stop)
            : throw new InvalidOperationException($"Nothing writes mail of {message.EventType}.");

    private abstract class Kind
    {
        public abstract IQueryable<Guid>? Recipients(DomainEvent happened, Guid subject, AppDbContext db, IServiceProvider services);

        public abstract Task<Letter?> WriteAsync(OutboxMessage message, EventRecord? cause, Addressee to, IServiceProvider services, CancellationToken stop);
    }

    private sealed class OfEvent<TEvent> : Kind where TEvent : DomainEvent
    {
        public override IQueryable<Guid>? Recipients(DomainEvent happened, Guid subject, AppDbContext db, IServiceProvider services) =>
            services.GetRequiredService<IMailFor<TEvent>>().Recipients((TEvent)happened, subject, db);

        public override Task<Letter?> WriteAsync(OutboxMessage message, EventRecord? cause, Addressee to, IServiceProvider services, CancellationToken stop)
        {
            if (cause is null) throw new InvalidOperationException($"The event {message.EventId} of message {message.Id} is missing.");
            return services.GetRequiredService<IMailFor<TEvent>>().WriteAsync((TEvent)EventJson.Deserialize(cause), cause.SubjectId, to, stop);
        }
    }

    private sealed class OfNotice<TNotice> : Kind
    {
        public override IQueryable<Guid>? Recipients(DomainEvent happened, Guid subject, AppDbContext db, IServiceProvider services) => null;

        public override Task<Letter?> WriteAsync(OutboxMessage message, EventRecord? cause, Addressee to, IServiceProvider services, CancellationToken stop) =>
            services.GetRequiredService<IMailOf<TNotice>>().WriteAsync(JsonSerializer.Deserialize<TNotice>(message.Payload!, EventJson.Options)!, to, stop);
    }
}
