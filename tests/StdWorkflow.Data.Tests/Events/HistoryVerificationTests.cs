using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Events;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;

namespace StdWorkflow.Data.Tests.Events;

/// <summary>Somebody with the rights of the database's owner changes rows behind the program's back.</summary>
public sealed class HistoryVerificationTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task An_untouched_history_is_sound_and_has_the_same_digest_whenever_it_is_read(DatabaseProvider provider)
    {
        await using var work = await Databases.CreateAsync(provider);
        await ThreePeopleAsync(work);

        var report = await work.VerifyAsync();

        Assert.True(report.IsSound);
        Assert.Equal((3, 9), (report.Subjects, report.Events));
        Assert.Equal(report.Digest, (await work.VerifyAsync()).Digest);
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_changed_column_is_found_whichever_it_is(DatabaseProvider provider)
    {
        await using var work = await Databases.CreateAsync(provider);
        var person = (await ThreePeopleAsync(work))[1];
        var digest = (await work.VerifyAsync()).Digest;
        foreach (var (column, value) in new[]
        {
            ("Facts", "{}"), ("Changes", "[] "), ("Reason", "another"), ("Type", "PersonMoved"), ("Command", "Nothing"), ("ActorName", "other"),
            ("ActorKind", "Person"), ("TraceId", "trace-2"),
        })
        {
            var before = await ValueAsync(work, person, column);
            await TamperAsync(work, e => e.SubjectId == person && e.Sequence == 2, column, value);
            Assert.Equal([new HistoryBreak("Person", person, 2, HistoryBreakKind.ContentChanged)], (await work.VerifyAsync()).Breaks);
            await TamperAsync(work, e => e.SubjectId == person && e.Sequence == 2, column, before);
        }

        var restored = await work.VerifyAsync();
        Assert.True(restored.IsSound);
        Assert.Equal(digest, restored.Digest);
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_changed_instant_is_found_to_the_microsecond(DatabaseProvider provider)
    {
        await using var work = await Databases.CreateAsync(provider);
        var person = (await ThreePeopleAsync(work))[0];
        await using (var db = work.Open())
        {
            var was = await db.Events.Where(e => e.SubjectId == person && e.Sequence == 3).Select(e => e.OccurredAt).SingleAsync(Stop);
            var moved = was.AddMicroseconds(1);
            await db.Events.Where(e => e.SubjectId == person && e.Sequence == 3).ExecuteUpdateAsync(set => set.SetProperty(e => e.OccurredAt, moved), Stop);
        }

        Assert.Equal([new HistoryBreak("Person", person, 3, HistoryBreakKind.ContentChanged)], (await work.VerifyAsync()).Breaks);
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_deleted_row_a_deleted_tail_and_a_deleted_chain_are_told_apart(DatabaseProvider provider)
    {
        await using var work = await Databases.CreateAsync(provider);
        var people = await ThreePeopleAsync(work);
        await using (var db = work.Open())
        {
            await db.Events.Where(e => e.SubjectId == people[0] && e.Sequence == 2).ExecuteDeleteAsync(Stop);
            await db.Events.Where(e => e.SubjectId == people[1] && e.Sequence == 3).ExecuteDeleteAsync(Stop);
            await db.Events.Where(e => e.SubjectId == people[2]).ExecuteDeleteAsync(Stop);
        }

        Assert.Equal(
            [
                new HistoryBreak("Person", people[0], 2, HistoryBreakKind.RowMissing),
                new HistoryBreak("Person", people[1], 3, HistoryBreakKind.TailMissing),
                new HistoryBreak("Person", people[2], 1, HistoryBreakKind.TailMissing),
            ],
            (await work.VerifyAsync()).Breaks.OrderBy(found => people.IndexOf(found.SubjectId)));
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_chain_without_its_subject_and_a_subject_without_its_chain_are_found(DatabaseProvider provider)
    {
        await using var work = await Databases.CreateAsync(provider);
        var people = await ThreePeopleAsync(work);
        await using (var db = work.Open())
        {
            await db.People.Where(p => p.Id == people[0]).ExecuteDeleteAsync(Stop);
            await db.Events.Where(e => e.SubjectId == people[1]).ExecuteDeleteAsync(Stop);
            await db.People.Where(p => p.Id == people[1]).ExecuteUpdateAsync(set => set.SetProperty(p => p.LastSequence, 0).SetProperty(p => p.LastHash, ""), Stop);
        }

        Assert.Equal(
            [
                new HistoryBreak("Person", people[0], 0, HistoryBreakKind.RowMissing),
                new HistoryBreak("Person", people[1], 1, HistoryBreakKind.RowMissing),
            ],
            (await work.VerifyAsync()).Breaks.OrderBy(found => people.IndexOf(found.SubjectId)));
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task An_event_rewritten_with_a_new_hash_does_not_fit_its_neighbour_or_its_head(DatabaseProvider provider)
    {
        await using var work = await Databases.CreateAsync(provider);
        var people = await ThreePeopleAsync(work);
        await RewriteAsync(people[0], 1);
        await RewriteAsync(people[1], 3);

        Assert.Equal(
            [
                new HistoryBreak("Person", people[0], 2, HistoryBreakKind.ContentChanged),
                new HistoryBreak("Person", people[1], 3, HistoryBreakKind.ContentChanged),
            ],
            (await work.VerifyAsync()).Breaks.OrderBy(found => people.IndexOf(found.SubjectId)));

        async Task RewriteAsync(Guid person, int sequence)
        {
            await TamperAsync(work, e => e.SubjectId == person && e.Sequence == sequence, nameof(EventRecord.Facts), "{}");
            await using var db = work.Open();
            var record = await db.Events.AsNoTracking().SingleAsync(e => e.SubjectId == person && e.Sequence == sequence, Stop);
            await TamperAsync(work, e => e.Id == record.Id, nameof(EventRecord.Hash), EventHash.Of(record));
        }
    }

    [Fact]
    public async Task An_event_of_a_type_that_nobody_knows_is_found()
    {
        await using var work = await Databases.CreateAsync(DatabaseProvider.Sqlite);
        var people = await ThreePeopleAsync(work);
        await TamperAsync(work, e => e.SubjectId == people[0] && e.Sequence == 3, nameof(EventRecord.SubjectType), "Ghost");

        Assert.Equal(
            [
                new HistoryBreak("Person", people[0], 3, HistoryBreakKind.TailMissing),
                new HistoryBreak("Ghost", people[0], 3, HistoryBreakKind.ContentChanged),
            ],
            (await work.VerifyAsync()).Breaks);
    }

    [Fact]
    public async Task More_subjects_than_one_page_holds_are_all_read()
    {
        await using var work = await Databases.CreateAsync(DatabaseProvider.PostgreSql);
        await work.SaveAsync([.. Enumerable.Range(1, 1001).Select(i => Person.Add($"P{i}", null, null, null, null, isDemo: false).Value)]);
        Assert.Equal((1001, 1001), (await work.VerifyAsync()) is { IsSound: true } sound ? (sound.Subjects, sound.Events) : default);

        await using var db = work.Open();
        var first = await db.People.OrderBy(p => p.Id).Select(p => p.Id).FirstAsync(Stop);
        var last = await db.People.OrderByDescending(p => p.Id).Select(p => p.Id).FirstAsync(Stop);
        await db.Events.Where(e => e.SubjectId == first || e.SubjectId == last).ExecuteDeleteAsync(Stop);

        Assert.Equal([first, last], (await work.VerifyAsync()).Breaks.Select(found => found.SubjectId));
    }

    private static async Task<List<Guid>> ThreePeopleAsync(Work work)
    {
        var people = new[] { "李", "Wang", "Zhao" }.Select(name => Person.Add(name, null, null, null, null, isDemo: false).Value).ToList();
        await work.SaveAsync([.. people]);
        foreach (var language in new[] { Language.English, Language.Chinese })
        {
            await using var db = work.Open();
            foreach (var person in await db.People.ToListAsync(Stop)) person.Speak(language);
            await db.SaveChangesAsync(Stop);
        }

        return [.. people.Select(person => person.Id)];
    }

    private static async Task TamperAsync(Work work, System.Linq.Expressions.Expression<Func<EventRecord, bool>> which, string column, string? value)
    {
        await using var db = work.Open();
        Assert.Equal(1, await db.Events.Where(which).ExecuteUpdateAsync(set => set.SetProperty(e => EF.Property<string?>(e, column), value), Stop));
    }

    private static async Task<string?> ValueAsync(Work work, Guid person, string column)
    {
        await using var db = work.Open();
        return await db.Events.Where(e => e.SubjectId == person && e.Sequence == 2).Select(e => EF.Property<string?>(e, column)).SingleAsync(Stop);
    }
}
