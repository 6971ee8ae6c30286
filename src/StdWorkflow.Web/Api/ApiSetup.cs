using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.OpenApi;
using Scalar.AspNetCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Exports;
using StdWorkflow.Web.Features.Admin.Outbox;
using StdWorkflow.Web.Features.Cockpit;
using StdWorkflow.Web.Features.Committees;
using StdWorkflow.Web.Features.Consultations;
using StdWorkflow.Web.Features.Following;
using StdWorkflow.Web.Features.International;
using StdWorkflow.Web.Features.Journeys;
using StdWorkflow.Web.Features.Members;
using StdWorkflow.Web.Features.Plans;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Features.Relations;
using StdWorkflow.Web.Features.Requests;
using StdWorkflow.Web.Features.Shared;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Api;

/// <summary>The same reads and commands as the pages, for programs.</summary>
internal static class ApiSetup
{
    public const string Root = "/api";
    public const string Docs = "/api/docs";

    /// <summary>The reference page starts itself by a script of its own and writes its styles while it runs; see <c>decisions/</c>. It may still ask nobody but us.</summary>
    public const string DocsContentPolicy =
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    private const string Version = "v1";

    public static void AddApi(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<TokenAttempts>();
        services.AddSingleton<Lists>();
        services.AddScoped<ApiCall>();
        // Only what is thrown says which value cannot be read; see UseApiRefusals.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, new DefaultJsonTypeInfoResolver { Modifiers = { SayNothingTwice } });
            options.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            options.SerializerOptions.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All);
        });

        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Name, null)
            .AddPolicyScheme("ByAddress", null, options => options.ForwardDefaultSelector = context =>
                context.Request.Path.StartsWithSegments(Root) ? TokenAuthentication.Name : IdentityConstants.ApplicationScheme);
        // A wrong method, or a body of another kind, is no route of ours, so that it asks for a sign-in: a program is told, and not led to a page.
        services.PostConfigure<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme, options =>
        {
            var lead = options.Events.OnRedirectToLogin;
            options.Events.OnRedirectToLogin = asked =>
            {
                if (!asked.Request.Path.StartsWithSegments(Root)) return lead(asked);
                asked.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return Task.CompletedTask;
            };
        });
        services.PostConfigure<AuthenticationOptions>(options => options.DefaultAuthenticateScheme = "ByAddress");

        services.AddOpenApi(Version, options =>
        {
            options.ShouldInclude = described => described.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
            options.CreateSchemaReferenceId = ApiDocument.NameOf;
            options.AddOperationTransformer(ApiDocument.Complete);
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo
                {
                    Title = "StdWorkflow",
                    Version = Version,
                    Description = "Reads answer without a token what visitors see, with one what its owner sees; what is not for visitors says 401. Refusals are problem details (RFC 9457). Lists go on at `next`, are had whole with `format=csv`, `json` or `xlsx`, and as a feed with `format=atom`; "
                        + "a change says with `If-Match` which version it has seen; `Idempotency-Key` makes a POST safe to send again.",
                };
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                {
                    [TokenAuthentication.Name] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An access token from the account page." },
                };
                return Task.CompletedTask;
            });
        });
    }

    /// <summary>Whatever goes wrong below <c>/api</c> answers as the API does, and not with a page.</summary>
    public static void UseApiErrors(this WebApplication app) => app.UseWhen(IsOfApi, api =>
    {
        api.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = context => ApiProblems.WriteAsync(context, StatusCodes.Status500InternalServerError) });
        api.UseStatusCodePages(answered => ApiProblems.WriteAsync(answered.HttpContext, answered.HttpContext.Response.StatusCode));
    });

    /// <summary>What cannot be read is refused beside its name, in the reader's language: stands after the language is chosen.</summary>
    public static void UseApiRefusals(this WebApplication app) => app.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException unreadable) when (!context.Response.HasStarted)
        {
            if (IsOfApi(context)) await ApiProblems.WriteAsync(context, unreadable);
            else context.Response.StatusCode = unreadable.StatusCode;
        }
    });

    public static void MapApi(this WebApplication app)
    {
        app.MapOpenApi().AllowAnonymous();
        app.MapScalarApiReference(Docs, options => options.WithTitle("StdWorkflow").WithOpenApiRoutePattern("/openapi/{documentName}.json").DisableDefaultFonts().HideDeveloperTools().DisableAgent()).AllowAnonymous();

        var api = app.MapGroup($"{Root}/{Version}").AllowAnonymous().RequireRateLimiting(RateLimits.Api).AddEndpointFilter(AdmitAsync);
        WorkItemApi.Map(api);
        AdoptionApi.Map(api);
        SavedFilterApi.Map(api);
        FollowingApi.Map(api);
        JourneyApi.Map(api);
        RequestApi.Map(api);
        CockpitApi.Map(api);
        PlanApi.Map(api);
        DeadlineApi.Map(api);
        EventApi.Map(api);
        CommitteeApi.Map(api);
        MemberApi.Map(api);
        ForeignProjectApi.Map(api);
        ConsultationApi.Map(api);
        ProcessApi.Map(api);
        OutboxApi.Map(api);
    }

    private static bool IsOfApi(HttpContext context) => context.Request.Path.StartsWithSegments($"{Root}/{Version}");

    /// <summary>
    /// A token that is shown must be good; what changes something needs one that may write, unless visitors may do it. What the owner may do
    /// is asked in the pipeline, as for pages.
    /// </summary>
    private static async ValueTask<object?> AdmitAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var me = context.RequestServices.GetRequiredService<CurrentUser>();
        if (TokenAttempts.WaitOf(context) is { } wait)
        {
            context.Response.Headers.RetryAfter = wait;
            return ApiProblems.Of(context, StatusCodes.Status429TooManyRequests, Problem.Of("api.tooManyTokens"));
        }

        if (!me.IsSignedIn && context.Request.Headers.Authorization.Count > 0) return ApiProblems.Of(context, Problem.Of(ApiProblems.TokenUnknown));
        if (!me.IsSignedIn && NeedsPerson(context.Request.Method, context.GetEndpoint()!.Metadata)) return ApiProblems.Of(context, Problem.Of(ApiProblems.TokenNeeded));
        if (me.IsSignedIn && !HttpMethods.IsGet(context.Request.Method) && context.GetEndpoint()!.Metadata.GetMetadata<ForVisitors>() is null
            && context.User.FindFirst(TokenAuthentication.ReachClaim)?.Value != nameof(TokenReach.Write))
            return ApiProblems.Of(context, StatusCodes.Status403Forbidden, Problem.Of("api.tokenReadsOnly"));

        ApiProblems.Remember(context, invocation.Arguments);
        // No text that is stored holds one, and PostgreSQL cannot even be asked for it.
        if (context.Request.Query.SelectMany(asked => asked.Value).Concat(context.Request.RouteValues.Values.OfType<string>()).FirstOrDefault(text => text?.Contains('\0', StringComparison.Ordinal) == true) is not null)
            return ApiProblems.Of(context, Problem.Of("validation.characters"));

        var key = context.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length > 100) return ApiProblems.Of(context, Problem.Of("api.idempotencyKeyTooLong", 100));
        // Visitors are one to us: the keys of two of them may be alike.
        var form = context.RequestServices.GetRequiredService<CommandForm>();
        (form.Key, form.IsOneRequest) = (key.Length > 0 ? key : null, me.IsSignedIn);
        if (!HttpMethods.IsGet(context.Request.Method) || ExportSetup.AskedOf(context) is not { } format || ExportSetup.ListAt($"{Root}/{Version}", context.Request) is not { } whole) return await next(invocation);
        if (format != Feeds.Format && !ExportSetup.Formats.ContainsKey(format))
            return ApiProblems.Of(context, Problem.On(nameof(ListQuery.Format), "filter.unknown", string.Join(", ", ExportSetup.Formats.Keys.Append(Feeds.Format))));
        // The list itself says whether its filter can be meant; all of it is then asked for with the same.
        var part = await next(invocation);
        if (part is IStatusCodeHttpResult { StatusCode: >= 400 } || context.Response.StatusCode >= StatusCodes.Status400BadRequest) return part;
        return format == Feeds.Format
            ? await Feeds.AnswerAsync(whole.List, context, whole.Query, context.RequestAborted)
            : await ExportSetup.AnswerAsync(whole.List, format, context, whole.Query, context.RequestAborted);
    }

    /// <summary>The one rule of what is not for visitors: every change but those that are marked, and the reads that are marked. The document says the same.</summary>
    internal static bool NeedsPerson(string method, IEnumerable<object> metadata) => HttpMethods.IsGet(method) ? metadata.OfType<ForPersons>().Any() : !metadata.OfType<ForVisitors>().Any();

    /// <summary>Marks a read, or the reads of a group, of what is somebody's own or not public.</summary>
    public static TBuilder RequirePerson<TBuilder>(this TBuilder reads) where TBuilder : IEndpointConventionBuilder => reads.WithMetadata(new ForPersons());

    /// <summary>A text in two languages is its two languages, and not also what can be told from them.</summary>
    private static void SayNothingTwice(JsonTypeInfo type)
    {
        if (type.Type != typeof(LocalizedText)) return;
        foreach (var property in type.Properties.Where(property => property.Set is null).ToList()) type.Properties.Remove(property);
    }

    /// <summary>Says in which orders a list is had, the usual one first; for the document.</summary>
    public static RouteHandlerBuilder WithOrders(this RouteHandlerBuilder list, IEnumerable<string> names) => list.WithMetadata(new OrderedBy([.. names]));

    internal sealed record OrderedBy(IReadOnlyList<string> Names);

    /// <summary>Marks a command that visitors may give, too.</summary>
    internal sealed record ForVisitors;

    private sealed record ForPersons;
}
