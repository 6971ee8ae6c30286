using System.ComponentModel;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Api;
using StdWorkflow.Web.Features.Shared;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>Deadlines of work items for programs.</summary>
internal static class DeadlineApi
{
    public sealed record Filter
    {
        [Description("running (when not said), met or cancelled.")]
        public string? Status { get; init; }

        [Description("Last days from this one on.")]
        public DateOnly? From { get; init; }

        [Description("Last days up to and including this one.")]
        public DateOnly? To { get; init; }
    }

    public sealed record Line(string WorkItem, LocalizedText Title, TrackKind Track, string Clock, ClockKind Kind, DateOnly Started, DateOnly LastDay, string Zone, DateTime Instant, DeadlineStatus Status, bool IsProvisional, DateTime Updated)
    {
        internal Guid Id { get; init; }
        internal int Number { get; init; }
    }

    /// <summary>A deadline with its work item.</summary>
    public sealed record Row
    {
        public required Deadline Due { get; init; }
        public required WorkItem Item { get; init; }
    }

    private static readonly IReadOnlyList<ListOrder<Row, Line>> Orders =
    [
        .. ListOrder<Row, Line>.Both("deadline", row => row.Due.InstantUtc, line => line.Instant, row => row.Due.Id, line => line.Id),
        .. ListOrder<Row, Line>.Both("code", row => row.Item.Number, line => line.Number, row => row.Due.Id, line => line.Id),
        .. ListOrder<Row, Line>.Both(
            "updated", OrderKey<Row, Line>.Of(row => row.Item.ChangedAtUtc, line => line.Updated), OrderKey<Row, Line>.Of(row => row.Item.Number, line => line.Number), OrderKey<Row, Line>.Of(row => row.Due.Id, line => line.Id)),
    ];

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/deadlines", ListAsync).WithTags("Deadlines").WithOrders(Lists.NamesOf(Orders))
            .WithSummary("Lists deadlines of work items, the next one first; by code and update of the work item.").Produces<ListAnswer<Line>>();

    private static async Task<IResult> ListAsync([AsParameters] Filter filter, [AsParameters] ListQuery asked, Visible visible, Lists lists, ApiCall call, CancellationToken stop)
    {
        var found = Find(filter, visible, byItem: asked.Sort is not (null or "deadline" or "-deadline"));
        return found.IsOk ? call.Answer(await lists.ReadAsync(asked, filter, Orders, found.Value, rows => Select(rows, visible), stop)) : call.Refuse(found.Problems);
    }

    /// <summary>What the filter leaves; refuses a status that there is not.</summary>
    internal static Result<IQueryable<Row>> Find(Filter filter, Visible visible, bool byItem = false)
    {
        if (FilterText.ReadName<DeadlineStatus>(filter.Status ?? nameof(DeadlineStatus.Running)) is not { } status) return Problem.On(nameof(filter.Status), "filter.unknown", FilterText.NamesOf<DeadlineStatus>());
        var found = visible.DeadlinesToJoin;
        if (!byItem) found = found.Where(due => due.Status == status);
        // Not "is that": SQLite would look through all that are, for every work item, and not through those of the work item.
        else foreach (var other in Enum.GetValues<DeadlineStatus>().Where(known => known != status)) found = found.Where(due => due.Status != other);
        if (filter.From is { } from) found = found.Where(due => due.LocalDate >= from);
        if (filter.To is { } to) found = found.Where(due => due.LocalDate <= to);
        return Result<IQueryable<Row>>.Ok(byItem
            ? from item in visible.WorkItems join due in found on item.Id equals due.WorkItemId select new Row { Due = due, Item = item }
            : from due in found join item in visible.WorkItems on due.WorkItemId equals item.Id select new Row { Due = due, Item = item });
    }

    /// <summary>The columns of a line.</summary>
    internal static IQueryable<Line> Select(IQueryable<Row> rows, Visible visible) =>
        from row in rows
        join track in visible.TracksToJoin on row.Due.TrackId equals track.Id
        select new Line(
            row.Item.Code, new LocalizedText(row.Item.Title.Zh, row.Item.Title.En), track.Kind, row.Due.ClockKey, row.Due.Kind, row.Due.Started, row.Due.LocalDate, row.Due.Zone, row.Due.InstantUtc, row.Due.Status,
            row.Due.IsProvisional, row.Item.ChangedAtUtc)
        { Id = row.Due.Id, Number = row.Item.Number };
}
