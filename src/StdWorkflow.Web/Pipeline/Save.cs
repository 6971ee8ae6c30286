using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Data.Events;
using StdWorkflow.Data.Records;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;

namespace StdWorkflow.Web.Pipeline;

/// <summary>
/// Saves once, after the handler. A form that was sent before gets the answer it got then; one that showed what somebody has
/// changed since is refused as a conflict.
/// </summary>
internal sealed class Save<TCommand, T>(AppDbContext db, Acting acting, CommandForm form, CommandSubject subject, TimeProvider clock)
    : IPipelineBehavior<TCommand, Result<T>> where TCommand : ICommand<T>
{
    public async Task<Result<T>> Handle(TCommand request, CancellationToken cancellationToken, RequestHandlerDelegate<Result<T>> next)
    {
        var receipt = form.Key is { } key ? ReceiptKey(key, form.IsOneRequest ? "" : Said(request)) : null;
        if (receipt is not null && await StoredAsync(receipt, cancellationToken) is { } stored) return Again(stored, request);

        if (request is ISeen seen && subject.Version != seen.SeenVersion) return await ConflictAsync(cancellationToken);

        var result = await next();
        if (!result.IsOk)
        {
            // The same form may have been carried out while the handler looked: what it met is then its own work.
            if (receipt is not null && await StoredAsync(receipt, cancellationToken) is { } done) return Again(done, request);
            return request is ISeen && (HasMovedOn() || await IsMovingOnAsync(cancellationToken)) ? await ConflictAsync(cancellationToken) : result;
        }

        if (request is ISeen && HasMovedOn()) return await ConflictAsync(cancellationToken);

        if (receipt is not null)
            db.CommandReceipts.Add(new CommandReceipt
            {
                Key = receipt,
                ActorKey = ActorKey,
                Command = acting.Command,
                Result = form.IsOneRequest ? $"{Hash(Said(request))}\n{JsonSerializer.Serialize(result.Value)}" : JsonSerializer.Serialize(result.Value),
                At = clock.UtcNow(),
            });

#pragma warning disable RS0030 // Here the pipeline saves.
        await db.SaveChangesAsync(cancellationToken);
#pragma warning restore RS0030
        return result;
    }

    /// <summary>Between the first look and the handler's own reading somebody may have been quicker.</summary>
    private bool HasMovedOn() => db.ChangeTracker.Entries<Aggregate>().FirstOrDefault(entry => entry.Entity.Id == subject.Id) is { } entry
        && entry.Property(aggregate => aggregate.Version).OriginalValue != subject.Version;

    /// <summary>
    /// A root and its parts are read one after another: a refusal may rest on an old root with newer parts, which nobody has ever seen together.
    /// </summary>
    private async Task<bool> IsMovingOnAsync(CancellationToken stop) =>
        db.ChangeTracker.Entries<Aggregate>().FirstOrDefault(entry => entry.Entity.Id == subject.Id) is { } entry
        && await entry.GetDatabaseValuesAsync(stop) is { } now && now.GetValue<int>(nameof(Aggregate.Version)) != subject.Version;

    private string ActorKey => acting.Actor.Person is { } person ? $"{acting.Actor.Kind}:{person:N}" : acting.Actor.Kind.ToString();

    /// <summary>
    /// Covers what the form said, not only its key: who goes back in the browser, changes a field and sends again means something
    /// new, although the page that comes out of the browser's memory still has the old key.
    /// </summary>
    private static string ReceiptKey(string key, string said) => Hash($"{key}\n{said}");

    private static string Said(TCommand command) => JsonSerializer.Serialize<object>(command);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>What was answered then; of a program, only if it said the same then.</summary>
    private Result<T> Again(string stored, TCommand command)
    {
        if (!form.IsOneRequest) return JsonSerializer.Deserialize<T>(stored)!;
        var parts = stored.Split('\n', 2);
        return parts[0] == Hash(Said(command)) ? JsonSerializer.Deserialize<T>(parts[1])! : Problem.Of("api.keyOfAnother");
    }

    private Task<string?> StoredAsync(string key, CancellationToken stop)
    {
        var (actor, command) = (ActorKey, acting.Command);
        return db.CommandReceipts.AsNoTracking().Where(known => known.Key == key && known.ActorKey == actor && known.Command == command)
            .Select(known => known.Result).SingleOrDefaultAsync(stop);
    }

    private async Task<Problem> ConflictAsync(CancellationToken stop)
    {
        if (subject.Type is null) throw new InvalidOperationException($"{typeof(TCommand).Name} says what it has seen, but its scope names nothing that has a version.");
        var newest = await db.Set<EventRecord>().AsNoTracking()
            .Where(written => written.SubjectType == subject.Type && written.SubjectId == subject.Id)
            .OrderByDescending(written => written.Sequence)
            .Select(written => new
            {
                written.RecordedAt,
                written.ActorKind,
                written.ActorName,
                FullName = db.Set<Person>().Where(person => person.Id == written.ActorPerson).Select(person => person.FullName).FirstOrDefault(),
            })
            .FirstOrDefaultAsync(stop);
        if (newest is null) return Problem.Of(Problem.ConflictCode, "", "");

        object who = newest.FullName ?? newest.ActorName ?? (object)Enum.Parse<ActorKind>(newest.ActorKind);
        return Problem.Of(Problem.ConflictCode, who, newest.RecordedAt);
    }
}
