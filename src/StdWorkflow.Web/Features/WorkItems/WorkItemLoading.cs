using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>A work item with everything that the gates of one of its tracks look at, ready for a step.</summary>
public sealed record LoadedWorkItem(WorkItem Item, ProcessDefinition Definition, TrackFacts Facts)
{
    /// <summary>The track that definition and facts are of.</summary>
    public required Track Track { get; init; }

    /// <summary>Its name in addresses; null for the text, which needs none.</summary>
    public string? Name => Track.Kind == TrackKind.MainText ? null : Item.NameOf(Track);
}

/// <summary>Loads work items whole, for commands and for the page that shows their gates.</summary>
public sealed class WorkItemLoading(AppDbContext db, ProcessCatalog processes, TimeProvider clock)
{
    /// <summary>For commands: tracked, to be changed. The text, unless another track is named.</summary>
    public Task<Result<LoadedWorkItem>> FindAsync(string code, CancellationToken stop, string? track = null) => FindAsync(db.WorkItems, code, stop, track);

    /// <summary>The same, where the track is known by its key.</summary>
    public Task<Result<LoadedWorkItem>> FindAsync(string code, Guid track, CancellationToken stop) =>
        FindAsync(db.WorkItems, code, track, stop);

    /// <summary>For pages: from what the asker may see.</summary>
    public Task<Result<LoadedWorkItem>> FindAsync(IQueryable<WorkItem> items, string code, CancellationToken stop, string? track = null) =>
        FindAsync(items, code, item => item.FindTrack(track), stop);

    /// <summary>The same, where the track is known by its key.</summary>
    public Task<Result<LoadedWorkItem>> FindAsync(IQueryable<WorkItem> items, string code, Guid track, CancellationToken stop) =>
        FindAsync(items, code, item => item.Tracks.Single(known => known.Id == track), stop);

    private async Task<Result<LoadedWorkItem>> FindAsync(IQueryable<WorkItem> items, string code, Func<WorkItem, Result<Track>> which, CancellationToken stop)
    {
        var item = await items
            .Include(found => found.Tracks).ThenInclude(track => track.Spans)
            .Include(found => found.Tracks).ThenInclude(track => track.Attestations)
            .Include(found => found.DraftingOrganizations)
            .Include(found => found.Lineages)
            .Include(found => found.Deadlines)
            .AsSplitQuery()
            .SingleOrDefaultAsync(found => found.Code == code, stop);
        if (item is null) return Problem.NotFound("workItem");
        var track = which(item);
        return track.IsOk ? await OfAsync(item, track.Value, stop) : track.Problem;
    }

    /// <summary>The tracks beside the text of an item that was loaded.</summary>
    public async Task<IReadOnlyList<LoadedWorkItem>> SidesAsync(WorkItem item, CancellationToken stop)
    {
        var sides = new List<LoadedWorkItem>();
        foreach (var track in item.SideTracks) sides.Add(await OfAsync(item, track, stop));
        return sides;
    }

    /// <summary>Looks again at what stands in the way on every track, after the item itself was changed.</summary>
    public async Task LookAgainAsync(WorkItem item, CancellationToken stop)
    {
        foreach (var track in item.Tracks)
        {
            var found = await OfAsync(item, track, stop);
            item.LookAgain(track, found.Definition, found.Facts);
        }
    }

    private async Task<LoadedWorkItem> OfAsync(WorkItem item, Track track, CancellationToken stop)
    {
        var definition = await processes.OfAsync(db.Processes, track.ProcessKey, track.ProcessVersion, stop);
        // Beside the text few stages ask the public, and only those have periods to be looked for.
        var facts = track.Kind == TrackKind.MainText || definition.StageOf(track.StageKey).OpensConsultation ? await FactsAsync(item, track, stop) : item.FactsOf(track, clock.UtcNow(), null, 0, 0);
        return new LoadedWorkItem(item, definition, facts) { Track = track };
    }

    public async Task<TrackFacts> FactsAsync(WorkItem item, Track track, CancellationToken stop)
    {
        var ordinal = track.CurrentOrdinal;
        var consultation = await db.Consultations
            .Where(opened => opened.WorkItemId == item.Id && opened.TrackId == track.Id && opened.SpanOrdinal == ordinal)
            .OrderByDescending(opened => opened.Number)
            .Select(opened => new
            {
                opened.IsClosed,
                opened.ClosesAtUtc,
                Comments = db.Comments.Count(comment => comment.ConsultationId == opened.Id),
                Open = db.Comments.Count(comment => comment.ConsultationId == opened.Id && comment.Disposition == null),
            })
            .FirstOrDefaultAsync(stop);
        var now = clock.UtcNow();
        // A period that was ended early is over, whatever its last day says.
        var closes = consultation is null ? (DateTime?)null : consultation.IsClosed && consultation.ClosesAtUtc > now ? now.AddMicroseconds(-1) : consultation.ClosesAtUtc;
        return item.FactsOf(track, now, closes, consultation?.Comments ?? 0, consultation?.Open ?? 0);
    }
}
