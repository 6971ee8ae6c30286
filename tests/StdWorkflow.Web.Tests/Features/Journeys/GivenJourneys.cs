using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Tests;

public sealed partial class Given
{
    /// <summary>Records a lineage between items that stand already.</summary>
    public async Task LineageAsync(string newer, LineageKind kind, string older)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Acting>().Begin(Actor.Starter, nameof(Given), inCommand: true);
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var from = await db.WorkItems.Where(item => item.Code == older).Select(item => item.Id).SingleAsync();
        (await db.WorkItems.Include(item => item.Lineages).SingleAsync(item => item.Code == newer)).ComesFrom(kind, from, null);
        await db.SaveChangesAsync();
    }
}
