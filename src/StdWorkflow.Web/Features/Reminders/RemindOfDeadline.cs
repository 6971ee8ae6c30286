using System.Globalization;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Data.Records;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Web.Mail;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.Reminders;

/// <summary>Reminds everybody whom a rule names of one deadline, as far as they have not been. Answers how many mails that makes.</summary>
public sealed record RemindOfDeadline(Guid Deadline) : ICommand<int>
{
    /// <inheritdoc/>
    public Permission Needs => Permission.Administer;

    /// <inheritdoc/>
    public Scope Scope => Scope.Everything;
}

/// <summary>The mail that reminds a person of a deadline.</summary>
/// <param name="Deadline">Which.</param>
/// <param name="LastDay">Its last day when the reminder was made.</param>
/// <param name="OffsetDays">Days before (negative) or after the last day.</param>
/// <param name="RuleKey">The rule that asks for it.</param>
/// <param name="RuleVersion">Its version.</param>
public sealed record DeadlineReminder(Guid Deadline, DateOnly LastDay, int OffsetDays, string RuleKey, int RuleVersion);

/// <summary>When a rule asks for a reminder.</summary>
internal static class Reminding
{
    /// <summary>
    /// For so many days a reminder may come late, and then no more: a program that stood still for a while makes up for it, but one that
    /// is new, or gets an old file imported, does not write about what passed years ago. The pages show that as late in any case.
    /// </summary>
    public const int LateDays = 31;

    public static int? DueOffset(ReminderRule rule, ClockKind kind, DateOnly lastDay, DateOnly today) =>
        rule.DeadlineKinds.Contains(kind) && rule.DueOffset(lastDay, today) is { } days && today <= lastDay.AddDays(days + LateDays) ? days : null;
}

internal sealed class RemindOfDeadlineHandler(AppDbContext db, Outgoing outgoing, TimeProvider clock) : ICommandHandler<RemindOfDeadline, int>
{
    private const string Leader = "leader";

    public async Task<Result<int>> Handle(RemindOfDeadline command, CancellationToken stop)
    {
        var deadline = await db.Deadlines.AsNoTracking().SingleOrDefaultAsync(known => known.Id == command.Deadline, stop);
        if (deadline is null) return Problem.NotFound("deadline");
        if (deadline.Status != DeadlineStatus.Running) return 0;

        var today = Instants.DateIn(clock.UtcNow(), deadline.Zone);
        var rules = await db.ReminderRules.AsNoTracking().Where(rule => rule.IsCurrent).ToListAsync(stop);
        var due = rules
            .Select(rule => (Rule: rule, Days: Reminding.DueOffset(rule, deadline.Kind, deadline.LocalDate, today)))
            .Where(found => found.Days is not null)
            .Select(found => new Due(found.Rule, found.Days!.Value))
            .ToList();
        if (due.Count == 0) return 0;

        var asked = await AskedAsync(deadline, due, today, stop);
        var named = asked.Keys.ToList();
        var people = await db.People.AsNoTracking()
            .Where(person => named.Contains(person.Id) && person.Email != null)
            .Select(person => new { person.Id, person.Language })
            .ToListAsync(stop);
        var reminded = (await db.Reminders.AsNoTracking()
                .Where(sent => sent.DeadlineId == deadline.Id && sent.LastDay == deadline.LocalDate)
                .Select(sent => new { sent.PersonId, sent.RuleKey, sent.RuleVersion, sent.OffsetDays })
                .ToListAsync(stop))
            .ToLookup(sent => sent.PersonId);

        var mails = 0;
        foreach (var person in people)
        {
            var before = reminded[person.Id].ToList();
            var latest = asked[person.Id].MaxBy(ask => ask.Days)!;

            // However many rules ask, there is one mail, about the latest of what they ask for.
            if (before.All(sent => sent.OffsetDays < latest.Days))
            {
                var key = string.Create(CultureInfo.InvariantCulture, $"{deadline.Id:N}/{deadline.LocalDate:yyyyMMdd}/{latest.Days}/{person.Id:N}");
                outgoing.ToPerson(key, person.Id, person.Language, new DeadlineReminder(deadline.Id, deadline.LocalDate, latest.Days, latest.Rule.Key, latest.Rule.RuleVersion));
                mails++;
            }

            db.Reminders.AddRange(asked[person.Id]
                .Where(ask => !before.Any(sent => (sent.RuleKey, sent.RuleVersion, sent.OffsetDays) == (ask.Rule.Key, ask.Rule.RuleVersion, ask.Days)))
                .Select(ask => new Reminder
                {
                    DeadlineId = deadline.Id,
                    LastDay = deadline.LocalDate,
                    RuleKey = ask.Rule.Key,
                    RuleVersion = ask.Rule.RuleVersion,
                    OffsetDays = ask.Days,
                    PersonId = person.Id,
                    At = clock.UtcNow(),
                }));
        }

        return mails;
    }

    /// <summary>
    /// Whom the rules name: the leader, and who holds a position today. Each position is looked for in the item's committee
    /// and, when nobody holds it there, in the nearest committee above: a working group has no secretariat of its own.
    /// </summary>
    private async Task<Dictionary<Guid, List<Due>>> AskedAsync(Deadline deadline, List<Due> due, DateOnly today, CancellationToken stop)
    {
        var item = await db.WorkItems.AsNoTracking().Where(known => known.Id == deadline.WorkItemId).Select(known => new { known.LeaderId, known.CommitteeId }).SingleAsync(stop);
        var positions = due.SelectMany(ask => ask.Rule.Recipients).Distinct().ToList();
        var holders = await (
            from above in db.CommitteeAncestors
            where above.CommitteeId == item.CommitteeId
            join held in db.Memberships on above.AncestorId equals held.CommitteeId
            where held.From <= today && (held.To == null || held.To >= today)
            join position in db.Positions on held.PositionId equals position.Id
            where positions.Contains(position.Key)
            select new { position.Key, above.Depth, held.PersonId }).ToListAsync(stop);
        var nearest = holders.GroupBy(holder => holder.Key)
            .ToDictionary(group => group.Key, group => group.Where(holder => holder.Depth == group.Min(other => other.Depth)).Select(holder => holder.PersonId).ToList());
        if (item.LeaderId is { } leader) nearest[Leader] = [leader];

        var asked = new Dictionary<Guid, List<Due>>();
        foreach (var ask in due)
            foreach (var person in ask.Rule.Recipients.SelectMany(key => nearest.GetValueOrDefault(key, [])).Distinct())
                if (asked.TryGetValue(person, out var known)) known.Add(ask);
                else asked.Add(person, [ask]);

        return asked;
    }

    private sealed record Due(ReminderRule Rule, int Days);
}
