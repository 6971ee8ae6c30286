namespace StdWorkflow.Web.Features.Tracks;

/// <summary>Addresses of what runs beside a text.</summary>
internal static class TrackLinks
{
    public static string Start(string code) => $"/work-items/{code}/tracks/start";
}
