using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace StdWorkflow.Web.Tests;

/// <summary>What a program sent to its database, in order.</summary>
public sealed class SentStatements : DbCommandInterceptor
{
    private ConcurrentQueue<SentStatement>? kept;
    private (string Part, Func<Task> Something)? awaited;

    /// <summary>Does something once, right before the next statement that has this part in it: what lies between two statements of a request can be tried.</summary>
    public void Before(string part, Func<Task> something) => awaited = (part, something);

    /// <summary>What is sent while something is done.</summary>
    public async Task<IReadOnlyList<SentStatement>> DuringAsync(Func<Task> something)
    {
        var sent = kept = new ConcurrentQueue<SentStatement>();
        await something();
        kept = null;
        return [.. sent];
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) => Keep(command, result);

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (awaited is { } now && command.CommandText.Contains(now.Part, StringComparison.Ordinal))
        {
            awaited = null;
            await now.Something();
        }

        return Keep(command, result);
    }

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result) => Keep(command, result);

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) => ValueTask.FromResult(Keep(command, result));

    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<object> result) => Keep(command, result);

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) => ValueTask.FromResult(Keep(command, result));

    private InterceptionResult<T> Keep<T>(DbCommand command, InterceptionResult<T> result)
    {
        kept?.Enqueue(new SentStatement(command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(parameter => (parameter.ParameterName, parameter.Value))]));
        return result;
    }
}

/// <summary>A statement as it was sent.</summary>
public sealed record SentStatement(string Text, IReadOnlyList<(string Name, object? Value)> Parameters);
