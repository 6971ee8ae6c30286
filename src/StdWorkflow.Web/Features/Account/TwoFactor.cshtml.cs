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

/// <summary>The authenticator app: set up, recovery codes, off. The codes are shown once, on the answer itself, and kept nowhere else.</summary>
[EnableRateLimiting(RateLimits.SignIn), ResponseCache(NoStore = true)]
internal sealed class TwoFactorModel(UserManager<User> users, SignInManager<User> signIn, AccountDiary diary, CurrentUser me) : PageModel
{
    private const int RecoveryCodes = 10;

    public sealed record Entry
    {
        public string Code { get; init; } = "";

        public string Password { get; init; } = "";
    }

    public Entry Form { get; private set; } = new();

    public bool IsOn { get; private set; }

    /// <summary>The app's secret while it is being set up, in groups of four; null before and after.</summary>
    public string? Key { get; private set; }

    public QrCode? Picture { get; private set; }

    public IReadOnlyList<string> Codes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync() => await users.GetUserAsync(User) is { } user ? await ShowAsync(user) : Challenge();

    public async Task<IActionResult> OnPostBeginAsync()
    {
        if (await users.GetUserAsync(User) is not { } user) return Challenge();
        if (user.TwoFactorEnabled) return await ShowAsync(user);
        await users.ResetAuthenticatorKeyAsync(user);
        await signIn.RefreshSignInAsync(user);
        return Redirect(AccountLinks.TwoFactor);
    }

    public async Task<IActionResult> OnPostEnableAsync(Entry form, CancellationToken stop)
    {
        Form = form;
        if (await users.GetUserAsync(User) is not { } user) return Challenge();
        if (user.TwoFactorEnabled) return await ShowAsync(user);
        if (!await users.VerifyTwoFactorTokenAsync(user, users.Options.Tokens.AuthenticatorTokenProvider, SignInDoor.Digits(form.Code)))
        {
            ModelState.Add(Problem.On(nameof(form.Code), "account.codeRefused"), nameof(Form));
            return await ShowAsync(user);
        }

        await users.SetTwoFactorEnabledAsync(user, true);
        await diary.WriteAsync(user.PersonId, me.Actor, new TwoFactorEnabled(), stop);
        return await ShowNewCodesAsync(user);
    }

    public async Task<IActionResult> OnPostCodesAsync(Entry form, CancellationToken stop)
    {
        if (await users.GetUserAsync(User) is not { } user) return Challenge();
        if (!user.TwoFactorEnabled || !await IsOwnerAsync(user, form)) return await ShowAsync(user);
        await diary.WriteAsync(user.PersonId, me.Actor, new RecoveryCodesRenewed(), stop);
        return await ShowNewCodesAsync(user);
    }

    public async Task<IActionResult> OnPostDisableAsync(Entry form, CancellationToken stop)
    {
        if (await users.GetUserAsync(User) is not { } user) return Challenge();
        if (!user.TwoFactorEnabled || !await IsOwnerAsync(user, form)) return await ShowAsync(user);
        await users.SetTwoFactorEnabledAsync(user, false);
        await users.RemoveAuthenticationTokenAsync(user, "[AspNetUserStore]", "AuthenticatorKey");
        await signIn.RefreshSignInAsync(user);
        await diary.WriteAsync(user.PersonId, me.Actor, new TwoFactorDisabled(), stop);
        return Redirect(AccountLinks.Account);
    }

    /// <summary>Whoever finds a browser signed in must not be able to take the second factor away.</summary>
    private async Task<bool> IsOwnerAsync(User user, Entry form)
    {
        if (await users.CheckPasswordAsync(user, form.Password)) return true;
        ModelState.Add(Problem.On(nameof(form.Password), "account.passwordWrong"), nameof(Form));
        return false;
    }

    private async Task<IActionResult> ShowNewCodesAsync(User user)
    {
        Codes = [.. await users.GenerateNewTwoFactorRecoveryCodesAsync(user, RecoveryCodes) ?? []];
        await signIn.RefreshSignInAsync(user);
        return await ShowAsync(user);
    }

    private async Task<IActionResult> ShowAsync(User user)
    {
        IsOn = user.TwoFactorEnabled;
        if (!IsOn && await users.GetAuthenticatorKeyAsync(user) is { Length: > 0 } key)
        {
            Key = string.Join(' ', key.Chunk(4).Select(group => new string(group)));
            Picture = QrCode.Of($"otpauth://totp/StdWorkflow:{Uri.EscapeDataString(user.Email ?? "")}?secret={key}&issuer=StdWorkflow&digits=6");
        }

        return Page();
    }
}
