using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using StdWorkflow.Domain.Common;
using StdWorkflow.Web.Localization;

namespace StdWorkflow.Web.Pipeline;

internal static class ModelStateProblems
{
    /// <summary>Puts a refused command's problems beside the fields they belong to; <see cref="ProblemFilter"/> finds the words.</summary>
    public static void Add<T>(this ModelStateDictionary state, Result<T> result, string form)
    {
        foreach (var problem in result.Problems) state.Add(problem, form);
    }

    /// <summary>Puts one problem beside its field, or above the form when it belongs to the whole.</summary>
    public static void Add(this ModelStateDictionary state, Problem problem, string form) =>
        state.TryAddModelException(problem.Field is { } field ? form.Length > 0 ? $"{form}.{field}" : field : "", new ProblemException(problem));

    internal sealed class ProblemException(Problem problem) : Exception(problem.Code)
    {
        public Problem Problem { get; } = problem;
    }
}

/// <summary>
/// The one place where problems become an answer: not found is 404, not allowed 403, a conflict 409, any other refusal 422; the
/// last two show the form again with what was typed, and the reason in the reader's language. A page that is only looked at refuses
/// nothing: what its address holds besides is taken or left.
/// </summary>
internal sealed class ProblemFilter(ProblemTexts texts) : IAsyncAlwaysRunResultFilter
{
    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        var problems = context.ModelState.Values.SelectMany(entry => entry.Errors).Select(error => error.Exception)
            .OfType<ModelStateProblems.ProblemException>().Select(refused => refused.Problem).ToList();
        if (problems.Any(problem => problem.Code == Problem.NotFoundCode)) context.Result = new StatusCodeResult(StatusCodes.Status404NotFound);
        else if (problems.Any(problem => problem.Code == Problem.NotAllowedCode)) context.Result = new ForbidResult();
        else if (!context.ModelState.IsValid && context.Result is PageResult page && HttpMethods.IsPost(context.HttpContext.Request.Method))
        {
            page.StatusCode ??= problems.Any(problem => problem.Code == Problem.ConflictCode) ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity;
            foreach (var entry in context.ModelState.Values)
                for (var at = 0; at < entry.Errors.Count; at++)
                    if (entry.Errors[at].Exception is ModelStateProblems.ProblemException refused)
                        entry.Errors[at] = new ModelError(refused, texts.Say(refused.Problem));
        }

        await next();
    }
}
