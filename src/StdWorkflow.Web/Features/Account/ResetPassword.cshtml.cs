using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Account;

[EnableRateLimiting(RateLimits.SignIn), ResponseCache(NoStore = true)]
internal sealed class ResetPasswordModel(PasswordReset reset) : PageModel
{
    public NewPassword Form { get; private set; } = new();

    public string Token { get; private set; } = "";

    public bool IsVoid { get; private set; }

    public async Task OnGetAsync(string? token)
    {
        Token = token ?? "";
        IsVoid = await reset.AccountOfAsync(token) is null;
    }

    public async Task<IActionResult> OnPostAsync(NewPassword form, string? token, CancellationToken stop)
    {
        (Form, Token) = (form, token ?? "");
        if (!form.Check(ModelState, nameof(Form))) return Page();
        var result = await reset.SetAsync(token, form.Password, stop);
        if (result.IsOk) return Redirect(AccountLinks.SignIn);
        ModelState.Add(result, nameof(Form));
        IsVoid = await reset.AccountOfAsync(token) is null;
        return Page();
    }
}
