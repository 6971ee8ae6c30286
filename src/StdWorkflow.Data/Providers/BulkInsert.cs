using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace StdWorkflow.Data.Providers;

/// <summary>New rows of one table, to be written in one go.</summary>
internal sealed class BulkTable
{
    private readonly Column[] columns;

    public BulkTable(IEntityType type, IReadOnlyList<object> rows)
    {
        (Name, Rows) = (type.GetTableName()!, rows);
        var table = StoreObjectIdentifier.Table(Name, type.GetSchema());
        columns = [.. Properties(type).Select(property => new Column(
            property.GetColumnName(table) ?? throw new NotSupportedException($"{type.DisplayName()}.{property.Name} is no column."),
            property.GetGetter(), property.GetRelationalTypeMapping(), property.IsNullable))];
    }

    public string Name { get; }

    public IReadOnlyList<object> Rows { get; }

    public IReadOnlyList<Column> Columns => columns;

    private static IEnumerable<IProperty> Properties(ITypeBase type) => type.GetProperties().Select(property => property.IsShadowProperty()
            ? throw new NotSupportedException($"{type.DisplayName()}.{property.Name} is not a property of the class.")
            : property)
        .Concat(type.GetComplexProperties().SelectMany(complex => Properties(complex.ComplexType)));

    internal sealed record Column(string Name, IClrPropertyGetter Getter, RelationalTypeMapping Mapping, bool IsNullable)
    {
        /// <summary>What the database gets: the same value that EF would send.</summary>
        public object? Read(object row)
        {
            var value = Getter.GetClrValueUsingContainingEntity(row);
            return value is null ? null : Mapping.Converter is { } converter ? converter.ConvertToProvider(value) : value;
        }
    }
}

/// <summary>Writes many rows by what each database does fastest. It is part of the transaction that is open.</summary>
internal static class BulkInsert
{
    /// <summary>SQL Server gets its rows from EF, which sends many in one round trip; the others have a way that is far quicker.</summary>
    public static bool Knows(DatabaseProvider provider) => provider is DatabaseProvider.Sqlite or DatabaseProvider.PostgreSql;

    public static Task WriteAsync(AppDbContext db, BulkTable table, CancellationToken stop) => db.Provider switch
    {
        DatabaseProvider.Sqlite => PrepareAndRepeatAsync(db, table, stop),
        DatabaseProvider.PostgreSql => CopyAsync(db, table, stop),
        _ => throw new NotSupportedException($"No bulk insert for {db.Provider}."),
    };

    private static async Task PrepareAndRepeatAsync(AppDbContext db, BulkTable table, CancellationToken stop)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText =
            $"INSERT INTO \"{table.Name}\" ({string.Join(", ", table.Columns.Select(column => $"\"{column.Name}\""))}) VALUES ({string.Join(", ", table.Columns.Select((_, at) => $"$p{at}"))})";
        var parameters = table.Columns.Select((column, at) => Parameter(command, column, at)).ToArray();
        await command.PrepareAsync(stop);
        foreach (var row in table.Rows)
        {
            stop.ThrowIfCancellationRequested();
            for (var at = 0; at < parameters.Length; at++) parameters[at].Value = table.Columns[at].Read(row) ?? DBNull.Value;
            command.ExecuteNonQuery();
        }
    }

    private static DbParameter Parameter(DbCommand command, BulkTable.Column column, int at)
    {
        var parameter = column.Mapping.CreateParameter(command, $"$p{at}", null, column.IsNullable);
        command.Parameters.Add(parameter);
        return parameter;
    }

    private static async Task CopyAsync(AppDbContext db, BulkTable table, CancellationToken stop)
    {
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using var copy = await connection.BeginBinaryImportAsync(
            $"COPY \"{table.Name}\" ({string.Join(", ", table.Columns.Select(column => $"\"{column.Name}\""))}) FROM STDIN (FORMAT BINARY)", stop);
        foreach (var row in table.Rows)
        {
            await copy.StartRowAsync(stop);
            foreach (var column in table.Columns)
                if (column.Read(row) is { } value) await copy.WriteAsync(value, column.Mapping.StoreTypeNameBase, stop);
                else await copy.WriteNullAsync(stop);
        }

        await copy.CompleteAsync(stop);
    }
}
