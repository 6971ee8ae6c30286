using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Account;

[EnableRateLimiting(RateLimits.SignIn), ResponseCache(NoStore = true)]
internal sealed class InvitationModel(AccountTokens tokens, UseCases useCases) : PageModel
{
    public NewPassword Form { get; private set; } = new();

    public string Token { get; private set; } = "";

    public bool IsVoid { get; private set; }

    public void OnGet(string? token)
    {
        Token = token ?? "";
        IsVoid = tokens.ReadInvitation(token) is null;
    }

    public async Task<IActionResult> OnPostAsync(NewPassword form, string? token, CancellationToken stop)
    {
        OnGet(token);
        Form = form;
        if (!form.Check(ModelState, nameof(Form))) return Page();
        var result = await useCases.RunAsync(new AcceptInvitation(Token, form.Password), stop);
        if (result.IsOk) return Redirect(AccountLinks.SignIn);
        ModelState.Add(result, nameof(Form));
        return Page();
    }
}
