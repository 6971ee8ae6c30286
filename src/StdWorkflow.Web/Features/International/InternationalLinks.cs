using System.Globalization;

namespace StdWorkflow.Web.Features.International;

/// <summary>Addresses of the pages of international projects.</summary>
internal static class InternationalLinks
{
    public const string List = "/international";

    public static string Details(int number) => string.Create(CultureInfo.InvariantCulture, $"/international/{number}");
}
