using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Text;
using StdWorkflow.Data;
using StdWorkflow.Data.Outbox;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Localization;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Mail;

/// <summary>Makes a mail out of a message of the outbox, at the time of sending and in the language of whoever receives it.</summary>
internal sealed class Composer(
    AppDbContext db, MailTable table, IServiceProvider services, IStringLocalizer<MailTexts> texts, IOptions<MailSettings> settings, MailLinks links, TimeProvider clock)
{
    /// <summary>Null when there is nothing left to say.</summary>
    public async Task<MimeMessage?> ComposeAsync(OutboxMessage message, CancellationToken stop)
    {
        var to = await AddresseeOfAsync(message, stop);
        var cause = message.EventId is { } id ? await db.Events.AsNoTracking().SingleOrDefaultAsync(written => written.Id == id, stop) : null;

        var (culture, uiCulture) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Reader.CultureOf(to.Language);
        try
        {
            var letter = await table.WriteAsync(message, cause, to, services, stop);
            return letter is null ? null : Mime(message, to, letter);
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, uiCulture);
        }
    }

    private async Task<Addressee> AddresseeOfAsync(OutboxMessage message, CancellationToken stop)
    {
        if (message.RecipientPerson is not { } id)
            return new Addressee(null, null, message.RecipientAddress ?? throw new MailRefusedException("no recipient"), message.Language);

        var person = await db.Set<Person>().AsNoTracking().Where(known => known.Id == id)
            .Select(known => new { known.FullName, known.Email, known.Language }).SingleAsync(stop);
        return new Addressee(id, person.FullName, message.RecipientAddress ?? person.Email ?? throw new MailRefusedException("the person has no address any more"),
            person.Language ?? message.Language);
    }

    private MimeMessage Mime(OutboxMessage message, Addressee to, Letter letter)
    {
        if (!MailboxAddress.TryParse(to.Address, out var address) || address.Address.AsSpan().ContainsAny('\r', '\n'))
            throw new MailRefusedException("the address is not one");

        var from = MailboxAddress.Parse(settings.Value.From);
        var mail = new MimeMessage
        {
            Subject = OneLine(letter.Subject),
            Date = new DateTimeOffset(clock.UtcNow(), TimeSpan.Zero).ToOffset(TimeSpan.FromHours(8)),
            // The same at every attempt: a server that took a mail over just before we were killed can tell the second one.
            MessageId = $"{message.Id:N}@{from.Domain}",
        };
        mail.From.Add(new MailboxAddress(Encoding.UTF8, texts["From"], from.Address));
        mail.To.Add(new MailboxAddress(Encoding.UTF8, OneLine(to.Name ?? ""), address.Address));
        mail.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        mail.Body = new TextPart(TextFormat.Plain) { Text = Text(to, letter), ContentTransferEncoding = ContentEncoding.Base64 };
        mail.Body.Headers.Add(HeaderId.ContentLanguage, Reader.CultureOf(to.Language).Name);
        return mail;
    }

    private string Text(Addressee to, Letter letter)
    {
        var blocks = new List<string>();
        if (!string.IsNullOrWhiteSpace(to.Name)) blocks.Add(texts["Greeting", to.Name]);
        blocks.AddRange(letter.Paragraphs);
        if (letter.Path is { } path) blocks.Add(links.Base + path);
        blocks.Add("-- \n" + texts["Because", letter.Cause] + (letter.Stop is { } end ? "\n" + texts["Stop", links.Base + end] : "") + "\n" + texts["NoReply"]);
        return string.Join("\n\n", blocks) + "\n";
    }

    /// <summary>A header is one line, whatever a title or a name holds.</summary>
    private static string OneLine(string text) =>
        string.Create(text.Length, text, static (line, from) =>
        {
            for (var i = 0; i < line.Length; i++) line[i] = char.IsControl(from[i]) || from[i] is '\u2028' or '\u2029' ? ' ' : from[i];
        }).Trim();
}

/// <summary>A mail that cannot be sent as it stands. The words hold nothing personal.</summary>
internal sealed class MailRefusedException(string why) : Exception(why);
