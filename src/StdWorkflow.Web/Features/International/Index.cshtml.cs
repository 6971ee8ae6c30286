using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.International;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Features.Shared;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.International;

[OutputCache(PolicyName = VisitorCache.Name)]
public sealed class IndexModel(Visible visible, TimeProvider clock) : PageModel
{
    private const string ByReference = "reference";

    /// <summary>What the filter form and the head of the table hold.</summary>
    public sealed record Filter : ForeignProjectFilter
    {
        public string? Sort { get; init; }
        public int Page { get; init; } = 1;
    }

    public sealed record Line(int Number, string Reference, LocalizedText Title, string? DeliverableType, string? SupplementType, string? OwnerCommittee, string? Stage, DateOnly? StageSince);

    public Filter Shown { get; private set; } = new();
    public Page<Line> Found { get; private set; } = null!;
    public IReadOnlyList<(string Code, string Designation)> Committees { get; private set; } = [];
    public IReadOnlyList<string> Types { get; private set; } = [];
    public DateOnly? NewestFile { get; private set; }
    public DateOnly Today { get; private set; }
    public string SortedBy => Shown.Sort ?? ByReference;
    public bool IsFiltered => Shown is { Q: not null } or { Committee: not null } or { Stage: not null } or { Type: not null };

    /// <summary>The number of a stage as it is written in the address and on the line.</summary>
    public static string StageNumber(int stage) => stage.ToString("D2", CultureInfo.InvariantCulture);

    public async Task OnGetAsync([FromQuery] Filter filter, CancellationToken stop)
    {
        Shown = filter with { Q = FilterText.Read(filter.Q), Committee = FilterText.Read(filter.Committee), Stage = FilterText.Read(filter.Stage), Type = FilterText.Read(filter.Type), Sort = FilterText.Read(filter.Sort) };
        Today = Instants.DateIn(clock.UtcNow());
        Found = await Sorted(Shown.Apply(visible), Shown.Sort)
            .Select(project => new Line(
                project.Number, project.Reference, project.Title, project.DeliverableType, project.SupplementType, project.OwnerCommittee, project.Stage, project.StageSince))
            .ToPageAsync(Shown.Page, stop);
        Committees = [.. (await visible.Committees
            .Where(committee => visible.ForeignProjects.Any(project => project.CommitteeId == committee.Id))
            .OrderBy(committee => committee.Designation)
            .Select(committee => new { committee.Code, committee.Designation }).ToListAsync(stop))
            .OrderBy(committee => SortKeys.Of(committee.Designation), StringComparer.Ordinal).Select(committee => (committee.Code, committee.Designation))];
        Types = [.. (await visible.ForeignProjects.Select(project => project.DeliverableType).Distinct().ToListAsync(stop)).OfType<string>().Order(StringComparer.Ordinal)];
        NewestFile = await visible.ImportedFiles.Where(file => file.Kind == ImportForeignProjects.Kind).Select(file => (DateOnly?)file.AsOf).SingleOrDefaultAsync(stop);
    }

    internal static IQueryable<ForeignProject> Sorted(IQueryable<ForeignProject> found, string? sort) => sort switch
    {
        "number" => found.OrderBy(project => project.Number),
        "-number" => found.OrderByDescending(project => project.Number),
        "stage" => found.OrderBy(project => project.Stage == null).ThenBy(project => project.Stage).ThenBy(project => project.SortKey).ThenBy(project => project.Id),
        "-stage" => found.OrderBy(project => project.Stage == null).ThenByDescending(project => project.Stage).ThenBy(project => project.SortKey).ThenBy(project => project.Id),
        "since" => found.OrderBy(project => project.StageSince == null).ThenBy(project => project.StageSince).ThenBy(project => project.Number),
        "-since" => found.OrderBy(project => project.StageSince == null).ThenByDescending(project => project.StageSince).ThenBy(project => project.Number),
        "-reference" => found.OrderByDescending(project => project.SortKey).ThenBy(project => project.Id),
        _ => found.OrderBy(project => project.SortKey).ThenBy(project => project.Id),
    };
}
