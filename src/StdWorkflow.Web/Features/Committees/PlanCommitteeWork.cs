using System.ComponentModel.DataAnnotations;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.Committees;

/// <summary>Adds a line to a committee's work plan.</summary>
public sealed record PlanCommitteeWork(
    string Code,
    [property: Required, Range(1950, 2100)] int? Year,
    [property: StringLength(Limits.Text)] string? TextZh,
    [property: StringLength(Limits.Text)] string? TextEn,
    DateOnly? Due,
    [property: Required, Line(Limits.Code)] string? Source,
    bool SourceVerified) : ICommand<Done>
{
    public Permission Needs => Permission.ManageCommittee;
    public Scope Scope => Scope.OfCommittee(Code);
}

internal sealed class PlanCommitteeWorkHandler(AppDbContext db) : ICommandHandler<PlanCommitteeWork, Done>
{
    public async Task<Result<Done>> Handle(PlanCommitteeWork command, CancellationToken cancellationToken)
    {
        var committee = await db.LoadAsync(command.Code, cancellationToken);
        var planned = committee.PlanFor(command.Year!.Value, LocalizedText.Of(command.TextZh, command.TextEn), command.Due, new Source(command.Source!.Trim(), command.SourceVerified));
        return planned.IsOk ? Done.Ok : Result<Done>.Fail([.. planned.Problems.Select(CommitteeFields.Beside)]);
    }
}
