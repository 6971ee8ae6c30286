namespace StdWorkflow.Web.Features.Requests;

/// <summary>Addresses of the pages of requests.</summary>
internal static class RequestLinks
{
    public const string List = "/requests";
    public static string Details(string request) => $"/requests/{request}";
    public static string Grant(string request) => $"/requests/{request}/grant";
    public static string Decline(string request) => $"/requests/{request}/decline";
    public static string Ask(string item, string transition, string? track) => $"/work-items/{item}/ask/{Uri.EscapeDataString(transition)}{(track is null ? "" : $"?track={track}")}";
}
