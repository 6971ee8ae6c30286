using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using StdWorkflow.Data.Identity;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Account;

[EnableRateLimiting(RateLimits.SignIn), ResponseCache(NoStore = true)]
internal sealed class ChangePasswordModel(UserManager<User> users, SignInManager<User> signIn, AccountDiary diary, CurrentUser me) : PageModel
{
    public sealed record Entry
    {
        public string Current { get; init; } = "";
    }

    public Entry Form { get; private set; } = new();

    public NewPassword Secret { get; private set; } = new();

    public async Task<IActionResult> OnPostAsync(Entry form, NewPassword secret, CancellationToken stop)
    {
        (Form, Secret) = (form, secret);
        if (await users.GetUserAsync(User) is not { } user) return Challenge();
        if (!secret.Check(ModelState, nameof(Secret))) return Page();

        var result = await users.ChangePasswordAsync(user, form.Current, secret.Password);
        if (!result.Succeeded)
        {
            foreach (var problem in Accounts.ProblemsOf(result)) ModelState.Add(problem, nameof(Secret));
            return Page();
        }

        // The stamp changed, so every other browser is signed out; this one goes on.
        await signIn.RefreshSignInAsync(user);
        await diary.WriteAsync(user.PersonId, me.Actor, new PasswordChanged(), stop);
        return Redirect(AccountLinks.Account);
    }
}
