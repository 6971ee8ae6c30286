using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Web.Jobs;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.Reminders;

/// <summary>Reminds of every deadline that comes near or has passed.</summary>
public sealed class SendReminders(AppDbContext db, UseCases useCases, TimeProvider clock) : IJob
{
    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken stop)
    {
        var rules = await db.ReminderRules.AsNoTracking().Where(rule => rule.IsCurrent).ToListAsync(stop);
        if (rules.Count == 0) return;

        // Only the stretch of time that any rule speaks of; one day more on either side, because days begin at different
        // instants in different zones.
        var now = clock.UtcNow();
        var from = now.AddDays(-(rules.Max(rule => rule.Offsets[^1]) + Reminding.LateDays + 1));
        var until = now.AddDays(-rules.Min(rule => rule.Offsets[0]) + 1);
        var near = await Between(db.Deadlines, from, until)
            .Select(deadline => new { deadline.Id, deadline.Kind, deadline.LocalDate, deadline.Zone })
            .ToListAsync(stop);

        var due = near.Where(deadline => rules.Any(rule => Reminding.DueOffset(rule, deadline.Kind, deadline.LocalDate, Instants.DateIn(now, deadline.Zone)) is not null));
        await useCases.As(Actor.Job("send-reminders")).RunEachAsync(due.Select(deadline => new RemindOfDeadline(deadline.Id)), stop);
    }
    /// <summary>Stays within the index on status and instant, however many deadlines there are.</summary>
    internal static IQueryable<Deadline> Between(IQueryable<Deadline> deadlines, DateTime from, DateTime until) => deadlines.AsNoTracking()
        .Where(deadline => deadline.Status == DeadlineStatus.Running && deadline.InstantUtc >= from && deadline.InstantUtc <= until)
        .OrderBy(deadline => deadline.InstantUtc);
}
