using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Mail;

namespace StdWorkflow.Web.Tests.Features.Account;

public partial class ChangeEmailTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task The_address_changes_when_its_owner_has_confirmed_it_and_not_before()
    {
        var (person, email) = await app.Given.PersonAsync();
        var browser = app.Visitor();
        await browser.SignInAsync(email);
        var fresh = $"new-{email}";

        await (await browser.OpenAsync("/account/e-mail")).SubmitAsync(form => form.Fill("新的电子邮箱", fresh));
        Assert.Contains(email, (await browser.OpenAsync("/account")).Text, StringComparison.Ordinal);
        var page = await app.Visitor().OpenAsync(await LinkAsync(fresh));
        Assert.False(await app.Visitor().SignInAsync(fresh) is { Path: "/" });
        await page.SubmitAsync(button: "确认此地址");

        var again = app.Visitor();
        await again.SignInAsync(fresh);
        Assert.True(await again.IsInsideAsync());
        Assert.Equal(fresh, await app.Db(db => db.People.Where(known => known.Id == person).Select(known => known.Email).SingleAsync()));
        Assert.Contains(nameof(EmailChanged), await app.HistoryOfAsync(person));
    }

    [Fact]
    public async Task An_address_in_use_gets_no_mail_and_the_same_answer()
    {
        var (_, email) = await app.Given.PersonAsync();
        var (_, taken) = await app.Given.PersonAsync();
        var browser = app.Visitor();
        await browser.SignInAsync(email);

        var free = await (await browser.OpenAsync("/account/e-mail")).SubmitAsync(form => form.Fill("新的电子邮箱", $"free-{email}"));
        var used = await (await browser.OpenAsync("/account/e-mail")).SubmitAsync(form => form.Fill("新的电子邮箱", taken));

        Assert.Equal(free.Text.Replace($"free-{email}", "", StringComparison.Ordinal), used.Text.Replace(taken, "", StringComparison.Ordinal));
        Assert.Equal(0, await app.Db(db => db.Outbox.CountAsync(message => message.RecipientAddress == taken)));
    }

    [Fact]
    public async Task The_same_form_sent_twice_makes_one_mail_and_a_changed_one_another()
    {
        var (_, email) = await app.Given.PersonAsync();
        var browser = app.Visitor();
        await browser.SignInAsync(email);
        var page = await browser.OpenAsync("/account/e-mail");

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => page.SubmitAsync(form => form.Fill("新的电子邮箱", $"one-{email}"))));
        await page.SubmitAsync(form => form.Fill("新的电子邮箱", $"two-{email}"));

        Assert.Equal(1, await app.Db(db => db.Outbox.CountAsync(message => message.RecipientAddress == $"one-{email}")));
        Assert.Equal(1, await app.Db(db => db.Outbox.CountAsync(message => message.RecipientAddress == $"two-{email}")));
    }

    [Fact]
    public async Task What_is_no_address_is_refused_beside_the_field()
    {
        var (_, email) = await app.Given.PersonAsync();
        var browser = app.Visitor();
        await browser.SignInAsync(email);

        var answer = await (await browser.OpenAsync("/account/e-mail")).SubmitAsync(form => form.Fill("新的电子邮箱", "not-an-address"));

        Assert.Equal("请填写有效的电子邮件地址，例如 li@example.cn。", answer.ErrorOf("新的电子邮箱"));
        Assert.Equal("not-an-address", answer.ValueOf("新的电子邮箱"));
    }

    private async Task<string> LinkAsync(string email)
    {
        await app.RunJobAsync<SendMail>();
        return new Uri(Link().Match(app.Mail.To(email[..email.IndexOf('@', StringComparison.Ordinal)])[^1].TextBody!).Value).PathAndQuery;
    }

    [GeneratedRegex(@"http://\S+/account/confirm-e-mail\?\S+")]
    private static partial Regex Link();
}
