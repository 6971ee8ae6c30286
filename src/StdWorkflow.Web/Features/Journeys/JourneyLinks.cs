namespace StdWorkflow.Web.Features.Journeys;

/// <summary>Addresses of journeys.</summary>
internal static class JourneyLinks
{
    public static string Of(string code) => $"/work-items/{code}/journey";
}
