using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using StdWorkflow.Domain.Common;
using StdWorkflow.Web.Localization;

namespace StdWorkflow.Web.Api;

/// <summary>Refusals of the API as problem details (RFC 9457), in the reader's language; <c>code</c> is the same in every language.</summary>
internal static partial class ApiProblems
{
    public const string PreconditionNeeded = "api.ifMatchNeeded";
    public const string TokenNeeded = "api.tokenNeeded";
    public const string TokenUnknown = "api.tokenUnknown";

    private const string ContentType = "application/problem+json";

    /// <summary>The one place where a problem becomes a status of the API, as <c>ProblemFilter</c> is for pages.</summary>
    public static int StatusOf(IReadOnlyList<Problem> problems) =>
        problems.Any(problem => problem.Code is TokenNeeded or TokenUnknown) ? StatusCodes.Status401Unauthorized
        : problems.Any(problem => problem.Code == Problem.NotFoundCode) ? StatusCodes.Status404NotFound
        : problems.Any(problem => problem.Code == Problem.NotAllowedCode) ? StatusCodes.Status403Forbidden
        : problems.Any(problem => problem.Code == Problem.ConflictCode) ? StatusCodes.Status412PreconditionFailed
        : StatusCodes.Status422UnprocessableEntity;

    public static IResult Of(HttpContext context, params IReadOnlyList<Problem> problems) => Of(context, StatusOf(problems), problems);

    public static IResult Of(HttpContext context, int status, params IReadOnlyList<Problem> problems)
    {
        if (status == StatusCodes.Status401Unauthorized) context.Response.Headers.WWWAuthenticate = "Bearer";
        return TypedResults.Json(Describe(context, status, problems), contentType: ContentType, statusCode: status);
    }

    /// <summary>Keeps what was sent: what is wrong with it is told by its names.</summary>
    public static void Remember(HttpContext context, IList<object?> arguments)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is { } type) context.Items[typeof(BodyFields)] = arguments.FirstOrDefault(argument => argument?.GetType() == type);
    }

    /// <summary>For what ends without an answer of its own: unknown addresses, wrong methods, failures.</summary>
    public static Task WriteAsync(HttpContext context, int status) => WriteAsync(context, status, Unanswered(context, status));

    /// <summary>For a value or a body that cannot be read: which one it is stands only in what was thrown.</summary>
    public static Task WriteAsync(HttpContext context, BadHttpRequestException unreadable) => WriteAsync(context, unreadable.StatusCode, Unreadable(context, unreadable));

    private static async Task WriteAsync(HttpContext context, int status, Problem? problem)
    {
        // Outside of the door that chose it, the language of the reader is known no more; what was refused before that door has none yet.
        if (context.Features.Get<IRequestCultureFeature>() is null) await TextsSetup.ChooseAsync(context);
        if (context.Features.Get<IRequestCultureFeature>() is { } chosen) (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (chosen.RequestCulture.Culture, chosen.RequestCulture.UICulture);
        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(Describe(context, status, problem is null ? [] : [problem]), options: null, contentType: ContentType);
    }

    private static Problem? Unanswered(HttpContext context, int status) => status switch
    {
        StatusCodes.Status400BadRequest => Problem.Of("api.unreadable"),
        StatusCodes.Status404NotFound => Problem.Of("api.noAddress"),
        StatusCodes.Status405MethodNotAllowed => Problem.Of("api.method", context.Request.Method, context.Response.Headers.Allow.ToString()),
        StatusCodes.Status413PayloadTooLarge => Problem.Of("api.tooLarge"),
        StatusCodes.Status415UnsupportedMediaType => Problem.Of("api.noJson"),
        _ => null,
    };

    private static Problem? Unreadable(HttpContext context, BadHttpRequestException unreadable) => unreadable switch
    {
        { StatusCode: not StatusCodes.Status400BadRequest } => Unanswered(context, unreadable.StatusCode),
        { InnerException: JsonException { Path: ['$', '.', ..] path } } => Problem.On(path[2..], "api.value"),
        _ when ValueNamed().Match(unreadable.Message) is { Success: true } named => Problem.On(named.Groups["name"].Value, "api.value"),
        _ => Unanswered(context, unreadable.StatusCode),
    };

    [GeneratedRegex("""^Failed to bind parameter ".+ (?<name>\w+)" from """)]
    private static partial Regex ValueNamed();

    private static ProblemDetails Describe(HttpContext context, int status, IReadOnlyList<Problem> problems)
    {
        var texts = context.RequestServices.GetRequiredService<ProblemTexts>();
        var code = problems.Count > 0 ? problems[0].Code : $"http.{status}";
        var described = new ProblemDetails
        {
            Type = $"urn:stdworkflow:problem:{code}",
            Title = CommonText.Of($"status.{Known(status)}"),
            Status = status,
            // A page keeps what was typed; a program has nothing on a page.
            Detail = problems.Count > 0 ? texts.Say(code == Problem.ConflictCode ? problems[0] with { Code = "api.conflict" } : problems[0]) : CommonText.Of($"status.{Known(status)}.explanation"),
            Instance = context.Request.Path,
            Extensions = { ["code"] = code, ["traceId"] = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier },
        };
        var fields = problems.Select(problem => (Name: NameOf(context, problem), Problem: problem)).Where(named => named.Name is not null)
            .GroupBy(named => named.Name!, named => texts.Say(named.Problem)).ToDictionary(group => group.Key, group => group.ToArray());
        if (fields.Count > 0) described.Extensions["errors"] = fields;
        return described;
    }

    private static int Known(int status) => status is 400 or 401 or 403 or 404 or 412 or 422 or 428 or 429 ? status : status >= 500 ? 500 : 400;

    private static string? NameOf(HttpContext context, Problem problem) =>
        problem.Field is not { } field ? null : context.Items[typeof(BodyFields)] is { } body ? BodyFields.NameOf(body, field) : FieldName(field);

    private static string FieldName(string field) => string.Join('.', field.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}
