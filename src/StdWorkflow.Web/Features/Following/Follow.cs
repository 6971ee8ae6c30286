using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Following;

/// <summary>The asker wants mail of every step of a work item, and of what grows from it.</summary>
public sealed record FollowWorkItem(string Code) : ICommand<Done>
{
    public Permission Needs => Permission.None;
    public Scope Scope => Scope.OfWorkItem(Code);
}

internal sealed class FollowWorkItemHandler(AppDbContext db, FollowersOf followers, CurrentUser me) : ICommandHandler<FollowWorkItem, Done>
{
    public async Task<Result<Done>> Handle(FollowWorkItem command, CancellationToken stop)
    {
        if (me.Person is not { } person) return Problem.NotAllowed();
        await followers.BeginAsync(person, await db.WorkItems.Where(known => known.Code == command.Code).Select(known => known.Id).SingleAsync(stop), stop);
        return Done.Ok;
    }
}

/// <summary>The asker wants it no longer.</summary>
/// <param name="Code">The work item.</param>
/// <param name="AlsoNewer">True to stop following all that grew from it, too.</param>
public sealed record UnfollowWorkItem(string Code, bool AlsoNewer) : ICommand<Done>
{
    public Permission Needs => Permission.None;
    public Scope Scope => Scope.OfWorkItem(Code);
}

internal sealed class UnfollowWorkItemHandler(AppDbContext db, FollowersOf followers, CurrentUser me) : ICommandHandler<UnfollowWorkItem, Done>
{
    public async Task<Result<Done>> Handle(UnfollowWorkItem command, CancellationToken stop)
    {
        if (me.Person is not { } person) return Problem.NotAllowed();
        await followers.EndAsync(person, await db.WorkItems.Where(known => known.Code == command.Code).Select(known => known.Id).SingleAsync(stop), command.AlsoNewer, stop);
        return Done.Ok;
    }
}
