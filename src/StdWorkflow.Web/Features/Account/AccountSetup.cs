using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Account;

internal static class AccountSetup
{
    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<SignedLinks>();
        services.AddSingleton<AccountTokens>();
        services.AddSingleton<AccountDiary>();
        services.AddScoped<Accounts>();
        services.AddScoped<Invitations>();
        services.AddScoped<SignInDoor>();
        services.AddScoped<PasswordReset>();
        services.AddScoped<DemoPeople>();
    }
}
