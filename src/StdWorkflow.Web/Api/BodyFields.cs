using System.Reflection;
using System.Text.Json;

namespace StdWorkflow.Web.Api;

/// <summary>On a field of a body: what the command calls what is said there, where it calls it differently.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class InCommandAttribute(params string[] names) : Attribute
{
    public IReadOnlyList<string> Names { get; } = names;
}

/// <summary>A problem names the field of a command; who sent a body knows only the names that stand in it.</summary>
internal static class BodyFields
{
    /// <summary>A body that is one thing, and not fields.</summary>
    private const string Whole = "$";

    /// <summary>Where in the body it stands, such as <c>proposal.titleZh</c> or <c>comments[2].text</c>; null for what does not stand in it.</summary>
    public static string? NameOf(object body, string field) => body is JsonElement ? Whole : Find(body.GetType(), body, field.Split('.'));

    private static string? Find(Type type, object? body, ReadOnlySpan<string> parts)
    {
        var at = parts[0].IndexOf('[', StringComparison.Ordinal);
        var (head, place) = at < 0 ? (parts[0], "") : (parts[0][..at], parts[0][at..]);
        var fields = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite).ToList();
        if (Named(fields, body, head) is { } found)
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(found.Name) + place;
            if (parts.Length == 1) return name;
            var inside = place.Length == 0 ? found.PropertyType : found.PropertyType.GetGenericArguments().FirstOrDefault();
            return inside is not null && Find(inside, null, parts[1..]) is { } rest ? $"{name}.{rest}" : name;
        }

        // A command's record is checked field by field, and each problem names the field itself.
        foreach (var part in fields.Where(property => property.PropertyType is { IsClass: true, Namespace: { } owner } && owner.StartsWith("StdWorkflow", StringComparison.Ordinal)))
            if (Find(part.PropertyType, null, parts) is { } inside)
                return $"{JsonNamingPolicy.CamelCase.ConvertName(part.Name)}.{inside}";
        return null;
    }

    private static PropertyInfo? Named(IReadOnlyList<PropertyInfo> fields, object? body, string name)
    {
        if (fields.FirstOrDefault(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } same) return same;
        var said = fields.Where(field => field.GetCustomAttribute<InCommandAttribute>()?.Names.Contains(name) == true).ToList();
        if (said.Count > 0) return said.Find(field => body is not null && field.GetValue(body) is not null) ?? said[0];
        // A text stands in two fields, a language each; what is said of the text stands beside the first.
        return fields.FirstOrDefault(field => field.Name == name + "Zh");
    }
}
