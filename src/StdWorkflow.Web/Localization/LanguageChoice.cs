using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Localization;

/// <summary>Chooses the language of pages and mail.</summary>
public sealed record ChooseLanguage(Language Language) : ICommand<Done>
{
    public Permission Needs => Permission.None;

    public Scope Scope => Scope.Anyone;
}

internal sealed class ChooseLanguageHandler(Data.AppDbContext db, CurrentUser me) : ICommandHandler<ChooseLanguage, Done>
{
    public async Task<Result<Done>> Handle(ChooseLanguage command, CancellationToken cancellationToken)
    {
        if (me.Person is { } id && await db.People.FindAsync([id], cancellationToken) is { } person) person.Speak(command.Language);
        return Done.Ok;
    }
}

internal static class LanguageChoice
{
    /// <summary>
    /// A visitor's choice is a cookie; a signed-in person's is kept with the person. No antiforgery token: the form stands on pages
    /// that are cached for visitors, and all that it can do is show the other language.
    /// </summary>
    public static void MapLanguage(this WebApplication app) => app.MapPost("/language", async (
        [FromForm] string? language, [FromForm] string? returnUrl, HttpContext context, CurrentUser me, UseCases useCases, CancellationToken stop) =>
    {
        var chosen = language switch
        {
            "zh-CN" => Language.Chinese,
            "en" => Language.English,
            _ => (Language?)null,
        };
        if (chosen is not { } known) return Results.StatusCode(StatusCodes.Status400BadRequest);

        context.Response.Cookies.Append(
            CookieRequestCultureProvider.DefaultCookieName,
            CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(Reader.CultureOf(known))),
            new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true, Secure = context.Request.IsHttps });
        if (me.IsSignedIn) await useCases.RunAsync(new ChooseLanguage(known), stop);
        return Results.LocalRedirect(LocalAddress.Of(returnUrl));
    }).AllowAnonymous().DisableAntiforgery();
}
