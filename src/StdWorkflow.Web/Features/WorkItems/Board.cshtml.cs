using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Providers;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>
/// The items of one process in the columns of its stages, at most <see cref="Shown"/> in each. The page never moves anything: it leads to
/// <see cref="MoveModel"/>, which leads to the page of the step.
/// </summary>
public sealed class BoardModel(Visible visible, CurrentUser me, ProcessCatalog catalog, TimeProvider clock) : PageModel
{
    private const int Shown = 20;
    // Which process most are in is asked of what was lately worked on, so that it takes no longer when there are many.
    private const int Lately = 1000;

    private readonly Dictionary<(int Version, string Stage), (IReadOnlyList<Transition> Steps, bool Jumps)> moves = [];
    private IReadOnlyDictionary<int, ProcessDefinition> versions = new Dictionary<int, ProcessDefinition>();

    public sealed record Card(
        string Code, LocalizedText Title, bool IsDemo, Guid TrackId, int Version, string Stage, bool IsBlocked, string? BlockedBy, DateTime? Next, Guid? CommitteeId, string? Leader);

    public sealed record Column(Stage Stage, ProcessDefinition Definition, IReadOnlyList<Card> Cards, int Total)
    {
        public bool IsMore => Total > Paging.OverviewTo;
    }

    public FilterForm Form { get; private set; } = null!;
    public SavedFilterBar? Saved { get; private set; }
    public ProcessDefinition? Process => Form.Process;
    public IReadOnlyList<Column> Columns { get; private set; } = [];
    public IReadOnlyDictionary<Guid, DeadlineView> Deadlines { get; private set; } = new Dictionary<Guid, DeadlineView>();
    public bool MayMove { get; private set; }

    public async Task OnGetAsync([FromQuery] WorkItemFilter filter, CancellationToken stop)
    {
        Form = (await FilterForm.ReadAsync(filter with { Stage = null }, visible, me, catalog, stop)) with { NeedsProcess = true };
        var now = clock.UtcNow();
        if (Form.Process is null) Form = Form with { Shown = Form.Shown with { Process = await UsualAsync(now, stop) } };
        Saved = await SavedFilterBar.ReadAsync(visible, me, WorkItemLinks.Board, Form.Shown.ToQuery(), stop);
        if (Process is not { } process) return;

        var known = await visible.Processes.Where(record => record.Key == process.Key).Select(record => record.DefinitionVersion).ToListAsync(stop);
        var definitions = new Dictionary<int, ProcessDefinition>();
        foreach (var version in known) definitions[version] = await catalog.OfAsync(visible.Processes, process.Key, version, stop);
        versions = definitions;

        var phase = Form.Shown.Phase;
        // What stands in a stage that the present version no longer has goes on by its own version, in columns after the others.
        var stages = definitions.Values.OrderByDescending(definition => definition.Version == process.Version).ThenByDescending(definition => definition.Version)
            .SelectMany(definition => definition.Stages.Select(stage => (Stage: stage, Definition: definition))).DistinctBy(column => column.Stage.Key)
            .Where(column => phase is null || column.Stage.Phase.ToString() == phase).ToList();
        var found = Form.Shown.Apply(visible, me, now);
        var keys = stages.Select(column => column.Stage.Key).ToList();
        var totals = await CountAsync(found, keys, stop);
        var cards = (await ReadAsync(found, keys, stop)).ToLookup(card => card.Stage);
        Columns = [.. stages.Where(column => column.Definition == process || cards.Contains(column.Stage.Key))
            .Select(column => new Column(column.Stage, column.Definition, [.. cards[column.Stage.Key]], totals.GetValueOrDefault(column.Stage.Key)))];
        var shown = Columns.SelectMany(column => column.Cards).ToList();
        Deadlines = await WorkItemLines.DeadlinesAsync([.. shown.Select(card => card.TrackId)], visible, now, stop);
        MayMove = shown.Any(card => MovesOf(card).Steps.Count > 0);
    }

    /// <summary>Where the reader may try to take a card: the steps out of its stage by its own version, and whether ISO or IEC may move it otherwise.</summary>
    public (IReadOnlyList<Transition> Steps, bool Jumps) MovesOf(Card card)
    {
        if (!me.May(Permission.Advance, card.CommitteeId)) return ([], false);
        if (!moves.TryGetValue((card.Version, card.Stage), out var found))
        {
            var definition = versions[card.Version];
            moves[(card.Version, card.Stage)] = found = ([.. definition.Transitions.Where(step => step.From == card.Stage)], definition.JumpsFrom(card.Stage).Count > 0);
        }

        return ([.. found.Steps.Where(step => me.May(step.Needs, card.CommitteeId))], found.Jumps);
    }

    public Stage StageOf(Card card, string key) => versions[card.Version].StageOf(key);

    /// <summary>The first condition that a blocked card does not meet.</summary>
    public Gate? WhyBlocked(Card card) => card.IsBlocked ? versions[card.Version].FindGate(card.Stage, card.BlockedBy) : null;

    private async Task<string?> UsualAsync(DateTime now, CancellationToken stop)
    {
        var lately = await Form.Shown.Apply(visible, me, now).Where(row => row.Track.End == null)
            .OrderByDescending(row => row.Item.ChangedAtUtc).ThenByDescending(row => row.Item.Number).Select(row => row.Track.ProcessKey).InThisOrder().Take(Lately).ToListAsync(stop);
        var most = lately.GroupBy(key => key).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).FirstOrDefault()?.Key;
        return (Form.Processes.FirstOrDefault(known => known.Key == most) ?? Form.Processes.FirstOrDefault(known => known.Key == ProcessCatalog.UsualFor(WorkItemKind.National)))?.Key;
    }

    // Both read each column apart, in one statement, because an index then ends the work after so many rows. Ranking them all would read every item.
    private static async Task<IReadOnlyDictionary<string, int>> CountAsync(IQueryable<WorkItemRow> found, List<string> stages, CancellationToken stop) =>
        stages.Count == 0 ? new Dictionary<string, int>() : await stages
            .Select(stage => found.Where(row => row.Track.StageKey == stage).Select(row => row.Track.StageKey).Take(Paging.OverviewTo + 1))
            .Aggregate(Queryable.Concat).GroupBy(stage => stage).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(row => row.Key, row => row.Count, stop);

    private async Task<IReadOnlyList<Card>> ReadAsync(IQueryable<WorkItemRow> found, List<string> stages, CancellationToken stop)
    {
        if (stages.Count == 0) return [];
        // By the deadline even where there is none: PostgreSQL does not see that only the key is left to sort by, and would go through all tracks.
        var tracks = await stages.SelectMany(stage => new[]
            {
                found.Where(row => row.Track.StageKey == stage && row.Track.NextDeadlineUtc != null).OrderBy(row => row.Track.NextDeadlineUtc).ThenBy(row => row.Track.Id).Select(row => row.Track.Id).Take(Shown),
                found.Where(row => row.Track.StageKey == stage && row.Track.NextDeadlineUtc == null).OrderByDescending(row => row.Track.NextDeadlineUtc).ThenByDescending(row => row.Track.Id).Select(row => row.Track.Id).Take(Shown),
            }).Aggregate(Queryable.Concat).ToListAsync(stop);
        // Not again by the process: that would lead to all of its items instead of to these.
        var cards = await WorkItemLines.ByTrack(visible).Where(row => tracks.Contains(row.Track.Id)).Select(row => new Card(
            row.Item.Code, new LocalizedText(row.Item.Title.Zh, row.Item.Title.En), row.Item.IsDemo, row.Track.Id, row.Track.ProcessVersion, row.Track.StageKey, row.Track.IsBlocked, row.Track.BlockedBy, row.Track.NextDeadlineUtc, row.Item.CommitteeId,
            visible.People.Where(person => person.Id == row.Item.LeaderId).Select(person => person.FullName).FirstOrDefault())).ToListAsync(stop);
        return [.. cards.OrderBy(card => card.Next is null).ThenBy(card => card.Next).ThenByDescending(card => card.TrackId).GroupBy(card => card.Stage).SelectMany(column => column.Take(Shown))];
    }
}
