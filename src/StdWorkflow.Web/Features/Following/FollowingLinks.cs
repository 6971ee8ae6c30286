namespace StdWorkflow.Web.Features.Following;

/// <summary>Addresses of following.</summary>
internal static class FollowingLinks
{
    public const string List = "/work-items?state=followed";
    public static string Of(string code) => $"/work-items/{code}/follow";
}
