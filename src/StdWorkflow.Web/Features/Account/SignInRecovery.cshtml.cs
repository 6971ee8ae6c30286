using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using StdWorkflow.Domain.Common;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Account;

[EnableRateLimiting(RateLimits.SignIn), ResponseCache(NoStore = true)]
internal sealed class SignInRecoveryModel(SignInDoor door) : PageModel
{
    public sealed record Entry
    {
        public string Code { get; init; } = "";
    }

    public Entry Form { get; private set; } = new();

    public string? ReturnUrl { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? returnUrl)
    {
        ReturnUrl = returnUrl;
        return await door.AwaitsCodeAsync() ? Page() : Redirect(AccountLinks.Next(AccountLinks.SignIn, returnUrl, remember: false));
    }

    public async Task<IActionResult> OnPostAsync(Entry form, string? returnUrl, CancellationToken stop)
    {
        (Form, ReturnUrl) = (form, returnUrl);
        if (!await door.AwaitsCodeAsync()) return Redirect(AccountLinks.Next(AccountLinks.SignIn, returnUrl, remember: false));
        if (await door.WithRecoveryCodeAsync(form.Code, stop) == Entrance.Open) return LocalRedirect(LocalAddress.Of(returnUrl));
        ModelState.Add(Problem.On(nameof(form.Code), "account.recoveryRefused"), nameof(Form));
        return Page();
    }
}
