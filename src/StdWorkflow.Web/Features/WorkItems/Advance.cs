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
using StdWorkflow.Web.Features.Requests;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>Takes a step of the process: forward, back, repeat or abandon. Answers the key of the stage entered.</summary>
public sealed record AdvanceWorkItem(
    string Code, [property: Required] string Transition, [property: StringLength(Limits.Text)] string? Reason, DateOnly? On, int SeenVersion, string? Track = null) : ICommand<string>, ISeen
{
    public Permission Needs => Permission.Advance;
    public Scope Scope => Scope.OfWorkItem(Code);
}

internal sealed class AdvanceWorkItemHandler(AppDbContext db, WorkItemLoading loading, StageConsultations consultations, StepRequests requests, CurrentUser me, TimeProvider clock) : ICommandHandler<AdvanceWorkItem, string>
{
    public async Task<Result<string>> Handle(AdvanceWorkItem command, CancellationToken stop)
    {
        var found = await loading.FindAsync(command.Code, stop, command.Track);
        if (!found.IsOk) return found.Problem;
        var ((item, definition, facts), track) = (found.Value, found.Value.Track);
        if (definition.FindTransition(command.Transition) is { } asked && !me.May(asked.Needs, item.CommitteeId)) return Problem.NotAllowed();

        var today = Instants.DateIn(clock.UtcNow());
        var stepped = item.Step(track, definition, command.Transition, facts, command.Reason, command.On ?? today, await db.CalendarYears.ReadAsync(stop));
        if (!stepped.IsOk) return Result<string>.Fail(stepped.Problems);

        if (me.Person is not null) WorkItem.AllowUndo(track, facts.NowUtc);
        await consultations.FollowAsync(item, track, definition, facts.Stage, command.Reason, stop);
        await requests.FollowAsync(track, definition, command.Transition, stop);
        return track.StageKey;
    }
}

/// <summary>Ends the comment period of a stage that was left and opens that of the stage that was entered.</summary>
internal sealed class StageConsultations(AppDbContext db, TimeProvider clock)
{
    public async Task FollowAsync(WorkItem item, Track track, ProcessDefinition definition, string left, string? reason, CancellationToken stop)
    {
        if (definition.StageOf(left).OpensConsultation) await EndAsync(track, reason, stop);
        if (definition.StageOf(track.StageKey).OpensConsultation) await OpenAsync(item, track, definition, stop);
    }

    /// <summary>What the stay that was just undone had opened is taken back, and what its beginning had ended runs again: then it is answered.</summary>
    public async Task<Consultation?> UndoAsync(Track track, int stay, bool resumes, CancellationToken stop)
    {
        foreach (var opened in await db.Consultations.Where(known => known.TrackId == track.Id && known.SpanOrdinal == stay && !known.IsClosed).ToListAsync(stop))
            opened.Withdraw(clock.UtcNow());
        if (!resumes) return null;
        var ended = await db.Consultations.Where(known => known.TrackId == track.Id && known.SpanOrdinal == stay - 1).OrderByDescending(known => known.Number).FirstAsync(stop);
        if (ended.IsClosed) ended.Reopen(clock.UtcNow());
        return ended;
    }

    private async Task EndAsync(Track track, string? reason, CancellationToken stop)
    {
        foreach (var open in await db.Consultations.Where(known => known.WorkItemId == track.WorkItemId && known.TrackId == track.Id && !known.IsClosed).ToListAsync(stop))
            open.Close(clock.UtcNow(), reason);
    }

    private async Task OpenAsync(WorkItem item, Track track, ProcessDefinition definition, CancellationToken stop)
    {
        var period = item.Deadlines.Single(deadline => deadline is { Kind: ClockKind.CommentPeriod, Status: DeadlineStatus.Running } && deadline.TrackId == track.Id);
        db.Consultations.Add(Consultation.Open(
            await db.NextAsync(Numbering.Consultations, stop), item.Id, track.Id, track.CurrentOrdinal,
            period.Started, period.LocalDate, period.Zone, period.InstantUtc, item.IsDemo));
        // The public cannot comment on what it may not see.
        item.ShowForComments(track);
        item.LookAgain(track, definition, item.FactsOf(track, clock.UtcNow(), period.InstantUtc, 0, 0));
    }
}
