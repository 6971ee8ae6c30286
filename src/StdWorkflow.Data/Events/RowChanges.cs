using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using StdWorkflow.Domain.Common;

namespace StdWorkflow.Data.Events;

/// <summary>One row of a subject that a save added, changed or removed.</summary>
/// <param name="Row">Name of the row's type.</param>
/// <param name="Id">Its key.</param>
/// <param name="Did"><c>added</c>, <c>changed</c> or <c>removed</c>.</param>
/// <param name="Columns">Column name to old and new value; columns that are null before and after are left out.</param>
public sealed record RowChange(string Row, Guid Id, string Did, IReadOnlyDictionary<string, IReadOnlyList<JsonElement>> Columns);

/// <summary>Old and new value of every changed column, read from the change tracker.</summary>
public static class RowChanges
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = EventJson.Options.Encoder };

    public static IReadOnlyList<RowChange> Read(string changes) => JsonSerializer.Deserialize<List<RowChange>>(changes, EventJson.Options)!;

    internal static string Write(IEnumerable<EntityEntry> rows)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, WriterOptions))
        {
            json.WriteStartArray();
            foreach (var row in rows) Write(json, row);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void Write(Utf8JsonWriter json, EntityEntry row)
    {
        json.WriteStartObject();
        json.WriteString("row", row.Metadata.ClrType.Name);
        json.WriteString("id", row.Entity is Aggregate root ? root.Id : ((Part)row.Entity).Id);
        json.WriteString("did", row.State switch
        {
            EntityState.Added => "added",
            EntityState.Deleted => "removed",
            _ => "changed",
        });
        json.WriteStartObject("columns");
        foreach (var property in PropertiesOf(row))
        {
            if (row.Entity is Aggregate && IsHead(property.Metadata)) continue;
            var old = row.State == EntityState.Added ? null : property.OriginalValue;
            var now = row.State == EntityState.Deleted ? null : property.CurrentValue;
            if (property.Metadata.GetValueComparer().Equals(old, now)) continue;
            json.WriteStartArray(ColumnOf(property.Metadata));
            WriteValue(json, property.Metadata, old);
            WriteValue(json, property.Metadata, now);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static IEnumerable<PropertyEntry> PropertiesOf(EntityEntry row) =>
        row.Properties.Concat(row.ComplexProperties.SelectMany(PropertiesOf));

    private static IEnumerable<PropertyEntry> PropertiesOf(ComplexPropertyEntry complex) =>
        complex.Properties.Concat(complex.ComplexProperties.SelectMany(PropertiesOf));

    private static bool IsHead(IProperty property) =>
        property.Name is nameof(Aggregate.Version) or nameof(Aggregate.LastSequence) or nameof(Aggregate.LastHash) or nameof(Aggregate.ChangedAtUtc);

    private static string ColumnOf(IProperty property) =>
        (property.DeclaringType as IComplexType)?.IsMappedToJson() == true ? $"{property.DeclaringType.DisplayName()}.{property.Name}" : property.GetColumnName();

    // Values as the domain has them, not as a provider stores them, so that the text is the same on every database.
    private static void WriteValue(Utf8JsonWriter json, IProperty property, object? value)
    {
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        if (value is not null && !IsPlain(type) && property.GetTypeMapping().Converter is { } converter) value = converter.ConvertToProvider(value);
        JsonSerializer.Serialize(json, value, EventJson.Options);
    }

    private static bool IsPlain(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(Guid) || type == typeof(DateTime) || type == typeof(DateOnly)
        || type == typeof(decimal);
}
