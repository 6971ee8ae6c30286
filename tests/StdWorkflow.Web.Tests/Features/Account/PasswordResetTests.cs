using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Mail;

namespace StdWorkflow.Web.Tests.Features.Account;

public partial class PasswordResetTests(App app) : IClassFixture<App>
{
    private const string NewPassword = "quite another door for tests";

    [Fact]
    public async Task The_link_in_the_mail_sets_a_new_password_and_lifts_the_lock()
    {
        var (person, email) = await app.Given.PersonAsync();
        for (var attempt = 0; attempt < 5; attempt++) await app.Visitor().SignInAsync(email, "not the password at all");

        var done = await SetAsync(await LinkAsync(email), NewPassword);

        Assert.Equal("/account/sign-in", done.Path);
        var browser = app.Visitor();
        await browser.SignInAsync(email, NewPassword);
        Assert.True(await browser.IsInsideAsync());
        Assert.Contains(nameof(PasswordChanged), await app.HistoryOfAsync(person));
    }

    [Fact]
    public async Task The_link_works_once()
    {
        var (_, email) = await app.Given.PersonAsync();
        var link = await LinkAsync(email);
        await SetAsync(link, NewPassword);

        var again = await app.Visitor().OpenAsync(link);

        Assert.True(again.Says("链接无效、已过期或已使用。"));
        Assert.False(again.HasButton("设置新密码"));
    }

    [Fact]
    public async Task After_two_hours_the_link_is_void()
    {
        var (_, email) = await app.Given.PersonAsync();
        var link = await LinkAsync(email);
        var page = await app.Visitor().OpenAsync(link);

        app.Clock.Advance(TimeSpan.FromHours(2) + TimeSpan.FromSeconds(1));

        var answer = await page.SubmitAsync(form => form.Fill("新密码", NewPassword).Fill("再次输入新密码", NewPassword));
        Assert.True(answer.Says("链接无效、已过期或已使用。"));
        Assert.True((await app.Visitor().OpenAsync(link)).Says("链接无效、已过期或已使用。"));
    }

    [Fact]
    public async Task A_forged_link_is_void()
    {
        var (_, email) = await app.Given.PersonAsync();
        var link = await LinkAsync(email);

        foreach (var forged in new[] { "/account/reset-password", "/account/reset-password?token=x", link[..^4] + "AAAA", link.Replace("reset-password", "invitation", StringComparison.Ordinal) })
            Assert.Contains("已过期或已使用", (await app.Visitor().OpenAsync(forged)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asking_tells_nobody_whether_an_address_exists()
    {
        var (_, email) = await app.Given.PersonAsync();
        var before = await MailsAsync();

        var known = await AskAsync(email);
        var unknown = await AskAsync("nobody@example.org");

        Assert.Equal(known.Status, unknown.Status);
        Assert.Equal(known.Text, unknown.Text);
        Assert.Equal(before + 1, await MailsAsync());
    }

    [Fact]
    public async Task Asking_again_at_once_fills_no_mailbox()
    {
        var (_, email) = await app.Given.PersonAsync();
        var before = await MailsAsync();

        for (var i = 0; i < 3; i++) await AskAsync(email);

        Assert.Equal(before + 1, await MailsAsync());
    }

    [Fact]
    public async Task The_outbox_holds_no_link()
    {
        var (person, email) = await app.Given.PersonAsync();
        await AskAsync(email);

        var waiting = await app.Db(db => db.Outbox.SingleAsync(message => message.RecipientPerson == person));

        Assert.Null(waiting.Payload);
        Assert.Null(waiting.LastError);
    }

    [Fact]
    public async Task Two_passwords_that_differ_are_refused()
    {
        var (_, email) = await app.Given.PersonAsync();
        var page = await app.Visitor().OpenAsync(await LinkAsync(email));

        var answer = await page.SubmitAsync(form => form.Fill("新密码", NewPassword).Fill("再次输入新密码", NewPassword + "!"));

        Assert.Equal("两次输入的密码不一致。", answer.ErrorOf("再次输入新密码"));
    }

    private async Task<Driver.Page> AskAsync(string email) =>
        await (await app.Visitor().OpenAsync("/account/forgot-password")).SubmitAsync(form => form.Fill("电子邮箱", email));

    private async Task<Driver.Page> SetAsync(string link, string password) =>
        await (await app.Visitor().OpenAsync(link)).SubmitAsync(form => form.Fill("新密码", password).Fill("再次输入新密码", password));

    private Task<int> MailsAsync() => app.Db(db => db.Outbox.CountAsync());

    private async Task<string> LinkAsync(string email)
    {
        await AskAsync(email);
        await app.RunJobAsync<SendMail>();
        var mail = app.Mail.To(email[..email.IndexOf('@', StringComparison.Ordinal)])[^1];
        return new Uri(Link().Match(mail.TextBody!).Value).PathAndQuery;
    }

    [GeneratedRegex(@"http://\S+/account/reset-password\?\S+")]
    private static partial Regex Link();
}
