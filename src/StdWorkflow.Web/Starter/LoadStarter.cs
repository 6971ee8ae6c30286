using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Starter;

/// <summary>
/// A step of filling the database: adds what is missing and leaves alone what is there, because people may have changed it. Answers
/// how many were added.
/// </summary>
internal abstract record LoadStarter : ICommand<int>
{
    public Permission Needs => Permission.Administer;

    public Scope Scope => Scope.Everything;
}

internal sealed record LoadOrganizations(IReadOnlyList<OrganizationEntry> Entries) : LoadStarter;

internal sealed class LoadOrganizationsHandler(AppDbContext db) : ICommandHandler<LoadOrganizations, int>
{
    public async Task<Result<int>> Handle(LoadOrganizations command, CancellationToken stop)
    {
        var known = (await db.Organizations.Select(organization => organization.Code).ToListAsync(stop)).ToHashSet(StringComparer.Ordinal);
        var missing = command.Entries.Where(entry => !known.Contains(entry.Code)).ToList();
        foreach (var entry in missing)
            db.Organizations.Add(Organization.Add(entry.Code, entry.Name, entry.Source is { } source ? new Source(source, entry.Verified) : null, entry.IsDemo).Value);
        return missing.Count;
    }
}

internal sealed record LoadPositions(IReadOnlyList<PositionEntry> Entries) : LoadStarter;

internal sealed class LoadPositionsHandler(AppDbContext db) : ICommandHandler<LoadPositions, int>
{
    public async Task<Result<int>> Handle(LoadPositions command, CancellationToken stop)
    {
        var known = (await db.Positions.Select(position => position.Key).ToListAsync(stop)).ToHashSet(StringComparer.Ordinal);
        var missing = command.Entries.Where(entry => !known.Contains(entry.Key)).ToList();
        foreach (var entry in missing)
            db.Positions.Add(Position.Define(entry.Key, entry.Name, entry.Votes, entry.Order, entry.Permissions, new Source(entry.Source, entry.Verified)));
        return missing.Count;
    }
}

/// <summary>Publishes process definitions; a newer version takes new tracks from then on.</summary>
internal sealed record LoadProcesses(IReadOnlyList<string> Definitions) : LoadStarter;

internal sealed class LoadProcessesHandler(AppDbContext db) : ICommandHandler<LoadProcesses, int>
{
    public async Task<Result<int>> Handle(LoadProcesses command, CancellationToken stop)
    {
        var known = (await db.Processes.Select(record => new { record.Key, record.DefinitionVersion }).ToListAsync(stop)).Select(record => (record.Key, record.DefinitionVersion)).ToHashSet();
        var added = 0;
        foreach (var json in command.Definitions)
        {
            var read = DefinitionReader.Read(json);
            if (!read.IsOk) return Result<int>.Fail(read.Problems);
            var definition = read.Value;
            if (!known.Add((definition.Key, definition.Version))) continue;
            await db.PublishAsync(definition, stop);
            added++;
        }

        return added;
    }
}

internal sealed record LoadCalendars(IReadOnlyList<CalendarEntry> Entries) : LoadStarter;

internal sealed class LoadCalendarsHandler(AppDbContext db) : ICommandHandler<LoadCalendars, int>
{
    public async Task<Result<int>> Handle(LoadCalendars command, CancellationToken stop)
    {
        var known = (await db.CalendarYears.Select(year => year.Year).ToListAsync(stop)).ToHashSet();
        var missing = command.Entries.Where(entry => !known.Contains(entry.Year)).ToList();
        foreach (var entry in missing)
            db.CalendarYears.Add(CalendarYear.Publish(
                entry.Year, entry.Complete, entry.Notice is { } notice ? $"{entry.Source} {notice}" : entry.Source, entry.Days.Select(day => (day.Date, day.IsOffDay, day.Name))));
        return missing.Count;
    }
}

internal sealed record LoadReminderRules(IReadOnlyList<ReminderRuleEntry> Entries) : LoadStarter;

internal sealed class LoadReminderRulesHandler(AppDbContext db) : ICommandHandler<LoadReminderRules, int>
{
    public async Task<Result<int>> Handle(LoadReminderRules command, CancellationToken stop)
    {
        var known = (await db.ReminderRules.Select(rule => rule.Key).ToListAsync(stop)).ToHashSet(StringComparer.Ordinal);
        var missing = command.Entries.Where(entry => !known.Contains(entry.Key)).ToList();
        foreach (var entry in missing)
            db.ReminderRules.Add(ReminderRule.Make(
                entry.Key, entry.Version, entry.Name, entry.DeadlineKinds, entry.OffsetsDays, entry.Recipients, new Source(entry.Source, entry.Verified)));
        return missing.Count;
    }
}

/// <summary>Adds committees with their facts, work plans and mirrors; parents stand before their children.</summary>
internal sealed record LoadCommittees(IReadOnlyList<CommitteeEntry> Entries) : LoadStarter;

internal sealed class LoadCommitteesHandler(AppDbContext db) : ICommandHandler<LoadCommittees, int>
{
    public async Task<Result<int>> Handle(LoadCommittees command, CancellationToken stop)
    {
        var ids = await db.Committees.Select(committee => new { committee.Code, committee.Id }).ToDictionaryAsync(committee => committee.Code, committee => committee.Id, stop);
        var missing = command.Entries.Where(entry => !ids.ContainsKey(entry.Code)).ToList();
        if (missing.Count == 0) return 0;

        var organizations = await db.Organizations.Select(organization => new { organization.Code, organization.Id })
            .ToDictionaryAsync(organization => organization.Code, organization => organization.Id, stop);
        var added = new List<(CommitteeEntry Entry, Committee Committee)>();
        foreach (var entry in missing)
        {
            var committee = Committee.Add(
                entry.Code, entry.Designation, entry.Kind, entry.Status, entry.Name, entry.Parent is { } parent ? ids[parent] : null, new Source(entry.Source, entry.Verified), isDemo: false).Value;
            committee.Describe(
                entry.Name, entry.Scope ?? LocalizedText.Empty, entry.Charter ?? LocalizedText.Empty, entry.Secretariat is { } secretariat ? organizations[secretariat] : null, entry.PublicMail);
            foreach (var (fact, index) in entry.Facts.Select((fact, index) => (fact, index)))
                committee.State(new CommitteeFact(
                    committee.Id, fact.Key, index + 1, fact.Text, fact.Number, fact.Date, new Source(fact.Source, fact.Verified),
                    fact.Conflict is { } other ? $"{other.Value} [{other.Source}]" : null));
            foreach (var plan in entry.WorkPlan)
                committee.Plan(new WorkPlanEntry(committee.Id, plan.Year, plan.Order, plan.Text, plan.Due, new Source(plan.Source, plan.Verified)));
            ids.Add(entry.Code, committee.Id);
            added.Add((entry, committee));
            db.Committees.Add(committee);
        }

        foreach (var (entry, committee) in added)
            foreach (var mirror in entry.Mirrors) committee.MirrorTo(ids[mirror.Committee], new Source(mirror.Source, mirror.Verified));
        return added.Count;
    }
}
