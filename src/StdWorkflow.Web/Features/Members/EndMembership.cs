using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.Members;

/// <summary>Ends a membership with its last day and a reason. The rights that it gives end with that day.</summary>
public sealed record EndMembership(
    Guid Membership,
    [property: Required] DateOnly? To,
    [property: StringLength(Limits.Text)] string? Reason,
    int SeenVersion) : ICommand<Done>, ISeen
{
    public Permission Needs => Permission.ManageMembers;
    public Scope Scope => Scope.OfMembership(Membership);
}

internal sealed class EndMembershipHandler(AppDbContext db) : ICommandHandler<EndMembership, Done>
{
    public async Task<Result<Done>> Handle(EndMembership command, CancellationToken cancellationToken)
    {
        var membership = await db.Memberships.SingleAsync(known => known.Id == command.Membership, cancellationToken);
        return membership.End(command.To!.Value, command.Reason).Map(_ => default(Done));
    }
}
