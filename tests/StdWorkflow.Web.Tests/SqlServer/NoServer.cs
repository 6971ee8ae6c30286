using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Testing;
using Permission = StdWorkflow.Domain.People.Permission;

namespace StdWorkflow.Web.Tests.SqlServer;

/// <summary>What a query is answered.</summary>
internal enum Answer
{
    /// <summary>One row in which every column has a value.</summary>
    Filled,

    /// <summary>One row in which every column that may be null is.</summary>
    Sparse,

    /// <summary>No row.</summary>
    Nothing,
}

/// <summary>Stands where SQL Server would: keeps every statement, reads it with Microsoft's parser, and answers without a connection.</summary>
internal sealed class NoServer : IDbConnectionInterceptor, IDbCommandInterceptor
{
    // A page that follows what it reads from row to row would never come to an end, as every row is like the one before.
    private const int Patience = 400;

    private readonly Dictionary<string, Script> known = new(StringComparer.Ordinal);
    private readonly List<string> captured = [];
    private ILookup<string, IProperty>? columns;

    public Answer Answer { get; set; }

    /// <summary>Every statement so far.</summary>
    public IReadOnlyCollection<string> Statements => known.Keys;

    public IEnumerable<string> Errors => known.SelectMany(script => script.Value.Errors.Select(error => $"{error}\n{script.Key}"));

    /// <summary>The statements since the last time that this was asked.</summary>
    public IReadOnlyList<string> Take()
    {
        lock (known)
        {
            var taken = captured.ToList();
            captured.Clear();
            return taken;
        }
    }

    public InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => InterceptionResult.Suppress();

    public ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) => new(InterceptionResult.Suppress());

    public InterceptionResult ConnectionClosing(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => InterceptionResult.Suppress();

    public ValueTask<InterceptionResult> ConnectionClosingAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => new(InterceptionResult.Suppress());

    public InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) =>
        InterceptionResult<DbDataReader>.SuppressWithResult(Read(command, eventData));

    public ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
        new(ReaderExecuting(command, eventData, result));

    public InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<object> result)
    {
        Keep(command.CommandText);
        return InterceptionResult<object>.SuppressWithResult(1);
    }

    public ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) =>
        new(ScalarExecuting(command, eventData, result));

    public InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Keep(command.CommandText);
        return InterceptionResult<int>.SuppressWithResult(1);
    }

    public ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        new(NonQueryExecuting(command, eventData, result));

    private Script Keep(string sql)
    {
        lock (known)
        {
            captured.Add(sql);
            if (!known.TryGetValue(sql, out var script)) known.Add(sql, script = Script.Of(sql));
            return script;
        }
    }

    private Rows Read(DbCommand command, CommandEventData eventData)
    {
        var script = Keep(command.CommandText);
        columns ??= eventData.Context!.Model.GetEntityTypes().SelectMany(type => type.GetFlattenedProperties()).ToLookup(property => property.GetColumnName(), StringComparer.Ordinal);
        var answer = captured.Count > Patience && script.IsQuery ? Answer.Nothing : Answer;
        return new Rows([.. script.Results.Select(names => names.Select(name => ValueOf(name, command.CommandText, answer)).ToArray())], answer == Answer.Nothing && script.IsQuery);
    }

    private object? ValueOf(string name, string sql, Answer answer)
    {
        // A name that a statement needs a second time is numbered.
        var properties = columns!.Contains(name) ? columns[name] : columns[name.TrimEnd("0123456789".ToCharArray())];
        var property = properties.FirstOrDefault(one => sql.Contains($"[{one.DeclaringType.ContainingEntityType.GetTableName()}]", StringComparison.Ordinal)) ?? properties.FirstOrDefault();
        if (property is null) return 1;
        if (answer == Answer.Sparse && property.IsColumnNullable() && property.Name != "SecurityStamp") return null;

        var value = Samples.Of(property.Name, property.ClrType);
        return property.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider(value) : value;
    }

    /// <param name="Results">For each table that it gives back, the names of its columns.</param>
    /// <param name="IsQuery">It only reads.</param>
    internal sealed record Script(IReadOnlyList<string> Errors, IReadOnlyList<IReadOnlyList<string>> Results, bool IsQuery)
    {
        public static Script Of(string sql)
        {
            var fragment = new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(sql), out var errors);
            var statements = fragment is TSqlScript script ? script.Batches.SelectMany(batch => batch.Statements).ToList() : [];
            return new Script(
                [.. errors.Select(error => $"{error.Line}:{error.Column}: {error.Message}")],
                [.. statements.Select(ElementsOf).OfType<IList<SelectElement>>().Select(elements => elements.Select(NameOf).ToList())],
                statements.TrueForAll(statement => statement is SelectStatement));
        }

        private static IList<SelectElement>? ElementsOf(TSqlStatement statement) => statement switch
        {
            SelectStatement select => First(select.QueryExpression),
            DataModificationStatement change => (change switch
            {
                InsertStatement insert => insert.InsertSpecification.OutputClause,
                UpdateStatement update => update.UpdateSpecification.OutputClause,
                DeleteStatement delete => delete.DeleteSpecification.OutputClause,
                MergeStatement merge => merge.MergeSpecification.OutputClause,
                _ => null,
            })?.SelectColumns,
            _ => null,
        };

        private static IList<SelectElement> First(QueryExpression query) => query switch
        {
            QuerySpecification plain => plain.SelectElements,
            BinaryQueryExpression both => First(both.FirstQueryExpression),
            QueryParenthesisExpression inner => First(inner.QueryExpression),
            _ => throw new NotSupportedException(query.GetType().Name),
        };

        private static string NameOf(SelectElement element) => element is SelectScalarExpression scalar
            ? scalar.ColumnName?.Value ?? (scalar.Expression as ColumnReferenceExpression)?.MultiPartIdentifier.Identifiers.Last().Value ?? ""
            : "";
    }
}

/// <summary>Values that the program can read back: a text that stands for more than itself must be one that it would have written.</summary>
internal static class Samples
{
    public const string Process = "gb-t-normal";

    public static readonly Guid Key = new("01930000-0000-7000-8000-000000000001");

    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["Json"] = File.ReadAllText(Repository.PathTo("src", "StdWorkflow.Web", "Starter", "processes", $"{Process}.json")),
        ["ProcessKey"] = Process,
        ["StageKey"] = "10",
        ["Stage"] = "30.20",
        ["PreviousStage"] = "20.00",
        ["PermissionNames"] = string.Join(',', Enum.GetNames<Permission>().Where(name => name != nameof(Permission.None))),
        ["DeadlineKindNames"] = string.Join(',', Enum.GetNames<ClockKind>()),
        ["OffsetDays"] = "1",
        ["Zone"] = Instants.China,
        ["Email"] = "x@example.org",
        ["PublicationDate"] = "2024-01-01",
        ["Facts"] = "{}",
        ["Changes"] = "[]",
        ["Payload"] = "{}",
        ["Result"] = "{}",
    };

    public static object Of(string name, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return name == "ActorKind" ? "Person" : Texts.GetValueOrDefault(name, "x");
        if (type == typeof(Guid)) return Key;
        if (type == typeof(DateTime)) return App.Start.UtcDateTime;
        if (type == typeof(DateTimeOffset)) return App.Start;
        if (type == typeof(DateOnly)) return DateOnly.FromDateTime(App.Start.UtcDateTime);
        if (type == typeof(bool)) return true;
        if (type == typeof(IReadOnlyDictionary<string, string>)) return new Dictionary<string, string> { ["x"] = "x" };
        if (type == typeof(byte[])) return new byte[] { 1 };
        if (type.IsEnum) return Enum.GetValues(type).GetValue(0)!;
        return type.IsPrimitive || type == typeof(decimal) ? Convert.ChangeType(1, type, System.Globalization.CultureInfo.InvariantCulture) : Activator.CreateInstance(type)!;
    }
}

/// <summary>One row for each result, or none.</summary>
internal sealed class Rows(IReadOnlyList<object?[]> results, bool areEmpty) : DbDataReader
{
    private int result;
    private bool isRead;

    public override int FieldCount => Row.Length;

    public override int RecordsAffected => 1;

    public override bool HasRows => !areEmpty && result < results.Count;

    public override bool IsClosed => false;

    public override int Depth => 0;

    private object?[] Row => result < results.Count ? results[result] : [];

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => throw new NotSupportedException();

    public override bool Read()
    {
        var hasRow = HasRows && !isRead;
        isRead = true;
        return hasRow;
    }

    public override bool NextResult()
    {
        result++;
        isRead = false;
        return result < results.Count;
    }

    public override bool IsDBNull(int ordinal) => Row[ordinal] is null;

    public override T GetFieldValue<T>(int ordinal) => Row[ordinal] is T value ? value : (T)Samples.Of("", typeof(T));

    public override object GetValue(int ordinal) => Row[ordinal] ?? DBNull.Value;

    public override bool GetBoolean(int ordinal) => GetFieldValue<bool>(ordinal);

    public override byte GetByte(int ordinal) => GetFieldValue<byte>(ordinal);

    public override char GetChar(int ordinal) => GetFieldValue<char>(ordinal);

    public override DateTime GetDateTime(int ordinal) => GetFieldValue<DateTime>(ordinal);

    public override decimal GetDecimal(int ordinal) => GetFieldValue<decimal>(ordinal);

    public override double GetDouble(int ordinal) => GetFieldValue<double>(ordinal);

    public override float GetFloat(int ordinal) => GetFieldValue<float>(ordinal);

    public override Guid GetGuid(int ordinal) => GetFieldValue<Guid>(ordinal);

    public override short GetInt16(int ordinal) => GetFieldValue<short>(ordinal);

    public override int GetInt32(int ordinal) => GetFieldValue<int>(ordinal);

    public override long GetInt64(int ordinal) => GetFieldValue<long>(ordinal);

    public override string GetString(int ordinal) => GetFieldValue<string>(ordinal);

    public override Type GetFieldType(int ordinal) => Row[ordinal]?.GetType() ?? typeof(object);

    public override string GetDataTypeName(int ordinal) => GetFieldType(ordinal).Name;

    public override string GetName(int ordinal) => throw new NotSupportedException();

    public override int GetOrdinal(string name) => throw new NotSupportedException();

    public override int GetValues(object[] values) => throw new NotSupportedException();

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => throw new NotSupportedException();

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => throw new NotSupportedException();

    public override System.Collections.IEnumerator GetEnumerator() => throw new NotSupportedException();
}
