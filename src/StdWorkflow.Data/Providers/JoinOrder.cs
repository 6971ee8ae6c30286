using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace StdWorkflow.Data.Providers;

/// <summary>
/// A page of a list is read along the index that the list is sorted by, row by row, until the page is full. The servers find that way
/// themselves; SQLite, which thinks of the whole list, would rather start with another table and sort everything.
/// </summary>
public static class JoinOrder
{
    internal const string Tag = "joined in this order";

    /// <summary>Reads the tables in the order in which the query names them.</summary>
    public static IQueryable<T> InThisOrder<T>(this IQueryable<T> query) => query.TagWith(Tag);
}

/// <summary>SQLite takes the order of a <c>CROSS JOIN</c> as it is written; otherwise it is the same join.</summary>
internal sealed class SqliteJoinOrder : DbCommandInterceptor
{
    private const string Comment = $"-- {JoinOrder.Tag}";

    public static SqliteJoinOrder Instance { get; } = new();

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Keep(command);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Keep(command);
        return ValueTask.FromResult(result);
    }

    private static void Keep(DbCommand command)
    {
        if (command.CommandText.StartsWith(Comment, StringComparison.Ordinal)) command.CommandText = command.CommandText.Replace("INNER JOIN", "CROSS JOIN", StringComparison.Ordinal);
    }
}
