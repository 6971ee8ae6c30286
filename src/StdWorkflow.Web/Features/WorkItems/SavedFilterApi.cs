using StdWorkflow.Web.Api;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>Saved filters for programs. There are so few that they are read whole.</summary>
internal static class SavedFilterApi
{
    public sealed record SaveBody(string Name, string? Committee, WorkItemFilter Filter);

    // A saved filter has no code but its name.
    private static readonly IReadOnlyList<(string Name, Func<SavedFilterLine, string> Of)> Orders = [("code", line => $"{line.Name}\n{line.Id}"), ("updated", line => $"{Lists.Ordered(line.Updated)}\n{line.Id}")];

    public static void Map(RouteGroupBuilder api)
    {
        var filters = api.MapGroup("/saved-filters").WithTags("Work items").RequirePerson();
        filters.MapGet("", ListAsync).WithOrders(Lists.NamesOf(Orders)).WithSummary("Lists the saved filters of the asker and of their committees; by name, which is their code.").Produces<ListAnswer<SavedFilterLine>>();
        filters.MapPost("", SaveAsync).WithSummary("Saves a filter of work items for the asker, or for a committee.").Produces<SavedFilterLine>(StatusCodes.Status201Created);
        filters.MapPost("/{id:guid}/remove", RemoveAsync).WithSummary("Removes a saved filter.").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync([AsParameters] ListQuery asked, Visible visible, Lists lists, ApiCall call, CancellationToken stop) =>
        call.Answer(lists.Cut(asked, Orders, await SavedFilterBar.LinesAsync(visible, stop)));

    private static Task<IResult> SaveAsync(SaveBody body, Visible visible, ApiCall call, CancellationToken stop) =>
        call.RunAsync(new SaveFilter(body.Name, body.Committee, body.Filter), async id =>
            call.Created("/api/v1/saved-filters", (await SavedFilterBar.LinesAsync(visible, stop)).Single(line => line.Id == id), 1));

    private static Task<IResult> RemoveAsync(Guid id, ApiCall call) =>
        call.RunAsync(new RemoveFilter(id), _ => Task.FromResult<IResult>(TypedResults.NoContent()));
}
