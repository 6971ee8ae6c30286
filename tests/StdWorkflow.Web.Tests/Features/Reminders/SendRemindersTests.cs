using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using StdWorkflow.Data;
using StdWorkflow.Data.Outbox;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Testing;
using StdWorkflow.Web.Features.Reminders;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Mail;

namespace StdWorkflow.Web.Tests.Features.Reminders;

public class SendRemindersTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task Each_person_gets_one_mail_fifteen_and_three_days_before_on_the_day_and_after_it()
    {
        var item = await app.Given.ItemWithDeadlineAsync(ClockKind.CommentPeriod, days: 20);

        Assert.Equal(0, await MailsAtAsync(item, -16));
        Assert.Equal(1, await MailsAtAsync(item, -15));
        Assert.Equal(1, await MailsAtAsync(item, -4));
        Assert.Equal(2, await MailsAtAsync(item, -3));
        Assert.Equal(3, await MailsAtAsync(item, 0));
        Assert.Equal(4, await MailsAtAsync(item, 1));
        Assert.Equal(4, await MailsAtAsync(item, 30));

        Assert.Equal(4, app.Mail.To(item.Address("leader")).Count);
        Assert.Contains(app.Mail.To(item.Address("staff")), mail => mail.Subject!.StartsWith("还有 15 天：", StringComparison.Ordinal));
        Assert.Contains(app.Mail.To(item.Address("staff")), mail => mail.Subject!.StartsWith("今天到期：", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Running_it_again_sends_nothing_more()
    {
        var item = await app.Given.ItemWithDeadlineAsync(ClockKind.StageLimit, days: 3);

        for (var run = 0; run < 3; run++) await SweepAsync();

        Assert.Single(app.Mail.To(item.Address("staff")));
        Assert.Single(app.Mail.To(item.Address("leader")));
        Assert.Equal(2, await app.Db(db => db.Outbox.CountAsync(mail => mail.Payload!.Contains(item.Deadline.ToString()))));
    }

    [Fact]
    public async Task Several_nodes_that_sweep_and_send_at_once_send_one_mail_to_each()
    {
        var item = await app.Given.ItemWithDeadlineAsync(ClockKind.StageLimit, days: 15);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => app.RunJobAsync<SendReminders>()));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => app.RunJobAsync<SendMail>()));

        Assert.Single(app.Mail.To(item.Address("staff")));
        Assert.Single(app.Mail.To(item.Address("leader")));
        Assert.All(
            await app.Db(db => db.Outbox.Where(mail => mail.Payload!.Contains(item.Deadline.ToString())).ToListAsync()),
            mail => Assert.Equal((OutboxState.Sent, 1), (mail.State, mail.Attempts)));
    }

    [Fact]
    public async Task A_sweep_that_comes_late_sends_only_the_latest_reminder()
    {
        var item = await app.Given.ItemWithDeadlineAsync(ClockKind.StageLimit, days: 40);

        // Thirty, fifteen and three days before have all passed, and the escalation's seventh day after has come: two rules name the staff.
        Assert.Equal(1, await MailsAtAsync(item, 8));

        var mail = Assert.Single(app.Mail.To(item.Address("staff")));
        Assert.Contains("“阶段时限已过，催办”", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("逾期 8 天", mail.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_passed_long_ago_is_not_written_about()
    {
        var item = await app.Given.ItemWithDeadlineAsync(ClockKind.StageLimit, days: 40);

        Assert.Equal(0, await MailsAtAsync(item, 30 + 32));
    }

    [Fact]
    public async Task Everybody_reads_it_in_their_own_language_with_day_zone_and_cause()
    {
        var item = await app.Given.ItemWithDeadlineAsync(ClockKind.StageLimit, days: 3);
        await SweepAsync();
        var day = Day(item.LastDay);

        var chinese = Assert.Single(app.Mail.To(item.Address("staff")));
        Assert.StartsWith($"还有 3 天：{item.Code} 演示项目", chinese.Subject, StringComparison.Ordinal);
        Assert.Contains($"截至 {day}，含当日全天，北京时间", chinese.TextBody, StringComparison.Ordinal);
        Assert.Contains("提醒规则“阶段时限临近”（第 1 版，截止前 3 天）", chinese.TextBody, StringComparison.Ordinal);
        Assert.Contains($"/work-items/{item.Code}", chinese.TextBody, StringComparison.Ordinal);

        var english = Assert.Single(app.Mail.To(item.Address("leader")));
        Assert.Contains($"{item.Code} Demo project", english.Subject, StringComparison.Ordinal);
        Assert.Contains(day, english.TextBody, StringComparison.Ordinal);
        Assert.Contains("Beijing time", english.TextBody, StringComparison.Ordinal);
        Assert.Contains("the reminder rule “Stage limit draws near” (version 1, days before the last day: 3)", english.TextBody, StringComparison.Ordinal);
        Assert.Equal("en", english.Body!.Headers[HeaderId.ContentLanguage]);
    }

    [Fact]
    public async Task Whose_membership_ended_or_who_has_no_address_gets_none()
    {
        var item = await app.Given.ItemWithDeadlineAsync(ClockKind.StageLimit, days: 40);

        Assert.Equal(1, await MailsAtAsync(item, -30));
        Assert.Single(app.Mail.To(item.Address("former")));
        Assert.Equal(2, await MailsAtAsync(item, -15));
        Assert.Single(app.Mail.To(item.Address("former")));
        Assert.DoesNotContain(
            await app.Db(db => db.Outbox.Where(mail => mail.Payload!.Contains(item.Deadline.ToString())).Select(mail => db.People.Single(person => person.Id == mail.RecipientPerson).Email).ToListAsync()),
            address => address is null);
    }

    [Fact]
    public async Task A_position_that_nobody_holds_in_the_group_is_sought_above_it()
    {
        var item = await app.Given.ItemWithDeadlineAsync(ClockKind.StageLimit, days: 3);

        await MailsAtAsync(item, 0);
        Assert.Empty(app.Mail.To(item.Address("general")));
        await MailsAtAsync(item, 7);
        Assert.Single(app.Mail.To(item.Address("general")));
        // The group has staff of its own, so those above are left in peace.
        Assert.Empty(app.Mail.To(item.Address("above")));
    }

    [Fact]
    public async Task A_deadline_that_moves_is_reminded_of_anew()
    {
        var item = await app.Given.ItemWithDeadlineAsync(ClockKind.CommentPeriod, days: 3);
        Assert.Equal(1, await MailsAtAsync(item, -3));

        await app.Given.ChangeAsync(item, stored => Assert.True(
            stored.Lengthen(stored.Deadlines.Single(), item.LastDay.AddDays(30), new WorkingCalendar([], []), "演示：延长").IsOk));

        Assert.Equal(1, await MailsAtAsync(item, 0));
        Assert.Equal(2, await MailsAtAsync(item, 27));
        Assert.Contains(app.Mail.To(item.Address("staff")), mail => mail.TextBody!.Contains(Day(item.LastDay.AddDays(30)), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mail_whose_deadline_was_met_while_it_waited_is_withdrawn()
    {
        var item = await app.Given.ItemWithDeadlineAsync(ClockKind.StageLimit, days: 3);
        await app.RunJobAsync<SendReminders>();
        var version = await app.Db(db => db.WorkItems.Where(stored => stored.Id == item.Id).Select(stored => stored.Version).SingleAsync());
        await app.RunAsync(new AdvanceWorkItem(item.Code, "go", null, null, version));

        await app.RunJobAsync<SendMail>();

        Assert.Empty(app.Mail.To(item.Address("staff")));
        Assert.All(
            await app.Db(db => db.Outbox.Where(mail => mail.Payload!.Contains(item.Deadline.ToString())).ToListAsync()),
            mail => Assert.Equal(OutboxState.Cancelled, mail.State));
    }

    [Fact]
    public async Task A_hostile_title_stays_in_the_subject()
    {
        var item = await app.Given.ItemWithDeadlineAsync(ClockKind.StageLimit, days: 3, title: new("演示\r\nBcc: victim@example.org\r\n\r\n<script>", null));

        await SweepAsync();

        var mail = Assert.Single(app.Mail.To(item.Address("staff")));
        Assert.Empty(mail.Bcc);
        Assert.Contains("Bcc: victim@example.org", mail.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', mail.Subject!);
        Assert.Equal("text/plain", mail.Body!.ContentType.MimeType);
    }

    [Fact]
    public async Task The_due_query_looks_deadlines_up_in_their_index()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await using var db = new AppDbContext(DataSetup.Configure(new DbContextOptionsBuilder<AppDbContext>(), database.Provider, database.ConnectionString).Options);
        await db.Database.MigrateAsync(TestContext.Current.CancellationToken);
        await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);

        await using var command = SendReminders.Between(db.Deadlines, DateTime.UtcNow, DateTime.UtcNow.AddDays(1)).CreateDbCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {command.CommandText}";
        await using var plan = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var steps = new List<string>();
        while (await plan.ReadAsync(TestContext.Current.CancellationToken)) steps.Add(plan.GetString(3));

        Assert.Contains(steps, step => step.Contains("IX_Deadlines_Status_InstantUtc (Status=? AND InstantUtc>? AND InstantUtc<?)", StringComparison.Ordinal));
        Assert.DoesNotContain(steps, step => step.StartsWith("SCAN", StringComparison.Ordinal));
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Moves the clock to noon of a day relative to the last one, sweeps and sends; answers how many mails the staff has in all.</summary>
    private async Task<int> MailsAtAsync(ItemWithDeadline item, int offset)
    {
        var noon = Instants.StartOf(item.LastDay.AddDays(offset), Instants.China).AddHours(12);
        if (noon > app.Clock.GetUtcNow()) app.Clock.SetUtcNow(noon);
        await SweepAsync();
        return app.Mail.To(item.Address("staff")).Count;
    }

    private async Task SweepAsync()
    {
        await app.RunJobAsync<SendReminders>();
        await app.RunJobAsync<SendMail>();
    }
}
