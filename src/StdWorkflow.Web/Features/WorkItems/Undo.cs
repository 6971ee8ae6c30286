using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Data.Outbox;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>Undoes the newest step while that is possible: what it did is taken back, the mail that it caused is not sent. Answers the key of the stage.</summary>
public sealed record UndoStep(string Code, [property: StringLength(Limits.Text)] string? Reason, int SeenVersion) : ICommand<string>, ISeen
{
    public Permission Needs => Permission.Advance;
    public Scope Scope => Scope.OfWorkItem(Code);
}

internal sealed class UndoStepHandler(WorkItemLoading loading, StageConsultations consultations, UndoableStep undoable, CurrentUser me)
    : ICommandHandler<UndoStep, string>
{
    public async Task<Result<string>> Handle(UndoStep command, CancellationToken stop)
    {
        var found = await loading.FindAsync(command.Code, stop);
        if (!found.IsOk) return found.Problem;
        var (item, definition, facts) = found.Value;
        if (await undoable.RefusalAsync(item, stop) is { } refusal) return refusal;

        // A mail on its way cannot be called back; the column that says so is compared again when this is saved.
        var held = await undoable.MailOf(item).ToListAsync(stop);
        if (held.Exists(message => message.State is OutboxState.Claimed or OutboxState.Sent)) return Problem.Of("undo.tooLate", (int)WorkItem.UndoWindow.TotalMinutes);
        foreach (var message in held) (message.State, message.CancelledBy) = (OutboxState.Cancelled, me.Person);

        var stay = item.Main.CurrentOrdinal;
        var undone = item.Undo(item.Main, definition, command.Reason, facts.NowUtc);
        if (!undone.IsOk) return undone.Problem;
        var running = await consultations.UndoAsync(item, stay, undone.Value, stop);
        var now = await loading.FactsAsync(item, item.Main, stop);
        item.LookAgain(item.Main, definition, running is null ? now : now with { ConsultationClosesAtUtc = running.ClosesAtUtc });
        return item.Main.StageKey;
    }
}

/// <summary>What has to be known about the newest step before it is undone; the same for the page and the command.</summary>
public sealed class UndoableStep(AppDbContext db, TimeProvider clock)
{
    /// <summary>How many people get mail when it is taken.</summary>
    public Task<int> RecipientsAsync(WorkItem item, CancellationToken stop)
    {
        var recipients = StageMail.RecipientsOf(item.Id, Instants.DateIn(clock.UtcNow()), db);
        return db.People.CountAsync(person => person.Email != null && recipients.Contains(person.Id), stop);
    }

    /// <summary>Why it cannot be undone, or null.</summary>
    public async Task<Problem?> RefusalAsync(WorkItem item, CancellationToken stop)
    {
        if (WorkItem.UndoRefusal(item.Main, clock.UtcNow()) is { } refusal) return refusal;
        var (track, stay, id) = (item.Main.Id, item.Main.CurrentOrdinal, item.Id);
        if (await db.Consultations.AnyAsync(known => known.TrackId == track && known.SpanOrdinal == stay && db.Submissions.Any(sent => sent.ConsultationId == known.Id), stop))
            return Problem.Of("undo.commented");
        return item.Main.End is not null && await db.Set<Lineage>().AnyAsync(link => link.FromWorkItemId == id && (link.Kind == LineageKind.GrewFrom || link.Kind == LineageKind.Converts), stop)
            ? Problem.Of("undo.followed")
            : null;
    }

    /// <summary>The mail that the step caused, and that nobody has cancelled.</summary>
    public IQueryable<OutboxMessage> MailOf(WorkItem item)
    {
        var (id, since) = (item.Id, item.Main.MovedAtUtc);
        return from message in db.Outbox
               join happened in db.Events on message.EventId equals happened.Id
               where happened.SubjectId == id && happened.RecordedAt >= since && Steps.Contains(happened.Type) && message.State != OutboxState.Cancelled
               select message;
    }

    private static readonly List<string> Steps = [.. typeof(IStep).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IStep))).Select(type => type.Name)];
}
