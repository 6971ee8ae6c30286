using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Requests;

/// <summary>Asks for a step that leaves the present stage of one of the item's tracks, of the text unless another is named. Answers the request's code.</summary>
public sealed record AskForStep(
    string Code, [property: Required, Line(Limits.Code)] string Transition, [property: Required, StringLength(Limits.Text)] string? Reason, [property: Required] DateOnly? WantedBy, string? Track = null)
    : ICommand<string>
{
    /// <summary>The handler asks: whoever may propose work of the committee, and the item's leader.</summary>
    public Permission Needs => Permission.None;
    public Scope Scope => Scope.OfWorkItem(Code);
}

internal sealed class AskForStepHandler(AppDbContext db, WorkItemLoading loading, CurrentUser me) : ICommandHandler<AskForStep, string>
{
    public async Task<Result<string>> Handle(AskForStep command, CancellationToken stop)
    {
        var found = await loading.FindAsync(command.Code, stop, command.Track);
        if (!found.IsOk) return found.Problem;
        var (item, definition, facts) = found.Value;
        var track = found.Value.Track;
        if (me.Person is not { } asker || !MayAsk(me, item)) return Problem.NotAllowed();
        // Two who ask at once are kept apart by the index; who loses comes here again and is told of the other.
        if (await OpenAsync(track, command.Transition, stop) is { } open) return Problem.Of("stepRequest.alreadyAsked", open);
        return StepRequest.Ask(
                await db.NextAsync(Numbering.StepRequests, stop), item, track, definition, command.Transition, asker, command.Reason, command.WantedBy!.Value, facts.NowUtc)
            .Tap(request => db.StepRequests.Add(request))
            .Map(request => request.Code);
    }

    /// <summary>Who works on an item may ask: its leader, and whoever may propose work of its committee. Seeing it is not enough.</summary>
    public static bool MayAsk(CurrentUser me, WorkItem item) =>
        me.Person is { } person && (item.LeaderId == person || me.May(Permission.Propose, item.CommitteeId));

    private Task<string?> OpenAsync(Track track, string transition, CancellationToken stop)
    {
        var key = StepRequest.KeyOf(track.Id, transition);
        return db.StepRequests.Where(known => known.OpenKey == key).Select(known => known.Code).SingleOrDefaultAsync(stop);
    }
}

/// <summary>Takes back a request of one's own.</summary>
public sealed record WithdrawRequest(string Request, int SeenVersion) : ICommand<Done>, ISeen
{
    /// <summary>The handler asks: only who asked.</summary>
    public Permission Needs => Permission.None;
    public Scope Scope => Scope.OfRequest(Request);
}

internal sealed class WithdrawRequestHandler(AppDbContext db, CurrentUser me, TimeProvider clock) : ICommandHandler<WithdrawRequest, Done>
{
    public async Task<Result<Done>> Handle(WithdrawRequest command, CancellationToken stop)
    {
        var request = await db.StepRequests.SingleAsync(known => known.Code == command.Request, stop);
        return request.AskedById == me.Person ? request.Withdraw(clock.UtcNow()).Map(_ => default(Done)) : Problem.NotAllowed();
    }
}
