using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Account;

[EnableRateLimiting(RateLimits.SignIn), ResponseCache(NoStore = true)]
internal sealed class FirstAdministratorModel(AccountTokens tokens, Accounts accounts, UseCases useCases) : PageModel
{
    public sealed record Entry
    {
        public string FullName { get; init; } = "";

        public string Email { get; init; } = "";
    }

    public Entry Form { get; private set; } = new();

    public NewPassword Secret { get; private set; } = new();

    public string Token { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string? token, CancellationToken stop)
    {
        Token = token ?? "";
        return tokens.IsForFirstAdministrator(token) && !await accounts.AnyAsync(stop) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(Entry form, NewPassword secret, string? token, CancellationToken stop)
    {
        (Form, Secret, Token) = (form, secret, token ?? "");
        if (!secret.Check(ModelState, nameof(Secret))) return Page();
        var result = await useCases.RunAsync(new CreateFirstAdministrator(Token, form.FullName, form.Email.Trim(), secret.Password), stop);
        if (result.IsOk) return Redirect(AccountLinks.SignIn);
        foreach (var problem in result.Problems)
            ModelState.Add(problem, problem.Field == nameof(NewPassword.Password) ? nameof(Secret) : nameof(Form));
        return Page();
    }
}
