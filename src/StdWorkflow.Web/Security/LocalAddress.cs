namespace StdWorkflow.Web.Security;

/// <summary>An address to go back to, taken from a request: only one of our own, else the start page.</summary>
internal static class LocalAddress
{
    public static string Of(string? address) =>
        address is { Length: > 0 and <= 2000 } && address[0] == '/' && (address.Length == 1 || address[1] is not ('/' or '\\')) && !address.Any(char.IsControl) ? address : "/";
}
