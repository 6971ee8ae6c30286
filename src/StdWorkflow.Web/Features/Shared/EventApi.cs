using System.ComponentModel;
using StdWorkflow.Data.Events;
using StdWorkflow.Data.Records;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Api;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Shared;

/// <summary>What happened to work items, for programs that follow along.</summary>
internal static class EventApi
{
    public sealed record Filter
    {
        [Description("Code of a work item.")]
        public string? WorkItem { get; init; }

        [Description("Kind of event, such as StageAdvanced.")]
        public string? Type { get; init; }
    }

    public sealed record Line(string WorkItem, int Sequence, string Type, DateTime Occurred, DateTime Recorded, string ActorKind, string? Actor, string? Reason, string Hash)
    {
        internal Guid Id { get; init; }
        internal int Number { get; init; }
    }

    /// <summary>An event with its work item.</summary>
    public sealed record Row
    {
        public required EventRecord Written { get; init; }
        public required WorkItem Item { get; init; }
    }

    // Not by deadline: what happened has none, and that of its work item says when nothing that is told here was due.
    private static readonly IReadOnlyList<ListOrder<Row, Line>> Orders =
    [
        .. ListOrder<Row, Line>.Both("updated", row => row.Written.RecordedAt, line => line.Recorded, row => row.Written.Id, line => line.Id).Reverse(),
        .. ListOrder<Row, Line>.Both("code", row => row.Item.Number, line => line.Number, row => row.Written.Sequence, line => line.Sequence),
    ];

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/events", ListAsync).WithTags("Events").WithOrders(Lists.NamesOf(Orders))
            .WithSummary("Lists what happened to work items, the newest first; by code of the work item as it happened.").Produces<ListAnswer<Line>>();

    private static async Task<IResult> ListAsync([AsParameters] Filter filter, [AsParameters] ListQuery asked, Visible visible, Lists lists, ApiCall call, CancellationToken stop) =>
        call.Answer(await lists.ReadAsync(asked, filter, Orders, Find(filter, visible, byItem: asked.Sort is "code" or "-code"), rows => Select(rows, visible), stop));

    /// <summary>What the filter leaves.</summary>
    internal static IQueryable<Row> Find(Filter filter, Visible visible, bool byItem = false)
    {
        // Keys are of one thing only, so that along the time the kind of the subject need not be asked: SQLite would go by that, and sort everything.
        var found = byItem || filter.WorkItem is not null
            ? from item in visible.WorkItems
              join written in visible.EventsToJoin.Where(one => one.SubjectType == nameof(WorkItem)) on item.Id equals written.SubjectId
              select new Row { Written = written, Item = item }
            : from written in visible.EventsToJoin join item in visible.WorkItems on written.SubjectId equals item.Id select new Row { Written = written, Item = item };
        if (filter.WorkItem is { } code) found = found.Where(row => row.Item.Code == code);
        if (filter.Type is { } type) found = found.Where(row => row.Written.Type == type);
        return found;
    }

    /// <summary>The columns of a line.</summary>
    internal static IQueryable<Line> Select(IQueryable<Row> rows, Visible visible) =>
        from row in rows
        select new Line(
            row.Item.Code, row.Written.Sequence, row.Written.Type, row.Written.OccurredAt, row.Written.RecordedAt, row.Written.ActorKind,
            visible.People.Where(person => person.Id == row.Written.ActorPerson).Select(person => person.FullName).FirstOrDefault() ?? row.Written.ActorName, row.Written.Reason, row.Written.Hash)
        { Id = row.Written.Id, Number = row.Item.Number };
}
