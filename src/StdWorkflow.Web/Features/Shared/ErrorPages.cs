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
    }
}
