using System.Text.Json;

namespace StdWorkflow.Web.Features.Shared;

/// <summary>A text out of the address, by which a list is filtered.</summary>
internal static class FilterText
{
    private const int Longest = 200;

    /// <summary>The text without blanks around it; null when there is none, or what nothing can be called: PostgreSQL cannot even be asked for a NUL.</summary>
    public static string? Read(string? typed) =>
        string.IsNullOrWhiteSpace(typed) || typed.Length > Longest || typed.Contains('\0', StringComparison.Ordinal) ? null : typed.Trim();

    /// <summary>The value that goes by this name, in any case; null when none does. A number is no name, nor are several: <c>Enum.TryParse</c> would take both.</summary>
    public static T? ReadName<T>(string? typed) where T : struct, Enum =>
        Read(typed) is { } name && Enum.GetNames<T>().FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found ? Enum.Parse<T>(found) : null;

    /// <summary>What names there are, as the API writes them.</summary>
    public static string NamesOf<T>() where T : struct, Enum => string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName));
}
