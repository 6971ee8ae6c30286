using System.Net;
using StdWorkflow.Web.Tests.Features.Account;

namespace StdWorkflow.Web.Tests.Localization;

public class LanguageTests(App app) : IClassFixture<App>
{
    [Theory]
    [InlineData("zh-CN", "zh-CN", "登录")]
    [InlineData("zh-TW", "zh-CN", "登录")]
    [InlineData("en", "en", "Sign in")]
    [InlineData("en-GB", "en", "Sign in")]
    [InlineData("fr", "zh-CN", "登录")]
    public async Task A_visitor_gets_the_browsers_language_and_else_Chinese(string browser, string language, string heading)
    {
        var page = await app.Visitor().In(browser).OpenAsync("/account/sign-in");

        Assert.Equal(language, page.Language);
        Assert.Equal(heading, page.Heading);
    }

    [Fact]
    public async Task A_visitors_choice_stays_and_leads_back_to_the_same_page()
    {
        var visitor = app.Visitor();

        var page = await (await visitor.OpenAsync("/account/forgot-password")).SubmitAsync(button: "English");

        Assert.Equal("/account/forgot-password", page.Path);
        Assert.Equal("en", page.Language);
        Assert.Equal("Sign in", (await visitor.OpenAsync("/account/sign-in")).Heading);
    }

    [Fact]
    public async Task A_persons_choice_follows_them_to_another_browser()
    {
        var (_, email) = await app.Given.PersonAsync();
        var browser = app.Visitor();
        await browser.SignInAsync(email);
        await (await browser.OpenAsync("/account")).SubmitAsync(button: "English");

        var elsewhere = app.Visitor();
        await elsewhere.SignInAsync(email);

        Assert.Equal("My account", (await elsewhere.OpenAsync("/account")).Heading);
    }

    [Fact]
    public async Task An_unknown_language_is_refused_and_a_foreign_address_not_followed()
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await app.Visitor().PostAsync("/language", KeyValuePair.Create("language", "tlh"))).Status);

        var page = await app.Visitor().PostAsync("/language", KeyValuePair.Create("language", "en"), KeyValuePair.Create("returnUrl", "//example.com"));
        Assert.Equal("/", page.Path);
    }
}
