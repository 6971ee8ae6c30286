using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace StdWorkflow.Web.Pipeline;

/// <summary>What the pipeline must know of the form that a command came from. Empty for jobs, imports and the command line.</summary>
internal sealed class CommandForm
{
    public const string KeyField = "CommandKey";

    /// <summary>The key that the form was given when it was shown; the same form sent twice is carried out once.</summary>
    public string? Key { get; set; }

    /// <summary>
    /// The key was made by a program for one request: with another one it is a mistake. A browser that goes back sends the key of the page again
    /// with something new, and means it.
    /// </summary>
    public bool IsOneRequest { get; set; }

    /// <summary>A field could not be read as what it should be (a date, a number): no command may run on a value that nobody typed.</summary>
    public bool IsUnreadable { get; set; }
}

/// <summary>Reads <see cref="CommandForm"/> off every posted page, before its handler.</summary>
internal sealed class CommandFormFilter(CommandForm form) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var request = context.HttpContext.Request;
        if (HttpMethods.IsPost(request.Method) && request.HasFormContentType)
        {
            var key = (await request.ReadFormAsync(context.HttpContext.RequestAborted))[CommandForm.KeyField].ToString();
            form.Key = key.Length is > 0 and <= 100 ? key : null;
            form.IsUnreadable = !context.ModelState.IsValid;
        }

        await next();
    }
}
