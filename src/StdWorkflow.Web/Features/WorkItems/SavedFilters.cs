using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>Saves a filter under a name: for the asker, or for all members of a committee. Answers its key.</summary>
public sealed record SaveFilter([property: Required, Line(Limits.Name)] string? Name, string? Committee, WorkItemFilter Filter) : ICommand<Guid>
{
    public Permission Needs => Committee is null ? Permission.None : Permission.ManageCommittee;
    public Scope Scope => Committee is null ? Scope.Anyone : Scope.OfCommittee(Committee);
}

internal sealed class SaveFilterHandler(AppDbContext db, CurrentUser me) : ICommandHandler<SaveFilter, Guid>
{
    public async Task<Result<Guid>> Handle(SaveFilter command, CancellationToken stop)
    {
        if (me.Person is not { } person) return Problem.NotAllowed();
        var wrong = await command.Filter.CheckAsync(db, stop);
        if (wrong.Count > 0) return Result<Guid>.Fail(wrong);

        var committee = command.Committee is null ? (Guid?)null : await db.Committees.Where(known => known.Code == command.Committee).Select(known => known.Id).SingleAsync(stop);
        var kept = db.SavedFilters.Where(known => known.RemovedAtUtc == null);
        var taken = await (committee is null ? kept.Where(known => known.PersonId == person) : kept.Where(known => known.CommitteeId == committee)).Select(known => known.Name).ToListAsync(stop);
        var query = command.Filter.ToQuery();
        return (committee is { } whole ? SavedFilter.OfCommittee(whole, command.Name, query, taken) : SavedFilter.OfPerson(person, command.Name, query, taken))
            .Tap(filter => db.SavedFilters.Add(filter))
            .Map(filter => filter.Id);
    }
}

/// <summary>Removes a saved filter: one's own, or one of a committee whose facts the asker may change.</summary>
public sealed record RemoveFilter(Guid Filter) : ICommand<Done>
{
    public Permission Needs => Permission.None;
    public Scope Scope => Scope.Anyone;
}

internal sealed class RemoveFilterHandler(AppDbContext db, CurrentUser me, TimeProvider clock) : ICommandHandler<RemoveFilter, Done>
{
    public async Task<Result<Done>> Handle(RemoveFilter command, CancellationToken stop)
    {
        var filter = await db.SavedFilters.SingleOrDefaultAsync(known => known.Id == command.Filter && known.RemovedAtUtc == null, stop);
        if (filter is null || me.Person is null) return Problem.NotFound("savedFilter");
        if (filter.CommitteeId is not { } committee)
        {
            if (filter.PersonId != me.Person) return Problem.NotFound("savedFilter");
        }
        else if (!me.May(Permission.ManageCommittee, committee))
        {
            return me.May(Permission.View, committee) ? Problem.NotAllowed() : Problem.NotFound("savedFilter");
        }

        filter.Remove(clock.UtcNow());
        return Done.Ok;
    }
}

/// <summary>A saved filter as lists offer it.</summary>
/// <param name="Committee">Designation of the committee whose it is; null for the reader's own.</param>
public sealed record SavedFilterLine(Guid Id, string Name, string Query, Guid? CommitteeId, string? Committee, DateTime Updated);

/// <summary>The saved filters beside a list or the board.</summary>
/// <param name="Lines">Those that the reader has.</param>
/// <param name="Address">Where they are opened.</param>
/// <param name="Query">What is shown now.</param>
public sealed record SavedFilterBar(IReadOnlyList<SavedFilterLine> Lines, string Address, string Query)
{
    public bool IsSaved => Lines.Any(line => line.Query == Query);

    /// <summary>The reader's own and those of the committees, by name: one statement. Null for visitors.</summary>
    public static async Task<SavedFilterBar?> ReadAsync(Visible visible, CurrentUser me, string address, string query, CancellationToken stop) =>
        me.IsSignedIn ? new(await LinesAsync(visible, stop), address, query) : null;

    public static async Task<IReadOnlyList<SavedFilterLine>> LinesAsync(Visible visible, CancellationToken stop) => await visible.SavedFilters
        .OrderBy(filter => filter.CommitteeId != null).ThenBy(filter => filter.Name).ThenBy(filter => filter.Id).Take(Shown)
        .Select(filter => new SavedFilterLine(
            filter.Id, filter.Name, filter.Query, filter.CommitteeId, visible.Committees.Where(committee => committee.Id == filter.CommitteeId).Select(committee => committee.Designation).FirstOrDefault(), filter.ChangedAtUtc))
        .ToListAsync(stop);

    private const int Shown = 200;
}
