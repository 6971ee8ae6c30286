using System.Globalization;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.International;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Features.Requests;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>Takes over some rows of a list of Chinese plans and standards as work items of the national processes.</summary>
internal sealed record ImportPlans(FileDate File, IReadOnlyList<PlanFileRow> Rows) : ICommand<ImportOutcome>
{
    public const string Kind = "gb-plans";

    public static readonly ImportKind<PlanFileRow> Import = new(
        Kind, (file, stop) => ImportKinds.Csv(file, PlanFileRows.Columns, PlanFileRows.Read, stop), row => row.StatusAsOf,
        (date, rows, _) => new ImportPlans(date, rows), row => row.Line)
    {
        Says = (row, date) => (
            (row.Said.PlanNumber ?? row.Said.StandardNumber!) + (date.IsOfRows && row.StatusAsOf is { } day ? string.Create(CultureInfo.InvariantCulture, $" ({day:yyyy-MM-dd})") : ""),
            HashCode.Combine(row.Said, row.StageKey, row.Entered, string.Join('/', row.Committees))),
    };

    public Permission Needs => Permission.Administer;

    public Scope Scope => Scope.Everything;
}

internal sealed class ImportPlansHandler(AppDbContext db, ProcessCatalog processes, StepRequests requests, TimeProvider clock) : ICommandHandler<ImportPlans, ImportOutcome>
{
    private readonly Dictionary<string, WorkItem> byPlan = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WorkItem> byStandard = new(StringComparer.Ordinal);

    public async Task<Result<ImportOutcome>> Handle(ImportPlans command, CancellationToken stop)
    {
        if (await db.NoteAsync(ImportPlans.Kind, command.File.Date, stop) is { } newer) return ImportOutcome.OldNews(command.Rows.Count, newer);

        await LoadAsync(command.Rows, stop);
        var current = (await processes.CurrentAsync(db.Processes, stop)).ToDictionary(definition => definition.Key, StringComparer.Ordinal);
        var calendar = await db.CalendarYears.ReadAsync(stop);
        var committees = await db.InternationalCommitteesAsync(command.Rows.SelectMany(row => row.Committees), stop);
        var outcome = new ImportOutcome();
        foreach (var row in command.Rows)
        {
            var known = row.Said.PlanNumber is { } plan ? byPlan.GetValueOrDefault(plan) : null;
            var issued = row.Said.StandardNumber is { } standard ? byStandard.GetValueOrDefault(standard) : null;
            if (known is not null && issued is not null && known != issued)
            {
                outcome.Refuse(row.Line, Problem.On("number", "import.twoWorkItems", known.Code, issued.Code));
                continue;
            }

            // A row that says no day is of the newest day that the file says: the file was collected no earlier.
            var asOf = command.File.IsOfRows ? row.StatusAsOf ?? command.File.Date : command.File.Date;
            var nearest = row.Committees.Select(designation => committees.TryGetValue(designation, out var id) ? id : (Guid?)null).ToList();
            var committee = nearest.Find(id => id is not null);
            var said = row.Said with { CommitteeText = nearest is [{ }, ..] ? null : row.Said.CommitteeText };
            var item = known ?? issued;
            if (item is not null)
            {
                var definition = await processes.OfAsync(db.Processes, item.Main.ProcessKey, item.Main.ProcessVersion, stop);
                var stage = item.Main.StageKey;
                outcome.Count(!(asOf < item.ImportedAsOf)
                    && item.TakeOverChanges(said, committee, definition, NewStageOf(item, row, definition), row.Entered, asOf, calendar, clock.UtcNow()));
                if (item.Main.StageKey != stage) await requests.FollowAsync(item.Main, definition, null, stop);
            }
            else if (row.StageKey is null)
            {
                outcome.Refuse(row.Line, Problem.On("status_zh", "import.missing", "status_zh"));
                continue;
            }
            else
            {
                var process = current[PlanFileRows.ProcessOf(row.Said)];
                item = WorkItem.TakeOver(
                    await db.NextAsync(Numbering.WorkItems, stop), said, committee, process, process.StageOf(row.StageKey), row.Entered, asOf, calendar, clock.UtcNow());
                db.WorkItems.Add(item);
                outcome.New++;
            }

            Remember(item);
        }

        return outcome;
    }

    /// <summary>
    /// Only a status that the file did not give before moves an item. Who took a step here is not set back by a list that still says
    /// what it said, and an item that never came from a list is driven here alone.
    /// </summary>
    private static Stage? NewStageOf(WorkItem item, PlanFileRow row, ProcessDefinition definition)
    {
        if (item.ImportedAsOf is null || row.StageKey is not { } shown) return null;
        return shown == PlanFileRows.StageOf(item.ImportedStatus, item.StandardNumber is not null) ? null : definition.FindStage(shown);
    }

    private async Task LoadAsync(IReadOnlyList<PlanFileRow> rows, CancellationToken stop)
    {
        var plans = rows.Select(row => row.Said.PlanNumber).OfType<string>().Distinct().ToList();
        var standards = rows.Select(row => row.Said.StandardNumber).OfType<string>().Distinct().ToList();
        var known = await db.WorkItems
            .Include(item => item.Tracks).ThenInclude(track => track.Spans)
            .Include(item => item.Tracks).ThenInclude(track => track.Attestations)
            .Include(item => item.DraftingOrganizations)
            .Include(item => item.Deadlines)
            .AsSplitQuery()
            .Where(item => item.Kind == WorkItemKind.National
                && ((item.PlanNumber != null && plans.Contains(item.PlanNumber)) || (item.StandardNumber != null && standards.Contains(item.StandardNumber))))
            .OrderByDescending(item => item.Number)
            .ToListAsync(stop);
        foreach (var item in known) Remember(item);
    }

    private void Remember(WorkItem item)
    {
        if (item.PlanNumber is { } plan) byPlan[plan] = item;
        if (item.StandardNumber is { } standard) byStandard[standard] = item;
    }
}
