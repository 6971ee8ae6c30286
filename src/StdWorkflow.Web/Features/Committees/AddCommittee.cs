using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Features.International;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.Committees;

/// <summary>Adds a committee below another, or at the top of the tree. Answers its code.</summary>
/// <param name="Parent">Code of the committee above, or null for the top.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Status">Where it is in its life.</param>
/// <param name="Designation">Its designation; the code is made from it.</param>
/// <param name="NameZh">Chinese name, or blank.</param>
/// <param name="NameEn">English name, or blank.</param>
/// <param name="Source">The paper or meeting that set it up, or blank.</param>
/// <param name="SourceVerified">Whether it was read there.</param>
public sealed record AddCommittee(
    string? Parent,
    [property: EnumDataType(typeof(CommitteeKind))] CommitteeKind Kind,
    [property: EnumDataType(typeof(CommitteeStatus))] CommitteeStatus Status,
    [property: Required, Line(Limits.Code)] string Designation,
    [property: Line(Limits.Name)] string? NameZh,
    [property: Line(Limits.Name)] string? NameEn,
    [property: Line(Limits.Code)] string? Source,
    bool SourceVerified) : ICommand<string>
{
    public Permission Needs => Permission.ManageCommittee;
    public Scope Scope => Parent is null ? Scope.Everything : Scope.OfCommittee(Parent);
}

internal sealed class AddCommitteeHandler(AppDbContext db) : ICommandHandler<AddCommittee, string>
{
    // The address of the form that adds one; a committee of that code would hide it.
    private const string Reserved = "add";

    public async Task<Result<string>> Handle(AddCommittee command, CancellationToken cancellationToken)
    {
        var parent = command.Parent is null ? null
            : await db.Committees.Where(known => known.Code == command.Parent).Select(known => new { known.Id, known.Kind, known.Status, known.IsDemo }).SingleAsync(cancellationToken);
        var problems = new List<Problem>();
        if (parent is not null && Committee.HasEndedAs(parent.Status)) return Problem.Of("committee.ended", parent.Status);
        if (!command.Kind.MayStandBelow(parent?.Kind))
            problems.Add(parent is null ? Problem.On(nameof(command.Kind), "committee.kindAtTop", command.Kind) : Problem.On(nameof(command.Kind), "committee.kindBelow", command.Kind, parent.Kind));
        if (Committee.HasEndedAs(command.Status)) problems.Add(Problem.On(nameof(command.Status), "committee.bornEnded", command.Status));

        var designation = command.Designation.Trim();
        var code = Slug.Of(designation);
        if (code is "" or Reserved) problems.Add(Problem.On(nameof(command.Designation), "committee.designationUnusable"));
        else if (await db.Committees.Where(known => known.Code == code || known.Designation == designation).Select(known => known.Designation).FirstOrDefaultAsync(cancellationToken) is { } taken)
            problems.Add(Problem.On(nameof(command.Designation), "committee.designationTaken", taken));

        var source = string.IsNullOrWhiteSpace(command.Source) ? null : new Source(command.Source.Trim(), command.SourceVerified);
        var added = Committee.Add(code, designation, command.Kind, command.Status, LocalizedText.Of(command.NameZh, command.NameEn), parent?.Id, source, parent?.IsDemo ?? false);
        problems.AddRange(added.Problems.Select(CommitteeFields.Beside));
        if (problems.Count > 0) return Result<string>.Fail(problems);
        db.Committees.Add(added.Value);
        return code;
    }
}
