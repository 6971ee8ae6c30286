using Microsoft.Extensions.Options;
using MimeKit;

namespace StdWorkflow.Web.Mail;

/// <summary>The folder that stands in for a mail server.</summary>
public sealed class MailFolder(IOptions<MailSettings> settings, IHostEnvironment host)
{
    public string Path { get; } = System.IO.Path.GetFullPath(settings.Value.Folder, host.ContentRootPath);

    public string FileOf(Guid message) => System.IO.Path.Combine(Path, $"{message:N}.eml");

    /// <summary>The newest mails, at most so many.</summary>
    public async Task<IReadOnlyList<(Guid Id, MimeMessage Mail)>> NewestAsync(int most, CancellationToken stop)
    {
        if (!Directory.Exists(Path)) return [];
        var mails = new List<(Guid, MimeMessage)>();

        // Keys of messages grow with time, and with them the names of the files.
        foreach (var file in Directory.EnumerateFiles(Path, "*.eml").OrderByDescending(System.IO.Path.GetFileName, StringComparer.Ordinal).Take(most))
            if (Guid.TryParseExact(System.IO.Path.GetFileNameWithoutExtension(file), "N", out var id))
                mails.Add((id, await MimeMessage.LoadAsync(file, stop)));

        return mails;
    }

    public async Task<MimeMessage?> FindAsync(Guid message, CancellationToken stop) =>
        File.Exists(FileOf(message)) ? await MimeMessage.LoadAsync(FileOf(message), stop) : null;
}
