using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using StdWorkflow.Domain.Common;
using StdWorkflow.Web.Localization;

namespace StdWorkflow.Web.Api;

/// <summary>Refusals of the API as problem details (RFC 9457), in the reader's language; <c>code</c> is the same in every language.</summary>
internal static class ApiProblems
{
    public const string PreconditionNeeded = "api.ifMatchNeeded";

    private const string ContentType = "application/problem+json";

    /// <summary>The one place where a problem becomes a status of the API, as <c>ProblemFilter</c> is for pages.</summary>
    public static int StatusOf(IReadOnlyList<Problem> problems) =>
        problems.Any(problem => problem.Code == Problem.NotFoundCode) ? StatusCodes.Status404NotFound
        : problems.Any(problem => problem.Code == Problem.NotAllowedCode) ? StatusCodes.Status403Forbidden
        : problems.Any(problem => problem.Code == Problem.ConflictCode) ? StatusCodes.Status412PreconditionFailed
        : StatusCodes.Status422UnprocessableEntity;

    public static IResult Of(HttpContext context, params IReadOnlyList<Problem> problems) => Of(context, StatusOf(problems), problems);

    public static IResult Of(HttpContext context, int status, params IReadOnlyList<Problem> problems) =>
        TypedResults.Json(Describe(context, status, problems), contentType: ContentType, statusCode: status);

    /// <summary>For what ends without an answer of its own: unknown addresses, unreadable bodies, failures.</summary>
    public static Task WriteAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(Describe(context, status, []), options: null, contentType: ContentType);
    }

    private static ProblemDetails Describe(HttpContext context, int status, IReadOnlyList<Problem> problems)
    {
        var texts = context.RequestServices.GetRequiredService<ProblemTexts>();
        var code = problems.Count > 0 ? problems[0].Code : $"http.{status}";
        var described = new ProblemDetails
        {
            Type = $"urn:stdworkflow:problem:{code}",
            Title = CommonText.Of($"status.{Known(status)}"),
            Status = status,
            Detail = problems.Count > 0 ? texts.Say(problems[0]) : CommonText.Of($"status.{Known(status)}.explanation"),
            Instance = context.Request.Path,
            Extensions = { ["code"] = code, ["traceId"] = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier },
        };
        var fields = problems.Where(problem => problem.Field is not null)
            .GroupBy(problem => FieldName(problem.Field!), problem => texts.Say(problem)).ToDictionary(group => group.Key, group => group.ToArray());
        if (fields.Count > 0) described.Extensions["errors"] = fields;
        return described;
    }

    private static int Known(int status) => status is 400 or 401 or 403 or 404 or 412 or 422 or 428 or 429 ? status : status >= 500 ? 500 : 400;

    private static string FieldName(string field) => string.Join('.', field.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}
