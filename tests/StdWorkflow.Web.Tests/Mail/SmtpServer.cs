using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace StdWorkflow.Web.Tests.Mail;

internal enum SmtpManner
{
    /// <summary>Takes every mail.</summary>
    Takes,

    /// <summary>Hears a mail to its end and then says nothing for ever.</summary>
    FallsSilent,

    /// <summary>Refuses every recipient.</summary>
    Refuses,
}

/// <summary>A mail server on the loopback, as small as SMTP lets it be. It stops listening when it is disposed.</summary>
internal sealed class SmtpServer : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly CancellationTokenSource stop = new();
    private readonly Task serving;
    private readonly ConcurrentQueue<MimeMessage> taken = new();
    private readonly TaskCompletionSource heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SmtpManner manner;

    public SmtpServer(SmtpManner manner, int port = 0)
    {
        this.manner = manner;
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        serving = ServeAsync();
    }

    public int Port { get; }

    /// <summary>The mails that it answered for.</summary>
    public IReadOnlyList<MimeMessage> Taken => [.. taken];

    /// <summary>Done when the first mail has been heard to its end, answered or not.</summary>
    public Task Heard => heard.Task;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await serving;
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var talks = new List<Task>();
        try
        {
            while (true) talks.Add(TalkAsync(await listener.AcceptTcpClientAsync(stop.Token)));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.Latin1);
                await SayAsync(stream, "220 loopback");
                while (await reader.ReadLineAsync(stop.Token) is { } line)
                {
                    var word = line.Split(' ', 2)[0].ToUpperInvariant();
                    if (word == "DATA")
                    {
                        await SayAsync(stream, "354 go on");
                        var mail = await ReadMailAsync(reader);
                        heard.TrySetResult();
                        if (manner == SmtpManner.FallsSilent) await Task.Delay(Timeout.Infinite, stop.Token);
                        taken.Enqueue(mail);
                        await SayAsync(stream, "250 taken");
                        continue;
                    }

                    await SayAsync(stream, word switch
                    {
                        "RCPT" when manner == SmtpManner.Refuses => "550 nobody here",
                        "QUIT" => "221 bye",
                        _ => "250 ok",
                    });
                    if (word == "QUIT") return;
                }
            }
            catch (Exception ended) when (ended is OperationCanceledException or IOException or SocketException)
            {
                // Whoever hangs up, hangs up.
            }
        }
    }

    private async Task<MimeMessage> ReadMailAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(stop.Token) is { } line && line != ".") text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        using var bytes = new MemoryStream(Encoding.Latin1.GetBytes(text.ToString()));
        return await MimeMessage.LoadAsync(bytes, stop.Token);
    }

    private Task SayAsync(NetworkStream stream, string line) => stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), stop.Token).AsTask();
}
