using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Providers;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Journeys;

/// <summary>A stay in a stage.</summary>
/// <param name="Stage">Key of the stage; of a project of another body its harmonized code.</param>
/// <param name="Label">Code that drawings show.</param>
/// <param name="Name">Its name.</param>
/// <param name="Phase">Its phase.</param>
/// <param name="From">First day, or null when nobody said.</param>
/// <param name="To">Day of leaving; null while it lasts or when nobody said.</param>
public sealed record JourneyStay(string Stage, string Label, LocalizedText Name, Phase Phase, DateOnly? From, DateOnly? To);

/// <summary>Where a member comes from.</summary>
/// <param name="Kind">How.</param>
/// <param name="Member">Place of the older member in the list, from 0.</param>
public sealed record JourneyOrigin(LineageKind Kind, int Member);

/// <summary>A member of the family: a work item, or a project of another body.</summary>
/// <param name="Code">Code of the work item; null for a project of another body.</param>
/// <param name="ForeignNumber">The body's own number of a project of another body, else null.</param>
/// <param name="Name">What it is called in short: plan or standard number, reference, or code.</param>
/// <param name="Title">Its title.</param>
/// <param name="Kind">What it is; null for a project of another body.</param>
/// <param name="Phase">Phase where it stands.</param>
/// <param name="End">How it ended, or null while it goes on.</param>
/// <param name="EndedOn">When, as far as that was said.</param>
/// <param name="IsDemo">True for invented work.</param>
/// <param name="IsThis">True for the work item that was asked for.</param>
/// <param name="Stays">Where it stood, in order; the last is where it stands.</param>
/// <param name="ComesFrom">The members that it comes from.</param>
public sealed record JourneyMember(
    string? Code, int? ForeignNumber, string Name, LocalizedText Title, WorkItemKind? Kind, Phase Phase, TrackEnd? End, DateOnly? EndedOn, bool IsDemo, bool IsThis,
    IReadOnlyList<JourneyStay> Stays, IReadOnlyList<JourneyOrigin> ComesFrom)
{
    [JsonIgnore]
    internal Guid Id { get; init; }

    [JsonIgnore]
    internal int Number { get; init; }

    [JsonIgnore]
    internal DateOnly Begins => Stays.Min(stay => stay.From) ?? DateOnly.MaxValue;
}

/// <summary>A family: everything that is reached over lineages, in both directions, and that the reader may see.</summary>
/// <param name="Members">The members, those that began first at the top.</param>
/// <param name="Papers">The papers of all of them, the oldest first.</param>
/// <param name="GoesOn">True when there is more than what is shown.</param>
public sealed record JourneyView(IReadOnlyList<JourneyMember> Members, IReadOnlyList<FamilyPaper> Papers, bool GoesOn);

/// <summary>A paper on which somebody stated a gate to be met. It stays with the work item and is seen from all that come from it.</summary>
/// <param name="PaperDate">The paper's date.</param>
/// <param name="Paper">The paper, in words: title or number.</param>
/// <param name="Gate">Key of the gate.</param>
/// <param name="Attests">What it attests: the gate's condition.</param>
/// <param name="WorkItem">Code of the work item.</param>
/// <param name="Track">Which of its tracks.</param>
/// <param name="Stage">Key of the stage for which it was stated.</param>
/// <param name="Label">Code that drawings show.</param>
/// <param name="StageName">The stage's name.</param>
/// <param name="StatedAt">When it was stated (UTC).</param>
public sealed record FamilyPaper(
    DateOnly PaperDate, string Paper, string Gate, LocalizedText Attests, string WorkItem, TrackKind Track, string Stage, string Label, LocalizedText StageName, DateTime StatedAt)
{
    [JsonIgnore]
    internal Guid Id { get; init; }
}

/// <summary>Papers as a table.</summary>
/// <param name="Papers">The papers.</param>
/// <param name="Take">Where a paper is taken up again, or null where it is only shown.</param>
internal sealed record PapersTable(IReadOnlyList<FamilyPaper> Papers, Func<FamilyPaper, string>? Take = null);

/// <summary>
/// Reads a family: one statement for each step away from the item that was asked for, and four for what was found. What the reader may not
/// see ends the walk, so nothing tells of it or of what lies behind it.
/// </summary>
public sealed class JourneyReader
{
    /// <summary>How many links away from the item the family is followed.</summary>
    public const int Steps = 8;

    /// <summary>The most members that are shown.</summary>
    public const int Most = 60;

    private readonly Visible visible;
    private readonly ProcessCatalog processes;

    public JourneyReader(Visible visible, ProcessCatalog processes) => (this.visible, this.processes) = (visible, processes);

    /// <summary>Null when there is no such item for the reader.</summary>
    public async Task<JourneyView?> ReadAsync(string code, CancellationToken stop)
    {
        var asked = await visible.WorkItems.Where(known => known.Code == code).Select(known => (Guid?)known.Id).SingleOrDefaultAsync(stop);
        if (asked is not { } item) return null;
        var (items, foreign, links, goesOn) = await WalkAsync(item, olderOnly: false, stop);
        List<JourneyMember> members = [.. await ItemsAsync(items, item, stop), .. await ForeignAsync(foreign, stop)];
        members = [.. members.OrderBy(member => member.Begins).ThenBy(member => member.Code is null).ThenBy(member => member.Number)];
        var places = members.Select((member, index) => (member.Id, index)).ToDictionary(member => member.Id, member => member.index);
        var origins = links.Where(link => places.ContainsKey(link.Newer) && places.ContainsKey(link.Older))
            .DistinctBy(link => (link.Newer, link.Older, link.Kind)).ToLookup(link => link.Newer, link => new JourneyOrigin(link.Kind, places[link.Older]));
        return new JourneyView([.. members.Select(member => member with { ComesFrom = [.. origins[member.Id].OrderBy(origin => origin.Member).ThenBy(origin => origin.Kind)] })], await PapersAsync(items, stop), goesOn);
    }

    /// <summary>The papers that a work item, which the reader may see, has from those it comes from, as far back as the journey goes. Nothing is asked for one that comes from nowhere.</summary>
    public async Task<IReadOnlyList<FamilyPaper>> PapersBeforeAsync(WorkItem item, CancellationToken stop)
    {
        if (item.Lineages.Count == 0) return [];
        var (items, _, _, _) = await WalkAsync(item.Id, olderOnly: true, stop);
        items.Remove(item.Id);
        return await PapersAsync(items, stop);
    }

    private sealed record Link(Guid Newer, Guid Older, LineageKind Kind, bool IsForeign, Guid Item, Guid Other);

    private async Task<(HashSet<Guid> Items, HashSet<Guid> Foreign, List<Link> Links, bool GoesOn)> WalkAsync(Guid item, bool olderOnly, CancellationToken stop)
    {
        var (items, foreign, links) = (new HashSet<Guid> { item }, new HashSet<Guid>(), new List<Link>());
        var (edge, edgeAbroad) = (new List<Guid> { item }, new List<Guid>());
        for (var step = 0; edge.Count + edgeAbroad.Count > 0; step++)
        {
            var (here, abroad) = (edge, edgeAbroad);
            var around = olderOnly
                ? visible.Lineages.Where(link => (here.Contains(link.WorkItemId) && (link.FromForeignProjectId == null || link.Kind != LineageKind.Converts))
                    || (link.FromForeignProjectId != null && link.Kind == LineageKind.Converts && abroad.Contains(link.FromForeignProjectId.Value)))
                : visible.Lineages.Where(link => here.Contains(link.WorkItemId) || (link.FromWorkItemId != null && here.Contains(link.FromWorkItemId.Value))
                    || (link.FromForeignProjectId != null && abroad.Contains(link.FromForeignProjectId.Value)));
            var found = await around.Select(link => new { link.WorkItemId, link.FromWorkItemId, link.FromForeignProjectId, link.Kind }).ToListAsync(stop);
            links.AddRange(
                from link in found
                let other = link.FromWorkItemId ?? link.FromForeignProjectId!.Value
                // What is converted into a project of another body is the older of the two.
                let isInto = link.FromForeignProjectId is not null && link.Kind == LineageKind.Converts
                select new Link(isInto ? other : link.WorkItemId, isInto ? link.WorkItemId : other, link.Kind, link.FromForeignProjectId is not null, link.WorkItemId, other));

            edge = [.. found.SelectMany(link => link.FromWorkItemId is { } older ? new[] { link.WorkItemId, older } : [link.WorkItemId]).Distinct().Where(key => !items.Contains(key)).Order()];
            edgeAbroad = [.. found.Select(link => link.FromForeignProjectId).OfType<Guid>().Distinct().Where(key => !foreign.Contains(key)).Order()];
            var room = Most - items.Count - foreign.Count;
            if (edge.Count + edgeAbroad.Count > 0 && (step == Steps || room == 0)) return (items, foreign, links, true);
            var tooMany = edge.Count + edgeAbroad.Count > room;
            edge = [.. edge.Take(room)];
            edgeAbroad = [.. edgeAbroad.Take(room - edge.Count)];
            items.UnionWith(edge);
            foreign.UnionWith(edgeAbroad);
            if (tooMany) return (items, foreign, links, true);
        }

        return (items, foreign, links, false);
    }

    private async Task<IReadOnlyList<JourneyMember>> ItemsAsync(HashSet<Guid> family, Guid asked, CancellationToken stop)
    {
        var keys = family.ToList();
        var rows = await WorkItemLines.All(visible).Where(row => keys.Contains(row.Item.Id))
            .Select(row => new
            {
                row.Item.Id,
                row.Item.Code,
                row.Item.Number,
                row.Item.Kind,
                row.Item.Title,
                Name = row.Item.DoubleNumber ?? row.Item.StandardNumber ?? row.Item.PlanNumber ?? row.Item.InternationalReference ?? row.Item.Code,
                row.Item.IsDemo,
                Track = new { row.Track.ProcessKey, row.Track.ProcessVersion, row.Track.Phase, row.Track.End, row.Track.Since },
                Stays = row.Track.Spans.OrderBy(span => span.Ordinal).Select(span => new { span.StageKey, span.Entered, span.Left }).ToList(),
            }).AsSingleQuery().InThisOrder().ToListAsync(stop);

        var members = new List<JourneyMember>();
        foreach (var row in rows)
        {
            var definition = await processes.OfAsync(visible.Processes, row.Track.ProcessKey, row.Track.ProcessVersion, stop);
            members.Add(new JourneyMember(
                row.Code, null, row.Name, row.Title, row.Kind, row.Track.Phase, row.Track.End, row.Track.End is null ? null : row.Track.Since, row.IsDemo, row.Id == asked,
                [.. from stay in row.Stays
                    let told = Tell(definition, stay.StageKey)
                    select new JourneyStay(stay.StageKey, told.Label, told.Name, told.Phase ?? row.Track.Phase, stay.Entered, stay.Left)],
                [])
            { Id = row.Id, Number = row.Number });
        }

        return members;
    }

    // Taken over from another process, or from an older version, its name is no longer known.
    private static (string Label, LocalizedText Name, Phase? Phase) Tell(ProcessDefinition definition, string stage) =>
        definition.FindStage(stage) is { } known ? (StageLabel.CodeOf(definition, known), known.Name, known.Phase) : (stage, new LocalizedText(stage, stage), null);

    private async Task<IReadOnlyList<FamilyPaper>> PapersAsync(HashSet<Guid> family, CancellationToken stop)
    {
        if (family.Count == 0) return [];
        var keys = family.ToList();
        var rows = await (
            from item in visible.WorkItems
            where keys.Contains(item.Id)
            from track in item.Tracks
            from said in track.Attestations
            select new
            {
                said.Id,
                said.GateKey,
                said.Paper,
                said.PaperDate,
                said.StatedAtUtc,
                item.Code,
                item.Number,
                Track = new { track.Kind, track.ProcessKey, track.ProcessVersion },
                Stage = track.Spans.Where(span => span.Ordinal == said.SpanOrdinal).Select(span => span.StageKey).First(),
            }).ToListAsync(stop);

        var papers = new List<FamilyPaper>();
        foreach (var row in rows.OrderBy(row => row.PaperDate).ThenBy(row => row.StatedAtUtc).ThenBy(row => row.Number).ThenBy(row => row.GateKey, StringComparer.Ordinal))
        {
            var definition = await processes.OfAsync(visible.Processes, row.Track.ProcessKey, row.Track.ProcessVersion, stop);
            var (label, name, _) = Tell(definition, row.Stage);
            papers.Add(new FamilyPaper(
                row.PaperDate, row.Paper, row.GateKey, definition.FindGate(row.GateKey)?.Name ?? new LocalizedText(row.GateKey, row.GateKey),
                row.Code, row.Track.Kind, row.Stage, label, name, row.StatedAtUtc)
            { Id = row.Id });
        }

        return papers;
    }

    private async Task<IEnumerable<JourneyMember>> ForeignAsync(HashSet<Guid> family, CancellationToken stop)
    {
        if (family.Count == 0) return [];
        var keys = family.ToList();
        var rows = await visible.ForeignProjects.Where(project => keys.Contains(project.Id))
            .Select(project => new
            {
                project.Id,
                project.Number,
                project.Reference,
                project.Title,
                project.Stage,
                project.StageSince,
                Seen = project.StageEvents.OrderBy(seen => seen.ObservedOn).ThenBy(seen => seen.Id).Select(seen => new { seen.Stage, On = (DateOnly?)seen.ObservedOn }).ToList(),
            }).AsSingleQuery().ToListAsync(stop);
        return rows.Select(row =>
        {
            var seen = row.Seen.Select(stage => (stage.Stage, stage.On)).ToList();
            if (row.Stage is { } present && (seen.Count == 0 || seen[^1].Stage != present)) seen.Add((present, row.StageSince));
            var codes = seen.Select(stay => StageCode.Parse(stay.Stage)).ToList();
            var last = codes.Count > 0 && codes[^1] is { IsOk: true } code ? code.Value : (StageCode?)null;
            TrackEnd? end = last switch { { Substage: 98 } or { Stage: 95, Substage: 99 } => TrackEnd.Abandoned, { Stage: 60, Substage: 60 } => TrackEnd.Finished, _ => null };
            return new JourneyMember(
                null, row.Number, row.Reference, row.Title, null, PhaseOf(last), end, end is null || seen.Count == 0 ? null : seen[^1].On, false, false,
                [.. seen.Select((stay, index) => new JourneyStay(
                    stay.Stage, stay.Stage, codes[index].IsOk ? StageMatrix.Find(codes[index].Value)?.Name ?? LocalizedText.Empty : LocalizedText.Empty,
                    PhaseOf(codes[index].IsOk ? codes[index].Value : null), stay.On, index + 1 < seen.Count ? seen[index + 1].On : null))],
                [])
            { Id = row.Id, Number = row.Number };
        });
    }

    private static Phase PhaseOf(StageCode? code) => code is { Stage: >= 90 } or { Stage: 60, Substage: 60 } ? Phase.Maintenance : Phase.Conversion;
}
