using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Events;
using StdWorkflow.Data.Outbox;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;

namespace StdWorkflow.Data.Tests.Events;

public sealed class EventStoreTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task An_event_says_who_when_why_and_every_changed_column(DatabaseProvider provider)
    {
        await using var work = await Databases.CreateAsync(provider);
        var person = Person.Add("李伟 𠮷", "Li Wei", "li.wei@example.org", Language.Chinese, null, isDemo: true).Value;
        await work.SaveAsync(person);

        await using (var db = work.Open(Actor.OfPerson(person.Id), "ChooseLanguage"))
        {
            var loaded = await db.People.SingleAsync(p => p.Id == person.Id, Stop);
            loaded.Speak(Language.English);
            await db.SaveChangesAsync(Stop);
        }

        await using var read = work.Open();
        var events = await read.Events.OrderBy(e => e.Sequence).ToListAsync(Stop);
        Assert.Equal(["PersonAdded", "LanguageChosen"], events.Select(e => e.Type));
        Assert.Equal([1, 2], events.Select(e => e.Sequence));
        Assert.Equal(events[0].Hash, events[1].PreviousHash);
        Assert.All(events, e => Assert.Equal(EventHash.Of(e), e.Hash));
        Assert.Equal(("Person", "ChooseLanguage", (Guid?)person.Id, "trace-1"), (events[1].ActorKind, events[1].Command, events[1].ActorPerson, events[1].TraceId));
        Assert.Equal(work.Clock.GetUtcNow().UtcDateTime.AddTicks(-7), events[1].RecordedAt);
        Assert.Equal(DateTimeKind.Utc, events[1].RecordedAt.Kind);
        Assert.Equal(new LanguageChosen(Language.English) { OccurredAt = events[1].RecordedAt }, EventJson.Deserialize(events[1]));

        var added = Assert.Single(RowChanges.Read(events[0].Changes));
        Assert.Equal(("Person", person.Id, "added"), (added.Row, added.Id, added.Did));
        Assert.Equal("李伟 𠮷", added.Columns["FullName"][1].GetString());
        Assert.DoesNotContain("LastHash", added.Columns.Keys);
        var changed = Assert.Single(RowChanges.Read(events[1].Changes));
        Assert.Equal("Language", Assert.Single(changed.Columns).Key);
        Assert.Equal(["Chinese", "English"], changed.Columns["Language"].Select(value => value.GetString()));

        var head = await read.People.SingleAsync(p => p.Id == person.Id, Stop);
        Assert.Equal((2, events[1].Hash, 2), (head.LastSequence, head.LastHash, head.Version));
    }

    [Fact]
    public async Task A_change_to_a_part_or_to_a_text_in_two_languages_is_a_change_of_the_root()
    {
        await using var work = await Databases.CreateAsync(DatabaseProvider.Sqlite);
        var committee = NewCommittee("sac-tc28");
        await work.SaveAsync(committee);

        await using (var db = work.Open())
        {
            var loaded = await db.Committees.SingleAsync(Stop);
            loaded.Plan(new WorkPlanEntry(loaded.Id, 2026, 1, LocalizedText.Of("计划", null), null, new Source("D", false)));
            loaded.Describe(LocalizedText.Of("信标委", "IT committee"), loaded.Scope, loaded.Charter, null, null);
            await db.SaveChangesAsync(Stop);
        }

        await using var read = work.Open();
        var events = await read.Events.OrderBy(e => e.Sequence).Skip(1).ToListAsync(Stop);
        Assert.Equal(["WorkPlanned", "CommitteeDescribed"], events.Select(e => e.Type));
        var rows = RowChanges.Read(events[0].Changes);
        Assert.Equal(["Committee", "WorkPlanEntry"], rows.Select(row => row.Row));
        Assert.Equal(["NameEn", "NameZh"], rows[0].Columns.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("计划", rows[1].Columns["TextZh"][1].GetString());
        Assert.Equal("[]", events[1].Changes);
        Assert.Equal(2, (await read.Committees.SingleAsync(Stop)).Version);
    }

    [Fact]
    public async Task A_root_that_changes_without_an_event_is_refused()
    {
        await using var work = await Databases.CreateAsync(DatabaseProvider.Sqlite);
        await work.SaveAsync(NewPerson());
        await using var db = work.Open();
        db.Entry(await db.People.SingleAsync(Stop)).Property(p => p.FullName).CurrentValue = "somebody else";

        Assert.Contains("without an event", (await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync(Stop))).Message, StringComparison.Ordinal);
        Assert.Contains("without an event", Assert.Throws<InvalidOperationException>(() => db.SaveChanges()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_that_changes_without_its_root_is_refused()
    {
        await using var work = await Databases.CreateAsync(DatabaseProvider.Sqlite);
        await using var db = work.Open();
        db.Add(new WorkPlanEntry(Guid.CreateVersion7(), 2026, 1, LocalizedText.Of("计划", null), null, new Source("D", false)));

        Assert.Contains("without its root", (await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync(Stop))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_deleted_and_the_history_is_only_added_to()
    {
        await using var work = await Databases.CreateAsync(DatabaseProvider.Sqlite);
        await work.SaveAsync(NewPerson());

        await using (var db = work.Open())
        {
            db.Remove(await db.People.SingleAsync(Stop));
            Assert.Contains("never deleted", (await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync(Stop))).Message, StringComparison.Ordinal);
        }

        await using (var db = work.Open())
        {
            db.Remove(await db.Events.SingleAsync(Stop));
            Assert.Contains("only added to", (await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync(Stop))).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nobody_acts_without_being_named()
    {
        await using var work = await Databases.CreateAsync(DatabaseProvider.Sqlite);
        await using var db = new AppDbContext(
            DataSetup.Configure(new DbContextOptionsBuilder<AppDbContext>(), DatabaseProvider.Sqlite, work.Database.ConnectionString).Options);
        db.Add(NewPerson());

        Assert.Contains("needs an actor", (await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync(Stop))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Of_two_that_change_one_root_at_once_the_second_loses_and_may_try_again_with_a_fresh_context(DatabaseProvider provider)
    {
        await using var work = await Databases.CreateAsync(provider);
        await work.SaveAsync(NewPerson());
        await using var first = work.Open();
        await using var second = work.Open();
        (await first.People.SingleAsync(Stop)).Speak(Language.English);
        (await second.People.SingleAsync(Stop)).Describe("Wang", null, null);
        await first.SaveChangesAsync(Stop);

        var lost = await Assert.ThrowsAnyAsync<DbUpdateException>(() => second.SaveChangesAsync(Stop));
        Assert.True(StdWorkflow.Data.Providers.DatabaseErrors.IsLostRace(lost));
        Assert.Contains("fresh context", (await Assert.ThrowsAsync<InvalidOperationException>(() => second.SaveChangesAsync(Stop))).Message, StringComparison.Ordinal);

        await using (var again = work.Open())
        {
            (await again.People.SingleAsync(Stop)).Describe("Wang", null, null);
            await again.SaveChangesAsync(Stop);
            Assert.Equal(["PersonAdded", "LanguageChosen", "PersonDescribed"], await again.Events.OrderBy(e => e.Sequence).Select(e => e.Type).ToListAsync(Stop));
        }

        Assert.True((await work.VerifyAsync()).IsSound);
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_rolled_back_transaction_leaves_a_history_that_a_fresh_context_goes_on_with(DatabaseProvider provider)
    {
        await using var work = await Databases.CreateAsync(provider);
        var person = NewPerson();
        await work.SaveAsync(person);
        await using (var db = work.Open())
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Stop);
            (await db.People.SingleAsync(Stop)).Speak(Language.English);
            await db.SaveChangesAsync(Stop);
            await transaction.RollbackAsync(Stop);
        }

        await using (var db = work.Open())
        {
            (await db.People.SingleAsync(Stop)).Speak(Language.English);
            await db.SaveChangesAsync(Stop);
        }

        var report = await work.VerifyAsync();
        Assert.True(report.IsSound);
        Assert.Equal((1, 2), (report.Subjects, report.Events));
    }

    [Fact]
    public async Task One_save_may_hold_hundreds_of_roots_and_one_context_several_saves()
    {
        await using var work = await Databases.CreateAsync(DatabaseProvider.Sqlite);
        await using (var db = work.Open())
        {
            var people = Enumerable.Range(1, 600).Select(i => Person.Add($"P{i}", null, null, null, null, isDemo: false).Value).ToList();
            db.AddRange(people);
            await db.SaveChangesAsync(Stop);
            foreach (var person in people) person.Speak(Language.English);
            db.SaveChanges();
        }

        var report = await work.VerifyAsync();
        Assert.True(report.IsSound);
        Assert.Equal((600, 1200), (report.Subjects, report.Events));
    }

    [Fact]
    public async Task Half_a_letter_and_a_zero_in_a_reason_do_not_break_the_chain()
    {
        await using var work = await Databases.CreateAsync(DatabaseProvider.PostgreSql);
        var committee = NewCommittee("sac-tc28");
        committee.Become(CommitteeStatus.Dormant, "because \uD800 and \0");
        await work.SaveAsync(committee);

        await using var db = work.Open();
        Assert.Equal("because \uFFFD and \uFFFD", await db.Events.Where(e => e.Sequence == 2).Select(e => e.Reason).SingleAsync(Stop));
        Assert.True((await work.VerifyAsync()).IsSound);
    }

    [Fact]
    public async Task What_a_listener_adds_is_written_with_the_events_or_not_at_all()
    {
        await using var work = await Databases.CreateAsync(DatabaseProvider.Sqlite);
        var person = NewPerson();
        await using (var db = work.Open(listeners: new MailForEveryEvent()))
        {
            db.Add(person);
            await db.SaveChangesAsync(Stop);
        }

        await using (var db = work.Open(listeners: new MailForEveryEvent("PersonAdded")))
        {
            (await db.People.SingleAsync(Stop)).Speak(Language.English);
            await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Stop));
        }

        await using var read = work.Open();
        var message = await read.Outbox.SingleAsync(Stop);
        Assert.Equal(await read.Events.Select(e => (Guid?)e.Id).SingleAsync(Stop), message.EventId);
    }

    private static Person NewPerson() => Person.Add("Li Wei", null, null, Language.Chinese, null, isDemo: false).Value;

    private static Committee NewCommittee(string code) => Committee.Add(
        code, code, CommitteeKind.TechnicalCommittee, CommitteeStatus.Active, LocalizedText.Of("委员会", null), null, null, isDemo: false).Value;

    private sealed class MailForEveryEvent(string? key = null) : IEventListener
    {
        public Task OnEventsAsync(AppDbContext db, IReadOnlyList<RecordedEvent> events, CancellationToken stop)
        {
            foreach (var (_, record) in events)
                db.Add(new OutboxMessage { Key = key ?? record.Type, EventId = record.Id, EventType = record.Type, NotBefore = record.RecordedAt, CreatedAt = record.RecordedAt });
            return Task.CompletedTask;
        }
    }
}
