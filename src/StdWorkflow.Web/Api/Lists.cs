using System.ComponentModel;
using System.Linq.Expressions;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Providers;
using StdWorkflow.Domain.Common;

namespace StdWorkflow.Web.Api;

/// <summary>Which part of a list is asked for.</summary>
public sealed record ListQuery
{
    /// <summary>The most items of one answer.</summary>
    public const int Most = 200;

    private const int Usual = 50;

    [Description("How many items, at most 200; 50 when not said.")]
    public int? Limit { get; init; }

    [Description("The `next` of the answer before. It holds for the same filters and order only.")]
    public string? Cursor { get; init; }

    [Description("The order; a minus before it turns it round.")]
    public string? Sort { get; init; }

    [Description("csv, xlsx or json: all rows as a file, without limit and cursor. atom: what changed last, as a feed.")]
    public string? Format { get; init; }

    internal int Take => Limit ?? Usual;
}

/// <summary>A part of a list.</summary>
/// <param name="Items">The items.</param>
/// <param name="Next">Where to go on, or null at the end.</param>
public sealed record ListAnswer<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>
/// An order of a list that can be gone on with from any row: by a key and, where that is equal, by another that never is. A page is
/// therefore found by an index, however far down the list it lies, and nothing is shown twice when rows are added meanwhile.
/// </summary>
internal abstract class ListOrder<TRow, TLine>(string name)
{
    public string Name { get; } = name;

    public abstract IQueryable<TRow> Sort(IQueryable<TRow> rows);

    public abstract IQueryable<TRow> After(IQueryable<TRow> rows, string position);

    public abstract string PositionOf(TLine line);

    /// <summary>Up by the key, and the same turned round under the name with a minus.</summary>
    public static IEnumerable<ListOrder<TRow, TLine>> Both<TKey, TTie>(
        string name, Expression<Func<TRow, TKey>> key, Func<TLine, TKey> keyOf, Expression<Func<TRow, TTie>> tie, Func<TLine, TTie> tieOf) =>
        [new KeyedOrder<TRow, TLine, TKey, TTie>(name, key, keyOf, tie, tieOf, false), new KeyedOrder<TRow, TLine, TKey, TTie>("-" + name, key, keyOf, tie, tieOf, true)];
}

internal sealed class KeyedOrder<TRow, TLine, TKey, TTie>(
    string name, Expression<Func<TRow, TKey>> key, Func<TLine, TKey> keyOf, Expression<Func<TRow, TTie>> tie, Func<TLine, TTie> tieOf, bool down)
    : ListOrder<TRow, TLine>(name)
{
    public override IQueryable<TRow> Sort(IQueryable<TRow> rows) =>
        down ? rows.OrderByDescending(key).ThenByDescending(tie) : rows.OrderBy(key).ThenBy(tie);

    public override IQueryable<TRow> After(IQueryable<TRow> rows, string position)
    {
        var last = JsonSerializer.Deserialize<Position>(position)!;
        var row = key.Parameters[0];
        // Read from a field and not written as constants, so that every page is the same statement.
        var lastKey = Expression.Property(Expression.Constant(last), nameof(Position.Key));
        var lastTie = Expression.Property(Expression.Constant(last), nameof(Position.Tie));
        var tieBody = new Renaming(tie.Parameters[0], row).Visit(tie.Body);
        var beyond = Expression.OrElse(
            Beyond(key.Body, lastKey),
            Expression.AndAlso(Expression.Equal(key.Body, lastKey), Beyond(tieBody, lastTie)));
        return rows.Where(Expression.Lambda<Func<TRow, bool>>(beyond, row));
    }

    public override string PositionOf(TLine line) => JsonSerializer.Serialize(new Position { Key = keyOf(line), Tie = tieOf(line) });

    private BinaryExpression Beyond(Expression value, Expression last)
    {
        if (value.Type == typeof(string))
        {
            value = Expression.Call(typeof(string), nameof(string.Compare), null, value, last);
            last = Expression.Constant(0);
        }

        return down ? Expression.LessThan(value, last) : Expression.GreaterThan(value, last);
    }

    private sealed class Position
    {
        public TKey Key { get; init; } = default!;

        public TTie Tie { get; init; } = default!;
    }

    private sealed class Renaming(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : base.VisitParameter(node);
    }
}

/// <summary>Cuts lists into answers. A cursor is sealed, so that one that was changed, or comes from another list, is refused.</summary>
internal sealed class Lists(IDataProtectionProvider protection)
{
    /// <param name="asked">Which part.</param>
    /// <param name="filter">The filters as the list understood them; part of the seal.</param>
    /// <param name="orders">The orders that the list knows, the usual one first.</param>
    /// <param name="rows">What the filters leave.</param>
    /// <param name="select">The columns of a line.</param>
    /// <param name="stop">Ends with the request.</param>
    public async Task<Result<ListAnswer<TLine>>> ReadAsync<TRow, TLine>(
        ListQuery asked, object filter, IReadOnlyList<ListOrder<TRow, TLine>> orders, IQueryable<TRow> rows, Func<IQueryable<TRow>, IQueryable<TLine>> select, CancellationToken stop)
    {
        if (asked.Take is < 1 or > ListQuery.Most) return Problem.On(nameof(asked.Limit), "validation.range", 1, ListQuery.Most);
        var order = asked.Sort is null ? orders[0] : orders.FirstOrDefault(known => known.Name == asked.Sort);
        if (order is null) return Problem.On(nameof(asked.Sort), "api.sort", string.Join(", ", orders.Select(known => known.Name)));

        var seal = protection.CreateProtector("cursor", typeof(TLine).FullName!, order.Name, JsonSerializer.Serialize(filter));
        if (asked.Cursor is { } cursor)
        {
            if (Open(seal, cursor) is not { } position) return Problem.On(nameof(asked.Cursor), "api.cursor");
            rows = order.After(rows, position);
        }

        var lines = await select(order.Sort(rows).InThisOrder().Take(asked.Take + 1)).ToListAsync(stop);
        if (lines.Count <= asked.Take) return new ListAnswer<TLine>(lines, null);
        lines.RemoveAt(asked.Take);
        return new ListAnswer<TLine>(lines, seal.Protect(order.PositionOf(lines[^1])));
    }

    /// <summary>Cuts a list that is short enough to be read whole; the same limits and cursors.</summary>
    /// <param name="asked">Which part.</param>
    /// <param name="all">All lines.</param>
    /// <param name="codeOf">What the lines are ordered by, each line's own.</param>
    public Result<ListAnswer<TLine>> Cut<TLine>(ListQuery asked, IEnumerable<TLine> all, Func<TLine, string> codeOf)
    {
        if (asked.Take is < 1 or > ListQuery.Most) return Problem.On(nameof(asked.Limit), "validation.range", 1, ListQuery.Most);
        if (asked.Sort is not (null or "code" or "-code")) return Problem.On(nameof(asked.Sort), "api.sort", "code, -code");

        var down = asked.Sort == "-code";
        var seal = protection.CreateProtector("cursor", typeof(TLine).FullName!, asked.Sort ?? "code", "");
        var lines = down ? all.OrderByDescending(codeOf, StringComparer.Ordinal) : all.OrderBy(codeOf, StringComparer.Ordinal);
        var rest = lines.AsEnumerable();
        if (asked.Cursor is { } cursor)
        {
            if (Open(seal, cursor) is not { } position) return Problem.On(nameof(asked.Cursor), "api.cursor");
            rest = lines.Where(line => string.CompareOrdinal(codeOf(line), position) * (down ? -1 : 1) > 0);
        }

        var part = rest.Take(asked.Take + 1).ToList();
        if (part.Count <= asked.Take) return new ListAnswer<TLine>(part, null);
        part.RemoveAt(asked.Take);
        return new ListAnswer<TLine>(part, seal.Protect(codeOf(part[^1])));
    }

    private static string? Open(IDataProtector seal, string cursor)
    {
        try
        {
            return cursor.Length <= 2000 ? seal.Unprotect(cursor) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
