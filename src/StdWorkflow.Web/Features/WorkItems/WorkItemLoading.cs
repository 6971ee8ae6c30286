using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>A work item with everything that its gates look at, ready for a step.</summary>
public sealed record LoadedWorkItem(WorkItem Item, ProcessDefinition Definition, TrackFacts Facts)
{
    public Track Track => Item.Main;
}

/// <summary>Loads work items whole, for commands and for the page that shows their gates.</summary>
public sealed class WorkItemLoading(AppDbContext db, ProcessCatalog processes, TimeProvider clock)
{
    /// <summary>For commands: tracked, to be changed.</summary>
    public Task<Result<LoadedWorkItem>> FindAsync(string code, CancellationToken stop) => FindAsync(db.WorkItems, code, stop);

    /// <summary>For pages: from what the asker may see.</summary>
    public async Task<Result<LoadedWorkItem>> FindAsync(IQueryable<WorkItem> items, string code, CancellationToken stop)
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
        return new LoadedWorkItem(item, await DefinitionAsync(item, stop), await FactsAsync(item, item.Main, stop));
    }

    public Task<ProcessDefinition> DefinitionAsync(WorkItem item, CancellationToken stop) =>
        processes.OfAsync(db.Processes, item.Main.ProcessKey, item.Main.ProcessVersion, stop);

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
