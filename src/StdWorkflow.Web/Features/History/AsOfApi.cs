using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace StdWorkflow.Web.Features.History;

/// <summary>Which moment, or which two, a program asks for.</summary>
public sealed record AsOfQuery
{
    [Description("The moment: 2026-11-23 (to the end of the day), 2026-11-23T16:30 (both Beijing time) or 2026-11-23T08:30:00Z; now when not said.")]
    public string? At { get; init; }

    [Description("Another moment, to compare with.")]
    public string? And { get; init; }
}

/// <summary>Something as it was, for programs.</summary>
/// <param name="Code">Its code.</param>
/// <param name="At">As of the moment asked for.</param>
/// <param name="And">As of the other moment, or null.</param>
/// <param name="Differences">What differs between the two; null when only one was asked for.</param>
public sealed record AsOfAnswer(string Code, AsOfAnswer.State At, AsOfAnswer.State? And, IReadOnlyList<AsOfAnswer.Difference>? Differences)
{
    /// <summary>A state.</summary>
    /// <param name="Instant">As of when (UTC).</param>
    /// <param name="Events">How many events had been recorded by then.</param>
    /// <param name="Rows">The thing itself and its parts.</param>
    public sealed record State(DateTime Instant, int Events, IReadOnlyList<Row> Rows);

    /// <summary>The thing or a part of it.</summary>
    /// <param name="Name">What it is, such as track or deadline.</param>
    /// <param name="Id">Its key, the same as long as it lasts.</param>
    /// <param name="Values">What it held; what is missing was not said.</param>
    public sealed record Row(string Name, Guid Id, IReadOnlyDictionary<string, JsonNode?> Values);

    /// <summary>A thing or part that differs.</summary>
    /// <param name="Name">What it is.</param>
    /// <param name="Id">Its key.</param>
    /// <param name="Before">The values that differ, as of the first moment; null when it was not there.</param>
    /// <param name="After">The same as of the second moment.</param>
    public sealed record Difference(string Name, Guid Id, IReadOnlyDictionary<string, JsonNode?>? Before, IReadOnlyDictionary<string, JsonNode?>? After);

    internal static AsOfAnswer Of(string code, Past past) => new(code, StateOf(past.At), past.And is { } and ? StateOf(and) : null, past.And is null ? null :
        [.. past.Differences.Select(differs => new Difference(NameOf(differs.Rows.Row), differs.Id, ValuesOf(differs.Before, differs.Columns), ValuesOf(differs.After, differs.Columns)))]);

    private static State StateOf(PastSide side) => new(side.AtUtc, side.Events,
    [
        .. side.Lines.GroupBy(line => (line.Rows.Row, line.Id)).Select(lines => new Row(
            NameOf(lines.Key.Row), lines.Key.Id, lines.SelectMany(line => line.Values).Where(value => value.Plain is not null).ToDictionary(value => NameOf(value.Column), value => value.Plain))),
    ]);

    private static Dictionary<string, JsonNode?>? ValuesOf(PastLine? line, IReadOnlyList<PastColumn> columns) =>
        line?.Values.Where(value => columns.Contains(value.Column)).ToDictionary(value => NameOf(value.Column), value => value.Plain);

    // What a key leads to is what is told: its name, not the key.
    private static string NameOf(PastColumn column) => JsonNamingPolicy.CamelCase.ConvertName(
        column.Kind is PastKind.Plain or PastKind.Words or PastKind.Flag or PastKind.Word ? column.Name
        : column.Name.EndsWith("Key", StringComparison.Ordinal) ? column.Name[..^"Key".Length]
        : column.Name.EndsWith("Id", StringComparison.Ordinal) ? column.Name[..^"Id".Length] : column.Name);

    private static string NameOf(string row) => JsonNamingPolicy.CamelCase.ConvertName(row);
}
