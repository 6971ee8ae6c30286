using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using StdWorkflow.Data;
using StdWorkflow.Data.Identity;
using StdWorkflow.Web.Api;
using StdWorkflow.Web.Jobs;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Security;

internal static class SecuritySetup
{
    public const string SignInPath = "/account/sign-in";

    // No inline script and no inline style, ours included.
    private const string ContentPolicy =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static void AddSecurity(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var secure = builder.Environment.IsProduction() ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;

        services.AddScoped(provider => new CurrentUser(
            provider.GetRequiredService<AppDbContext>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IOptions<IdentityOptions>>().Value));
        services.AddScoped(provider => new Visible(provider.GetRequiredService<AppDbContext>(), provider.GetRequiredService<CurrentUser>()));

        services.Configure<IdentityOptions>(DataSetup.IdentityStores);
        services.AddIdentity<User, IdentityRole<Guid>>(options =>
            {
                options.User.RequireUniqueEmail = true;
                options.SignIn.RequireConfirmedEmail = true;
                options.Lockout.MaxFailedAccessAttempts = 5;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
                // Length is what makes a password strong; rules about kinds of characters make people write it down (NIST SP 800-63B).
                options.Password.RequiredLength = 12;
                options.Password.RequiredUniqueChars = 4;
                options.Password.RequireDigit = options.Password.RequireLowercase = false;
                options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
            })
            .AddEntityFrameworkStores<AppDbContext>()
            .AddDefaultTokenProviders();
        services.AddScoped<IUserStore<User>, CommandUserStore>();

        services.AddDataProtection().SetApplicationName("StdWorkflow").PersistKeysToDbContext<AppDbContext>();
        services.AddAntiforgery(options => options.Cookie.SecurePolicy = secure);
        services.ConfigureApplicationCookie(options =>
        {
            options.Cookie.Name = "stdworkflow";
            options.Cookie.SecurePolicy = secure;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.LoginPath = SignInPath;
            options.ReturnUrlParameter = "returnUrl";
            options.Events.OnRedirectToAccessDenied = refused =>
            {
                refused.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            };
        });

        // What is no page has to say for itself that it is public; an address that leads nowhere is simply not found.
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder()
            .RequireAssertion(asked => asked.Resource is not HttpContext http || http.GetEndpoint() is null || asked.User.Identity?.IsAuthenticated == true)
            .Build());

        services.AddRateLimiter(options => RateLimits.Apply(options, builder.Configuration));
        services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            foreach (var address in builder.Configuration.GetSection("Proxy:Known").Get<string[]>() ?? []) options.KnownProxies.Add(IPAddress.Parse(address));
        });
    }

    /// <summary>Behind a proxy that ends TLS, its headers say what the visitor asked for. Off unless the setting turns it on.</summary>
    public static void UseProxy(this WebApplication app)
    {
        if (app.Configuration.GetValue<bool>("Proxy:Enabled")) app.UseForwardedHeaders();
        if (app.Environment.IsProduction()) app.UseHsts();
    }

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments(JobsSetup.Path) ? JobsSetup.ContentPolicy
            : context.Request.Path.StartsWithSegments(ApiSetup.Docs) ? ApiSetup.DocsContentPolicy
            : ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        return next(context);
    });

    public static void UseSecurity(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseMiddleware<CurrentUserMiddleware>();
        app.UseAuthorization();
    }

    /// <summary>Reads the asker once, and signs out at once whom a changed password or a removed account has made a stranger.</summary>
    internal sealed class CurrentUserMiddleware(RequestDelegate next)
    {
        public async Task InvokeAsync(HttpContext context, CurrentUser me)
        {
            if (context.User.Identity?.IsAuthenticated == true && !me.IsSignedIn && !await me.LoadAsync(context.User, context.RequestAborted))
            {
                await context.SignOutAsync(IdentityConstants.ApplicationScheme);
                context.User = new();
            }

            await next(context);
        }
    }
}

/// <summary>Identity's store. Inside a command it leaves saving to the pipeline, so that an account and its membership commit together.</summary>
internal sealed class CommandUserStore : Microsoft.AspNetCore.Identity.EntityFrameworkCore.UserStore<User, IdentityRole<Guid>, AppDbContext, Guid>
{
    public CommandUserStore(AppDbContext db, Acting acting, IdentityErrorDescriber describer) : base(db, describer) => AutoSaveChanges = !acting.IsInCommand;
}
