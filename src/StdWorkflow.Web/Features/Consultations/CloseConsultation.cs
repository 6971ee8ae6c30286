using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.Consultations;

/// <summary>Notes that a comment period is over, and looks again at what stands in the way of its work item.</summary>
public sealed record CloseConsultation(string Number) : ICommand<Done>
{
    /// <inheritdoc/>
    public Permission Needs => Permission.Consult;

    /// <inheritdoc/>
    public Scope Scope => Scope.OfConsultation(Number);
}

internal sealed class CloseConsultationHandler(AppDbContext db, WorkItemLoading workItems, TimeProvider clock) : ICommandHandler<CloseConsultation, Done>
{
    public async Task<Result<Done>> Handle(CloseConsultation command, CancellationToken stop)
    {
        var consultation = await db.Consultations.SingleAsync(known => known.Code == command.Number, stop);
        var closed = consultation.Close(clock.UtcNow(), reason: null);
        if (!closed.IsOk) return Result<Done>.Fail(closed.Problems);

        var code = await db.WorkItems.Where(known => known.Id == consultation.WorkItemId).Select(known => known.Code).SingleAsync(stop);
        return (await workItems.FindAsync(code, consultation.TrackId, stop))
            .Tap(found => found.Item.LookAgain(found.Track, found.Definition, found.Facts))
            .Map(_ => default(Done));
    }
}
