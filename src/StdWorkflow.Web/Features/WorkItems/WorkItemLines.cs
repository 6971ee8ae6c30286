using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>A work item with its main track, as lists filter and sort it.</summary>
public sealed class WorkItemRow
{
    public required WorkItem Item { get; init; }
    public required Track Track { get; init; }
}

/// <summary>What a list shows of a work item.</summary>
public sealed record WorkItemLine(
    Guid Id, string Code, LocalizedText Title, string? PlanNumber, string? StandardNumber, string? InternationalReference, bool IsDemo,
    Guid TrackId, string ProcessKey, int ProcessVersion, LocalizedText WaitingFor, DateOnly? IssuedOn);

/// <summary>Lines of a list with their stage lines and deadlines: three statements, however many lines.</summary>
public sealed record WorkItemLines(IReadOnlyList<WorkItemLine> Rows, IReadOnlyDictionary<Guid, StageLineModel> StageLines, IReadOnlyDictionary<Guid, DeadlineView> Deadlines)
{
    public static WorkItemLines None { get; } = new([], new Dictionary<Guid, StageLineModel>(), new Dictionary<Guid, DeadlineView>());

    /// <summary>Every visible work item with its main track.</summary>
    public static IQueryable<WorkItemRow> All(Visible visible) =>
        from item in visible.WorkItems from track in item.Tracks where track.Kind == TrackKind.MainText select new WorkItemRow { Item = item, Track = track };

    /// <summary>The same, for a list that is sorted by what stands on the track.</summary>
    public static IQueryable<WorkItemRow> ByTrack(Visible visible) =>
        from track in visible.TracksToJoin
        where track.Kind == TrackKind.MainText
        join item in visible.WorkItems on track.WorkItemId equals item.Id
        select new WorkItemRow { Item = item, Track = track };

    /// <summary>The columns that lists show.</summary>
    public static IQueryable<WorkItemLine> Select(IQueryable<WorkItemRow> rows) => rows.Select(row => new WorkItemLine(
        row.Item.Id, row.Item.Code, new LocalizedText(row.Item.Title.Zh, row.Item.Title.En), row.Item.PlanNumber, row.Item.DoubleNumber ?? row.Item.StandardNumber, row.Item.InternationalReference, row.Item.IsDemo,
        row.Track.Id, row.Track.ProcessKey, row.Track.ProcessVersion, new LocalizedText(row.Track.WaitingFor.Zh, row.Track.WaitingFor.En), row.Item.IssuedOn));

    /// <summary>Adds stage lines and deadlines to lines that were read.</summary>
    public static async Task<WorkItemLines> CompleteAsync(IReadOnlyList<WorkItemLine> lines, Visible visible, ProcessCatalog processes, DateTime nowUtc, CancellationToken stop)
    {
        if (lines.Count == 0) return None;
        var tracks = lines.Select(line => line.TrackId).Distinct().ToList();
        var spans = (await visible.SpansOf(tracks).ToListAsync(stop)).ToLookup(span => span.TrackId);
        var due = await RunningAsync(tracks, visible, stop);
        var drawn = new Dictionary<Guid, StageLineModel>();
        foreach (var line in lines.DistinctBy(line => line.TrackId))
        {
            var definition = await processes.OfAsync(visible.Processes, line.ProcessKey, line.ProcessVersion, stop);
            drawn[line.TrackId] = WorkItems.StageLines.Draw(definition, spans[line.TrackId], due[line.TrackId], nowUtc);
        }

        return new WorkItemLines(lines, drawn, Nearest(due, nowUtc));
    }

    /// <summary>The nearest deadline of each track: one statement.</summary>
    public static async Task<IReadOnlyDictionary<Guid, DeadlineView>> DeadlinesAsync(IReadOnlyCollection<Guid> tracks, Visible visible, DateTime nowUtc, CancellationToken stop) =>
        tracks.Count == 0 ? None.Deadlines : Nearest(await RunningAsync(tracks, visible, stop), nowUtc);

    private static async Task<ILookup<Guid, Deadline>> RunningAsync(IReadOnlyCollection<Guid> tracks, Visible visible, CancellationToken stop) =>
        (await visible.RunningDeadlinesOf(tracks).ToListAsync(stop)).ToLookup(deadline => deadline.TrackId!.Value);

    private static Dictionary<Guid, DeadlineView> Nearest(ILookup<Guid, Deadline> running, DateTime nowUtc) => running
        .Select(group => group.Where(deadline => deadline.At(nowUtc) != DeadlineState.Met).MinBy(deadline => deadline.InstantUtc)).OfType<Deadline>()
        .ToDictionary(next => next.TrackId!.Value, next => DeadlineView.Of(next, nowUtc));
}
