using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.International;

namespace StdWorkflow.Web.Features.International;

/// <summary>A row that was not taken over, with everything that is wrong with it.</summary>
internal sealed record RefusedRow(int Line, IReadOnlyList<Problem> Problems);

/// <summary>What a batch of rows brought.</summary>
internal sealed class ImportOutcome
{
    public int New { get; set; }

    public int Changed { get; set; }

    public int Unchanged { get; set; }

    public List<RefusedRow> Refused { get; } = [];

    /// <summary>Lines whose turn has not come: what they stand under is not known yet.</summary>
    public List<int> Held { get; } = [];

    /// <summary>The newer file that was seen before, which makes this one old news; null when there is none.</summary>
    public DateOnly? NewerSeen { get; private init; }

    public void Count(bool changed)
    {
        if (changed) Changed++;
        else Unchanged++;
    }

    public void Refuse(int line, params IReadOnlyList<Problem> problems) => Refused.Add(new RefusedRow(line, problems));

    public static ImportOutcome OldNews(int rows, DateOnly newer) => new() { Unchanged = rows, NewerSeen = newer };
}

internal static class SeenFiles
{
    /// <summary>
    /// Notes the file's date with the rows that it brings, in one save, so that an older file cannot undo them even if this one
    /// ends half-way. Answers the date of a newer file, which wins, or null.
    /// </summary>
    public static async Task<DateOnly?> NoteAsync(this AppDbContext db, string kind, DateOnly date, CancellationToken stop)
    {
        var seen = await db.ImportedFiles.SingleOrDefaultAsync(file => file.Kind == kind, stop);
        if (seen is null) db.Add(ImportedFile.First(kind, date));
        else if (seen.AsOf > date) return seen.AsOf;
        else seen.Newer(date);
        return null;
    }
}
