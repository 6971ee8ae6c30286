using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Api;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Requests;

/// <summary>Requests for steps for programs.</summary>
internal static class RequestApi
{
    public sealed record Line(
        string Code, string WorkItem, LocalizedText Title, TrackKind Track, string Transition, StepRequestState State, string? AskedBy, DateTime AskedAt, string Reason, DateOnly WantedBy, string Zone, DateTime WantedByInstant,
        string? ClosedBy, DateTime? ClosedAt, string? Words, bool IsDemo, int Version, DateTime Updated)
    {
        internal int Number { get; init; }
    }

    public sealed record AskBody([property: InCommand(nameof(AskForStep.Code))] string WorkItem, string Transition, string? Reason, DateOnly? WantedBy, string? Track = null);
    public sealed record GrantBody(string? Words, DateOnly? On);
    public sealed record DeclineBody(string? Words);

    private static readonly IReadOnlyList<ListOrder<RequestRow, Line>> Orders =
    [
        .. ListOrder<RequestRow, Line>.Both("deadline", row => row.Request.WantedByUtc, line => line.WantedByInstant, row => row.Request.Number, line => line.Number),
        .. ListOrder<RequestRow, Line>.Both("code", row => row.Request.Number, line => line.Number, row => row.Request.Number, line => line.Number),
        .. ListOrder<RequestRow, Line>.Both("updated", row => row.Request.ChangedAtUtc, line => line.Updated, row => row.Request.Number, line => line.Number),
    ];

    public static void Map(RouteGroupBuilder api)
    {
        var requests = api.MapGroup("/requests").WithTags("Requests").RequirePerson();
        requests.MapGet("", ListAsync).WithOrders(Lists.NamesOf(Orders)).WithSummary("Lists requests for steps.").Produces<ListAnswer<Line>>();
        requests.MapGet("/{request}", ShowAsync).WithSummary("Shows a request for a step.").Produces<Line>();
        requests.MapPost("", AskAsync).WithSummary("Asks for a step that the asker may not take.").Produces<Line>(StatusCodes.Status201Created);
        requests.MapPost("/{request}/grant", GrantAsync).WithSummary("Grants a request: takes the step.").Produces<Line>();
        requests.MapPost("/{request}/decline", DeclineAsync).WithSummary("Declines a request, with a reason.").Produces<Line>();
        requests.MapPost("/{request}/withdraw", WithdrawAsync).WithSummary("Takes back a request of one's own.").Produces<Line>();
    }

    private static async Task<IResult> ListAsync([AsParameters] RequestFilter filter, [AsParameters] ListQuery asked, Visible visible, CurrentUser me, Lists lists, ApiCall call, CancellationToken stop) =>
        filter.Show is { } show && !RequestFilter.Shows.Contains(show)
            ? call.Refuse(Problem.On(nameof(filter.Show), "filter.unknown", string.Join(", ", RequestFilter.Shows)))
            : call.Answer(await lists.ReadAsync(asked, filter, Orders, filter.Apply(visible, me), rows => Select(rows, visible), stop));

    /// <summary>The columns of a line.</summary>
    internal static IQueryable<Line> Select(IQueryable<RequestRow> rows, Visible visible) =>
        from row in rows
        join track in visible.TracksToJoin on row.Request.TrackId equals track.Id
        select new Line(
            row.Request.Code, row.Item.Code, new LocalizedText(row.Item.Title.Zh, row.Item.Title.En), track.Kind, row.Request.TransitionKey, row.Request.State,
            visible.People.Where(person => person.Id == row.Request.AskedById).Select(person => person.FullName).FirstOrDefault(), row.Request.AskedAtUtc, row.Request.Reason,
            row.Request.WantedBy, row.Request.Zone, row.Request.WantedByUtc,
            visible.People.Where(person => person.Id == row.Request.ClosedById).Select(person => person.FullName).FirstOrDefault(), row.Request.ClosedAtUtc, row.Request.Words,
            row.Request.IsDemo, row.Request.Version, row.Request.ChangedAtUtc)
        { Number = row.Request.Number };

    private static async Task<IResult> ShowAsync(string request, Visible visible, ApiCall call, CancellationToken stop) =>
        await FindAsync(request, visible, stop) is { } found ? call.Show(found, found.Version) : call.NotFound(request);

    private static Task<IResult> AskAsync(AskBody body, Visible visible, ApiCall call, CancellationToken stop) =>
        call.RunAsync(new AskForStep(body.WorkItem, body.Transition, body.Reason, body.WantedBy, body.Track), async code =>
            await FindAsync(code, visible, stop) is { } found ? call.Created($"/api/v1/requests/{code}", found, found.Version) : call.NotFound(code));

    private static Task<IResult> GrantAsync(string request, GrantBody body, Visible visible, ApiCall call, CancellationToken stop) =>
        call.RunSeenAsync(seen => new GrantRequest(request, body.Words, body.On, seen), _ => ShowAsync(request, visible, call, stop));

    private static Task<IResult> DeclineAsync(string request, DeclineBody body, Visible visible, ApiCall call, CancellationToken stop) =>
        call.RunSeenAsync(seen => new DeclineRequest(request, body.Words, seen), _ => ShowAsync(request, visible, call, stop));

    private static Task<IResult> WithdrawAsync(string request, Visible visible, ApiCall call, CancellationToken stop) =>
        call.RunSeenAsync(seen => new WithdrawRequest(request, seen), _ => ShowAsync(request, visible, call, stop));

    private static Task<Line?> FindAsync(string request, Visible visible, CancellationToken stop) =>
        Select(RequestLines.All(visible).Where(row => row.Request.Code == request), visible).SingleOrDefaultAsync(stop);
}
