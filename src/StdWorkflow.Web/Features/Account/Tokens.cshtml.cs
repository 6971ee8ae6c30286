using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Account;

[ResponseCache(NoStore = true)]
public sealed class TokensModel(Visible visible, UseCases useCases, TimeProvider clock) : PageModel
{
    public sealed record Entry
    {
        public string Name { get; init; } = "";
        public TokenReach Reach { get; init; }
        public int Days { get; init; } = 90;
    }

    public sealed record Line(Guid Id, string Name, TokenReach Reach, DateTime ExpiresAtUtc, DateTime? RevokedAtUtc)
    {
        public bool IsValidAt(DateTime nowUtc) => RevokedAtUtc is null && nowUtc < ExpiresAtUtc;
    }

    public Entry Form { get; private set; } = new();

    /// <summary>The secret of the token that was just made: here and never again.</summary>
    public string? Secret { get; private set; }

    public IReadOnlyList<Line> Lines { get; private set; } = [];

    public DateTime NowUtc => clock.UtcNow();

    public async Task OnGetAsync(CancellationToken stop) => await ListAsync(stop);

    public async Task<IActionResult> OnPostAsync(Entry form, CancellationToken stop)
    {
        Form = form;
        var secret = TokenSecret.New();
        var result = await useCases.RunAsync(new IssueAccessToken(form.Name, form.Reach, form.Days, TokenSecret.HashOf(secret)), stop);
        if (result.IsOk) (Secret, Form) = (secret, new Entry());
        ModelState.Add(result, nameof(Form));
        if (result.IsOk) ModelState.Clear();
        await ListAsync(stop);
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(Guid token, CancellationToken stop)
    {
        var result = await useCases.RunAsync(new RevokeAccessToken(token), stop);
        if (result.IsOk) return Redirect(AccountLinks.Tokens);
        ModelState.Add(result, "");
        await ListAsync(stop);
        return Page();
    }

    private async Task ListAsync(CancellationToken stop) => Lines = await visible.AccessTokens
        .OrderByDescending(token => token.ExpiresAtUtc)
        .Select(token => new Line(token.Id, token.Name, token.Reach, token.ExpiresAtUtc, token.RevokedAtUtc))
        .Take(200).ToListAsync(stop);
}
