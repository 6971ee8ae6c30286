using System.ComponentModel.DataAnnotations;
using StdWorkflow.Data;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.Committees;

/// <summary>Moves a committee on in its life, with a reason.</summary>
public sealed record ChangeCommitteeStatus(
    string Code,
    [property: EnumDataType(typeof(CommitteeStatus))] CommitteeStatus Status,
    [property: StringLength(Limits.Text)] string? Reason,
    int SeenVersion) : ICommand<Done>, ISeen
{
    public Permission Needs => Permission.ManageCommittee;
    public Scope Scope => Scope.OfCommittee(Code);
}

internal sealed class ChangeCommitteeStatusHandler(AppDbContext db) : ICommandHandler<ChangeCommitteeStatus, Done>
{
    public async Task<Result<Done>> Handle(ChangeCommitteeStatus command, CancellationToken cancellationToken)
    {
        var committee = await db.LoadAsync(command.Code, cancellationToken);
        if (command.Status == committee.Status) return Problem.On(nameof(command.Status), "committee.sameStatus", command.Status);
        return committee.Become(command.Status, command.Reason).Map(_ => default(Done));
    }
}
