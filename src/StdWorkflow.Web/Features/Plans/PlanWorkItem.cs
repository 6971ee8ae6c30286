using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.Plans;

/// <summary>Plans the days on which the stages ahead of one of the tracks of a work item are to be entered.</summary>
/// <param name="Code">Which item.</param>
/// <param name="Days">The days; a stage that is not named keeps its own.</param>
/// <param name="SeenVersion">The version that the form showed.</param>
/// <param name="Track">Which track; the text when not said.</param>
public sealed record PlanWorkItem(string Code, IReadOnlyList<PlannedDay> Days, int SeenVersion, string? Track = null) : ICommand<Done>, ISeen
{
    public Permission Needs => Permission.Edit;
    public Scope Scope => Scope.OfWorkItem(Code);
}

internal sealed class PlanWorkItemHandler(AppDbContext db, WorkItemLoading loading, TimeProvider clock) : ICommandHandler<PlanWorkItem, Done>
{
    public async Task<Result<Done>> Handle(PlanWorkItem command, CancellationToken stop)
    {
        var found = await loading.FindAsync(command.Code, stop, command.Track);
        if (!found.IsOk) return found.Problem;
        var (item, definition, _) = found.Value;
        await db.PlannedStages.Where(planned => planned.WorkItemId == item.Id).LoadAsync(stop);
        return item.PlanStages(found.Value.Track, definition, command.Days, clock.UtcNow()).Map(_ => default(Done));
    }
}
