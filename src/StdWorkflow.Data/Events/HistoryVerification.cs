using System.Buffers.Binary;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;

namespace StdWorkflow.Data.Events;

public enum HistoryBreakKind
{
    /// <summary>An event, or the head that its subject keeps, is not what was written.</summary>
    ContentChanged,

    /// <summary>An event between others is gone, or the subject's own row is (sequence 0), or a subject has no event at all.</summary>
    RowMissing,

    /// <summary>The newest events are gone.</summary>
    TailMissing,
}

/// <param name="SubjectType">Name of the aggregate's type.</param>
/// <param name="SubjectId">Key of the subject.</param>
/// <param name="Sequence">The event that is wrong or missing; 0 is the subject's own row.</param>
/// <param name="Kind">What is wrong.</param>
public sealed record HistoryBreak(string SubjectType, Guid SubjectId, int Sequence, HistoryBreakKind Kind);

/// <param name="Subjects">Subjects read.</param>
/// <param name="Events">Events read.</param>
/// <param name="Breaks">What is broken, at most <see cref="HistoryVerification.MostBreaks"/>; empty when all is sound.</param>
/// <param name="Digest">One hash over all heads: two databases with the same history have the same digest.</param>
public sealed record HistoryReport(long Subjects, long Events, IReadOnlyList<HistoryBreak> Breaks, string Digest)
{
    public bool IsSound => Breaks.Count == 0;
}

/// <summary>
/// Reads the whole history in the order of its key and checks every chain against its subject. Memory does not grow with the
/// history, and work may go on meanwhile: a subject that looks wrong is read again by itself before it is called broken.
/// </summary>
public sealed class HistoryVerification(AppDbContext db)
{
    public const int MostBreaks = 100;

    private const int PageSize = 500;

    private readonly List<HistoryBreak> breaks = [];
    private readonly IncrementalHash digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long subjects;
    private long events;

    public async Task<HistoryReport> RunAsync(CancellationToken stop = default)
    {
        var roots = db.Model.GetEntityTypes()
            .Where(type => type.BaseType is null && typeof(Aggregate).IsAssignableFrom(type.ClrType))
            .Select(type => type.ClrType)
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .ToList();
        foreach (var root in roots) await (Task)VerifyMethod.MakeGenericMethod(root).Invoke(this, [stop])!;
        await FindUnknownTypesAsync([.. roots.Select(root => root.Name)], stop);
        return new HistoryReport(subjects, events, breaks, Convert.ToHexStringLower(digest.GetHashAndReset()));
    }

    private static readonly MethodInfo VerifyMethod =
        typeof(HistoryVerification).GetMethod(nameof(VerifyAsync), BindingFlags.NonPublic | BindingFlags.Instance)!;

    private async Task VerifyAsync<TRoot>(CancellationToken stop)
        where TRoot : Aggregate
    {
        var type = typeof(TRoot).Name;
        Guid? after = null;
        while (breaks.Count < MostBreaks)
        {
            var heads = await HeadsAsync<TRoot>(after, stop);
            Guid? upTo = heads.Count == PageSize ? heads[^1].Id : null;
            foreach (var subject in await SuspectsAsync(type, heads, after, upTo, stop)) await JudgeAsync<TRoot>(subject, stop);
            if (upTo is null) return;
            after = upTo;
        }
    }

    private async Task<List<Head>> HeadsAsync<TRoot>(Guid? after, CancellationToken stop)
        where TRoot : Aggregate
    {
        var all = db.Set<TRoot>().IgnoreQueryFilters().AsNoTracking();
        if (after is { } key) all = all.Where(root => root.Id > key);
        var heads = await all.OrderBy(root => root.Id).Take(PageSize)
            .Select(root => new Head(root.Id, root.LastSequence, root.LastHash)).ToListAsync(stop);
        subjects += heads.Count;
        foreach (var head in heads) Digest(typeof(TRoot).Name, head);
        return heads;
    }

    // Everything that belongs to one page of subjects, and whatever lies between them without a subject.
    private async Task<List<Guid>> SuspectsAsync(string type, List<Head> heads, Guid? after, Guid? upTo, CancellationToken stop)
    {
        var suspects = new List<Guid>();
        var open = heads.ToDictionary(head => head.Id);
        Chain? chain = null;
        var rows = db.Events.AsNoTracking().Where(e => e.SubjectType == type);
        if (after is { } from) rows = rows.Where(e => e.SubjectId > from);
        if (upTo is { } to) rows = rows.Where(e => e.SubjectId <= to);
        await foreach (var row in rows.OrderBy(e => e.SubjectId).ThenBy(e => e.Sequence).AsAsyncEnumerable().WithCancellation(stop))
        {
            events++;
            if (chain?.Subject != row.SubjectId)
            {
                Close();
                chain = new Chain(row.SubjectId);
            }

            chain.Add(row);
        }

        Close();
        suspects.AddRange(open.Keys);
        return suspects;

        void Close()
        {
            if (chain is null || suspects.Count > MostBreaks) return;
            var head = open.Remove(chain.Subject, out var found) ? found : null;
            if (chain.Against(head) is not null) suspects.Add(chain.Subject);
        }
    }

    // The head is read before and after the chain: as long as it moves, the subject is being worked on, not broken.
    private async Task JudgeAsync<TRoot>(Guid subject, CancellationToken stop)
        where TRoot : Aggregate
    {
        var type = typeof(TRoot).Name;
        var before = await HeadAsync();
        while (breaks.Count < MostBreaks)
        {
            var chain = new Chain(subject);
            var rows = db.Events.AsNoTracking().Where(e => e.SubjectType == type && e.SubjectId == subject).OrderBy(e => e.Sequence);
            await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(stop)) chain.Add(row);
            var found = chain.Against(before);
            if (found is null) return;
            var head = await HeadAsync();
            if (head == before)
            {
                breaks.Add(new HistoryBreak(type, subject, found.Value.Sequence, found.Value.Kind));
                return;
            }

            before = head;
        }

        Task<Head?> HeadAsync() => db.Set<TRoot>().IgnoreQueryFilters().AsNoTracking().Where(root => root.Id == subject)
            .Select(root => new Head(root.Id, root.LastSequence, root.LastHash)).FirstOrDefaultAsync(stop);
    }

    private async Task FindUnknownTypesAsync(List<string> known, CancellationToken stop)
    {
        var unknown = await db.Events.AsNoTracking().Where(e => !known.Contains(e.SubjectType))
            .OrderBy(e => e.SubjectType).ThenBy(e => e.SubjectId).ThenBy(e => e.Sequence)
            .Select(e => new { e.SubjectType, e.SubjectId, e.Sequence })
            .Take(MostBreaks - breaks.Count).ToListAsync(stop);
        breaks.AddRange(unknown.Select(e => new HistoryBreak(e.SubjectType, e.SubjectId, e.Sequence, HistoryBreakKind.ContentChanged)));
    }

    private void Digest(string type, Head head)
    {
        Span<byte> fixedPart = stackalloc byte[20];
        head.Id.TryWriteBytes(fixedPart, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(fixedPart[16..], head.LastSequence);
        digest.AppendData(Encoding.UTF8.GetBytes(type));
        digest.AppendData(fixedPart);
        digest.AppendData(Encoding.UTF8.GetBytes(head.LastHash));
    }

    private sealed record Head(Guid Id, int LastSequence, string LastHash);

    private sealed class Chain(Guid subject)
    {
        private int last;
        private string hash = "";
        private (int Sequence, HistoryBreakKind Kind)? found;

        public Guid Subject => subject;

        public void Add(EventRecord row)
        {
            if (found is not null) return;
            if (row.Sequence > last + 1) found = (last + 1, HistoryBreakKind.RowMissing);
            else if (row.Sequence <= last || row.PreviousHash != hash || row.Hash != EventHash.Of(row)) found = (row.Sequence, HistoryBreakKind.ContentChanged);
            (last, hash) = (row.Sequence, row.Hash);
        }

        public (int Sequence, HistoryBreakKind Kind)? Against(Head? head)
        {
            if (head is null) return last == 0 ? null : (0, HistoryBreakKind.RowMissing);
            if (found is not null) return found;
            if (head.LastSequence == 0 && last == 0) return (1, HistoryBreakKind.RowMissing);
            if (last < head.LastSequence) return (last + 1, HistoryBreakKind.TailMissing);
            if (last > head.LastSequence) return (head.LastSequence + 1, HistoryBreakKind.ContentChanged);
            return hash == head.LastHash ? null : (last, HistoryBreakKind.ContentChanged);
        }
    }
}
