using Microsoft.AspNetCore.Http.Extensions;

namespace StdWorkflow.Web.Features.Account;

internal static class AccountLinks
{
    public const string Account = "/account";
    public const string SignIn = "/account/sign-in";
    public const string SignInCode = "/account/sign-in/code";
    public const string SignInRecovery = "/account/sign-in/recovery";
    public const string ForgotPassword = "/account/forgot-password";
    public const string Password = "/account/password";
    public const string Email = "/account/e-mail";
    public const string TwoFactor = "/account/two-factor";
    public const string Tokens = "/account/tokens";

    public static string ResetPassword(string token) => With("/account/reset-password", token);

    public static string ConfirmEmail(string token) => With("/account/confirm-e-mail", token);

    public static string Invitation(string token) => With("/account/invitation", token);

    public static string FirstAdministrator(string token) => With("/account/first-administrator", token);

    public static string Next(string page, string? returnUrl, bool remember)
    {
        var query = new QueryBuilder();
        if (!string.IsNullOrEmpty(returnUrl)) query.Add("returnUrl", returnUrl);
        if (remember) query.Add("remember", "true");
        return page + query.ToQueryString();
    }

    private static string With(string page, string token) => page + new QueryBuilder { { "token", token } }.ToQueryString();
}
