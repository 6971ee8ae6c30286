using StdWorkflow.Web.Api;

namespace StdWorkflow.Web.Features.Cockpit;

/// <summary>The cockpit for programs.</summary>
internal static class CockpitApi
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGroup("/cockpit").WithTags("Work items").MapGet("", ShowAsync).RequirePerson()
            .WithSummary("Shows what is late, near, waiting for the asker and blocked among the items that they lead or may move, and who leads how many.").Produces<CockpitView>();

    private static async Task<IResult> ShowAsync(CockpitReader cockpit, CancellationToken stop) => TypedResults.Ok(await cockpit.ReadAsync(stop));
}
