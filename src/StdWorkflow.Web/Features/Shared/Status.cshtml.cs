using System.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using StdWorkflow.Web.Localization;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Shared;

/// <summary>What every refused or failed request ends on. Called again for any method, so it must accept them all.</summary>
[IgnoreAntiforgeryToken, ResponseCache(NoStore = true)]
public sealed class StatusModel(IStringLocalizer<CommonTexts> texts, CurrentUser me) : PageModel
{
    public string Heading { get; private set; } = "";

    public string Explanation { get; private set; } = "";

    public string? Trace { get; private set; }

    public bool OffersSignIn { get; private set; }

    public void OnGet(int code) => Show(code);

    public void OnPost(int code) => Show(code);

    private void Show(int code)
    {
        var known = texts[$"status.{code}"].ResourceNotFound ? code >= 500 ? 500 : 400 : code;
        (Heading, Explanation) = (texts[$"status.{known}"], texts[$"status.{known}.explanation"]);
        OffersSignIn = known is 403 or 404 && !me.IsSignedIn;
        if (known == 500) Trace = Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier;
        Response.StatusCode = code is >= 400 and <= 599 ? code : StatusCodes.Status404NotFound;
    }
}
