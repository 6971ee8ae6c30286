using System.ComponentModel.DataAnnotations;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Features.Shared;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.Committees;

/// <summary>Changes what a committee says about itself.</summary>
/// <param name="Code">Which committee.</param>
/// <param name="NameZh">Chinese name, or blank.</param>
/// <param name="NameEn">English name, or blank.</param>
/// <param name="ScopeZh">Scope in Chinese, or blank.</param>
/// <param name="ScopeEn">Scope in English, or blank.</param>
/// <param name="CharterZh">Charter in Chinese, or blank.</param>
/// <param name="CharterEn">Charter in English, or blank.</param>
/// <param name="Secretariat">Name of the organisation that carries the secretariat, or blank.</param>
/// <param name="PublicMail">Address for the public, or blank.</param>
/// <param name="SeenVersion">The version that the form showed.</param>
public sealed record DescribeCommittee(
    string Code,
    [property: Line(Limits.Name)] string? NameZh,
    [property: Line(Limits.Name)] string? NameEn,
    [property: StringLength(Limits.Text)] string? ScopeZh,
    [property: StringLength(Limits.Text)] string? ScopeEn,
    [property: StringLength(Limits.Text)] string? CharterZh,
    [property: StringLength(Limits.Text)] string? CharterEn,
    [property: Line(Limits.Name)] string? Secretariat,
    [property: Line(320)] string? PublicMail,
    int SeenVersion) : ICommand<Done>, ISeen
{
    public Permission Needs => Permission.ManageCommittee;
    public Scope Scope => Scope.OfCommittee(Code);
}

internal sealed class DescribeCommitteeHandler(AppDbContext db, OrganizationNames organizations) : ICommandHandler<DescribeCommittee, Done>
{
    public async Task<Result<Done>> Handle(DescribeCommittee command, CancellationToken cancellationToken)
    {
        var committee = await db.LoadAsync(command.Code, cancellationToken);
        var secretariat = await organizations.FindOrAddAsync(command.Secretariat, committee.IsDemo, cancellationToken);
        var described = committee.Describe(
            LocalizedText.Of(command.NameZh, command.NameEn), LocalizedText.Of(command.ScopeZh, command.ScopeEn), LocalizedText.Of(command.CharterZh, command.CharterEn),
            secretariat, command.PublicMail);
        return described.IsOk ? Done.Ok : Result<Done>.Fail([.. described.Problems.Select(CommitteeFields.Beside)]);
    }
}
