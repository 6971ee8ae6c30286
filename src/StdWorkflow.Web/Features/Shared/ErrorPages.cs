using Microsoft.AspNetCore.Diagnostics;

namespace StdWorkflow.Web.Features.Shared;

internal static class ErrorPages
{
    /// <summary>
    /// Every answer without a body gets the one page of refusals and failures. A failure is shown there too: what went wrong is in the
    /// log, under the trace id that the page names.
    /// </summary>
    public static void UseErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = "/status/500", CreateScopeForErrors = true });
        app.UseStatusCodePagesWithReExecute("/status/{0}", createScopeForStatusCodePages: true);
        app.Use(async (context, next) =>
        {
            try
            {
                await next(context);
            }
            catch (InvalidDataException) when (context.Request.HasFormContentType && !context.Response.HasStarted)
            {
                // A form that cannot be read at all (a null character, thousands of fields) is the sender's mistake, and not ours. Once more without
                // it: a page that wants a form then answers 400, and the page that says so does not stumble over the form again.
                context.Request.ContentType = null;
                await next(context);
            }
        });
    }
}
