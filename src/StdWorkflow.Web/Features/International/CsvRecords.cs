using System.Runtime.CompilerServices;
using CsvHelper;
using StdWorkflow.Domain.Common;

namespace StdWorkflow.Web.Features.International;

/// <summary>The file as a whole cannot be what it should be; nothing of it is imported.</summary>
internal sealed class WrongFileException(Problem problem) : Exception(problem.Code)
{
    public Problem Problem { get; } = problem;
}

/// <summary>One row of a CSV file, by the names in its head.</summary>
internal sealed class CsvRecord(int line, IReadOnlyDictionary<string, int> columns, string[] fields)
{
    public int Line => line;

    /// <summary>The field, trimmed; null when it is empty or the file has no such column.</summary>
    public string? this[string column] =>
        columns.TryGetValue(column, out var at) && fields[at].Trim() is { Length: > 0 } text ? text : null;
}

/// <summary>Reads comma-separated values with a head, record by record, so that one broken record costs only itself.</summary>
internal static class CsvRecords
{
    private static readonly CsvReaderOptions options = new()
    {
        Separator = ',',
        HasHeader = false,
        MalformedData = CsvMalformedDataHandling.Throw,
        MaxRecordSize = 4 * ImportFile.LongestLine,
        BufferSize = 1 << 12,
    };

    public static async IAsyncEnumerable<(FileLine Line, CsvRecord? Record)> ReadAsync(
        IAsyncEnumerable<FileLine> lines, IReadOnlyList<string> required, [EnumeratorCancellation] CancellationToken stop)
    {
        Dictionary<string, int>? columns = null;
        var width = 0;
        await foreach (var line in JoinedAsync(lines, stop))
        {
            var fields = line.Problem is null ? Split(line.Text) : null;
            if (columns is null)
            {
                columns = Head(line, fields, required);
                width = fields!.Length;
            }
            else if (fields is null) yield return (line.Problem is null ? line with { Problem = Problem.Of("import.quotes") } : line, null);
            else if (fields.Length != width) yield return (line with { Problem = Problem.Of("import.columnCount", width, fields.Length) }, null);
            else yield return (line, new CsvRecord(line.Number, columns, fields));
        }

        if (columns is null) throw new WrongFileException(Problem.Of("import.columnsMissing", string.Join(", ", required)));
    }

    private static Dictionary<string, int> Head(FileLine line, string[]? fields, IReadOnlyList<string> required)
    {
        if (line.Problem is { } unreadable) throw new WrongFileException(unreadable);
        var columns = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var at = 0; at < fields?.Length; at++)
            if (!columns.TryAdd(fields[at].Trim(), at) && fields[at].Trim() is { Length: > 0 } twice)
                throw new WrongFileException(Problem.Of("import.columnTwice", twice));
        var missing = required.Where(name => !columns.ContainsKey(name)).ToList();
        return missing.Count == 0 ? columns : throw new WrongFileException(Problem.Of("import.columnsMissing", string.Join(", ", missing)));
    }

    private static string[]? Split(string record)
    {
        try
        {
            using var reader = CsvReader.FromText(record, options);
            return reader.Read() ? reader.Current.ToArray() : null;
        }
        catch (CsvFormatException)
        {
            return null;
        }
    }

    /// <summary>
    /// A quoted field may go on over several lines. A quote that nothing closes must not swallow the rest of the file: then only
    /// the line where it opens is refused, and the lines after it are looked at by themselves.
    /// </summary>
    private static async IAsyncEnumerable<FileLine> JoinedAsync(IAsyncEnumerable<FileLine> lines, [EnumeratorCancellation] CancellationToken stop)
    {
        var open = new List<FileLine>();
        var length = 0;
        await foreach (var line in lines.WithCancellation(stop))
        {
            var isOdd = line.Problem is null && line.Text.Count(character => character == '"') % 2 != 0;
            if (open.Count == 0 && !isOdd)
            {
                yield return line;
                continue;
            }

            length += line.Text.Length + 1;
            if (open.Count > 0 && (line.Problem is not null || length > ImportFile.LongestLine))
            {
                foreach (var apart in Apart(open)) yield return apart;
                open.Clear();
                length = line.Text.Length + 1;
                if (!isOdd)
                {
                    yield return line;
                    continue;
                }
            }

            open.Add(line);
            if (open.Count == 1 || !isOdd) continue;
            yield return open[0] with { Text = string.Join('\n', open.Select(part => part.Text)) };
            open.Clear();
            length = 0;
        }

        foreach (var apart in Apart(open)) yield return apart;
    }

    private static IEnumerable<FileLine> Apart(List<FileLine> open) =>
        open.Select((line, index) => index == 0 ? line with { Problem = Problem.Of("import.quotes") } : line);
}
