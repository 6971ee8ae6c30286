using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using StdWorkflow.Domain.Common;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Localization;

internal static class TextsSetup
{
    public static void AddTexts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddLocalization();
        services.AddSingleton<IStringLocalizerFactory, SentenceLocalizers>();
        services.AddSingleton<AllTexts>();
        services.AddSingleton<ProblemTexts>();
        services.AddSingleton<Components.DeadlineWords>();
        services.AddScoped<IdentityErrorDescriber, IdentityErrors>();
        services.Configure<RequestLocalizationOptions>(options =>
        {
            options.DefaultRequestCulture = new RequestCulture(Reader.Chinese);
            options.SupportedCultures = options.SupportedUICultures = [Reader.Chinese, Reader.English];
            options.ApplyCurrentCultureToResponseHeaders = true;
            options.RequestCultureProviders =
            [
                new CustomRequestCultureProvider(context => Task.FromResult(
                    (context.RequestServices.GetRequiredService<CurrentUser>().Chosen ?? context.RequestServices.GetRequiredService<TokenAttempts>().LanguageOf(context)) is { } language
                        ? new ProviderCultureResult(Reader.CultureOf(language).Name) : null)),
                new CookieRequestCultureProvider(),
                new AcceptLanguageHeaderRequestCultureProvider(),
            ];
        });
        services.Configure<MvcOptions>(options => BindingMessages.Apply(options.ModelBindingMessageProvider));
    }

    /// <summary>Stands after the sign-in, because the person's own language comes first.</summary>
    public static void UseTexts(this WebApplication app) => app.UseRequestLocalization();

    /// <summary>The same choice for what is refused before it came to that.</summary>
    public static Task ChooseAsync(HttpContext context)
    {
        var services = context.RequestServices;
        return new RequestLocalizationMiddleware(_ => Task.CompletedTask, services.GetRequiredService<IOptions<RequestLocalizationOptions>>(), services.GetRequiredService<ILoggerFactory>()).Invoke(context);
    }
}

/// <summary>What model binding says of a value that it cannot read. The framework has no Chinese.</summary>
internal static class BindingMessages
{
    public static void Apply(DefaultModelBindingMessageProvider messages)
    {
        messages.SetAttemptedValueIsInvalidAccessor((value, _) => Say("binding.invalid", value));
        messages.SetNonPropertyAttemptedValueIsInvalidAccessor(value => Say("binding.invalid", value));
        messages.SetUnknownValueIsInvalidAccessor(_ => Say("binding.unreadable"));
        messages.SetNonPropertyUnknownValueIsInvalidAccessor(() => Say("binding.unreadable"));
        messages.SetValueIsInvalidAccessor(value => Say("binding.invalid", value));
        messages.SetValueMustBeANumberAccessor(_ => Say("binding.number"));
        messages.SetNonPropertyValueMustBeANumberAccessor(() => Say("binding.number"));
        messages.SetValueMustNotBeNullAccessor(_ => Say("problem.validation.required"));
        messages.SetMissingBindRequiredValueAccessor(_ => Say("problem.validation.required"));
        messages.SetMissingKeyOrValueAccessor(() => Say("problem.validation.required"));
        messages.SetMissingRequestBodyRequiredValueAccessor(() => Say("problem.validation.required"));
    }

    private static string Say(string key, params object[] arguments) => CommonText.Of(key, arguments);
}

/// <summary>Shared texts for what has no services at hand.</summary>
internal static class CommonText
{
    private static readonly System.Resources.ResourceManager Texts = new(typeof(CommonTexts));

    public static string Of(string key, params object[] arguments) =>
        Sentence.Of(Texts.GetString(key, CultureInfo.CurrentUICulture) ?? key, arguments);
}
