using Microsoft.EntityFrameworkCore;
using StdWorkflow.Web.Api;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Following;

/// <summary>Following for programs. What is followed is the list of work items with <c>state=followed</c>.</summary>
internal static class FollowingApi
{
    public sealed record FollowingNow(string Code, bool Follows);

    public sealed record UnfollowBody(bool AlsoNewer = true);

    public static void Map(RouteGroupBuilder api)
    {
        var following = api.MapGroup("/work-items/{code}/following").WithTags("Work items").RequirePerson();
        following.MapGet("", ShowAsync).WithSummary("Says whether the asker follows a work item.").Produces<FollowingNow>();
        following.MapPost("/start", StartAsync).WithSummary("Follows a work item and what grows from it: its steps come by mail.").Produces<FollowingNow>();
        following.MapPost("/stop", StopAsync).WithSummary("Stops following a work item and, unless it is said otherwise, what grew from it.").Produces<FollowingNow>();
    }

    private static async Task<IResult> ShowAsync(string code, Visible visible, ApiCall call, CancellationToken stop) =>
        await visible.WorkItems.Where(known => known.Code == code)
            .Select(known => new FollowingNow(known.Code, visible.Followed.Any(followed => followed.SubjectId == known.Id))).SingleOrDefaultAsync(stop) is { } now
            ? TypedResults.Ok(now)
            : call.NotFound(code);

    private static Task<IResult> StartAsync(string code, Visible visible, ApiCall call, CancellationToken stop) =>
        call.RunAsync(new FollowWorkItem(code), _ => ShowAsync(code, visible, call, stop));

    private static Task<IResult> StopAsync(string code, UnfollowBody body, Visible visible, ApiCall call, CancellationToken stop) =>
        call.RunAsync(new UnfollowWorkItem(code, body.AlsoNewer), _ => ShowAsync(code, visible, call, stop));
}
