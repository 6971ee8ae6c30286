using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.Committees;

/// <summary>Says that a national committee mirrors an international one.</summary>
public sealed record JoinMirror(
    string Code,
    [property: Required] string? Other,
    [property: Required, Line(Limits.Code)] string? Source,
    bool SourceVerified) : ICommand<Done>
{
    public Permission Needs => Permission.ManageCommittee;
    public Scope Scope => Scope.OfCommittee(Code);
}

internal sealed class JoinMirrorHandler(AppDbContext db) : ICommandHandler<JoinMirror, Done>
{
    public async Task<Result<Done>> Handle(JoinMirror command, CancellationToken cancellationToken)
    {
        var committee = await db.LoadAsync(command.Code, cancellationToken);
        var other = await db.Committees.Where(known => known.Code == command.Other).Select(known => new { known.Id, known.Designation }).SingleOrDefaultAsync(cancellationToken);
        if (other is null) return Problem.On(nameof(command.Other), "committee.mirrorUnknown", command.Other);
        if (committee.Mirrors.Any(joined => joined.OtherCommitteeId == other.Id)) return Problem.On(nameof(command.Other), "committee.mirrorKnown", other.Designation);

        var international = await db.Committees.International(db.CommitteeAncestors, db.Committees).Where(known => known.Id == committee.Id || known.Id == other.Id)
            .Select(known => known.Id).ToListAsync(cancellationToken);
        if (international.Contains(committee.Id) || !international.Contains(other.Id)) return Problem.On(nameof(command.Other), "committee.mirrorSides", committee.Designation, other.Designation);

        committee.MirrorTo(other.Id, new Source(command.Source!.Trim(), command.SourceVerified));
        return Done.Ok;
    }
}
