using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using StdWorkflow.Web.Mail;

namespace StdWorkflow.Web.Features.DevMail;

/// <summary>What would have been sent, had there been a mail server. Development only.</summary>
[ResponseCache(NoStore = true)]
public sealed class IndexModel(MailFolder folder, IHostEnvironment host) : PageModel
{
    /// <summary>How many mails are listed.</summary>
    public const int Most = 200;

    public sealed record Line(Guid Id, DateTimeOffset Date, string To, string Subject);

    public IReadOnlyList<Line> Lines { get; private set; } = [];

    public string Folder => folder.Path;

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (!host.IsDevelopment()) return NotFound();
        Lines = [.. (await folder.NewestAsync(Most, stop)).Select(found => new Line(found.Id, found.Mail.Date, found.Mail.To.ToString(), found.Mail.Subject ?? ""))];
        return Page();
    }
}
