using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using StdWorkflow.Data.Outbox;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Web.Features.Reminders;
using StdWorkflow.Web.Mail;

namespace StdWorkflow.Web.Tests;

public sealed partial class Given
{
    /// <summary>A reminder to leader and staff of a new item, fifteen days before its end, that waits to be sent.</summary>
    internal async Task<ItemWithDeadline> WaitingMailAsync(string? leader = null)
    {
        var item = await ItemWithDeadlineAsync(ClockKind.StageLimit, days: 15, leader: leader);
        await app.RunJobAsync<SendReminders>();
        return item;
    }

    /// <summary>The same, after every attempt to send it has failed.</summary>
    internal async Task<ItemWithDeadline> ParkedMailAsync()
    {
        var item = await WaitingMailAsync();
        for (var attempt = 1; attempt <= OutboxStore.MostAttempts; attempt++)
        {
            await SendThroughAsync(port: 1);
            app.Clock.Advance(TimeSpan.FromHours(25));
        }

        return item;
    }

    /// <summary>Runs the job that sends, as it would run with this server in the settings.</summary>
    internal async Task SendThroughAsync(int port)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var settings = new MailSettings { Smtp = new SmtpSettings { Host = "127.0.0.1", Port = port, Security = MailKit.Security.SecureSocketOptions.None } };
        await ActivatorUtilities.CreateInstance<SendMail>(scope.ServiceProvider, new SmtpTransport(Options.Create(settings))).RunAsync(TestContext.Current.CancellationToken);
    }
}
