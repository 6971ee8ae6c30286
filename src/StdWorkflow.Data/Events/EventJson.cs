using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using StdWorkflow.Data.Mapping;
using StdWorkflow.Domain.Common;

namespace StdWorkflow.Data.Events;

/// <summary>
/// How events become text and come back. Stored rows are read with these options for ever: add to them, never change them.
/// Chinese stands as itself, so that the table can be read by people; every provider stores Unicode, control characters are
/// escaped in any case, and nothing puts this text into a page without encoding it.
/// </summary>
public static class EventJson
{
    public static JsonSerializerOptions Options { get; } = Build();

    private static readonly IReadOnlyDictionary<string, Type> Types = typeof(DomainEvent).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(DomainEvent)) && !type.IsAbstract)
        .ToDictionary(type => type.Name, StringComparer.Ordinal);

    /// <summary>Every event of the domain by its name.</summary>
    public static IReadOnlyDictionary<string, Type> EventTypes => Types;

    public static string Serialize(DomainEvent happened) => JsonSerializer.Serialize(happened, happened.GetType(), Options);

    /// <summary>The event as it was raised; its time is the one that was recorded when it named none.</summary>
    public static DomainEvent Deserialize(EventRecord record) => Deserialize(record.Type, record.Facts, record.OccurredAt, record.Reason);

    public static DomainEvent Deserialize(string type, string facts, DateTime occurredAt, string? reason)
    {
        if (!Types.TryGetValue(type, out var eventType)) throw new InvalidOperationException($"No event of the domain is called {type}.");
        var happened = (DomainEvent)JsonSerializer.Deserialize(facts, eventType, Options)!;
        return happened with { OccurredAt = occurredAt, Reason = reason };
    }

    /// <summary>
    /// What every database gives back unchanged: PostgreSQL refuses the zero character, and half a surrogate pair has no UTF-8.
    /// </summary>
    public static string? Storable(string? text)
    {
        if (text is null) return null;
        var sound = true;
        for (var i = 0; i < text.Length && sound; i++)
        {
            if (text[i] == '\0') sound = false;
            else if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else if (char.IsSurrogate(text[i])) sound = false;
        }

        return sound ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');
    }

    private static JsonSerializerOptions Build()
    {
        var resolver = new DefaultJsonTypeInfoResolver();
        resolver.Modifiers.Add(LeaveOutColumns);
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            IgnoreReadOnlyProperties = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters = { new JsonStringEnumConverter(), new InstantConverter() },
            TypeInfoResolver = resolver,
        };
        options.MakeReadOnly();
        return options;
    }

    // Time and reason have columns of their own.
    private static void LeaveOutColumns(JsonTypeInfo type)
    {
        if (!type.Type.IsSubclassOf(typeof(DomainEvent))) return;
        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            var name = (type.Properties[i].AttributeProvider as System.Reflection.MemberInfo)?.Name;
            if (name is nameof(DomainEvent.OccurredAt) or nameof(DomainEvent.Reason)) type.Properties.RemoveAt(i);
        }
    }

    private sealed class InstantConverter : JsonConverter<DateTime>
    {
        private const string Format = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

        public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            DateTime.ParseExact(reader.GetString()!, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

        public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
            writer.WriteStringValue(UtcMicroseconds.Cut(value).ToString(Format, CultureInfo.InvariantCulture));
    }
}
