using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using StdWorkflow.Data.Identity;

namespace StdWorkflow.Web.Features.Account;

/// <summary>Signs out when it is posted. Who opens the address finds a button, because a link must not sign anybody out.</summary>
internal sealed class SignOutModel(SignInManager<User> signIn) : PageModel
{
    public async Task<IActionResult> OnPostAsync()
    {
        await signIn.SignOutAsync();
        return LocalRedirect("/");
    }
}
