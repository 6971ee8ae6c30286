using StdWorkflow.Domain.People;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Features.Account;

public class TwoFactorTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task With_the_app_set_up_the_password_alone_opens_nothing()
    {
        var (person, email) = await app.Given.PersonAsync();
        var (key, _) = await SetUpAsync(email);

        var browser = app.Visitor();
        var asked = await browser.SignInAsync(email);
        Assert.StartsWith("/account/sign-in/code", asked.Path, StringComparison.Ordinal);
        Assert.False(await browser.IsInsideAsync());

        var wrong = await (await browser.OpenAsync("/account/sign-in/code")).SubmitAsync(form => form.Fill("验证码", "000000"));
        Assert.Equal("验证码不正确或已过期。", wrong.ErrorOf("验证码"));
        await wrong.SubmitAsync(form => form.Fill("验证码", Given.CodeOf(key)));

        Assert.True(await browser.IsInsideAsync());
        var history = await app.HistoryOfAsync(person);
        Assert.Contains(nameof(TwoFactorEnabled), history);
        Assert.Equal(nameof(SignedIn), history[^1]);
    }

    [Fact]
    public async Task A_recovery_code_opens_once()
    {
        var (person, email) = await app.Given.PersonAsync();
        var (_, codes) = await SetUpAsync(email);
        Assert.Equal(10, codes.Distinct().Count());

        var first = app.Visitor();
        await (await (await first.SignInAsync(email)).FollowAsync("改用恢复码")).SubmitAsync(form => form.Fill("恢复码", codes[0]));
        var second = app.Visitor();
        var answer = await (await (await second.SignInAsync(email)).FollowAsync("改用恢复码")).SubmitAsync(form => form.Fill("恢复码", codes[0]));

        Assert.True(await first.IsInsideAsync());
        Assert.Equal("恢复码不正确或已使用。", answer.ErrorOf("恢复码"));
        Assert.False(await second.IsInsideAsync());
        Assert.Contains(nameof(RecoveryCodeUsed), await app.HistoryOfAsync(person));
        Assert.Contains("剩余 9 个恢复码", (await first.OpenAsync("/account")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recovery_codes_are_shown_once_and_new_ones_void_the_old()
    {
        var (_, email) = await app.Given.PersonAsync();
        var browser = app.Visitor();
        var (_, old) = await SetUpAsync(email, browser);
        Assert.DoesNotContain((await browser.OpenAsync("/account/two-factor")).Source.Split('<', '>'), old.Contains);

        var renewed = await (await browser.OpenAsync("/account/two-factor")).SubmitAsync(form => form.Fill("当前密码", Given.Password), "生成新的恢复码");

        Assert.Equal(10, CodesOn(renewed).Count);
        Assert.DoesNotContain(CodesOn(renewed), old.Contains);
        var stranger = app.Visitor();
        await (await (await stranger.SignInAsync(email)).FollowAsync("改用恢复码")).SubmitAsync(form => form.Fill("恢复码", old[1]));
        Assert.False(await stranger.IsInsideAsync());
    }

    [Fact]
    public async Task Turning_it_off_asks_for_the_password()
    {
        var (_, email) = await app.Given.PersonAsync();
        var browser = app.Visitor();
        await SetUpAsync(email, browser);

        var refused = await (await browser.OpenAsync("/account/two-factor")).SubmitAsync(form => form.Fill("当前密码", "not the password"), "关闭两步验证");
        Assert.Equal("密码不正确。", refused.ErrorOf("当前密码"));
        await refused.SubmitAsync(form => form.Fill("当前密码", Given.Password), "关闭两步验证");

        var again = app.Visitor();
        await again.SignInAsync(email);
        Assert.True(await again.IsInsideAsync());
    }

    [Fact]
    public async Task A_wrong_code_turns_nothing_on()
    {
        var (_, email) = await app.Given.PersonAsync();
        var browser = app.Visitor();
        await browser.SignInAsync(email);
        var setup = await (await browser.OpenAsync("/account/two-factor")).SubmitAsync(button: "开始设置");

        var answer = await setup.SubmitAsync(form => form.Fill("验证码", "123"));

        Assert.Equal("验证码不正确或已过期。", answer.ErrorOf("验证码"));
        Assert.Contains("未启用", (await browser.OpenAsync("/account")).Text, StringComparison.Ordinal);
    }

    private async Task<(string Key, IReadOnlyList<string> Codes)> SetUpAsync(string email, Session? browser = null)
    {
        browser ??= app.Visitor();
        await browser.SignInAsync(email);
        var setup = await (await browser.OpenAsync("/account/two-factor")).SubmitAsync(button: "开始设置");
        var key = Words.Of(setup.Document.QuerySelector("main code"));
        var done = await setup.SubmitAsync(form => form.Fill("验证码", Given.CodeOf(key)));
        return (key, CodesOn(done));
    }

    private static IReadOnlyList<string> CodesOn(Page page) => [.. page.Document.QuerySelectorAll("main li code").Select(Words.Of)];
}
