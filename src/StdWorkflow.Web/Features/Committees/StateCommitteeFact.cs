using System.ComponentModel.DataAnnotations;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.Committees;

/// <summary>States a fact about a committee with its source, or corrects one.</summary>
/// <param name="Code">Which committee.</param>
/// <param name="Key">The fact to correct, or null for a new one.</param>
/// <param name="TextZh">The sentence in Chinese, or blank.</param>
/// <param name="TextEn">The sentence in English, or blank.</param>
/// <param name="Number">The figure in it, or null.</param>
/// <param name="Date">The date in it, or null.</param>
/// <param name="Source">Where it stands.</param>
/// <param name="SourceVerified">Whether it was read there.</param>
/// <param name="Conflict">What another source says instead, or blank.</param>
/// <param name="SeenVersion">The version that the form showed.</param>
public sealed record StateCommitteeFact(
    string Code,
    [property: Line(Limits.Code)] string? Key,
    [property: StringLength(Limits.Text)] string? TextZh,
    [property: StringLength(Limits.Text)] string? TextEn,
    int? Number,
    DateOnly? Date,
    [property: Required, Line(Limits.Code)] string? Source,
    bool SourceVerified,
    [property: StringLength(Limits.Text)] string? Conflict,
    int SeenVersion) : ICommand<Done>, ISeen
{
    public Permission Needs => Permission.ManageCommittee;
    public Scope Scope => Scope.OfCommittee(Code);
}

internal sealed class StateCommitteeFactHandler(AppDbContext db) : ICommandHandler<StateCommitteeFact, Done>
{
    public async Task<Result<Done>> Handle(StateCommitteeFact command, CancellationToken cancellationToken)
    {
        var committee = await db.LoadAsync(command.Code, cancellationToken);
        var stated = committee.Declare(
            command.Key, LocalizedText.Of(command.TextZh, command.TextEn), command.Number, command.Date, new Source(command.Source!.Trim(), command.SourceVerified), command.Conflict);
        return stated.IsOk ? Done.Ok : Result<Done>.Fail([.. stated.Problems.Select(CommitteeFields.Beside)]);
    }
}
