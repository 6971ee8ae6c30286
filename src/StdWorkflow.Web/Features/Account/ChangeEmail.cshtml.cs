using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Account;

[EnableRateLimiting(RateLimits.Mail)]
internal sealed class ChangeEmailModel(UseCases useCases) : PageModel
{
    public sealed record Entry
    {
        public string Email { get; init; } = "";
    }

    public Entry Form { get; private set; } = new();

    public bool IsDone { get; private set; }

    public async Task<IActionResult> OnPostAsync(Entry form, CancellationToken stop)
    {
        Form = form;
        var result = await useCases.RunAsync(new AskForEmail(form.Email.Trim()), stop);
        if (result.IsOk) IsDone = true;
        else ModelState.Add(result, nameof(Form));
        return Page();
    }
}
