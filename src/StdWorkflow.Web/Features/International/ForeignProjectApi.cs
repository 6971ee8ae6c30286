using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.International;
using StdWorkflow.Web.Api;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.International;

/// <summary>Projects of other bodies for programs.</summary>
internal static class ForeignProjectApi
{
    public sealed record Line(int Number, string Reference, LocalizedText Title, string? Type, string? Committee, string? Stage, DateOnly? StageSince, DateOnly? AsOf, DateTime Updated);

    public sealed record StageSeen(DateOnly On, string Stage, string? Before);

    public sealed record Whole(
        int Number, string Reference, LocalizedText Title, string? Type, string? Supplement, int? Edition, string? Published, string? Ics, string? Committee, string? Stage, DateOnly? StageSince, DateOnly? AsOf,
        IReadOnlyList<StageSeen> Stages, int Version, DateTime Updated);

    private static readonly IReadOnlyList<ListOrder<ForeignProject, Line>> Orders =
    [
        .. ListOrder<ForeignProject, Line>.Both("code", project => project.Number, line => line.Number, project => project.Number, line => line.Number),
        .. ListOrder<ForeignProject, Line>.Both("updated", project => project.ChangedAtUtc, line => line.Updated, project => project.Number, line => line.Number),
    ];

    public static void Map(RouteGroupBuilder api)
    {
        var projects = api.MapGroup("/foreign-projects").WithTags("International");
        projects.MapGet("", ListAsync).WithOrders(Lists.NamesOf(Orders)).WithSummary("Lists projects of ISO and IEC.").Produces<ListAnswer<Line>>();
        projects.MapGet("/{number:int}", ShowAsync).WithSummary("Shows a project of ISO or IEC with its stages.").Produces<Whole>();
    }

    private static async Task<IResult> ListAsync([AsParameters] ForeignProjectFilter filter, [AsParameters] ListQuery asked, Visible visible, Lists lists, ApiCall call, CancellationToken stop) =>
        call.Answer(await lists.ReadAsync(asked, filter, Orders, filter.Apply(visible), Select, stop));

    /// <summary>The columns of a line.</summary>
    internal static IQueryable<Line> Select(IQueryable<ForeignProject> rows) => rows.Select(project => new Line(
        project.Number, project.Reference, project.Title, project.DeliverableType, project.OwnerCommittee, project.Stage, project.StageSince, project.AsOf, project.ChangedAtUtc));

    private static async Task<IResult> ShowAsync(int number, Visible visible, ApiCall call, CancellationToken stop)
    {
        var project = await visible.ForeignProjects.Include(known => known.StageEvents).SingleOrDefaultAsync(known => known.Number == number, stop);
        return project is null ? call.NotFound($"{number}") : call.Show(new Whole(
            project.Number, project.Reference, project.Title, project.DeliverableType, project.SupplementType, project.Edition, project.PublicationDate, project.Ics, project.OwnerCommittee, project.Stage,
            project.StageSince, project.AsOf, [.. project.StageEvents.OrderBy(seen => seen.ObservedOn).Select(seen => new StageSeen(seen.ObservedOn, seen.Stage, seen.PreviousStage))],
            project.Version, project.ChangedAtUtc), project.Version);
    }
}
