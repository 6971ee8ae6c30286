using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Features.Requests;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.Processes;

/// <summary>Lets a work item follow another version, or another process, from now on, at the stage where it stands. Answers the key of that stage.</summary>
public sealed record FollowProcess(
    string Code, [property: Required] string Process, int Version, [property: StringLength(Limits.Text)] string? Reason, int SeenVersion, string? Track = null) : ICommand<string>, ISeen
{
    public Permission Needs => Permission.Administer;
    public Scope Scope => Scope.OfWorkItem(Code);
}

internal sealed class FollowProcessHandler(AppDbContext db, WorkItemLoading loading, StepRequests requests, ProcessCatalog processes) : ICommandHandler<FollowProcess, string>
{
    public async Task<Result<string>> Handle(FollowProcess command, CancellationToken cancellationToken)
    {
        var found = await loading.FindAsync(command.Code, cancellationToken, command.Track);
        if (!found.IsOk) return found.Problem;
        var (item, _, facts) = found.Value;
        if (!await db.Processes.AnyAsync(record => record.Key == command.Process && record.DefinitionVersion == command.Version, cancellationToken))
            return Problem.On(nameof(command.Process), "workItem.processUnknown");

        var definition = await processes.OfAsync(db.Processes, command.Process, command.Version, cancellationToken);
        var followed = item.Follow(found.Value.Track, definition, facts, command.Reason, await db.CalendarYears.ReadAsync(cancellationToken));
        if (followed.IsOk) await requests.FollowAsync(found.Value.Track, definition, null, cancellationToken);
        return followed.Map(track => track.StageKey);
    }
}
