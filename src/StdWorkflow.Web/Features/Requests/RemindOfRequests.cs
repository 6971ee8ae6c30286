using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Jobs;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.Requests;

/// <summary>Reminds those who decide of open requests whose wish date is near, each once.</summary>
public sealed class RemindOfRequests(AppDbContext db, UseCases useCases, TimeProvider clock) : IJob
{
    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken stop)
    {
        var near = clock.UtcNow() + StepRequest.Near;
        var due = await db.StepRequests.Where(known => known.State == StepRequestState.Open && known.RemindedAtUtc == null && known.WantedByUtc <= near)
            .OrderBy(known => known.WantedByUtc).Select(known => known.Code).ToListAsync(stop);
        await useCases.As(Actor.Job("remind-of-requests")).RunEachAsync(due.Select(request => new RemindOfRequest(request)), stop);
    }
}

/// <summary>Notes that the wish date of a request is near, which tells those who decide. Answers whether that was news.</summary>
public sealed record RemindOfRequest(string Request) : ICommand<bool>
{
    public Permission Needs => Permission.Administer;
    public Scope Scope => Scope.OfRequest(Request);
}

internal sealed class RemindOfRequestHandler(AppDbContext db, TimeProvider clock) : ICommandHandler<RemindOfRequest, bool>
{
    public async Task<Result<bool>> Handle(RemindOfRequest command, CancellationToken stop) =>
        (await db.StepRequests.SingleAsync(known => known.Code == command.Request, stop)).Remind(clock.UtcNow());
}
