using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Account;

/// <summary>Opening the link changes nothing: mail scanners open links too. The button does it.</summary>
[EnableRateLimiting(RateLimits.SignIn), ResponseCache(NoStore = true)]
internal sealed class ConfirmEmailModel(AccountTokens tokens, UseCases useCases) : PageModel
{
    public string Token { get; private set; } = "";

    public string? Email { get; private set; }

    public void OnGet(string? token)
    {
        Token = token ?? "";
        Email = tokens.ReadEmail(token)?.Email;
    }

    public async Task<IActionResult> OnPostAsync(string? token, CancellationToken stop)
    {
        OnGet(token);
        var result = await useCases.RunAsync(new ConfirmEmail(Token), stop);
        if (result.IsOk) return Redirect(AccountLinks.SignIn);
        ModelState.Add(result, "");
        return Page();
    }
}
