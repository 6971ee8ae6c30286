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

    public sealed record Line(string WorkItem, LocalizedText Title, TrackKind Track, string Clock, ClockKind Kind, DateOnly Started, DateOnly LastDay, string Zone, DateTime Instant, DeadlineStatus Status, bool IsProvisional)
    {
        internal Guid Id { get; init; }
    }

    private static readonly IReadOnlyList<ListOrder<Deadline, Line>> Orders =
        [.. ListOrder<Deadline, Line>.Both("deadline", due => due.InstantUtc, line => line.Instant, due => due.Id, line => line.Id)];

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/deadlines", ListAsync).WithTags("Deadlines").WithSummary("Lists deadlines of work items, the next one first.").Produces<ListAnswer<Line>>();

    private static async Task<IResult> ListAsync([AsParameters] Filter filter, [AsParameters] ListQuery asked, Visible visible, Lists lists, ApiCall call, CancellationToken stop)
    {
        var found = Find(filter, visible);
        return found.IsOk ? call.Answer(await lists.ReadAsync(asked, filter, Orders, found.Value, rows => Select(rows, visible), stop)) : call.Refuse(found.Problems);
    }

    /// <summary>What the filter leaves; refuses a status that there is not.</summary>
    internal static Result<IQueryable<Deadline>> Find(Filter filter, Visible visible)
    {
        if (FilterText.ReadName<DeadlineStatus>(filter.Status ?? nameof(DeadlineStatus.Running)) is not { } status) return Problem.On(nameof(filter.Status), "filter.unknown", FilterText.NamesOf<DeadlineStatus>());
        var found = visible.Deadlines.Where(due => due.Status == status);
        if (filter.From is { } from) found = found.Where(due => due.LocalDate >= from);
        if (filter.To is { } to) found = found.Where(due => due.LocalDate <= to);
        return Result<IQueryable<Deadline>>.Ok(found);
    }

    /// <summary>The columns of a line.</summary>
    internal static IQueryable<Line> Select(IQueryable<Deadline> rows, Visible visible) =>
        from due in rows
        join item in visible.WorkItems on due.WorkItemId equals item.Id
        join track in visible.TracksToJoin on due.TrackId equals track.Id
        select new Line(item.Code, new LocalizedText(item.Title.Zh, item.Title.En), track.Kind, due.ClockKey, due.Kind, due.Started, due.LocalDate, due.Zone, due.InstantUtc, due.Status, due.IsProvisional) { Id = due.Id };
}
