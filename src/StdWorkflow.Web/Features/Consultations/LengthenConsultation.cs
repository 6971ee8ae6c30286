using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Consultations;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.Consultations;

/// <summary>Moves the last day of a comment period to a later one, and says why.</summary>
public sealed record LengthenConsultation(
    string Number, [property: Required] DateOnly? To, [property: Required, StringLength(Limits.Text)] string? Reason, int SeenVersion) : ICommand<Done>, ISeen
{
    public Permission Needs => Permission.Consult;
    public Scope Scope => Scope.OfConsultation(Number);
}

internal sealed class LengthenConsultationHandler(AppDbContext db, ConsultedWorkItem consulted, TimeProvider clock) : ICommandHandler<LengthenConsultation, Done>
{
    public async Task<Result<Done>> Handle(LengthenConsultation command, CancellationToken stop)
    {
        var (period, found, deadline) = await consulted.FindAsync(command.Number, stop);
        if (!period.IsOpen(clock.UtcNow()) || deadline is null) return Problem.Of("consultation.over");
        var moved = found.Item.Lengthen(deadline, command.To!.Value, await db.CalendarYears.ReadAsync(stop), command.Reason!);
        if (!moved.IsOk) return Result<Done>.Fail(moved.Problems);
        period.Lengthen(deadline.LocalDate, deadline.InstantUtc, command.Reason!.Trim());
        found.Item.LookAgain(found.Track, found.Definition, found.Facts with { ConsultationClosesAtUtc = deadline.InstantUtc });
        return Done.Ok;
    }
}

/// <summary>Ends a comment period before its last day, and says why.</summary>
public sealed record EndConsultation(string Number, [property: Required, StringLength(Limits.Text)] string? Reason, int SeenVersion) : ICommand<Done>, ISeen
{
    public Permission Needs => Permission.Consult;
    public Scope Scope => Scope.OfConsultation(Number);
}

internal sealed class EndConsultationHandler(ConsultedWorkItem consulted, TimeProvider clock) : ICommandHandler<EndConsultation, Done>
{
    public async Task<Result<Done>> Handle(EndConsultation command, CancellationToken stop)
    {
        var (period, found, deadline) = await consulted.FindAsync(command.Number, stop);
        var now = clock.UtcNow();
        if (!period.IsOpen(now)) return Problem.Of("consultation.over");
        var closed = period.Close(now, command.Reason!.Trim());
        if (!closed.IsOk) return Result<Done>.Fail(closed.Problems);
        if (deadline is not null) found.Item.EndCommentPeriod(deadline, command.Reason!);
        // Over from this instant on, whatever its last day says.
        found.Item.LookAgain(found.Track, found.Definition, found.Facts with { ConsultationClosesAtUtc = now.AddMicroseconds(-1) });
        return Done.Ok;
    }
}

/// <summary>A comment period to be changed, with its work item and the deadline that both share.</summary>
internal sealed class ConsultedWorkItem(AppDbContext db, WorkItemLoading workItems)
{
    /// <summary>The deadline is null when the work item has left the stage that opened the period.</summary>
    public async Task<(Consultation Period, LoadedWorkItem Found, Deadline? Deadline)> FindAsync(string number, CancellationToken stop)
    {
        var period = await db.Consultations.SingleAsync(known => known.Code == number, stop);
        var code = await db.WorkItems.Where(item => item.Id == period.WorkItemId).Select(item => item.Code).SingleAsync(stop);
        var found = (await workItems.FindAsync(code, period.TrackId, stop)).Value;
        return (period, found, found.Item.Deadlines.SingleOrDefault(due => due is { Kind: ClockKind.CommentPeriod, Status: DeadlineStatus.Running } && due.TrackId == period.TrackId));
    }
}
