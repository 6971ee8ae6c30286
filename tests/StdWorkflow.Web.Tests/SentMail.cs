using MimeKit;

namespace StdWorkflow.Web.Tests;

/// <summary>The mails that left the program, oldest first.</summary>
public sealed class SentMail(string folder)
{
    public IReadOnlyList<MimeMessage> Sent => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*.eml").Order(StringComparer.Ordinal).Select(file => MimeMessage.Load(file))]
        : [];

    public IReadOnlyList<MimeMessage> To(string person) =>
        [.. Sent.Where(mail => mail.To.Mailboxes.Any(box => box.Address.StartsWith($"{person}@", StringComparison.Ordinal)))];
}
