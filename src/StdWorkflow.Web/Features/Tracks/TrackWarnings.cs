using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Localization;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Tracks;

/// <summary>A contradiction in the reader's language.</summary>
/// <param name="Code">What, for programs.</param>
/// <param name="Track">Name of the track that contradicts.</param>
/// <param name="Says">What, in words.</param>
/// <param name="Source">Where the rule comes from, and whether it was read there.</param>
public sealed record Warning(string Code, string Track, string Says, Source Source);

/// <summary>A work item whose tracks contradict each other.</summary>
public sealed record WarnedItem(string Code, LocalizedText Title, bool IsDemo, IReadOnlyList<Warning> Warnings);

/// <summary>Tells what the tracks of work items say against each other.</summary>
public sealed class TrackWarnings
{
    private readonly Visible visible;
    private readonly ProcessCatalog processes;
    private readonly ProblemTexts texts;

    internal TrackWarnings(Visible visible, ProcessCatalog processes, ProblemTexts texts) => (this.visible, this.processes, this.texts) = (visible, processes, texts);

    /// <summary>Of an item that was loaded with its tracks.</summary>
    public IReadOnlyList<Warning> Of(LoadedWorkItem text, IReadOnlyList<LoadedWorkItem> sides, IReadOnlyCollection<TwinProject> projects) =>
        Say(Contradictions.Of(text.Item, track => sides.Append(text).Single(found => found.Track.Id == track.Id).Definition, projects));

    /// <summary>Of what is somebody's duty: of so many items as are looked at. Few statements, and fewer where nothing runs beside a text, however many items there are.</summary>
    /// <param name="duties">The items.</param>
    /// <param name="most">Of how many items at most.</param>
    /// <param name="stop">Ends with the request.</param>
    public async Task<IReadOnlyList<WarnedItem>> AmongAsync(Duties duties, int most, CancellationToken stop)
    {
        // One index leads to the few tracks that are no text, and that on joined projects to the few that were given up.
        var items = await duties.WithSideTracksAsync(most, stop);
        var gone = await visible.ForeignProjects
            .Where(project => project.Stage != null && Contradictions.GivenUp.Contains(project.Stage) && visible.Lineages.Any(link => link.FromForeignProjectId == project.Id))
            .OrderBy(project => project.Number).Select(project => project.Id).Take(most).ToListAsync(stop);
        if (gone.Count > 0) items.AddRange(await (
            from link in visible.Lineages
            where link.FromForeignProjectId != null && gone.Contains(link.FromForeignProjectId.Value)
            join row in duties.Of(WorkItemLines.ByTrack(visible)) on link.WorkItemId equals row.Track.WorkItemId
            select row.Item.Id).Distinct().OrderBy(id => id).Take(most).ToListAsync(stop));
        if (items.Count == 0) return [];

        var loaded = await visible.WorkItems.Where(item => items.Contains(item.Id)).Include(item => item.Tracks).ThenInclude(track => track.Spans).Include(item => item.Lineages)
            .AsSplitQuery().OrderBy(item => item.Number).ToListAsync(stop);
        var joined = loaded.SelectMany(item => item.Lineages).Select(link => link.FromForeignProjectId).OfType<Guid>().Distinct().ToList();
        var projects = joined.Count == 0 ? new Dictionary<Guid, TwinProject>() : await visible.ForeignProjects.Where(project => joined.Contains(project.Id))
            .Select(project => new { project.Id, Twin = new TwinProject(project.Reference, project.Stage) }).ToDictionaryAsync(project => project.Id, project => project.Twin, stop);
        var definitions = new Dictionary<Guid, ProcessDefinition>();
        foreach (var track in loaded.SelectMany(item => item.Tracks)) definitions[track.Id] = await processes.OfAsync(visible.Processes, track.ProcessKey, track.ProcessVersion, stop);
        return
        [
            .. loaded.Select(item => new WarnedItem(item.Code, item.Title, item.IsDemo, Say(Contradictions.Of(
                    item, track => definitions[track.Id], [.. item.Lineages.Select(link => link.FromForeignProjectId).OfType<Guid>().Distinct().Where(projects.ContainsKey).Select(project => projects[project])]))))
                .Where(item => item.Warnings.Count > 0),
        ];
    }

    private IReadOnlyList<Warning> Say(IEnumerable<Contradiction> found) => [.. found.Select(said => new Warning(said.Problem.Code, said.Track, texts.Say(said.Problem), said.Source))];
}
