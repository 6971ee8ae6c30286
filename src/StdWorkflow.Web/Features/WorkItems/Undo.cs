using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Data.Events;
using StdWorkflow.Data.Outbox;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Requests;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>Undoes the newest step while that is possible: what it did is taken back, the mail that it caused is not sent. Answers the key of the stage.</summary>
public sealed record UndoStep(string Code, [property: StringLength(Limits.Text)] string? Reason, int SeenVersion, string? Track = null) : ICommand<string>, ISeen
{
    public Permission Needs => Permission.Advance;
    public Scope Scope => Scope.OfWorkItem(Code);
}

internal sealed class UndoStepHandler(WorkItemLoading loading, StageConsultations consultations, StepRequests requests, UndoableStep undoable, CurrentUser me)
    : ICommandHandler<UndoStep, string>
{
    public async Task<Result<string>> Handle(UndoStep command, CancellationToken stop)
    {
        var found = await loading.FindAsync(command.Code, stop, command.Track);
        if (!found.IsOk) return found.Problem;
        var ((item, definition, facts), track) = (found.Value, found.Value.Track);
        if (await undoable.RefusalAsync(track, stop) is { } refusal) return refusal;

        // A mail on its way cannot be called back; the column that says so is compared again when this is saved.
        var held = await undoable.MailOfAsync(track, stop);
        if (held.Any(message => message.State is OutboxState.Claimed or OutboxState.Sent)) return Problem.Of("undo.tooLate", (int)WorkItem.UndoWindow.TotalMinutes);
        foreach (var message in held) (message.State, message.CancelledBy) = (OutboxState.Cancelled, me.Person);

        var stay = track.CurrentOrdinal;
        var undone = item.Undo(track, definition, command.Reason, facts.NowUtc);
        if (!undone.IsOk) return undone.Problem;
        var running = await consultations.UndoAsync(track, stay, undone.Value, stop);
        await requests.UndoAsync(track, stay, stop);
        var now = await loading.FactsAsync(item, track, stop);
        item.LookAgain(track, definition, running is null ? now : now with { ConsultationClosesAtUtc = running.ClosesAtUtc });
        return track.StageKey;
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
    public async Task<Problem?> RefusalAsync(Track track, CancellationToken stop)
    {
        if (WorkItem.UndoRefusal(track, clock.UtcNow()) is { } refusal) return refusal;
        var (key, stay, id) = (track.Id, track.CurrentOrdinal, track.WorkItemId);
        if (await db.Consultations.AnyAsync(known => known.TrackId == key && known.SpanOrdinal == stay && db.Submissions.Any(sent => sent.ConsultationId == known.Id), stop))
            return Problem.Of("undo.commented");
        // A conversion goes beside the work and rests on no end of it.
        return track is { Kind: TrackKind.MainText, End: not null } && await db.Set<Lineage>().AnyAsync(link => link.FromWorkItemId == id && link.Kind != LineageKind.Converts, stop)
            ? Problem.Of("undo.followed")
            : null;
    }

    /// <summary>The mail that the step caused, and that nobody has cancelled. Another track may have moved at the same time.</summary>
    public async Task<IReadOnlyList<OutboxMessage>> MailOfAsync(Track track, CancellationToken stop)
    {
        var (id, since) = (track.WorkItemId, track.MovedAtUtc);
        var requests = db.StepRequests.Where(known => known.WorkItemId == id).Select(known => known.Id);
        var sent = await (
            from message in db.Outbox
            join happened in db.Events on message.EventId equals happened.Id
            where (happened.SubjectId == id || requests.Contains(happened.SubjectId)) && happened.RecordedAt >= since && Steps.Contains(happened.Type) && message.State != OutboxState.Cancelled
            select new { Message = message, happened.Type, happened.Facts, happened.OccurredAt, happened.Reason }).ToListAsync(stop);
        return [.. sent.Where(one => EventJson.Deserialize(one.Type, one.Facts, one.OccurredAt, one.Reason) is IStep step && step.Track == track.Id).Select(one => one.Message)];
    }

    private static readonly List<string> Steps = [.. typeof(IStep).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IStep))).Select(type => type.Name)];
}
