using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using StdWorkflow.Domain.Common;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Account;

[EnableRateLimiting(RateLimits.Mail)]
internal sealed class ForgotPasswordModel(PasswordReset reset) : PageModel
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
        if (!new EmailAddressAttribute().IsValid(form.Email.Trim()))
        {
            ModelState.Add(Problem.On(nameof(form.Email), "validation.email"), nameof(Form));
            return Page();
        }

        await reset.AskAsync(form.Email.Trim(), stop);
        IsDone = true;
        return Page();
    }
}
