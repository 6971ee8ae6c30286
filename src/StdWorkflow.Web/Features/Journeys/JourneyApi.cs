using StdWorkflow.Web.Api;

namespace StdWorkflow.Web.Features.Journeys;

/// <summary>Journeys for programs.</summary>
internal static class JourneyApi
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGroup("/work-items").WithTags("Work items").MapGet("/{code}/journey", ShowAsync)
            .WithSummary("Shows the family of a work item: what it grew from and what grew from it, with the stages of each.").Produces<JourneyView>();

    private static async Task<IResult> ShowAsync(string code, JourneyReader journeys, ApiCall call, CancellationToken stop) =>
        await journeys.ReadAsync(code, stop) is { } found ? TypedResults.Ok(found) : call.NotFound(code);
}
