using System.Text.Json;

namespace StdWorkflow.Data.Events;

/// <summary>A row of a subject as it stood.</summary>
/// <param name="Row">Name of the row's type.</param>
/// <param name="Id">Its key.</param>
/// <param name="Columns">Value by column, as the history writes them; a column that is missing was null.</param>
public sealed record PastRow(string Row, Guid Id, IReadOnlyDictionary<string, JsonElement> Columns);

/// <summary>What a subject was, told from nothing but its history: every column stands there with each value that it ever had.</summary>
public static class PastState
{
    /// <summary>The rows that stand after these changes, in the order in which they came.</summary>
    /// <param name="changes">The changes of the subject's events, from the first on, none left out.</param>
    public static IReadOnlyList<PastRow> After(IEnumerable<string> changes)
    {
        var rows = new List<(string Row, Guid Id, Dictionary<string, JsonElement> Columns)>();
        foreach (var change in changes.SelectMany(RowChanges.Read))
        {
            var at = rows.FindIndex(row => row.Id == change.Id && row.Row == change.Row);
            if (change.Did == "removed")
            {
                if (at >= 0) rows.RemoveAt(at);
                continue;
            }

            if (at < 0)
            {
                at = rows.Count;
                rows.Add((change.Row, change.Id, []));
            }

            foreach (var (column, values) in change.Columns) rows[at].Columns[column] = values[1];
        }

        return rows.ConvertAll(row => new PastRow(row.Row, row.Id, row.Columns));
    }
}
