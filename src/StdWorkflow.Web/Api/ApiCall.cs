using System.Globalization;
using StdWorkflow.Domain.Common;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Api;

/// <summary>One call of the API: carries a command through the door of all writes, and turns its outcome into an answer.</summary>
internal sealed class ApiCall(IHttpContextAccessor context, UseCases useCases)
{
    private HttpContext Http => context.HttpContext!;

    /// <summary>The version in <c>If-Match</c>; null when there is none or it is not one of ours.</summary>
    public int? Seen => VersionIn(Http.Request.Headers.IfMatch.ToString());

    public async Task<IResult> RunAsync<T>(ICommand<T> command, Func<T, Task<IResult>> answer)
    {
        var result = await useCases.RunAsync(command, Http.RequestAborted);
        return result.IsOk ? await answer(result.Value) : Refuse(result.Problems);
    }

    /// <summary>For a command that changes what the asker has looked at: without saying which version that was, it is not carried out.</summary>
    public Task<IResult> RunSeenAsync<T>(Func<int, ICommand<T>> command, Func<T, Task<IResult>> answer) =>
        Seen is { } version ? RunAsync(command(version), answer) : Task.FromResult(ApiProblems.Of(Http, StatusCodes.Status428PreconditionRequired, Problem.Of(ApiProblems.PreconditionNeeded)));

    /// <summary>One thing with its version, or nothing when the asker has that version already.</summary>
    public IResult Show<T>(T thing, int version)
    {
        var tag = TagOf(version);
        Http.Response.Headers.ETag = tag;
        return HttpMethods.IsGet(Http.Request.Method) && Http.Request.Headers.IfNoneMatch.ToString() == tag ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(thing);
    }

    /// <summary>A thing that was made, with its address and version.</summary>
    public IResult Created<T>(string address, T thing, int version)
    {
        Http.Response.Headers.ETag = TagOf(version);
        return TypedResults.Created(address, thing);
    }

    public IResult Answer<T>(Result<T> result) => result.IsOk ? TypedResults.Ok(result.Value) : Refuse(result.Problems);

    public IResult Refuse(params IReadOnlyList<Problem> problems) => ApiProblems.Of(Http, problems);

    public IResult NotFound(string what) => Refuse(Problem.NotFound(what));

    private static string TagOf(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    private static int? VersionIn(string tag) =>
        tag.Length > 2 && tag[0] == '"' && tag[^1] == '"' && int.TryParse(tag[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
}
