namespace StdWorkflow.Web.Features.Shared;

/// <summary>A text out of the address, by which a list is filtered.</summary>
internal static class FilterText
{
    private const int Longest = 200;

    /// <summary>The text without blanks around it; null when there is none, or what nothing can be called: PostgreSQL cannot even be asked for a NUL.</summary>
    public static string? Read(string? typed) =>
        string.IsNullOrWhiteSpace(typed) || typed.Length > Longest || typed.Contains('\0', StringComparison.Ordinal) ? null : typed.Trim();
}
