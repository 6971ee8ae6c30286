using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Requests;

/// <summary>Grants a request: the step is taken as if whoever decides had taken it on the item's page. Answers the key of the stage entered.</summary>
/// <param name="Request">Its code.</param>
/// <param name="Words">What is said to it; told in the item's history as the reason of the step.</param>
/// <param name="On">Day of the step; today when not said.</param>
/// <param name="SeenVersion">Version of the request that was seen.</param>
public sealed record GrantRequest(string Request, [property: StringLength(Limits.Text)] string? Words, DateOnly? On, int SeenVersion) : ICommand<string>, ISeen
{
    public Permission Needs => Permission.Advance;
    public Scope Scope => Scope.OfRequest(Request);
}

internal sealed class GrantRequestHandler(AppDbContext db, WorkItemLoading loading, AdvanceWorkItemHandler advance, CurrentUser me, TimeProvider clock) : ICommandHandler<GrantRequest, string>
{
    public async Task<Result<string>> Handle(GrantRequest command, CancellationToken stop)
    {
        var request = await db.StepRequests.SingleAsync(known => known.Code == command.Request, stop);
        var code = await db.WorkItems.Where(item => item.Id == request.WorkItemId).Select(item => item.Code).SingleAsync(stop);
        var found = await loading.FindAsync(code, request.TrackId, stop);
        if (!found.IsOk) return found.Problem;
        var (item, definition, _) = found.Value;
        var granted = request.Grant(me.Person, command.Words, found.Value.Track.CurrentOrdinal + 1, clock.UtcNow());
        if (!granted.IsOk) return granted.Problem;

        // A step back says why; whoever grants it without a word of their own does so for the asker's reason.
        var reason = request.Words ?? (definition.FindTransition(request.TransitionKey)?.NeedsReason == true ? request.Reason : null);
        var stepped = await advance.Handle(new AdvanceWorkItem(code, request.TransitionKey, reason, command.On, item.Version, found.Value.Name), stop);
        return stepped.IsOk ? stepped : Result<string>.Fail([.. stepped.Problems.Select(problem => problem.Field == nameof(AdvanceWorkItem.Reason) ? problem with { Field = nameof(GrantRequest.Words) } : problem)]);
    }
}

/// <summary>Declines a request, and says why.</summary>
public sealed record DeclineRequest(string Request, [property: Required, StringLength(Limits.Text)] string? Words, int SeenVersion) : ICommand<Done>, ISeen
{
    public Permission Needs => Permission.Advance;
    public Scope Scope => Scope.OfRequest(Request);
}

internal sealed class DeclineRequestHandler(AppDbContext db, CurrentUser me, TimeProvider clock) : ICommandHandler<DeclineRequest, Done>
{
    public async Task<Result<Done>> Handle(DeclineRequest command, CancellationToken stop)
    {
        var request = await db.StepRequests.SingleAsync(known => known.Code == command.Request, stop);
        return request.Decline(me.Person, command.Words, clock.UtcNow()).Map(_ => default(Done));
    }
}

/// <summary>Open requests follow the track that they are about: a step overtakes them, and undoing it opens them again.</summary>
internal sealed class StepRequests(AppDbContext db, TimeProvider clock)
{
    /// <param name="taken">Key of the transition that was taken; null when none was.</param>
    public async Task FollowAsync(Track track, ProcessDefinition definition, string? taken, CancellationToken stop)
    {
        foreach (var open in await db.StepRequests.Where(known => known.TrackId == track.Id && known.State == StepRequestState.Open).ToListAsync(stop))
            open.Follow(track, definition, taken, clock.UtcNow());
    }

    /// <param name="track">The track.</param>
    /// <param name="stay">Number of the stay that was taken back.</param>
    /// <param name="stop">Ends with the request.</param>
    public async Task UndoAsync(Track track, int stay, CancellationToken stop)
    {
        foreach (var closed in await db.StepRequests.Where(known => known.TrackId == track.Id && known.ClosedIn == stay).OrderBy(known => known.Number).ToListAsync(stop))
        {
            // Meanwhile somebody may have asked for the same again, when the step began the same stage once more.
            var key = StepRequest.KeyOf(track.Id, closed.TransitionKey);
            closed.Reopen(await db.StepRequests.AnyAsync(known => known.OpenKey == key, stop), clock.UtcNow());
        }
    }
}
