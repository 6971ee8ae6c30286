using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>What the proposal form holds (项目建议书).</summary>
public sealed record ProposalEntry
{
    [Line(Limits.Title)] public string? TitleZh { get; init; }
    [Line(Limits.Title)] public string? TitleEn { get; init; }
    public ProposalNature Nature { get; init; }
    [Line(Limits.Name)] public string? RevisedStandard { get; init; }
    public AdoptionDegree? AdoptionDegree { get; init; }
    [Line(Limits.Name)] public string? AdoptedReference { get; init; }
    [Line(Limits.Name)] public string? Category { get; init; }
    [Line(Limits.Code)] public string? Ics { get; init; }
    [Line(Limits.Name)] public string? CompetentAuthority { get; init; }
    public int? Months { get; init; }
    [Line(Limits.Code)] public string? ForeignLanguage { get; init; }
    [Line(Limits.Name)] public string? Budget { get; init; }
    [StringLength(Limits.Text)] public string? Purpose { get; init; }
    [StringLength(Limits.Text)] public string? Content { get; init; }
    [StringLength(Limits.Text)] public string? Situation { get; init; }
    [StringLength(Limits.Text)] public string? LegalRelation { get; init; }
    [StringLength(Limits.Text)] public string? Patents { get; init; }
    [StringLength(Limits.Text)] public string? Remarks { get; init; }

    public LocalizedText Title => LocalizedText.Of(TitleZh, TitleEn);

    public Proposal ToProposal() => new()
    {
        Nature = Nature,
        RevisedStandard = Clean(RevisedStandard),
        AdoptionDegree = AdoptionDegree,
        AdoptedReference = Clean(AdoptedReference),
        Category = Clean(Category),
        Ics = Clean(Ics),
        CompetentAuthority = Clean(CompetentAuthority),
        Months = Months,
        ForeignLanguage = Clean(ForeignLanguage),
        Budget = Clean(Budget),
        Purpose = Clean(Purpose),
        Content = Clean(Content),
        Situation = Clean(Situation),
        LegalRelation = Clean(LegalRelation),
        Patents = Clean(Patents),
        Remarks = Clean(Remarks),
    };

    public static ProposalEntry From(LocalizedText title, Proposal proposal) => new()
    {
        TitleZh = title.Zh,
        TitleEn = title.En,
        Nature = proposal.Nature,
        RevisedStandard = proposal.RevisedStandard,
        AdoptionDegree = proposal.AdoptionDegree,
        AdoptedReference = proposal.AdoptedReference,
        Category = proposal.Category,
        Ics = proposal.Ics,
        CompetentAuthority = proposal.CompetentAuthority,
        Months = proposal.Months,
        ForeignLanguage = proposal.ForeignLanguage,
        Budget = proposal.Budget,
        Purpose = proposal.Purpose,
        Content = proposal.Content,
        Situation = proposal.Situation,
        LegalRelation = proposal.LegalRelation,
        Patents = proposal.Patents,
        Remarks = proposal.Remarks,
    };

    // A browser sends every end of a line as two characters: what nobody changed must stay what it was.
    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim().ReplaceLineEndings("\n");
}

/// <summary>Proposes a work item in a committee; answers its code.</summary>
public sealed record ProposeWorkItem([property: Required] string Committee, [property: Required] string Process, ProposalEntry Entry, bool IsPublic) : ICommand<string>
{
    public Permission Needs => Permission.Propose;
    public Scope Scope => Scope.OfCommittee(Committee);
}

internal sealed class ProposeWorkItemHandler(AppDbContext db, ProcessCatalog processes, TimeProvider clock) : ICommandHandler<ProposeWorkItem, string>
{
    public async Task<Result<string>> Handle(ProposeWorkItem command, CancellationToken stop)
    {
        var committee = await db.Committees.Where(found => found.Code == command.Committee).Select(found => new { found.Id, found.Status, found.IsDemo }).SingleAsync(stop);
        if (Committee.HasEndedAs(committee.Status)) return Problem.On(nameof(command.Committee), "committee.ended", committee.Status);
        if (await processes.CurrentAsync(db.Processes, command.Process, stop) is not { } definition) return Problem.On(nameof(command.Process), "workItem.processUnknown");
        var now = clock.UtcNow();
        return WorkItem.Propose(
                await db.NextAsync(Numbering.WorkItems, stop), WorkItem.KindOf(definition), command.Entry.Title, committee.Id, command.Entry.ToProposal(), command.IsPublic, committee.IsDemo,
                definition, await db.CalendarYears.ReadAsync(stop), Instants.DateIn(now), now)
            .Tap(item => db.WorkItems.Add(item))
            .Map(item => item.Code);
    }
}

/// <summary>Names of the running numbers.</summary>
internal static class Numbering
{
    public const string WorkItems = "work-items";
    public const string Consultations = "consultations";
    public const string StepRequests = "step-requests";
}

internal static class ProposalEntryProblems
{
    /// <summary>Puts each problem beside its field: the proposal's own in <c>Entry</c>, the others in <c>Form</c>.</summary>
    public static void AddEntry<T>(this ModelStateDictionary state, Result<T> result)
    {
        foreach (var problem in result.Problems)
        {
            var field = problem.Field == nameof(ProposalEntry.Title) ? nameof(ProposalEntry.TitleZh) : problem.Field;
            var isOfEntry = field is not null && typeof(ProposalEntry).GetProperty(field) is not null;
            state.Add(problem with { Field = field }, isOfEntry ? "Entry" : "Form");
        }
    }
}
