using System.ComponentModel.DataAnnotations;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>States that a gate's condition is met, on a paper of a date (声明确认).</summary>
public sealed record AttestGate(
    string Code, string Gate, [property: Required, Line(Limits.Title)] string? Paper, [property: Required] DateOnly? PaperDate, int SeenVersion, string? Track = null) : ICommand<Done>, ISeen
{
    public Permission Needs => Permission.Attest;
    public Scope Scope => Scope.OfWorkItem(Code);
}

internal sealed class AttestGateHandler(WorkItemLoading loading, CurrentUser me) : ICommandHandler<AttestGate, Done>
{
    public async Task<Result<Done>> Handle(AttestGate command, CancellationToken stop) =>
        (await loading.FindAsync(command.Code, stop, command.Track))
            .Bind(found => found.Item.Attest(found.Track, found.Definition, command.Gate, me.Person, command.Paper!, command.PaperDate!.Value, found.Facts))
            .Map(_ => default(Done));
}
