using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using StdWorkflow.Data;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Localization;
using StdWorkflow.Web.Mail;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.Reminders;

internal sealed class ReminderMail(
    AppDbContext db, ProcessCatalog processes, DeadlineWords words, IStringLocalizer<ReminderTexts> texts, AllTexts allTexts, TimeProvider clock) : IMailOf<DeadlineReminder>
{
    public async Task<Letter?> WriteAsync(DeadlineReminder notice, Addressee to, CancellationToken stop)
    {
        var found = await (
            from deadline in db.Deadlines.AsNoTracking()
            where deadline.Id == notice.Deadline
            join item in db.WorkItems on deadline.WorkItemId equals item.Id
            join track in db.Tracks on deadline.TrackId equals track.Id
            select new
            {
                Deadline = deadline,
                item.Code,
                item.Title,
                Number = item.PlanNumber ?? item.DoubleNumber ?? item.StandardNumber ?? item.InternationalReference ?? item.Code,
                item.IsDemo,
                track.Kind,
                track.ProcessKey,
                track.StageKey,
                track.WaitingFor,
            }).SingleAsync(stop);

        // Done, taken back or moved while the mail waited: what it would say is no longer true.
        if (found.Deadline.Status != DeadlineStatus.Running || found.Deadline.LocalDate != notice.LastDay) return null;

        var rule = await db.ReminderRules.AsNoTracking().Where(known => known.Key == notice.RuleKey && known.RuleVersion == notice.RuleVersion)
            .Select(known => known.Name).SingleAsync(stop);
        var definition = await processes.OfAsync(db.Processes, found.ProcessKey, found.Deadline.DefinitionVersion, stop);
        var limit = definition.Clocks.Single(known => known.Key == found.Deadline.ClockKey);
        var due = DeadlineView.Of(found.Deadline, clock.UtcNow());
        var title = found.Title.In(Reader.Language);
        var paragraphs = new List<string>
        {
            texts["Item", found.Number, title],
            texts["Limit", limit.Name.In(Reader.Language), words.Until(due), words.State(due)],
            texts["Stage", definition.FindStage(found.StageKey)?.Name.In(Reader.Language) ?? found.StageKey],
        };
        if (found.Kind != TrackKind.MainText) paragraphs.Insert(1, texts["Track", allTexts.WordFor(found.Kind)]);
        if (!found.WaitingFor.IsEmpty) paragraphs.Add(texts["WaitsFor", found.WaitingFor.In(Reader.Language)]);
        if (found.IsDemo) paragraphs.Add(texts["Demo"]);

        return new Letter(texts["Subject", words.State(due), found.Number, title], texts["Cause", rule.In(Reader.Language), notice.RuleVersion, When(notice.OffsetDays)], paragraphs)
        {
            Path = WorkItemLinks.Details(found.Code),
        };
    }

    private string When(int days) => days switch
    {
        < 0 => texts["Before", -days],
        0 => texts["OnTheDay"],
        _ => texts["After", days],
    };
}
