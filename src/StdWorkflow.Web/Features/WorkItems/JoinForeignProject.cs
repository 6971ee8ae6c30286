using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>Records that a work item adopts a foreign project, or is converted into it.</summary>
/// <param name="Code">The work item.</param>
/// <param name="Number">The body's own number of the foreign project.</param>
/// <param name="Kind"><see cref="LineageKind.Adopts"/> or <see cref="LineageKind.Converts"/>.</param>
public sealed record JoinForeignProject(string Code, [property: Required] int? Number, LineageKind Kind) : ICommand<Done>
{
    public Permission Needs => Permission.Edit;
    public Scope Scope => Scope.OfWorkItem(Code);
}

internal sealed class JoinForeignProjectHandler(AppDbContext db, WorkItemLoading loading) : ICommandHandler<JoinForeignProject, Done>
{
    public async Task<Result<Done>> Handle(JoinForeignProject command, CancellationToken stop)
    {
        if (command.Kind is not (LineageKind.Adopts or LineageKind.Converts)) return Problem.On(nameof(command.Kind), "lineage.kindNotForeign");
        var project = await db.ForeignProjects.Where(known => known.Number == command.Number).Select(known => (Guid?)known.Id).SingleOrDefaultAsync(stop);
        if (project is null) return Problem.On(nameof(command.Number), "lineage.foreignProjectUnknown", command.Number);
        return (await loading.FindAsync(command.Code, stop)).Tap(found => found.Item.ComesFrom(command.Kind, null, project)).Map(_ => default(Done));
    }
}
