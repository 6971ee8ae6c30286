using System.ComponentModel.DataAnnotations;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Features.Requests;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>Records that ISO or IEC moved the project where no step leads. Answers the key of the stage entered.</summary>
public sealed record JumpWorkItem(
    string Code, [property: Required, Line(Limits.Code)] string Stage, [property: StringLength(Limits.Text)] string? Reason, DateOnly? On, int SeenVersion, string? Track = null) : ICommand<string>, ISeen
{
    public Permission Needs => Permission.Advance;
    public Scope Scope => Scope.OfWorkItem(Code);
}

internal sealed class JumpWorkItemHandler(AppDbContext db, WorkItemLoading loading, StageConsultations consultations, StepRequests requests, CurrentUser me, TimeProvider clock) : ICommandHandler<JumpWorkItem, string>
{
    public async Task<Result<string>> Handle(JumpWorkItem command, CancellationToken stop)
    {
        var found = await loading.FindAsync(command.Code, stop, command.Track);
        if (!found.IsOk) return found.Problem;
        var ((item, definition, facts), track) = (found.Value, found.Value.Track);

        var on = command.On ?? Instants.DateIn(clock.UtcNow());
        var jumped = item.Jump(track, definition, command.Stage, facts, command.Reason, on, await db.CalendarYears.ReadAsync(stop));
        if (!jumped.IsOk) return Result<string>.Fail(jumped.Problems);

        if (me.Person is not null) WorkItem.AllowUndo(track, facts.NowUtc);
        await consultations.FollowAsync(item, track, definition, facts.Stage, command.Reason, stop);
        await requests.FollowAsync(track, definition, null, stop);
        return jumped.Value.Key;
    }
}
