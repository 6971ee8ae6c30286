using System.ComponentModel;
using System.Globalization;
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

    [Description("The order, the first of these when not said; a minus before it turns it round.")]
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
/// An order of a list that can be gone on with from any row: by one thing and, where that is equal, by the next, of which the last never is. A
/// page is therefore found by an index, however far down the list it lies, and nothing is shown twice when rows are added meanwhile.
/// </summary>
internal sealed class ListOrder<TRow, TLine>(string name, bool down, IReadOnlyList<OrderKey<TRow, TLine>> keys)
{
    public string Name { get; } = down ? "-" + name : name;

    /// <summary>Up by the keys, and the same turned round under the name with a minus.</summary>
    public static IEnumerable<ListOrder<TRow, TLine>> Both(string name, params IReadOnlyList<OrderKey<TRow, TLine>> keys) => [new(name, false, keys), new(name, true, keys)];

    public static IEnumerable<ListOrder<TRow, TLine>> Both<TKey, TTie>(
        string name, Expression<Func<TRow, TKey>> key, Func<TLine, TKey> keyOf, Expression<Func<TRow, TTie>> tie, Func<TLine, TTie> tieOf) =>
        Both(name, OrderKey<TRow, TLine>.Of(key, keyOf), OrderKey<TRow, TLine>.Of(tie, tieOf));

    public IQueryable<TRow> Sort(IQueryable<TRow> rows) => keys.Skip(1).Aggregate(keys[0].Sort(rows, down), (sorted, key) => key.SortWithin(sorted, down));

    public IQueryable<TRow> After(IQueryable<TRow> rows, string position)
    {
        var last = JsonSerializer.Deserialize<JsonElement[]>(position)!;
        var row = Expression.Parameter(typeof(TRow), "row");
        Expression? beyond = null;
        for (var at = keys.Count - 1; at >= 0; at--)
        {
            var (value, held) = (keys[at].In(row), keys[at].Held(last[at]));
            var further = Beyond(value, held);
            beyond = beyond is null ? further : Expression.OrElse(further, Expression.AndAlso(Expression.Equal(value, held), beyond));
        }

        return rows.Where(Expression.Lambda<Func<TRow, bool>>(beyond!, row));
    }

    public string PositionOf(TLine line) => JsonSerializer.Serialize(keys.Select(key => key.Of(line)));

    private BinaryExpression Beyond(Expression value, Expression last)
    {
        if (value.Type == typeof(string))
        {
            value = Expression.Call(typeof(string), nameof(string.Compare), null, value, last);
            last = Expression.Constant(0);
        }

        return down ? Expression.LessThan(value, last) : Expression.GreaterThan(value, last);
    }
}

/// <summary>A thing that a list is ordered by: where it stands in the row, and where in the line that was shown.</summary>
internal abstract class OrderKey<TRow, TLine>
{
    public static OrderKey<TRow, TLine> Of<TKey>(Expression<Func<TRow, TKey>> value, Func<TLine, TKey> valueOf) => new Typed<TKey>(value, valueOf);

    public abstract IOrderedQueryable<TRow> Sort(IQueryable<TRow> rows, bool down);

    public abstract IOrderedQueryable<TRow> SortWithin(IOrderedQueryable<TRow> rows, bool down);

    public abstract Expression In(ParameterExpression row);

    public abstract Expression Held(JsonElement last);

    public abstract JsonElement Of(TLine line);

    private sealed class Typed<TKey>(Expression<Func<TRow, TKey>> value, Func<TLine, TKey> valueOf) : OrderKey<TRow, TLine>
    {
        public override IOrderedQueryable<TRow> Sort(IQueryable<TRow> rows, bool down) => down ? rows.OrderByDescending(value) : rows.OrderBy(value);

        public override IOrderedQueryable<TRow> SortWithin(IOrderedQueryable<TRow> rows, bool down) => down ? rows.ThenByDescending(value) : rows.ThenBy(value);

        public override Expression In(ParameterExpression row) => new Renaming(value.Parameters[0], row).Visit(value.Body);

        // Read from a field and not written as constants, so that every page is the same statement.
        public override Expression Held(JsonElement last) => Expression.Property(Expression.Constant(new Kept { Value = last.Deserialize<TKey>()! }), nameof(Kept.Value));

        public override JsonElement Of(TLine line) => JsonSerializer.SerializeToElement(valueOf(line));

        private sealed class Kept
        {
            public required TKey Value { get; init; }
        }
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
    /// <param name="such">What no database asks of a line; read on until enough are such.</param>
    public async Task<Result<ListAnswer<TLine>>> ReadAsync<TRow, TLine>(
        ListQuery asked, object filter, IReadOnlyList<ListOrder<TRow, TLine>> orders, IQueryable<TRow> rows, Func<IQueryable<TRow>, IQueryable<TLine>> select, CancellationToken stop,
        Func<TLine, bool>? such = null)
    {
        if (asked.Take is < 1 or > ListQuery.Most) return Problem.On(nameof(asked.Limit), "validation.range", 1, ListQuery.Most);
        var order = asked.Sort is null ? orders[0] : orders.FirstOrDefault(known => known.Name == asked.Sort);
        if (order is null) return Problem.On(nameof(asked.Sort), "api.sort", string.Join(", ", NamesOf(orders)));

        var seal = protection.CreateProtector("position", typeof(TLine).FullName!, order.Name, JsonSerializer.Serialize(filter));
        if (asked.Cursor is { } cursor)
        {
            if (Open(seal, cursor) is not { } position) return Problem.On(nameof(asked.Cursor), "api.cursor");
            rows = order.After(rows, position);
        }

        var sorted = order.Sort(rows).InThisOrder();
        var lines = such is null
            ? await select(sorted.Take(asked.Take + 1)).ToListAsync(stop)
            : await select(sorted).AsAsyncEnumerable().Where(such).Take(asked.Take + 1).ToListAsync(stop);
        if (lines.Count <= asked.Take) return new ListAnswer<TLine>(lines, null);
        lines.RemoveAt(asked.Take);
        return new ListAnswer<TLine>(lines, seal.Protect(order.PositionOf(lines[^1])));
    }

    /// <summary>Cuts a list that is short enough to be read whole; the same limits and cursors.</summary>
    /// <param name="asked">Which part.</param>
    /// <param name="orders">By what it is ordered, up and down, the usual one first; no two lines have the same.</param>
    /// <param name="all">All lines.</param>
    public Result<ListAnswer<TLine>> Cut<TLine>(ListQuery asked, IReadOnlyList<(string Name, Func<TLine, string> Of)> orders, IEnumerable<TLine> all)
    {
        if (asked.Take is < 1 or > ListQuery.Most) return Problem.On(nameof(asked.Limit), "validation.range", 1, ListQuery.Most);
        var down = asked.Sort?.StartsWith('-') == true;
        var at = asked.Sort is null ? 0 : orders.ToList().FindIndex(order => order.Name == asked.Sort[(down ? 1 : 0)..]);
        if (at < 0) return Problem.On(nameof(asked.Sort), "api.sort", string.Join(", ", NamesOf(orders)));

        var (name, keyOf) = orders[at];
        var seal = protection.CreateProtector("cursor", typeof(TLine).FullName!, asked.Sort ?? name, "");
        var lines = down ? all.OrderByDescending(keyOf, StringComparer.Ordinal) : all.OrderBy(keyOf, StringComparer.Ordinal);
        var rest = lines.AsEnumerable();
        if (asked.Cursor is { } cursor)
        {
            if (Open(seal, cursor) is not { } position) return Problem.On(nameof(asked.Cursor), "api.cursor");
            rest = lines.Where(line => string.CompareOrdinal(keyOf(line), position) * (down ? -1 : 1) > 0);
        }

        var part = rest.Take(asked.Take + 1).ToList();
        if (part.Count <= asked.Take) return new ListAnswer<TLine>(part, null);
        part.RemoveAt(asked.Take);
        return new ListAnswer<TLine>(part, seal.Protect(keyOf(part[^1])));
    }

    /// <summary>What the orders are called, up and down.</summary>
    public static IEnumerable<string> NamesOf<TLine>(IReadOnlyList<(string Name, Func<TLine, string> Of)> orders) => orders.SelectMany(order => new[] { order.Name, "-" + order.Name });

    public static IEnumerable<string> NamesOf<TRow, TLine>(IReadOnlyList<ListOrder<TRow, TLine>> orders) => orders.Select(order => order.Name);

    /// <summary>An instant as a text that is ordered as it is.</summary>
    public static string Ordered(DateTime instant) => instant.Ticks.ToString("D19", CultureInfo.InvariantCulture);

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
