using System.ComponentModel;
using StdWorkflow.Data.Events;
using StdWorkflow.Data.Records;
using StdWorkflow.Domain.Common;
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
    }

    private static readonly IReadOnlyList<ListOrder<EventRecord, Line>> Orders =
        [.. ListOrder<EventRecord, Line>.Both("updated", written => written.RecordedAt, line => line.Recorded, written => written.Id, line => line.Id).Reverse()];

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/events", ListAsync).WithTags("Events").WithSummary("Lists what happened to work items, the newest first.").Produces<ListAnswer<Line>>();

    private static async Task<IResult> ListAsync([AsParameters] Filter filter, [AsParameters] ListQuery asked, Visible visible, Lists lists, ApiCall call, CancellationToken stop) =>
        call.Answer(await lists.ReadAsync(asked, filter, Orders, Find(filter, visible), rows => Select(rows, visible), stop));

    /// <summary>What the filter leaves.</summary>
    internal static IQueryable<EventRecord> Find(Filter filter, Visible visible)
    {
        var found = visible.WorkItemEvents;
        if (filter.WorkItem is { } code) found = found.Where(written => visible.WorkItems.Any(item => item.Id == written.SubjectId && item.Code == code));
        if (filter.Type is { } type) found = found.Where(written => written.Type == type);
        return found;
    }

    /// <summary>The columns of a line.</summary>
    internal static IQueryable<Line> Select(IQueryable<EventRecord> rows, Visible visible) =>
        from written in rows
        select new Line(
            visible.WorkItems.Where(item => item.Id == written.SubjectId).Select(item => item.Code).First(), written.Sequence, written.Type, written.OccurredAt, written.RecordedAt, written.ActorKind,
            visible.People.Where(person => person.Id == written.ActorPerson).Select(person => person.FullName).FirstOrDefault() ?? written.ActorName, written.Reason, written.Hash)
        { Id = written.Id };
}
