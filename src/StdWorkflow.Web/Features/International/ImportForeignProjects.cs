using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.International;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.International;

/// <summary>Takes over some rows of a snapshot of deliverables.</summary>
internal sealed record ImportForeignProjects(DateOnly FileDate, IReadOnlyList<DeliverableRow> Rows) : ICommand<ImportOutcome>
{
    public const string Kind = "iso-deliverables";

    public Permission Needs => Permission.Administer;

    public Scope Scope => Scope.Everything;
}

internal sealed class ImportForeignProjectsHandler(AppDbContext db) : ICommandHandler<ImportForeignProjects, ImportOutcome>
{
    public async Task<Result<ImportOutcome>> Handle(ImportForeignProjects command, CancellationToken stop)
    {
        if (await db.NoteAsync(ImportForeignProjects.Kind, command.FileDate, stop) is { } newer) return ImportOutcome.OldNews(command.Rows.Count, newer);

        var outcome = new ImportOutcome();
        var known = await db.ForeignProjectsAsync(command.Rows.Select(row => row.Said.Number), stop);
        var committees = await db.InternationalCommitteesAsync(command.Rows.Select(row => row.Said.OwnerCommittee), stop);
        foreach (var (_, said) in command.Rows)
        {
            var committee = said.OwnerCommittee is { } owner && committees.TryGetValue(owner, out var id) ? id : (Guid?)null;
            if (known.TryGetValue(said.Number, out var project)) outcome.Count(project.TakeOverChanges(said, committee, command.FileDate));
            else
            {
                db.Add(known[said.Number] = ForeignProject.TakeOver(said, committee, command.FileDate));
                outcome.New++;
            }
        }

        return outcome;
    }
}

internal static class ForeignProjectLoading
{
    /// <summary>Projects of these numbers with their stage events, in one query for the whole batch.</summary>
    public static Task<Dictionary<int, ForeignProject>> ForeignProjectsAsync(this AppDbContext db, IEnumerable<int> numbers, CancellationToken stop)
    {
        var wanted = numbers.Distinct().ToList();
        return db.Set<ForeignProject>().Include(project => project.StageEvents).Where(project => wanted.Contains(project.Number)).ToDictionaryAsync(project => project.Number, stop);
    }

    /// <summary>Our records of these committees, by designation.</summary>
    public static Task<Dictionary<string, Guid>> InternationalCommitteesAsync(this AppDbContext db, IEnumerable<string?> designations, CancellationToken stop)
    {
        var wanted = designations.OfType<string>().Distinct().ToList();
        return db.Set<Committee>().Where(committee => wanted.Contains(committee.Designation))
            .Select(committee => new { committee.Designation, committee.Id })
            .ToDictionaryAsync(committee => committee.Designation, committee => committee.Id, stop);
    }
}
