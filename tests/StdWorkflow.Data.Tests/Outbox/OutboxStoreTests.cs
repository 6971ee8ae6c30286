using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Outbox;
using StdWorkflow.Data.Providers;

namespace StdWorkflow.Data.Tests.Outbox;

public sealed class OutboxStoreTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Many_workers_at_once_get_every_message_once(DatabaseProvider provider)
    {
        await using var work = await Databases.CreateAsync(provider);
        await work.SaveAsync([.. Enumerable.Range(1, 60).Select(i => Message(work, $"m{i}"))]);

        var claimed = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            var mine = new List<string>();
            while (true)
            {
                await using var db = work.Open();
                var batch = await new OutboxStore(db, work.Clock).ClaimAsync(7, Lease, Stop);
                mine.AddRange(batch.Select(m => m.Key));
                // A worker may lose its whole batch to another; it is done when nothing is left to claim.
                if (batch.Count == 0 && !await db.Outbox.AnyAsync(m => m.State == OutboxState.Waiting, Stop)) return mine;
            }
        }, Stop)));

        Assert.Equal(60, claimed.Sum(keys => keys.Count));
        Assert.Equal(60, claimed.SelectMany(keys => keys).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_message_waits_for_its_time_is_sent_once_and_stays_as_sent(DatabaseProvider provider)
    {
        await using var work = await Databases.CreateAsync(provider);
        await work.SaveAsync(Message(work, "later", TimeSpan.FromHours(1)));
        await using var db = work.Open();
        var outbox = new OutboxStore(db, work.Clock);

        Assert.Empty(await outbox.ClaimAsync(10, Lease, Stop));
        work.Clock.Advance(TimeSpan.FromHours(1));
        var message = Assert.Single(await outbox.ClaimAsync(10, Lease, Stop));
        Assert.Empty(await outbox.ClaimAsync(10, Lease, Stop));
        Assert.True(await outbox.SentAsync(message, Stop));
        Assert.False(await outbox.SentAsync(message, Stop));
        Assert.False(await outbox.CancelAsync(message.Id, null, Stop));

        var sent = await db.Outbox.AsNoTracking().SingleAsync(Stop);
        Assert.Equal((OutboxState.Sent, 1), (sent.State, sent.Attempts));
        Assert.Equal(StdWorkflow.Data.Mapping.UtcMicroseconds.Cut(work.Clock.GetUtcNow().UtcDateTime), sent.SentAt);
    }

    [Fact]
    public async Task A_worker_that_died_leaves_its_message_to_another_when_its_lease_ends()
    {
        await using var work = await Databases.CreateAsync(DatabaseProvider.Sqlite);
        await work.SaveAsync(Message(work, "orphan"));
        await using var db = work.Open();
        var outbox = new OutboxStore(db, work.Clock);
        var first = Assert.Single(await outbox.ClaimAsync(10, Lease, Stop));

        work.Clock.Advance(Lease);
        var second = Assert.Single(await outbox.ClaimAsync(10, Lease, Stop));

        Assert.False(await outbox.FailedAsync(first, "too late", Stop));
        Assert.False(await outbox.SentAsync(first, Stop));
        Assert.True(await outbox.SentAsync(second, Stop));
        Assert.Equal(2, second.Attempts);
    }

    [Fact]
    public async Task A_message_that_fails_is_tried_again_ever_later_and_parked_after_the_last_time()
    {
        await using var work = await Databases.CreateAsync(DatabaseProvider.Sqlite);
        await work.SaveAsync(Message(work, "stubborn"));
        await using var db = work.Open();
        var outbox = new OutboxStore(db, work.Clock);
        var waits = new List<TimeSpan>();

        for (var attempt = 1; attempt < OutboxStore.MostAttempts; attempt++)
        {
            Assert.True(await outbox.FailedAsync(Assert.Single(await outbox.ClaimAsync(1, Lease, Stop)), "refused " + attempt, Stop));
            var waiting = await db.Outbox.AsNoTracking().SingleAsync(Stop);
            Assert.Equal(OutboxState.Waiting, waiting.State);
            waits.Add(waiting.NotBefore - work.Clock.GetUtcNow().UtcDateTime);
            work.Clock.Advance(waits[^1] - TimeSpan.FromSeconds(1));
            Assert.Empty(await outbox.ClaimAsync(1, Lease, Stop));
            work.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.True(await outbox.FailedAsync(Assert.Single(await outbox.ClaimAsync(1, Lease, Stop)), new string('x', 9000), Stop));
        Assert.Equal(waits.Order(), waits);
        var parked = await db.Outbox.AsNoTracking().SingleAsync(Stop);
        Assert.Equal((OutboxState.Parked, OutboxStore.MostAttempts), (parked.State, parked.Attempts));
        work.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Empty(await outbox.ClaimAsync(1, Lease, Stop));

        Assert.True(await outbox.RetryAsync(parked.Id, Stop));
        Assert.Single(await outbox.ClaimAsync(1, Lease, Stop));
    }

    [Fact]
    public async Task A_message_that_kills_its_worker_every_time_is_parked_too()
    {
        await using var work = await Databases.CreateAsync(DatabaseProvider.Sqlite);
        await work.SaveAsync(Message(work, "deadly"));
        await using var db = work.Open();
        var outbox = new OutboxStore(db, work.Clock);

        for (var attempt = 1; attempt <= OutboxStore.MostAttempts; attempt++)
        {
            Assert.Single(await outbox.ClaimAsync(1, Lease, Stop));
            work.Clock.Advance(Lease);
        }

        Assert.Empty(await outbox.ClaimAsync(1, Lease, Stop));
        Assert.Equal(OutboxState.Parked, (await db.Outbox.AsNoTracking().SingleAsync(Stop)).State);
    }

    [Fact]
    public async Task A_cancelled_message_says_by_whom_and_never_goes_out()
    {
        await using var work = await Databases.CreateAsync(DatabaseProvider.Sqlite);
        var message = Message(work, "mistaken");
        await work.SaveAsync(message);
        await using var db = work.Open();
        var outbox = new OutboxStore(db, work.Clock);
        var by = Guid.CreateVersion7();

        Assert.True(await outbox.CancelAsync(message.Id, by, Stop));
        Assert.False(await outbox.CancelAsync(message.Id, by, Stop));
        Assert.Empty(await outbox.ClaimAsync(10, Lease, Stop));
        Assert.Equal((OutboxState.Cancelled, (Guid?)by), await db.Outbox.Select(m => new ValueTuple<OutboxState, Guid?>(m.State, m.CancelledBy)).SingleAsync(Stop));
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task The_same_message_is_refused_by_its_key(DatabaseProvider provider)
    {
        await using var work = await Databases.CreateAsync(provider);
        await work.SaveAsync(Message(work, "once"));

        Assert.True(DatabaseErrors.IsUniqueViolation(await Assert.ThrowsAsync<DbUpdateException>(() => work.SaveAsync(Message(work, "once")))));
    }

    private static OutboxMessage Message(Work work, string key, TimeSpan wait = default)
    {
        var now = work.Clock.GetUtcNow().UtcDateTime;
        return new OutboxMessage { Key = key, EventType = "Tested", CreatedAt = now, NotBefore = now + wait };
    }
}
