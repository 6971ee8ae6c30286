using System.Globalization;
using System.Text.RegularExpressions;
using StdWorkflow.Domain.Common;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.International;

/// <summary>What a file's date is taken from.</summary>
/// <param name="Date">The date of the file; no row of it is newer.</param>
/// <param name="IsOfRows">The rows say themselves of which day they are.</param>
internal sealed record FileDate(DateOnly Date, bool IsOfRows);

/// <summary>One kind of file: how its rows are read, and the command that takes some of them over.</summary>
internal sealed record ImportKind<TRow>(
    string Name,
    Func<ImportFile, CancellationToken, IAsyncEnumerable<(FileLine Line, Result<TRow> Row)>> Read,
    Func<TRow, DateOnly?> DateOf,
    Func<FileDate, IReadOnlyList<TRow>, bool, ICommand<ImportOutcome>> Command,
    Func<TRow, int> LineOf)
{
    /// <summary>
    /// What a row speaks of, and a digest of what it says. A file that says two things of one would be changed to and fro by every import
    /// of it. Null where a row is only ever added.
    /// </summary>
    public Func<TRow, FileDate, (object Of, int What)>? Says { get; init; }
}

/// <summary>Is told how an import goes.</summary>
internal interface IImportReport
{
    void Progress(int read);

    void Refused(RefusedRow row);

    void OldNews(DateOnly file, DateOnly newer);
}

/// <summary>What an import brought, and what ended it before the file did.</summary>
internal sealed record ImportSum(int Read, int New, int Changed, int Unchanged, int Refused, Exception? CutOff)
{
    /// <summary>Scripts read this line: the same in every language, without separators.</summary>
    public string Line => string.Create(CultureInfo.InvariantCulture, $"{Read} read: {New} new, {Changed} changed, {Unchanged} unchanged, {Refused} refused");
}

/// <summary>
/// Streams a file into the database, some rows per command, so that it may be of any size, and may be killed and repeated at
/// any moment.
/// </summary>
internal sealed partial class ImportRun(UseCases useCases, IImportReport report)
{
    public const int BatchSize = 250;

    private const int MostHeld = 20_000;

    private int read, added, changed, unchanged, refused;
    private bool saidOldNews;

    /// <summary>What has been done so far, also when the import did not come to its end.</summary>
    public ImportSum Done => new(added + changed + unchanged + refused, added, changed, unchanged, refused, null);

    /// <summary>Throws <see cref="WrongFileException"/>, and changes nothing, when the file as a whole cannot be taken.</summary>
    public async Task<ImportSum> RunAsync<TRow>(ImportKind<TRow> kind, FileInfo file, DateOnly? asOf, int batchSize, CancellationToken stop)
    {
        var source = new ImportFile(file);
        await source.CheckAsync(stop);
        var date = await DateOfAsync(kind, source, file.Name, asOf, stop);

        var batch = new List<TRow>(Math.Min(batchSize, 1000));
        var held = new List<TRow>();
        var said = new Dictionary<object, (int Line, int What)>();
        Exception? cutOff = null;
        await using var rows = kind.Read(source, stop).GetAsyncEnumerator(stop);
        while (true)
        {
            try
            {
                if (!await rows.MoveNextAsync()) break;
            }
            catch (Exception broken) when (IsUnreadable(broken))
            {
                cutOff = broken;
                break;
            }

            if (++read % 1000 == 0) report.Progress(read);
            var (line, row) = rows.Current;
            if (!row.IsOk) Refuse(new RefusedRow(line.Number, row.Problems));
            else if (Contradicted(kind, row.Value, date, said) is { } contradicted) Refuse(contradicted);
            else batch.Add(row.Value);
            if (batch.Count == batchSize) await SendAsync(kind, date, batch, held, stop);
        }

        await SendAsync(kind, date, batch, held, stop);
        await SendHeldAsync(kind, date, held, batchSize, stop);
        return new ImportSum(read, added, changed, unchanged, refused, cutOff);
    }

    private async Task SendHeldAsync<TRow>(ImportKind<TRow> kind, FileDate date, List<TRow> held, int batchSize, CancellationToken stop)
    {
        for (var before = int.MaxValue; held.Count > 0;)
        {
            var isLastRound = held.Count == before;
            before = held.Count;
            var turn = held.ToList();
            held.Clear();
            foreach (var some in turn.Chunk(batchSize)) await SendAsync(kind, date, [.. some], held, stop, isLastRound);
        }
    }

    private async Task SendAsync<TRow>(ImportKind<TRow> kind, FileDate date, List<TRow> batch, List<TRow> held, CancellationToken stop, bool isLastRound = false)
    {
        if (batch.Count == 0) return;
        var result = await useCases.RunAsync(kind.Command(date, batch.ToList(), isLastRound || held.Count >= MostHeld), stop);
        if (!result.IsOk) throw new InvalidOperationException($"{kind.Name} was refused: {string.Join(", ", result.Problems.Select(problem => problem.Code))}.");

        var outcome = result.Value;
        (added, changed, unchanged) = (added + outcome.New, changed + outcome.Changed, unchanged + outcome.Unchanged);
        foreach (var row in outcome.Refused) Refuse(row);
        var waiting = outcome.Held.ToHashSet();
        held.AddRange(batch.Where(row => waiting.Contains(kind.LineOf(row))));
        if (outcome.NewerSeen is { } newer && !saidOldNews)
        {
            saidOldNews = true;
            report.OldNews(date.Date, newer);
        }

        batch.Clear();
    }

    private void Refuse(RefusedRow row)
    {
        refused++;
        report.Refused(row);
    }

    private static RefusedRow? Contradicted<TRow>(ImportKind<TRow> kind, TRow row, FileDate date, Dictionary<object, (int Line, int What)> said)
    {
        if (kind.Says?.Invoke(row, date) is not { } now) return null;
        if (said.TryAdd(now.Of, (kind.LineOf(row), now.What)) || said[now.Of] is var before && before.What == now.What) return null;
        return new RefusedRow(kind.LineOf(row), [Problem.Of("import.contradicted", now.Of, before.Line)]);
    }

    private static async Task<FileDate> DateOfAsync<TRow>(ImportKind<TRow> kind, ImportFile source, string name, DateOnly? asOf, CancellationToken stop)
    {
        if (asOf is { } given) return new FileDate(given, IsOfRows: false);
        if (InName().Match(name) is { Success: true } named)
            return IsoRows.Day(named.Groups[1].Value) is { } day ? new FileDate(day, IsOfRows: false) : throw new WrongFileException(Problem.Of("import.dateInName", named.Value));

        DateOnly? newest = null;
        await foreach (var (_, row) in kind.Read(source, stop))
            if (row.IsOk && kind.DateOf(row.Value) is { } said && (newest is null || said > newest)) newest = said;

        return newest is { } found ? new FileDate(found, IsOfRows: true) : throw new WrongFileException(Problem.Of("import.noDate"));
    }

    private static bool IsUnreadable(Exception failure) => failure is IOException or InvalidDataException or UnauthorizedAccessException;

    [GeneratedRegex("asof_([0-9]{4}-[0-9]{2}-[0-9]{2})", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex InName();
}

/// <summary>The kinds of file that can be imported.</summary>
internal static class ImportKinds
{
    public static readonly ImportKind<DeliverableRow> Deliverables = new(
        ImportForeignProjects.Kind, (file, stop) => Json(file, IsoRows.Deliverable, stop), _ => null,
        (date, rows, _) => new ImportForeignProjects(date.Date, rows), row => row.Line)
    {
        Says = (row, _) => (row.Said.Number, row.Said.GetHashCode()),
    };

    public static readonly ImportKind<CommitteeRow> Committees = new(
        ImportCommittees.Kind, (file, stop) => Json(file, IsoRows.Committee, stop), _ => null,
        (date, rows, isLastRound) => new ImportCommittees(date.Date, rows, isLastRound), row => row.Line)
    {
        Says = (row, _) => (row.Number, (row with { Line = 0 }).GetHashCode()),
    };

    public static readonly ImportKind<StageEventRow> StageEvents = new(
        ImportStageEvents.Kind, (file, stop) => Csv(file, IsoRows.StageEventColumns, IsoRows.StageEvent, stop), row => row.ObservedOn,
        (date, rows, _) => new ImportStageEvents(date, rows), row => row.Line);

    public static IAsyncEnumerable<(FileLine, Result<T>)> Csv<T>(ImportFile file, string[] columns, Func<CsvRecord, Result<T>> read, CancellationToken stop) =>
        CsvRecords.ReadAsync(file.LinesAsync(stop), columns, stop).Select(entry => (entry.Line, entry.Record is { } record ? read(record) : entry.Line.Problem!));

    private static IAsyncEnumerable<(FileLine, Result<T>)> Json<T>(ImportFile file, Func<FileLine, Result<T>> read, CancellationToken stop) =>
        file.LinesAsync(stop).Select(line => (line, read(line)));
}
