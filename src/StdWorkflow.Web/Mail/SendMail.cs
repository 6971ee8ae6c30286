using StdWorkflow.Data.Outbox;
using StdWorkflow.Web.Jobs;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Mail;

/// <summary>
/// Sends what waits in the outbox. Several nodes may run it at once: each message is claimed first. A worker that dies
/// leaves its claim behind; when that has run out, another takes the message.
/// </summary>
internal sealed partial class SendMail(
    OutboxStore outbox, Composer composer, IMailTransport transport, TimeProvider clock, ILogger<SendMail> log) : IJob
{
    /// <summary>A mail that takes longer than this has failed.</summary>
    public static readonly TimeSpan PerMessage = TimeSpan.FromSeconds(30);

    /// <summary>How long a claim holds.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private const int Batch = 20;

    public async Task RunAsync(CancellationToken stop)
    {
        while (await outbox.ClaimAsync(Batch, Lease, stop) is { Count: > 0 } claimed) await SendAsync(claimed, stop);
    }

    private async Task SendAsync(IReadOnlyList<OutboxMessage> claimed, CancellationToken stop)
    {
        IMailSession? session = null;
        try
        {
            foreach (var message in claimed)
            {
                // Too little of the claim is left: somebody else might send it at the same time.
                if (clock.UtcNow() + PerMessage > message.ClaimedUntil) return;
                try
                {
                    using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
                    limit.CancelAfter(PerMessage);
                    if (await composer.ComposeAsync(message, limit.Token) is not { } mail)
                    {
                        await outbox.WithdrawnAsync(message, stop);
                        continue;
                    }

                    session ??= await transport.OpenAsync(limit.Token);
                    await session.SendAsync(message.Id, mail, limit.Token);
                }
                catch (Exception failure) when (!stop.IsCancellationRequested)
                {
                    // What the server says may name the recipient; only administrators see it, so it stands in the outbox and not in the log.
                    LogFailed(message.Id, message.Attempts, failure.GetType().Name);
                    await outbox.FailedAsync(message, $"{failure.GetType().Name}: {failure.Message}", stop);
                    if (session is not null) await session.DisposeAsync();
                    session = null;
                    continue;
                }

                if (!await outbox.SentAsync(message, stop)) LogLost(message.Id);
            }
        }
        finally
        {
            if (session is not null) await session.DisposeAsync();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {Message} was not sent at attempt {Attempt}: {Failure}")]
    private partial void LogFailed(Guid message, int attempt, string failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {Message} was sent after its claim had run out")]
    private partial void LogLost(Guid message);
}
