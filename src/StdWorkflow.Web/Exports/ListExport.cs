using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using StdWorkflow.Domain.Common;
using StdWorkflow.Web.Localization;

namespace StdWorkflow.Web.Exports;

/// <summary>
/// One list as a file and as a feed: its columns, described once, and how its rows are read. The rows are those of the page with the same
/// address parameters, as the asker sees them, but all of them; the feed is what changed last among them.
/// </summary>
internal interface IListExport
{
    /// <summary>Name in the address, and of the file.</summary>
    string Name { get; }

    /// <summary>Where the page of the list is; a part in braces is filled from the parameter of that name, and without it the page above is meant.</summary>
    string Page { get; }

    /// <summary>Where the list is in the API, below its version, with parts in braces as in <see cref="Page"/>; null when it is there within another answer only.</summary>
    string? Api { get; }

    IReadOnlyList<ExportColumn> Columns { get; }

    /// <summary>The values of every row in the order of the columns; null when there is nothing of that name for the asker.</summary>
    Task<IAsyncEnumerable<object?[]>?> ReadAsync(IServiceProvider services, IQueryCollection query, CancellationToken stop);

    /// <summary>The entries of the feed, at most <see cref="Feeds.Entries"/>; null when there is nothing of that name for the asker.</summary>
    Task<List<FeedEntry>?> FeedAsync(IServiceProvider services, IQueryCollection query, CancellationToken stop);
}

/// <param name="Key">Heading, as a key of the texts; after its dot, the name of the value in JSON.</param>
internal sealed record ExportColumn(string Key)
{
    public string Name => Key[(Key.IndexOf('.', StringComparison.Ordinal) + 1)..];
}

/// <param name="name">Name in the address, and of the file.</param>
/// <param name="page">Where the page of the list is.</param>
/// <param name="api">Where the list is in the API, or null.</param>
/// <param name="read">Reads the rows; null when there is nothing of that name for the asker.</param>
/// <param name="feed">Reads the entries of the feed; null when there is nothing of that name for the asker.</param>
/// <param name="columns">The columns with their values.</param>
internal sealed class ListExport<TLine>(
    string name, string page, string? api, Func<IServiceProvider, IQueryCollection, CancellationToken, Task<IAsyncEnumerable<TLine>?>> read,
    Func<IServiceProvider, IQueryCollection, CancellationToken, Task<List<FeedEntry>?>> feed, params (string Key, Func<TLine, object?> Value)[] columns) : IListExport
{
    public string Name => name;

    public string Page => page;

    public string? Api => api;

    public IReadOnlyList<ExportColumn> Columns { get; } = [.. columns.Select(column => new ExportColumn(column.Key))];

    public async Task<IAsyncEnumerable<object?[]>?> ReadAsync(IServiceProvider services, IQueryCollection query, CancellationToken stop) =>
        await read(services, query, stop) is { } lines ? ValuesAsync(lines, stop) : null;

    public Task<List<FeedEntry>?> FeedAsync(IServiceProvider services, IQueryCollection query, CancellationToken stop) => feed(services, query, stop);

    private async IAsyncEnumerable<object?[]> ValuesAsync(IAsyncEnumerable<TLine> lines, [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var line in lines.WithCancellation(stop)) yield return [.. columns.Select(column => column.Value(line))];
    }
}

/// <summary>What a program asked a list of the API for. The list has refused what means nothing, so nothing of it is left out, as it is on pages.</summary>
internal sealed class ProgramQuery(Dictionary<string, StringValues> parts) : QueryCollection(parts);

/// <summary>Reads a filter out of an address as pages and the API bind it; what cannot be read is as if it were not there.</summary>
internal static class QueryFilter
{
    public static T Read<T>(IQueryCollection query) where T : new()
    {
        var filter = new T();
        foreach (var property in typeof(T).GetProperties().Where(property => property.CanWrite))
            if (query[property.Name].ToString() is { Length: > 0 } text && Value(property.PropertyType, text) is { } value)
                property.SetValue(filter, value);
        return filter;
    }

    private static object? Value(Type type, string text) =>
        type == typeof(string) ? text
        : type == typeof(bool?) && bool.TryParse(text, out var flag) ? flag
        : type == typeof(DateOnly?) && DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) ? day
        : null;
}

/// <summary>What a value looks like in a file.</summary>
internal static class ExportValues
{
    /// <summary>For a table: in the reader's language.</summary>
    public static object? InTable(object? value, AllTexts texts) => value switch
    {
        null => null,
        LocalizedText text => text.In(Reader.Language),
        Enum word => texts.WordFor(word),
        bool flag => texts.Find(flag ? "Export.Yes" : "Export.No"),
        _ => value,
    };

    /// <summary>For a program: the same in every language.</summary>
    public static object? InJson(object? value) => value switch
    {
        Enum word => JsonNamingPolicy.CamelCase.ConvertName(word.ToString()),
        _ => value,
    };

    /// <summary>
    /// A text that a spreadsheet would calculate is shown as the text that it is (CWE-1236): the apostrophe is how people themselves say so.
    /// </summary>
    public static string Harmless(string text) => text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠' ? $"'{text}" : text;
}
