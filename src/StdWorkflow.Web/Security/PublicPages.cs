using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace StdWorkflow.Web.Security;

/// <summary>The one table of pages that need no sign-in. Every other page asks for one.</summary>
internal static class PublicPages
{
    public static readonly IReadOnlyList<string> Pages =
    [
        "/Account/ConfirmEmail",
        "/Account/FirstAdministrator",
        "/Account/ForgotPassword",
        "/Account/Invitation",
        "/Account/ResetPassword",
        "/Account/SignIn",
        "/Account/SignInCode",
        "/Account/SignInRecovery",
        "/Account/SignOut",
        "/Committees/AsOf",
        "/Committees/Details",
        "/Committees/Index",
        "/Consultations/Details",
        "/Consultations/Index",
        "/Consultations/Receipt",
        "/Journeys/Index",
        "/Shared/Status",
        "/Home/Index",
        "/Plans/Committee",
        "/Plans/Item",
        "/Processes/Index",
        "/Processes/Details",
        "/International/Index",
        "/International/Details",
        "/WorkItems/Board",
        "/WorkItems/Index",
        "/WorkItems/AsOf",
        "/WorkItems/Details",
        "/WorkItems/Proposal",
        "/DevMail/Index",
        "/DevMail/Message",
    ];

    public static void Apply(PageConventionCollection conventions)
    {
        conventions.AuthorizeFolder("/");
        foreach (var page in Pages) conventions.AllowAnonymousToPage(page);
    }
}
