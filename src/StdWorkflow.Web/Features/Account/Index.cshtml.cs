using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using StdWorkflow.Data.Identity;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Account;

internal sealed class IndexModel(UserManager<User> users, CurrentUser me) : PageModel
{
    public string FullName => me.Name;

    public string Email { get; private set; } = "";

    public bool HasSecondFactor { get; private set; }

    public int RecoveryCodesLeft { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (await users.GetUserAsync(User) is not { } user) return Challenge();
        Email = user.Email ?? "";
        HasSecondFactor = user.TwoFactorEnabled;
        RecoveryCodesLeft = HasSecondFactor ? await users.CountRecoveryCodesAsync(user) : 0;
        return Page();
    }
}
