using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.International;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.International;

/// <summary>Takes over some rows of a file of stages and the days on which they were seen.</summary>
internal sealed record ImportStageEvents(FileDate File, IReadOnlyList<StageEventRow> Rows) : ICommand<ImportOutcome>
{
    public const string Kind = "iso-stage-events";

    public Permission Needs => Permission.Administer;

    public Scope Scope => Scope.Everything;
}

internal sealed class ImportStageEventsHandler(AppDbContext db) : ICommandHandler<ImportStageEvents, ImportOutcome>
{
    public async Task<Result<ImportOutcome>> Handle(ImportStageEvents command, CancellationToken stop)
    {
        // A row that carries its own day is no snapshot: what was seen on a day stays true, however late it is told.
        if (await db.NoteAsync(ImportStageEvents.Kind, command.File.Date, stop) is { } newer && !command.File.IsOfRows) return ImportOutcome.OldNews(command.Rows.Count, newer);

        var outcome = new ImportOutcome();
        var known = await db.ForeignProjectsAsync(command.Rows.Select(row => row.Number), stop);
        var committees = await db.InternationalCommitteesAsync(command.Rows.Select(row => row.OwnerCommittee), stop);
        foreach (var row in command.Rows)
        {
            if (!known.TryGetValue(row.Number, out var project))
            {
                var committee = row.OwnerCommittee is { } owner && committees.TryGetValue(owner, out var id) ? id : (Guid?)null;
                db.Add(known[row.Number] = project = ForeignProject.FromStageEvent(row.Number, row.Reference, row.OwnerCommittee, committee, row.ObservedOn));
            }

            if (project.Observe(row.ObservedOn, row.Stage, row.PreviousStage, row.Reference)) outcome.New++;
            else outcome.Unchanged++;
        }

        return outcome;
    }
}
