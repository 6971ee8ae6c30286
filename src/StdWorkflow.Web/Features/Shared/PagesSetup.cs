using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.WebEncoders;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Shared;

internal static class PagesSetup
{
    public static void AddPages(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddHttpContextAccessor();
        services.AddRazorPages(options =>
        {
            options.RootDirectory = "/Features";
            PublicPages.Apply(options.Conventions);
            // A number as people write it has a slash: /work-items/GB/T 41867-2022.
            options.Conventions.AddPageRoute("/WorkItems/Details", "/work-items/{code}/{**rest}");
        }).AddMvcOptions(options =>
        {
            // The rules of a field stand on the command and are checked once, in the pipeline; here they would be checked in English.
            options.ModelValidatorProviders.Clear();
            options.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
            options.ModelMetadataDetailsProviders.Add(new EmptyTextStaysText());
            options.Filters.Add<CommandFormFilter>();
            options.Filters.Add<ProblemFilter>();
        }).AddViewOptions(options => options.HtmlHelperOptions.ClientValidationEnabled = false);
        services.Configure<RazorViewEngineOptions>(options => options.PageViewLocationFormats.Add("/Components/{0}.cshtml"));
        services.Configure<RouteOptions>(options => options.LowercaseUrls = true);

        // Otherwise every Chinese character is written as an entity.
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));

        services.AddResponseCompression(options => options.EnableForHttps = false);
        services.AddOutputCache(options => options.AddPolicy(VisitorCache.Name, policy => policy.AddPolicy<VisitorCache>(), excludeDefaultPolicy: true));
    }

    public static void MapPages(this WebApplication app) => app.MapRazorPages().CacheOutput(VisitorCache.Name);

    /// <summary>An empty field is null where the form says that it may be missing, else the empty text.</summary>
    private sealed class EmptyTextStaysText : IDisplayMetadataProvider
    {
        private readonly NullabilityInfoContext nullability = new();

        public void CreateDisplayMetadata(DisplayMetadataProviderContext context)
        {
            if (context.Key.ModelType != typeof(string) || context.Key.PropertyInfo is not { } property) return;
            lock (nullability)
                if (nullability.Create(property).WriteState == NullabilityState.NotNull)
                    context.DisplayMetadata.ConvertEmptyStringToNull = false;
        }
    }
}

/// <summary>Keeps a page for visitors for some seconds, one copy per language and address. Never for who has signed in.</summary>
internal sealed class VisitorCache(IConfiguration configuration) : IOutputCachePolicy
{
    public const string Name = "visitors";

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var seconds = configuration.GetValue("Pages:CacheSeconds", 0);
        var request = context.HttpContext.Request;
        var mayCache = seconds > 0 && context.HttpContext.User.Identity?.IsAuthenticated != true && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));
        context.EnableOutputCaching = true;
        context.AllowCacheLookup = context.AllowCacheStorage = mayCache;
        context.AllowLocking = true;
        context.ResponseExpirationTimeSpan = TimeSpan.FromSeconds(seconds);
        context.CacheVaryByRules.QueryKeys = "*";
        context.CacheVaryByRules.VaryByValues["language"] = CultureInfo.CurrentUICulture.Name;
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var response = context.HttpContext.Response;
        // A form with a token belongs to one browser: antiforgery says so in the header.
        var isPersonal = response.Headers.SetCookie.Count > 0 || response.Headers.CacheControl.ToString().Contains("no-store", StringComparison.OrdinalIgnoreCase);
        if (response.StatusCode != StatusCodes.Status200OK || isPersonal) context.AllowCacheStorage = false;
        return ValueTask.CompletedTask;
    }
}
