using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Features.Shared;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.Members;

/// <summary>Changes what a position allows. It takes effect with the next request of everybody who holds it.</summary>
/// <param name="Key">Which position.</param>
/// <param name="Permissions">All that it allows from now on, by the names of <see cref="Permission"/>.</param>
/// <param name="SeenVersion">The version that the form showed.</param>
public sealed record AllowPosition(string Key, IReadOnlyList<string> Permissions, int SeenVersion) : ICommand<Done>, ISeen
{
    public Permission Needs => Permission.Administer;
    public Scope Scope => Scope.OfPosition(Key);
}

internal sealed class AllowPositionHandler(AppDbContext db) : ICommandHandler<AllowPosition, Done>
{
    public async Task<Result<Done>> Handle(AllowPosition command, CancellationToken cancellationToken)
    {
        var permissions = new List<Permission>();
        foreach (var name in command.Permissions)
        {
            if (FilterText.ReadName<Permission>(name) is not { } permission) return Problem.On(nameof(command.Permissions), "validation.invalid");
            permissions.Add(permission);
        }

        var position = await db.Positions.SingleAsync(known => known.Key == command.Key, cancellationToken);
        return position.Allow(permissions).Map(_ => default(Done));
    }
}
