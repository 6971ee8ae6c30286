using System.Globalization;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Data.Outbox;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Testing;
using StdWorkflow.Web.Mail;

namespace StdWorkflow.Web.Tests.Mail;

[Trait("Pace", "slow")]
public class KilledWhileSendingTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task A_program_killed_between_claim_and_send_reminds_everybody_once_after_its_restart()
    {
        var item = await app.Given.ItemWithDeadlineAsync(ClockKind.StageLimit, days: 15);
        await using var database = await app.Database.CopyAsync();
        var time = app.Clock.GetUtcNow();

        // Twice: the sweep has run and the mail is with a server that never answers for it.
        for (var kill = 0; kill < 2; kill++)
        {
            await using var silent = new SmtpServer(SmtpManner.FallsSilent);
            await using var killed = await ProgramProcess.ServeAsync(database, Settings(silent.Port, time));
            await silent.Heard.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
            Assert.Contains(OutboxState.Claimed, await StatesAsync(database, item));
            await killed.KillAsync();
            time += SendMail.Lease + TimeSpan.FromMinutes(1);
        }

        await using var server = new SmtpServer(SmtpManner.Takes);
        await using (await ProgramProcess.ServeAsync(database, Settings(server.Port, time)))
            await Eventually.TrueAsync(async () => (await StatesAsync(database, item)).All(state => state == OutboxState.Sent), TimeSpan.FromMinutes(2));

        foreach (var who in new[] { "leader", "staff" })
            Assert.Single(server.Taken, mail => mail.To.Mailboxes.Any(box => box.Address == $"{item.Address(who)}@example.org"));
        Assert.Equal(2, (await StatesAsync(database, item)).Count);
        var check = await ProgramProcess.RunAsync(database, ["verify-history"]);
        Assert.True(check.ExitCode == 0, check.Everything);
    }

    private static Dictionary<string, string> Settings(int port, DateTimeOffset time) => new()
    {
        ["Mail:Smtp:Host"] = "127.0.0.1",
        ["Mail:Smtp:Port"] = port.ToString(CultureInfo.InvariantCulture),
        ["Mail:Smtp:Security"] = "None",
        ["Clock:Offset"] = (time - DateTimeOffset.UtcNow).ToString("c", CultureInfo.InvariantCulture),
    };

    private static async Task<List<OutboxState>> StatesAsync(TestDatabase database, ItemWithDeadline item)
    {
        await using var db = new AppDbContext(DataSetup.Configure(new DbContextOptionsBuilder<AppDbContext>(), database.Provider, database.ConnectionString).Options);
        return await db.Outbox.Where(mail => mail.Payload!.Contains(item.Deadline.ToString())).Select(mail => mail.State).ToListAsync(TestContext.Current.CancellationToken);
    }
}
