using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Web.Jobs;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.Consultations;

/// <summary>Notes the end of every comment period that is over.</summary>
public sealed class CloseConsultations(AppDbContext db, UseCases useCases, TimeProvider clock) : IJob
{
    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken stop)
    {
        var now = clock.UtcNow();
        var over = await db.Consultations.AsNoTracking().Where(period => !period.IsClosed && period.ClosesAtUtc < now).Select(period => period.Code).ToListAsync(stop);
        await useCases.As(Actor.Job("close-consultations")).RunEachAsync(over.Select(number => new CloseConsultation(number)), stop);
    }
}
