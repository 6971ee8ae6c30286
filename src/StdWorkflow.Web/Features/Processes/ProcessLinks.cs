namespace StdWorkflow.Web.Features.Processes;

/// <summary>Addresses of the pages of processes.</summary>
internal static class ProcessLinks
{
    public const string List = "/processes";
    public const string Publish = "/admin/processes/publish";
    public static string Details(string key, int? version = null) => version is null ? $"/processes/{key}" : $"/processes/{key}?version={version}";
    public static string Revise(string key) => $"{Publish}?from={key}";
    public static string Items(string key) => $"/admin/processes/{key}/items";
}
