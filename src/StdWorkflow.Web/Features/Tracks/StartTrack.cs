using System.ComponentModel.DataAnnotations;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.Tracks;

/// <summary>Begins a track beside the text of a work item, driven by the current version of a process. Answers its name.</summary>
public sealed record StartTrack(string Code, [property: Required] TrackKind? Kind, [property: Required, Line(Limits.Code)] string? Process, DateOnly? On, int SeenVersion) : ICommand<string>, ISeen
{
    public Permission Needs => Permission.Advance;
    public Scope Scope => Scope.OfWorkItem(Code);
}

internal sealed class StartTrackHandler(AppDbContext db, WorkItemLoading loading, ProcessCatalog processes, TimeProvider clock) : ICommandHandler<StartTrack, string>
{
    public async Task<Result<string>> Handle(StartTrack command, CancellationToken stop)
    {
        var found = await loading.FindAsync(command.Code, stop);
        if (!found.IsOk) return found.Problem;
        var (item, text, _) = found.Value;
        if (await processes.CurrentAsync(db.Processes, command.Process!, stop) is not { } definition) return Problem.On(nameof(command.Process), "workItem.processUnknown");

        var now = clock.UtcNow();
        return item.StartTrack(command.Kind!.Value, text, definition, command.On ?? Instants.DateIn(now), await db.CalendarYears.ReadAsync(stop), now).Map(item.NameOf);
    }
}
