using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.International;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Features.Shared;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Localization;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.International;

[OutputCache(PolicyName = VisitorCache.Name)]
public sealed class DetailsModel : PageModel
{
    private const int MostCandidates = 200;

    private readonly Visible visible;
    private readonly CurrentUser me;
    private readonly TimelineReader timeline;
    private readonly TimeProvider clock;

    public DetailsModel(Visible visible, CurrentUser me, TimelineReader timeline, TimeProvider clock) =>
        (this.visible, this.me, this.timeline, this.clock) = (visible, me, timeline, clock);

    public sealed record NationalRelative(string Code, LocalizedText Title, string? Number, LineageKind Kind, bool IsDemo);

    public sealed record Candidate(string Code, string Name);

    public ForeignProject Project { get; private set; } = null!;
    public (string Code, LocalizedText Name)? Committee { get; private set; }
    public StageLineModel StageLine { get; private set; } = null!;
    public IReadOnlyList<NationalRelative> Relatives { get; private set; } = [];
    public IReadOnlyList<Candidate> MayJoin { get; private set; } = [];
    public IReadOnlyList<TimelineEntry> History { get; private set; } = [];
    public DateOnly? NewestFile { get; private set; }
    public LocalizedText StageName => NameOf(Project.Stage) ?? LocalizedText.Empty;

    /// <param name="number">The body's own number; a reference in its place leads to the project that carries it.</param>
    /// <param name="join">Code of a work item that is to be joined to the project.</param>
    /// <param name="stop">Ends with the request.</param>
    public async Task<IActionResult> OnGetAsync(string number, string? join, CancellationToken stop)
    {
        // A slash inside a part of the address arrives still escaped.
        var asked = Uri.UnescapeDataString(number).Trim();
        if (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var key))
            return await FindByReferenceAsync(asked, stop) is { } elsewhere ? Redirect(InternationalLinks.Details(elsewhere)) : NotFound();

        var project = await visible.ForeignProjects.Include(known => known.StageEvents).SingleOrDefaultAsync(known => known.Number == key, stop);
        if (project is null) return NotFound();
        if (join is { Length: > 0 and <= Limits.Code })
            return Redirect($"{WorkItemLinks.JoinForeign(Uri.EscapeDataString(join))}?number={project.Number.ToString(CultureInfo.InvariantCulture)}");

        Project = project;
        var seen = project.StageEvents.OrderBy(seen => seen.ObservedOn).ThenBy(seen => seen.Id).Select(seen => (seen.Stage, (DateOnly?)seen.ObservedOn)).ToList();
        NewestFile = await visible.ImportedFiles.Where(file => file.Kind == ImportForeignProjects.Kind).Select(file => (DateOnly?)file.AsOf).SingleOrDefaultAsync(stop);

        // Nobody knows how long it has stood there since the newest file was made.
        var lastSeen = new[] { NewestFile, project.AsOf, project.StageSince }.Max() ?? Instants.DateIn(clock.UtcNow());
        StageLine = StageLineModel.OfForeign(seen, project.Stage, project.DeliverableType, lastSeen);
        if (project.CommitteeId is { } owner)
        {
            var committee = await visible.Committees.Where(known => known.Id == owner).Select(known => new { known.Code, known.Name }).SingleAsync(stop);
            Committee = (committee.Code, committee.Name);
        }

        Relatives = await (
            from link in visible.Lineages
            join item in visible.WorkItems on link.WorkItemId equals item.Id
            where link.FromForeignProjectId == project.Id
            orderby item.Number
            select new NationalRelative(item.Code, item.Title, item.DoubleNumber ?? item.StandardNumber ?? item.PlanNumber, link.Kind, item.IsDemo)).ToListAsync(stop);
        MayJoin = await CandidatesAsync(stop);
        History = await timeline.ReadAsync(nameof(ForeignProject), project.Id, Mentions, stop);
        return Page();
    }

    private static object?[] Mentions(DomainEvent happened) => happened switch
    {
        ForeignProjectImported imported => [imported.Reference],
        ForeignProjectChanged changed => [changed.ReferenceBefore, changed.Reference],
        ForeignStageMoved moved => [Words(moved.From), Words(moved.To)],
        ForeignStageObserved observed => [Words(observed.Stage)],
        _ => [],
    };

    private static string Words(string? stage) => stage is null ? "—" : $"{stage} {NameOf(stage)?.In(Reader.Language)}".Trim();

    private static LocalizedText? NameOf(string? stage) => StageCode.Parse(stage) is { IsOk: true } code ? StageMatrix.Find(code.Value)?.Name : null;

    /// <summary>Work items that the reader may edit and that can be joined to an international project.</summary>
    private async Task<IReadOnlyList<Candidate>> CandidatesAsync(CancellationToken stop)
    {
        if (!me.MaySomewhere(Permission.Edit)) return [];
        var items = visible.WorkItems.Where(item => item.Kind != WorkItemKind.PreResearch);
        if (!me.MayEverywhere(Permission.Edit))
        {
            var mine = me.CommitteesWhereMay(Permission.Edit);
            items = items.Where(item => item.CommitteeId != null && mine.Contains(item.CommitteeId.Value));
        }

        return [.. (await items.OrderBy(item => item.Number).Take(MostCandidates).Select(item => new { item.Code, item.Title }).ToListAsync(stop))
            .Select(item => new Candidate(item.Code, $"{item.Code} {item.Title.In(Reader.Language)}"))];
    }

    /// <summary>
    /// The project that carries this reference now; else, for a reference without a year, the newest edition of the document, a
    /// published one before a draft.
    /// </summary>
    private async Task<int?> FindByReferenceAsync(string text, CancellationToken stop)
    {
        if (text.Length > Limits.Code) return null;
        var asked = IsoReference.Parse(text);
        var exact = asked.IsOk ? asked.Value.Text : text;
        var found = await visible.ForeignProjects.Where(project => project.Reference == exact || project.Reference == text)
            .OrderByDescending(project => project.Number).Select(project => (int?)project.Number).FirstOrDefaultAsync(stop);
        if (found is not null || !asked.IsOk) return found;

        var digits = asked.Value.Number.ToString(CultureInfo.InvariantCulture);
        var near = await visible.ForeignProjects.Where(project => project.SearchText.Contains(digits))
            .OrderByDescending(project => project.Number).Take(MostCandidates).Select(project => new { project.Number, project.Reference }).ToListAsync(stop);
        return near.Select(project => (project.Number, Reference: IsoReference.Parse(project.Reference)))
            .Where(project => project.Reference.IsOk && IsSameDocument(project.Reference.Value, asked.Value))
            .OrderByDescending(project => project.Reference.Value.Year is not null).ThenByDescending(project => project.Reference.Value.Year).ThenByDescending(project => project.Number)
            .Select(project => (int?)project.Number).FirstOrDefault();
    }

    private static bool IsSameDocument(IsoReference known, IsoReference asked) =>
        known.Document == asked.Document && known.Supplements.Count == asked.Supplements.Count && (asked.Year is null || asked.Year == known.Year)
        && known.Supplements.Zip(asked.Supplements).All(pair => pair.First.Kind == pair.Second.Kind && pair.First.Number == pair.Second.Number);
}
