using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Data.Providers;
using StdWorkflow.Domain.Common;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.Account;

/// <summary>
/// Writes what happens at the sign-in into the person's history. It is the one door beside the pipeline's: Identity saves by itself there,
/// so these events are saved in a scope of their own.
/// </summary>
internal sealed class AccountDiary(IServiceScopeFactory scopes)
{
    private const int Attempts = 5;

    public async Task WriteAsync(Guid person, Actor actor, DomainEvent happened, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Acting>().Begin(actor, "Account", inCommand: false);
            var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
            var subject = await db.People.SingleAsync(known => known.Id == person, stop);
            subject.Raise(happened);
            try
            {
#pragma warning disable RS0030 // Signing in is the one door beside the pipeline.
                await db.SaveChangesAsync(stop);
#pragma warning restore RS0030
                return;
            }
            catch (Exception lost) when (attempt < Attempts && DatabaseErrors.IsLostRace(lost))
            {
                await Task.Delay(Random.Shared.Next(5, 20 * attempt), stop);
            }
        }
    }
}
