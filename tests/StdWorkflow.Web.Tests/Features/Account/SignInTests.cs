using System.Net;
using StdWorkflow.Domain.People;

namespace StdWorkflow.Web.Tests.Features.Account;

public class SignInTests(App app) : IClassFixture<App>
{
    private const string Refused = "无法登录：电子邮件或密码不正确，或账号暂时锁定。";

    [Fact]
    public async Task The_right_password_opens_the_page_that_was_asked_for()
    {
        var (person, email) = await app.Given.PersonAsync();
        var browser = app.Visitor();

        var asked = await browser.OpenAsync("/account/password");
        Assert.Equal("/account/sign-in?returnUrl=%2Faccount%2Fpassword", asked.Path);
        var answer = await asked.SubmitAsync(form => form.Fill("电子邮箱", email).Fill("密码", Given.Password));

        Assert.Equal("/account/password", answer.Path);
        Assert.Equal(nameof(SignedIn), (await app.HistoryOfAsync(person))[^1]);
    }

    [Fact]
    public async Task After_signing_out_the_door_is_shut()
    {
        var (_, email) = await app.Given.PersonAsync();
        var browser = app.Visitor();
        await browser.SignInAsync(email);
        Assert.True(await browser.IsInsideAsync());

        await (await browser.OpenAsync("/account")).SignOutAsync();

        Assert.False(await browser.IsInsideAsync());
    }

    [Fact]
    public async Task An_address_elsewhere_is_not_gone_back_to()
    {
        var (_, email) = await app.Given.PersonAsync();
        foreach (var elsewhere in new[] { "https://example.com/", "//example.com", "/\\example.com", "javascript:alert(1)" })
        {
            var answer = await app.Visitor().SignInAsync(email, page: $"/account/sign-in?returnUrl={Uri.EscapeDataString(elsewhere)}");
            Assert.Equal("/", answer.Path);
        }
    }

    [Fact]
    public async Task A_wrong_password_an_unknown_address_and_an_unconfirmed_one_get_the_same_answer()
    {
        var (person, email) = await app.Given.PersonAsync();
        var (_, unconfirmed) = await app.Given.PersonAsync(confirmed: false);

        var answers = new[]
        {
            await app.Visitor().SignInAsync(email, "not the password at all"),
            await app.Visitor().SignInAsync("nobody@example.org", "not the password at all"),
            await app.Visitor().SignInAsync(unconfirmed),
        };

        Assert.All(answers, answer =>
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
            Assert.Equal([Refused], answer.Problems);
            Assert.Equal("", answer.ValueOf("密码"));
        });
        Assert.Equal([email, "nobody@example.org", unconfirmed], answers.Select(answer => answer.ValueOf("电子邮箱")));
        Assert.Equal(nameof(SignInFailed), (await app.HistoryOfAsync(person))[^1]);
    }

    [Fact]
    public async Task After_five_failures_the_account_is_locked_without_saying_so()
    {
        var (person, email) = await app.Given.PersonAsync();
        for (var attempt = 0; attempt < 5; attempt++) await app.Visitor().SignInAsync(email, "not the password at all");

        var browser = app.Visitor();
        var answer = await browser.SignInAsync(email);

        Assert.Equal([Refused], answer.Problems);
        Assert.False(await browser.IsInsideAsync());
        var history = await app.HistoryOfAsync(person);
        Assert.Equal(5, history.Count(type => type == nameof(SignInFailed)));
        Assert.Equal(nameof(LockedOut), history[^1]);
    }

    [Fact]
    public async Task Empty_fields_are_named()
    {
        var answer = await (await app.Visitor().OpenAsync("/account/sign-in")).SubmitAsync(button: "登录");

        Assert.Equal("请填写此项。", answer.ErrorOf("电子邮箱"));
        Assert.Equal("请填写此项。", answer.ErrorOf("密码"));
    }

    [Fact]
    public async Task A_changed_password_signs_every_other_browser_out_at_once()
    {
        var (person, email) = await app.Given.PersonAsync();
        var (here, there) = (app.Visitor(), app.Visitor());
        await here.SignInAsync(email);
        await there.SignInAsync(email);

        var answer = await (await here.OpenAsync("/account/password")).SubmitAsync(form => form
            .Fill("当前密码", Given.Password).Fill("新密码", "another door for tests").Fill("再次输入新密码", "another door for tests"));

        Assert.Equal("/account", answer.Path);
        Assert.True(await here.IsInsideAsync());
        Assert.False(await there.IsInsideAsync());
        Assert.Equal(nameof(PasswordChanged), (await app.HistoryOfAsync(person))[^1]);
    }

    [Fact]
    public async Task A_new_password_that_is_too_short_is_refused_in_the_readers_language()
    {
        var (_, email) = await app.Given.PersonAsync();
        var browser = app.Visitor();
        await browser.SignInAsync(email);

        var chinese = await (await browser.OpenAsync("/account/password")).SubmitAsync(form => form
            .Fill("当前密码", Given.Password).Fill("新密码", "short").Fill("再次输入新密码", "short"));
        var english = await (await browser.In("en").OpenAsync("/account/password")).SubmitAsync(form => form
            .Fill("Present password", Given.Password).Fill("New password", "short").Fill("New password once more", "short"));

        Assert.Equal("密码至少 12 个字符。", chinese.ErrorOf("新密码"));
        Assert.Equal("The password needs at least 12 characters.", english.ErrorOf("New password"));
    }
}
