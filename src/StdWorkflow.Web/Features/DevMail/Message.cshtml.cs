using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MimeKit;
using StdWorkflow.Web.Mail;

namespace StdWorkflow.Web.Features.DevMail;

/// <summary>One mail of the folder, as text. Development only.</summary>
[ResponseCache(NoStore = true)]
public sealed class MessageModel(MailFolder folder, MailLinks links, IHostEnvironment host) : PageModel
{
    public MimeMessage Mail { get; private set; } = null!;

    public string Text => Mail.TextBody ?? "";

    /// <summary>Paths of our own pages that the mail names: they work here whatever address the program has now.</summary>
    public IReadOnlyList<string> Paths { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken stop)
    {
        if (!host.IsDevelopment() || await folder.FindAsync(id, stop) is not { } mail) return NotFound();
        Mail = mail;
        var ours = links.Base + "/";
        Paths = [.. Text.Split(['\r', '\n', ' '], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.StartsWith(ours, StringComparison.Ordinal))
            .Select(word => "/" + word[ours.Length..].TrimStart('/', '\\'))
            .Distinct()];
        return Page();
    }
}
