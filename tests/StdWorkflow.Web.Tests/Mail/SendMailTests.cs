using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using StdWorkflow.Data.Outbox;
using StdWorkflow.Web.Features.Admin.Outbox;
using StdWorkflow.Web.Mail;

namespace StdWorkflow.Web.Tests.Mail;

public class SendMailTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task A_mail_server_gets_each_mail_once_with_headers_that_stay()
    {
        await using var server = new SmtpServer(SmtpManner.Takes);
        var item = await app.Given.WaitingMailAsync();

        await app.Given.SendThroughAsync(server.Port);
        await app.Given.SendThroughAsync(server.Port);

        var mail = Assert.Single(To(server, item));
        var row = Assert.Single(await RowsAsync(item));
        Assert.Equal(OutboxState.Sent, row.State);
        Assert.StartsWith($"{row.Id:N}@", mail.MessageId, StringComparison.Ordinal);
        Assert.Equal("auto-generated", mail.Headers[HeaderId.AutoSubmitted]);
        Assert.Contains(item.Code, mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_down_is_tried_again_and_at_last_the_mail_is_parked_until_it_is_sent_again()
    {
        int port;
        await using (var gone = new SmtpServer(SmtpManner.Takes)) port = gone.Port;
        var item = await app.Given.WaitingMailAsync();

        await app.Given.SendThroughAsync(port);
        var row = Assert.Single(await RowsAsync(item));
        Assert.Equal((OutboxState.Waiting, 1), (row.State, row.Attempts));
        Assert.NotNull(row.LastError);

        // Not before its time.
        await app.Given.SendThroughAsync(port);
        Assert.Equal(1, Assert.Single(await RowsAsync(item)).Attempts);

        for (var attempt = 2; attempt <= OutboxStore.MostAttempts; attempt++)
        {
            app.Clock.Advance(TimeSpan.FromHours(25));
            await app.Given.SendThroughAsync(port);
        }

        row = Assert.Single(await RowsAsync(item));
        Assert.Equal((OutboxState.Parked, OutboxStore.MostAttempts), (row.State, row.Attempts));

        await using var server = new SmtpServer(SmtpManner.Takes, port);
        app.Clock.Advance(TimeSpan.FromDays(2));
        await app.Given.SendThroughAsync(port);
        Assert.Empty(To(server, item));

        await app.RunAsync(new RetryMail(row.Id));
        await app.Given.SendThroughAsync(port);
        Assert.Single(To(server, item));
        Assert.Equal(OutboxState.Sent, Assert.Single(await RowsAsync(item)).State);
    }

    [Fact]
    public async Task A_refused_recipient_does_not_hold_up_the_others()
    {
        var refused = await app.Given.WaitingMailAsync();
        await using (var server = new SmtpServer(SmtpManner.Refuses)) await app.Given.SendThroughAsync(server.Port);
        var row = Assert.Single(await RowsAsync(refused));
        Assert.Equal(OutboxState.Waiting, row.State);
        Assert.Contains("nobody here", row.LastError, StringComparison.Ordinal);

        var other = await app.Given.WaitingMailAsync();
        await using var better = new SmtpServer(SmtpManner.Takes);
        await app.Given.SendThroughAsync(better.Port);
        Assert.Single(To(better, other));
    }

    [Fact]
    public async Task An_address_that_is_none_is_kept_from_the_server()
    {
        await using var server = new SmtpServer(SmtpManner.Takes);
        var item = await app.Given.WaitingMailAsync("x@example.org\r\nRCPT TO:<victim@example.org>");

        await app.Given.SendThroughAsync(server.Port);

        Assert.Contains("the address is not one", Assert.Single(await RowsAsync(item)).LastError, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Taken, mail => mail.To.Mailboxes.Any(box => box.Address.Contains("victim", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_folder_keeps_one_file_however_often_a_mail_is_sent()
    {
        var item = await app.Given.WaitingMailAsync();
        await app.RunJobAsync<SendMail>();
        var row = Assert.Single(await RowsAsync(item));

        // As if the program had been killed after the mail was sent and before that was noted.
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<StdWorkflow.Data.AppDbContext>();
            var stored = await db.Outbox.SingleAsync(mail => mail.Id == row.Id, TestContext.Current.CancellationToken);
            (stored.State, stored.ClaimedUntil) = (OutboxState.Claimed, app.Clock.GetUtcNow().UtcDateTime);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        app.Clock.Advance(SendMail.Lease);
        await app.RunJobAsync<SendMail>();

        Assert.Equal((OutboxState.Sent, 2), (Assert.Single(await RowsAsync(item)).State, Assert.Single(await RowsAsync(item)).Attempts));
        Assert.Single(app.Mail.To(item.Address("leader")));
    }

    private static List<MimeMessage> To(SmtpServer server, ItemWithDeadline item) =>
        [.. server.Taken.Where(mail => mail.To.Mailboxes.Any(box => box.Address.StartsWith($"{item.Address("leader")}@", StringComparison.Ordinal)))];

    private Task<List<OutboxMessage>> RowsAsync(ItemWithDeadline item) => app.Db(db => db.Outbox.AsNoTracking()
        .Where(mail => mail.Payload!.Contains(item.Deadline.ToString()) && db.WorkItems.Any(stored => stored.Id == item.Id && stored.LeaderId == mail.RecipientPerson)).ToListAsync());
}
