using System.Net.Sockets;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace StdWorkflow.Web.Mail;

/// <summary>The way out: a mail server, or a folder.</summary>
internal interface IMailTransport
{
    /// <summary>Opens the way for several mails.</summary>
    Task<IMailSession> OpenAsync(CancellationToken stop);
}

internal interface IMailSession : IAsyncDisposable
{
    /// <summary>Sends one mail; returns when the other side has taken it over.</summary>
    Task SendAsync(Guid message, MimeMessage mail, CancellationToken stop);
}

/// <summary>Settings under <c>Mail</c>.</summary>
public sealed record MailSettings
{
    /// <summary>Address that mail comes from; blank is as if it were not set.</summary>
    public string From { get => field is { Length: > 0 } ? field : "stdworkflow@localhost"; init; } = "";

    /// <summary>Where people reach the pages; links in mails begin with it. Without it, the address that the program listens on.</summary>
    public string? LinkBase { get; init; }

    /// <summary>Where mail is put when there is no server; relative to the content root.</summary>
    public string Folder { get; init; } = "App_Data/mail";

    public SmtpSettings Smtp { get; init; } = new();
}

/// <summary>Settings under <c>Mail:Smtp</c>. Without a host, mail goes to the folder.</summary>
public sealed record SmtpSettings
{
    public string? Host { get; init; }

    public int Port { get; init; } = 587;

    /// <summary>MailKit's words: <c>None</c>, <c>StartTls</c>, <c>SslOnConnect</c>, <c>StartTlsWhenAvailable</c> or <c>Auto</c>.</summary>
    public SecureSocketOptions Security { get; init; } = SecureSocketOptions.Auto;

    public string? User { get; init; }

    public string? Password { get; init; }
}

internal sealed class SmtpTransport(IOptions<MailSettings> settings) : IMailTransport
{
    public async Task<IMailSession> OpenAsync(CancellationToken stop)
    {
        var smtp = settings.Value.Smtp;
        var client = new SmtpClient { Timeout = (int)SendMail.PerMessage.TotalMilliseconds };
        try
        {
            await client.ConnectAsync(smtp.Host!, smtp.Port, smtp.Security, stop);
            if (!string.IsNullOrEmpty(smtp.User)) await client.AuthenticateAsync(smtp.User, smtp.Password ?? "", stop);
            return new Session(client);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private sealed class Session(SmtpClient client) : IMailSession
    {
        public Task SendAsync(Guid message, MimeMessage mail, CancellationToken stop) => client.SendAsync(mail, stop);

        public async ValueTask DisposeAsync()
        {
            try
            {
                // What was sent is sent; a server that does not hear the goodbye changes nothing about it.
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
                if (client.IsConnected) await client.DisconnectAsync(quit: true, patience.Token);
            }
            catch (Exception failure) when (failure is IOException or SocketException or OperationCanceledException or MailKit.ProtocolException or MailKit.CommandException)
            {
            }

            client.Dispose();
        }
    }
}

/// <summary>
/// Puts mail into a folder, one file per message of the outbox, named by its key: sent twice it is still one file.
/// </summary>
internal sealed class FolderTransport(MailFolder folder) : IMailTransport
{
    public Task<IMailSession> OpenAsync(CancellationToken stop)
    {
        Directory.CreateDirectory(folder.Path);
        return Task.FromResult<IMailSession>(new Session(folder));
    }

    private sealed class Session(MailFolder folder) : IMailSession
    {
        public async Task SendAsync(Guid message, MimeMessage mail, CancellationToken stop)
        {
            // A reader, or a kill, must never meet half a mail.
            var half = System.IO.Path.Combine(folder.Path, $"{message:N}.{Guid.CreateVersion7():N}.part");
            await using (var file = File.Create(half)) await mail.WriteToAsync(file, stop);
            File.Move(half, folder.FileOf(message), overwrite: true);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
