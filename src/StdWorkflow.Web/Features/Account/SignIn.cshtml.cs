using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using StdWorkflow.Domain.Common;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Account;

[EnableRateLimiting(RateLimits.SignIn), ResponseCache(NoStore = true)]
internal sealed class SignInModel(SignInDoor door, DemoPeople demo, CurrentUser me) : PageModel
{
    public sealed record Entry
    {
        public string Email { get; init; } = "";

        public string Password { get; init; } = "";

        public bool Remember { get; init; }
    }

    public Entry Form { get; private set; } = new();

    public string? ReturnUrl { get; private set; }

    public string? DemoPassword => demo.Password;

    public IReadOnlyList<DemoPeople.Line> Demo { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string? returnUrl, CancellationToken stop) =>
        me.IsSignedIn ? LocalRedirect(LocalAddress.Of(returnUrl)) : await ShowAsync(returnUrl, stop);

    public async Task<IActionResult> OnPostAsync(Entry form, string? returnUrl, CancellationToken stop)
    {
        Form = form;
        var problems = new[] { (nameof(form.Email), form.Email), (nameof(form.Password), form.Password) }
            .Where(field => string.IsNullOrWhiteSpace(field.Item2)).Select(field => Problem.On(field.Item1, "validation.required")).ToList();
        if (problems.Count == 0)
            switch (await door.WithPasswordAsync(form.Email.Trim(), form.Password, form.Remember, stop))
            {
                case Entrance.Open:
                    return LocalRedirect(LocalAddress.Of(returnUrl));
                case Entrance.NeedsCode:
                    return Redirect(AccountLinks.Next(AccountLinks.SignInCode, returnUrl, form.Remember));
                default:
                    problems.Add(Problem.Of("account.signInRefused"));
                    break;
            }

        foreach (var problem in problems) ModelState.Add(problem, nameof(Form));
        return await ShowAsync(returnUrl, stop);
    }

    private async Task<IActionResult> ShowAsync(string? returnUrl, CancellationToken stop)
    {
        ReturnUrl = returnUrl;
        Demo = await demo.ListAsync(stop);
        return Page();
    }
}
