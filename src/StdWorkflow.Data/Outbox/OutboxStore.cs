using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Mapping;
using StdWorkflow.Domain.Common;

namespace StdWorkflow.Data.Outbox;

/// <summary>
/// Hands outgoing messages to workers. A message is claimed by a conditional update, which every database decides for one of
/// several workers; a claim that is not settled in time may be taken by another.
/// </summary>
public sealed class OutboxStore(AppDbContext db, TimeProvider clock)
{
    // The one table of retries: how long to wait after each failed attempt. After the last the message is parked.
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1),
        TimeSpan.FromHours(4), TimeSpan.FromHours(12), TimeSpan.FromHours(24),
    ];

    public static int MostAttempts => Waits.Length + 1;

    private DateTime Now => UtcMicroseconds.Cut(clock.GetUtcNow().UtcDateTime);

    /// <summary>Takes up to <paramref name="batch"/> due messages; they are this worker's until the lease ends.</summary>
    public async Task<IReadOnlyList<OutboxMessage>> ClaimAsync(int batch, TimeSpan lease, CancellationToken stop = default)
    {
        var now = Now;
        // A message whose worker died at every attempt must not be tried for ever.
        await db.Outbox.Where(m => m.State == OutboxState.Claimed && m.ClaimedUntil <= now && m.Attempts >= MostAttempts)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, OutboxState.Parked).SetProperty(m => m.ClaimedBy, (string?)null), stop);

        var due = db.Outbox.Where(m => (m.State == OutboxState.Waiting && m.NotBefore <= now) || (m.State == OutboxState.Claimed && m.ClaimedUntil <= now));
        var candidates = await due.OrderBy(m => m.NotBefore).ThenBy(m => m.Id).Select(m => m.Id).Take(batch).ToListAsync(stop);
        if (candidates.Count == 0) return [];

        var claim = Guid.CreateVersion7().ToString("N");
        var until = now + lease;
        await due.Where(m => candidates.Contains(m.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.State, OutboxState.Claimed)
                .SetProperty(m => m.ClaimedUntil, until)
                .SetProperty(m => m.ClaimedBy, claim)
                .SetProperty(m => m.Attempts, m => m.Attempts + 1),
            stop);
        return await db.Outbox.AsNoTracking().Where(m => m.ClaimedBy == claim).OrderBy(m => m.NotBefore).ThenBy(m => m.Id).ToListAsync(stop);
    }

    /// <summary>False when the claim had run out and another worker has the message.</summary>
    public async Task<bool> SentAsync(OutboxMessage message, CancellationToken stop = default)
    {
        var now = Now;
        return await Mine(message).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.State, OutboxState.Sent)
                .SetProperty(m => m.SentAt, now)
                .SetProperty(m => m.LastError, (string?)null)
                .SetProperty(m => m.ClaimedUntil, (DateTime?)null),
            stop) == 1;
    }

    /// <summary>Puts the message back for its next attempt, or parks it after the last. False as in <see cref="SentAsync"/>.</summary>
    public async Task<bool> FailedAsync(OutboxMessage message, string error, CancellationToken stop = default)
    {
        var parked = message.Attempts >= MostAttempts;
        var state = parked ? OutboxState.Parked : OutboxState.Waiting;
        var notBefore = parked ? message.NotBefore : Now + Waits[message.Attempts - 1];
        var shortened = error.Length <= Limits.Text ? error : error[..Limits.Text];
        return await Mine(message).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.State, state)
                .SetProperty(m => m.NotBefore, notBefore)
                .SetProperty(m => m.LastError, shortened)
                .SetProperty(m => m.ClaimedUntil, (DateTime?)null)
                .SetProperty(m => m.ClaimedBy, (string?)null),
            stop) == 1;
    }

    /// <summary>Takes a claimed message out: by the time of sending there was nothing left to say. False as in <see cref="SentAsync"/>.</summary>
    public async Task<bool> WithdrawnAsync(OutboxMessage message, CancellationToken stop = default) =>
        await Mine(message).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.State, OutboxState.Cancelled).SetProperty(m => m.ClaimedUntil, (DateTime?)null), stop) == 1;

    /// <summary>Cancels what has not gone out. False when it was sent, is being sent, or was cancelled before.</summary>
    public async Task<bool> CancelAsync(Guid message, Guid? by, CancellationToken stop = default) =>
        await db.Outbox.Where(m => m.Id == message && (m.State == OutboxState.Waiting || m.State == OutboxState.Parked)).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.State, OutboxState.Cancelled).SetProperty(m => m.CancelledBy, by), stop) == 1;

    /// <summary>Tries a parked message again from the start. False when it is not parked.</summary>
    public async Task<bool> RetryAsync(Guid message, CancellationToken stop = default)
    {
        var now = Now;
        return await db.Outbox.Where(m => m.Id == message && m.State == OutboxState.Parked).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.State, OutboxState.Waiting).SetProperty(m => m.Attempts, 0).SetProperty(m => m.NotBefore, now), stop) == 1;
    }

    private IQueryable<OutboxMessage> Mine(OutboxMessage message) =>
        db.Outbox.Where(m => m.Id == message.Id && m.State == OutboxState.Claimed && m.ClaimedBy == message.ClaimedBy);
}
