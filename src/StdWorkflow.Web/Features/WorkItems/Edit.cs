using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Data.Records;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Shared;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>Changes leader, drafting organisations, numbers and visibility of a work item.</summary>
/// <param name="Code">Which item.</param>
/// <param name="Leader">Key of the person who leads, or null for nobody.</param>
/// <param name="DraftingOrganizations">Names, one per line, first drafter first.</param>
/// <param name="PlanNumber">计划号, or blank.</param>
/// <param name="StandardNumber">标准编号, or blank.</param>
/// <param name="InternationalReference">ISO/IEC reference, or blank.</param>
/// <param name="IsPublic">Whether visitors may see it.</param>
/// <param name="SeenVersion">The version that the form showed.</param>
public sealed record EditWorkItem(
    string Code,
    Guid? Leader,
    [property: StringLength(Limits.Text)] string? DraftingOrganizations,
    [property: Line(Limits.Code)] string? PlanNumber,
    [property: Line(Limits.Code)] string? StandardNumber,
    [property: Line(Limits.Code)] string? InternationalReference,
    bool IsPublic,
    int SeenVersion) : ICommand<Done>, ISeen
{
    public Permission Needs => Permission.Edit;
    public Scope Scope => Scope.OfWorkItem(Code);
}

internal sealed class EditWorkItemHandler(AppDbContext db, WorkItemLoading loading, OrganizationNames named, TimeProvider clock) : ICommandHandler<EditWorkItem, Done>
{
    public async Task<Result<Done>> Handle(EditWorkItem command, CancellationToken stop)
    {
        var found = await loading.FindAsync(command.Code, stop);
        if (!found.IsOk) return found.Problem;
        var item = found.Value.Item;

        var problems = new List<Problem>();
        var numbers = item.GiveNumbers(command.PlanNumber, command.StandardNumber, command.InternationalReference);
        problems.AddRange(numbers.Problems);
        if (numbers.IsOk && item.PlanNumber is { } plan
            && await db.WorkItems.Where(other => other.PlanNumber == plan && other.Id != item.Id).Select(other => other.Code).FirstOrDefaultAsync(stop) is { } taken)
            problems.Add(Problem.On(nameof(command.PlanNumber), "workItem.planNumberTaken", plan, taken));
        if (command.Leader is { } leader && !await Leaders.Of(db.People, db.Memberships, db.CommitteeAncestors, item.CommitteeId, item.LeaderId, Instants.DateIn(clock.UtcNow())).AnyAsync(person => person.Id == leader, stop))
            problems.Add(Problem.On(nameof(command.Leader), "workItem.leaderUnknown"));
        if (!command.IsPublic && await db.Consultations.AnyAsync(period => period.WorkItemId == item.Id && !period.IsClosed, stop))
            problems.Add(Problem.On(nameof(command.IsPublic), "workItem.openForComment"));
        var organizations = await OrganizationsAsync(command.DraftingOrganizations, item.IsDemo, problems, stop);
        if (problems.Count > 0) return Result<Done>.Fail(problems);

        item.AssignLeader(command.Leader);
        item.NameDraftingOrganizations(organizations);
        item.Show(command.IsPublic);
        await loading.LookAgainAsync(item, stop);
        return Done.Ok;
    }

    private async Task<IReadOnlyList<Guid>> OrganizationsAsync(string? lines, bool isDemo, List<Problem> problems, CancellationToken stop)
    {
        var names = (lines ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().ToList();
        if (names.Find(name => name.Length > Limits.Name) is not null)
        {
            problems.Add(Problem.On(nameof(EditWorkItem.DraftingOrganizations), "workItem.organizationNameTooLong", Limits.Name));
            return [];
        }

        if (names.Select(name => OneLine.Check(nameof(EditWorkItem.DraftingOrganizations), name)).FirstOrDefault(unfit => unfit is not null) is { } unfit)
        {
            problems.Add(unfit);
            return [];
        }

        return await named.FindOrAddAsync(names, isDemo, stop);
    }
}

/// <summary>Gives a work item its committee where the file from which it came named none that is known.</summary>
public sealed record GiveCommittee(string Code, [property: Required, Line(Limits.Code)] string? Committee, int SeenVersion) : ICommand<Done>, ISeen
{
    public Permission Needs => Permission.Administer;
    public Scope Scope => Scope.OfWorkItem(Code);
}

internal sealed class GiveCommitteeHandler(AppDbContext db, WorkItemLoading loading) : ICommandHandler<GiveCommittee, Done>
{
    public async Task<Result<Done>> Handle(GiveCommittee command, CancellationToken stop)
    {
        var found = await loading.FindAsync(command.Code, stop);
        if (!found.IsOk) return found.Problem;
        var committee = await db.Committees.Where(known => known.Code == command.Committee).Select(known => new { known.Id, known.Designation }).SingleOrDefaultAsync(stop);
        if (committee is null) return Problem.On(nameof(command.Committee), "workItem.committeeUnknown", command.Committee);
        if (!await Managers.Of(db.Committees, db.CommitteeAncestors).AnyAsync(known => known.Id == committee.Id, stop)) return Problem.On(nameof(command.Committee), "workItem.committeeInternational", committee.Designation);
        return found.Value.Item.GiveCommittee(committee.Id, committee.Designation).Map(_ => default(Done));
    }
}

/// <summary>Which committees can manage a national project: none of ISO or IEC, nor a group below one.</summary>
internal static class Managers
{
    public static IQueryable<Committee> Of(IQueryable<Committee> committees, IQueryable<CommitteeAncestor> ancestors) =>
        committees.Where(known => known.Kind != CommitteeKind.International
            && !ancestors.Any(link => link.CommitteeId == known.Id && committees.Any(above => above.Id == link.AncestorId && above.Kind == CommitteeKind.International)));
}

/// <summary>Who may be named leader of a work item: who sits in its committee or above it today, and who leads it already.</summary>
internal static class Leaders
{
    /// <param name="people">Among whom.</param>
    /// <param name="memberships">Who sits where.</param>
    /// <param name="ancestors">What lies above what.</param>
    /// <param name="committee">The item's committee; null when the source names none, then whoever sits anywhere.</param>
    /// <param name="present">Who leads it now.</param>
    /// <param name="today">Today.</param>
    public static IQueryable<Person> Of(
        IQueryable<Person> people, IQueryable<Membership> memberships, IQueryable<CommitteeAncestor> ancestors, Guid? committee, Guid? present, DateOnly today)
    {
        var seats = memberships.Where(held => held.CommitteeId != null && held.From <= today && (held.To == null || held.To >= today));
        if (committee is { } id) seats = seats.Where(held => ancestors.Any(link => link.CommitteeId == id && link.AncestorId == held.CommitteeId));
        return people.Where(person => person.Id == present || seats.Any(held => held.PersonId == person.Id));
    }
}

/// <summary>Changes title and proposal of a work item.</summary>
public sealed record ChangeProposal(string Code, ProposalEntry Entry, int SeenVersion) : ICommand<Done>, ISeen
{
    public Permission Needs => Permission.Edit;
    public Scope Scope => Scope.OfWorkItem(Code);
}

internal sealed class ChangeProposalHandler(WorkItemLoading loading) : ICommandHandler<ChangeProposal, Done>
{
    public async Task<Result<Done>> Handle(ChangeProposal command, CancellationToken stop)
    {
        var found = await loading.FindAsync(command.Code, stop);
        if (!found.IsOk) return found.Problem;
        var item = found.Value.Item;
        var changed = item.ChangeProposal(command.Entry.Title, command.Entry.ToProposal());
        if (!changed.IsOk) return Result<Done>.Fail(changed.Problems);
        await loading.LookAgainAsync(item, stop);
        return Done.Ok;
    }
}
