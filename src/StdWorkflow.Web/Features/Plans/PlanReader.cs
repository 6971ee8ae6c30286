using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Plans;

/// <summary>What a plan needs to know of a work item and of one of its tracks.</summary>
public sealed record PlanLine(
    Guid Id, string Code, LocalizedText Title, Guid? CommitteeId, bool IsDemo, Guid TrackId, TrackKind Kind, string Process, int ProcessVersion, string Stage, DateOnly? Since, DateTime DeadlineKey, int Version, TrackEnd? End)
{
    /// <summary>The track's name in addresses; null for the text, which needs none.</summary>
    public string? Track { get; init; }

    internal int Number { get; init; }
    internal DateTime Updated { get; init; }
}

/// <summary>A work item with its process and its three lines.</summary>
public sealed record PlanView(PlanLine Item, ProcessDefinition Definition, Timetable Timetable);

/// <summary>Reads plans: of one item or of many at once, always in the same few statements.</summary>
public sealed class PlanReader(Visible visible, WorkItemLoading loading, ProcessCatalog processes, TimeProvider clock)
{
    public DateOnly Today => Instants.DateIn(clock.UtcNow());

    /// <summary>The plan of the text of one item, or of the track that is named; null when the asker sees none of that code, or it has no such track.</summary>
    public async Task<PlanView?> FindAsync(string code, string? track, CancellationToken stop)
    {
        var rows = WorkItemLines.All(visible).Where(row => row.Item.Code == code);
        string? name = null;
        if (!string.IsNullOrEmpty(track))
        {
            var found = await loading.FindAsync(visible.WorkItems, code, stop, track);
            if (!found.IsOk) return null;
            var key = found.Value.Track.Id;
            name = found.Value.Name;
            rows = from item in visible.WorkItems where item.Code == code from known in item.Tracks where known.Id == key select new WorkItemRow { Item = item, Track = known };
        }

        return await Select(rows).SingleOrDefaultAsync(stop) is { } line ? (await CompleteAsync([line with { Track = name }], whole: true, stop))[0] : null;
    }

    /// <summary>The items of a committee that run, found along their deadlines unless it is said otherwise.</summary>
    public static IQueryable<WorkItemRow> Running(WorkItemFilter filter, Visible visible, CurrentUser me, DateTime nowUtc, bool byTrack = true) => filter.Apply(visible, me, nowUtc, byTrack).Where(row => row.Track.End == null);

    /// <summary>The columns that plans need.</summary>
    public static IQueryable<PlanLine> Select(IQueryable<WorkItemRow> rows) => rows.Select(row => new PlanLine(
        row.Item.Id, row.Item.Code, new LocalizedText(row.Item.Title.Zh, row.Item.Title.En), row.Item.CommitteeId, row.Item.IsDemo,
        row.Track.Id, row.Track.Kind, row.Track.ProcessKey, row.Track.ProcessVersion, row.Track.StageKey, row.Track.Since, row.Track.DeadlineKey, row.Item.Version, row.Track.End)
    { Number = row.Item.Number, Updated = row.Item.ChangedAtUtc });

    /// <summary>Adds the lines of each.</summary>
    /// <param name="lines">The items.</param>
    /// <param name="whole">True to read the deadlines of stages passed too; lanes draw only what runs.</param>
    /// <param name="stop">Ends with the request.</param>
    public async Task<IReadOnlyList<PlanView>> CompleteAsync(IReadOnlyList<PlanLine> lines, bool whole, CancellationToken stop)
    {
        if (lines.Count == 0) return [];
        var tracks = lines.Select(line => line.TrackId).ToList();
        var spans = (await visible.SpansOf(tracks).ToListAsync(stop)).ToLookup(span => span.TrackId);
        var deadlines = (await (whole ? visible.DeadlinesOf(tracks) : visible.RunningDeadlinesOf(tracks)).ToListAsync(stop)).ToLookup(deadline => deadline.TrackId!.Value);
        var planned = (await visible.PlannedStagesOf(tracks).ToListAsync(stop)).ToLookup(stage => stage.TrackId);
        var calendar = await visible.Calendars.ReadAsync(stop);
        var today = Today;
        var views = new List<PlanView>();
        foreach (var line in lines)
        {
            var definition = await processes.OfAsync(visible.Processes, line.Process, line.ProcessVersion, stop);
            views.Add(new PlanView(line, definition, Timetable.Of(definition, line.Stage, planned[line.TrackId], spans[line.TrackId], deadlines[line.TrackId], today, calendar)));
        }

        return views;
    }

    /// <summary>The plan that the process suggests; nothing is stored.</summary>
    public async Task<IReadOnlyList<PlannedDay>> SuggestAsync(PlanView plan, CancellationToken stop)
    {
        var (item, definition) = (plan.Item, plan.Definition);
        var stages = Timetable.StagesAhead(definition, item.Stage).Select(stage => stage.Key).Prepend(item.Stage);
        var usual = await UsualStays.ReadAsync(visible, [.. stages.Select(stage => (item.Process, stage)).Order()], stop);
        return Timetable.Suggest(definition, item.Stage, item.Since, stage => usual.GetValueOrDefault((item.Process, stage)), Today, await visible.Calendars.ReadAsync(stop));
    }
}
