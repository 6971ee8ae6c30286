using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Outbox;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Features.Shared;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Admin.Outbox;

/// <summary>Outgoing mail: what waits, what was given up and why, what was sent.</summary>
public sealed class IndexModel(Visible visible, CurrentUser me, UseCases useCases) : PageModel
{
    /// <summary>The address of this page.</summary>
    public const string Path = "/admin/outbox";

    public sealed record Line(
        Guid Id, string Kind, string? Name, string? Address, DateTime CreatedAt, DateTime NotBefore, DateTime? SentAt, int Attempts, string? LastError);

    public OutboxState Shown { get; private set; }

    public IReadOnlyDictionary<OutboxState, int> Counts { get; private set; } = new Dictionary<OutboxState, int>();

    public Page<Line> Mails { get; private set; } = null!;

    public static string Link(OutboxState state) => $"{Path}?state={state}";

    public Task<IActionResult> OnGetAsync(string? state, [FromQuery(Name = "page")] int number, CancellationToken stop) => ShowAsync(state, number, stop);

    public async Task<IActionResult> OnPostAsync(Guid message, CancellationToken stop)
    {
        var result = await useCases.RunAsync(new RetryMail(message), stop);
        if (result.IsOk) return Redirect(Link(OutboxState.Waiting));
        ModelState.Add(result, "");
        return await ShowAsync(nameof(OutboxState.Parked), 1, stop);
    }

    private async Task<IActionResult> ShowAsync(string? state, int number, CancellationToken stop)
    {
        if (!me.MayEverywhere(Permission.Administer)) return Forbid();

        Counts = await visible.Outbox.GroupBy(mail => mail.State).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, stop);
        Shown = FilterText.ReadName<OutboxState>(state) ?? (Counts.ContainsKey(OutboxState.Parked) ? OutboxState.Parked : OutboxState.Waiting);

        var shown = visible.Outbox.Where(mail => mail.State == Shown);
        var ordered = Shown == OutboxState.Waiting ? shown.OrderBy(mail => mail.NotBefore).ThenBy(mail => mail.Id) : shown.OrderByDescending(mail => mail.NotBefore).ThenBy(mail => mail.Id);
        Mails = await ordered
            .Select(mail => new Line(
                mail.Id, mail.EventType,
                visible.People.Where(person => person.Id == mail.RecipientPerson).Select(person => person.FullName).FirstOrDefault(),
                mail.RecipientAddress, mail.CreatedAt, mail.NotBefore, mail.SentAt, mail.Attempts, mail.LastError))
            .ToPageAsync(number, stop);
        return Page();
    }
}
