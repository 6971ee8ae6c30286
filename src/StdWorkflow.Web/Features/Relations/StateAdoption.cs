using System.ComponentModel.DataAnnotations;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.Relations;

/// <summary>States how far a work item adopts which document; null for nothing adopted.</summary>
public sealed record StateAdoption(string Code, AdoptionDegree? AdoptionDegree, [property: Line(Limits.Name)] string? AdoptedReference, int SeenVersion) : ICommand<Done>, ISeen
{
    public Permission Needs => Permission.Edit;
    public Scope Scope => Scope.OfWorkItem(Code);
}

internal sealed class StateAdoptionHandler(AdoptingItem adopting) : ICommandHandler<StateAdoption, Done>
{
    public Task<Result<Done>> Handle(StateAdoption command, CancellationToken stop) =>
        adopting.ChangeAsync(command.Code, item => item.StateAdoption(command.AdoptionDegree, command.AdoptedReference), stop);
}

/// <summary>Adds a deviation to the table of a work item, or writes one anew.</summary>
/// <param name="Code">The work item.</param>
/// <param name="Deviation">Key of the one that is written anew; null adds one.</param>
/// <param name="Clause">The clause that differs.</param>
/// <param name="Kind">Technical or editorial.</param>
/// <param name="Text">What differs.</param>
/// <param name="Reason">Why; a technical one needs it before the review.</param>
/// <param name="SeenVersion">The version that the form showed.</param>
public sealed record WriteDeviation(
    string Code, Guid? Deviation, [property: Required, Line(Limits.Code)] string? Clause, DeviationKind Kind,
    [property: Required, StringLength(Limits.Text)] string? Text, [property: StringLength(Limits.Text)] string? Reason, int SeenVersion) : ICommand<Done>, ISeen
{
    public Permission Needs => Permission.Edit;
    public Scope Scope => Scope.OfWorkItem(Code);
}

internal sealed class WriteDeviationHandler(AdoptingItem adopting) : ICommandHandler<WriteDeviation, Done>
{
    public Task<Result<Done>> Handle(WriteDeviation command, CancellationToken stop) =>
        adopting.ChangeAsync(command.Code, item => item.WriteDeviation(command.Deviation, command.Clause, command.Kind, command.Text, command.Reason), stop);
}

/// <summary>Takes a deviation out of the table of a work item.</summary>
public sealed record RemoveDeviation(string Code, Guid Deviation, int SeenVersion) : ICommand<Done>, ISeen
{
    public Permission Needs => Permission.Edit;
    public Scope Scope => Scope.OfWorkItem(Code);
}

internal sealed class RemoveDeviationHandler(AdoptingItem adopting) : ICommandHandler<RemoveDeviation, Done>
{
    public Task<Result<Done>> Handle(RemoveDeviation command, CancellationToken stop) => adopting.ChangeAsync(command.Code, item => item.RemoveDeviation(command.Deviation), stop);
}

/// <summary>Loads a work item with its deviations, changes it, and looks again at what stands in its way.</summary>
internal sealed class AdoptingItem(AppDbContext db, WorkItemLoading loading)
{
    public async Task<Result<Done>> ChangeAsync<T>(string code, Func<WorkItem, Result<T>> change, CancellationToken stop)
    {
        var found = await loading.FindAsync(code, stop);
        if (!found.IsOk) return found.Problem;
        var item = found.Value.Item;
        await db.Entry(item).Collection(known => known.Deviations).LoadAsync(stop);
        var changed = change(item);
        if (!changed.IsOk) return Result<Done>.Fail(changed.Problems);
        await loading.LookAgainAsync(item, stop);
        return Done.Ok;
    }
}
