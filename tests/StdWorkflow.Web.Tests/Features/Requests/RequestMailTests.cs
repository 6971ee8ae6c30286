using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Requests;
using StdWorkflow.Web.Mail;
using StdWorkflow.Web.Tests.Driver;
using StdWorkflow.Web.Tests.Features.Account;

namespace StdWorkflow.Web.Tests.Features.Requests;

/// <summary>What the mail about a request says, to whom it goes, and where its links lead.</summary>
public partial class RequestMailTests(App app) : IClassFixture<App>
{
    private DateOnly Today => Instants.DateIn(app.Clock.GetUtcNow().UtcDateTime);

    [Theory]
    [InlineData("zh-CN", "同意并办理", "已同意")]
    [InlineData("en", "Grant and take the step", "Granted")]
    public async Task The_chair_opens_the_link_in_the_mail_and_presses_the_button(string language, string verb, string state)
    {
        await app.As("zhang.min").In(language).OpenAsync("/");
        var (item, request) = await app.Given.RequestAsync();
        await app.RunJobAsync<SendMail>();
        var mail = Assert.Single(app.Mail.To("zhang.min"), one => one.TextBody!.Contains($"/requests/{request}/grant", StringComparison.Ordinal));
        var (grant, decline) = (Link(mail.TextBody!, request, "grant"), Link(mail.TextBody!, request, "decline"));
        foreach (var said in new[] { "赵磊", "草案已经成熟", $"{Today.AddDays(14):yyyy-MM-dd}", item, "张敏" }) Assert.Contains(said, mail.TextBody, StringComparison.Ordinal);
        Assert.Contains(language == "en" ? "All its conditions are met." : "条件都已具备。", mail.TextBody, StringComparison.Ordinal);

        // Looking decides nothing, however often, and a visitor signs in and comes back.
        await app.As("zhang.min").In(language).OpenAsync(decline);
        await app.As("zhang.min").In(language).OpenAsync(grant);
        var stranger = await app.Visitor().OpenAsync(grant);
        Assert.Equal($"/account/sign-in?returnUrl={Uri.EscapeDataString(grant)}", stranger.Path);
        Assert.Equal(("20", StepRequestState.Open), (await app.Given.StageAsync(item), await app.Given.RequestStateAsync(request)));

        var page = await app.As("zhang.min").In(language).OpenAsync(grant);
        Assert.Equal(verb, Words.Of(page.Document.QuerySelector("[autofocus]")));
        var answer = await page.SubmitAsync(button: verb);

        Assert.Equal($"/requests/{request}", answer.Path);
        Assert.True(answer.Says(state), answer.Text);
        Assert.Equal(("30", StepRequestState.Granted), (await app.Given.StageAsync(item), await app.Given.RequestStateAsync(request)));
        Assert.Contains((await app.Visitor().OpenAsync("/consultations")).Links, link => link == app.Given.PeriodOfAsync(item).Result.Path);
        // The mail of the step is held as if the chair had taken it on the item's page; then the asker hears of it, too.
        await app.RunJobAsync<SendMail>();
        Assert.DoesNotContain(app.Mail.To("zhao.lei"), one => one.Subject!.StartsWith(item, StringComparison.Ordinal));
        app.Clock.Advance(WorkItem.UndoWindow);
        await app.RunJobAsync<SendMail>();
        Assert.Single(app.Mail.To("zhao.lei"), one => one.Subject!.StartsWith(item, StringComparison.Ordinal) && one.TextBody!.Contains("张敏", StringComparison.Ordinal));
        Assert.Contains(app.Mail.To("li.wei"), one => one.Subject!.StartsWith($"{item}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_signs_in_from_the_mail_comes_to_the_decision()
    {
        var (_, request) = await app.Given.RequestAsync();

        var page = await app.Visitor().SignInAsync("wang.fang@example.org", "every demo door opens", $"/account/sign-in?returnUrl={Uri.EscapeDataString($"/requests/{request}/grant")}");

        Assert.Equal($"/requests/{request}/grant", page.Path);
        Assert.True(page.HasButton("同意并办理"));
    }

    [Fact]
    public async Task Everybody_who_may_decide_gets_one_mail_and_nobody_else()
    {
        var (_, request) = await app.Given.RequestAsync(met: false, asker: "li.wei");
        await app.As("zhang.min").In("zh-CN").OpenAsync("/");
        await app.RunJobAsync<SendMail>();
        await app.RunJobAsync<SendMail>();

        var sent = app.Mail.Sent.Where(mail => mail.TextBody!.Contains($"/requests/{request}/", StringComparison.Ordinal)).ToList();
        var told = await app.Db(db => db.People.Where(person => person.Email != null && person.Email != "li.wei@example.org" && db.Memberships.Any(held => held.PersonId == person.Id
            && db.Committees.Any(committee => committee.Id == held.CommitteeId && committee.Code == "sac-tc28-sc42")
            && db.Positions.Any(position => position.Id == held.PositionId && position.PermissionNames.Contains("Advance")))).Select(person => person.Email!).ToListAsync());
        Assert.Contains("zhang.min@example.org", told);
        Assert.Equal(told.Order(), sent.Select(mail => mail.To.Mailboxes.Single().Address).Order());
        Assert.All(sent, mail => Assert.Contains("尚不具备：", mail.TextBody, StringComparison.Ordinal));
        // The chair first.
        Assert.All(sent, mail => Assert.Contains("可以决定的人：张敏（主任委员）、王芳（秘书长）", mail.TextBody, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_nobody_of_the_committee_may_decide_the_committee_above_is_asked()
    {
        var item = await app.Given.ProposedAsync(process: "pre-research", committee: "sac-tc28-sc42-rg-chips-systems");
        var request = await app.Given.AskAsync(item, transition: "idea-feasibility");
        await app.RunJobAsync<SendMail>();

        Assert.Single(app.Mail.To("zhang.min"), mail => mail.TextBody!.Contains($"/requests/{request}/grant", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_decided_meanwhile_is_not_written_about()
    {
        var (_, request) = await app.Given.RequestAsync();
        Assert.True((await app.RunAsAsync("zhao.lei", new WithdrawRequest(request, await app.Given.RequestVersionAsync(request)))).IsOk);
        await app.RunJobAsync<SendMail>();

        Assert.DoesNotContain(app.Mail.Sent, mail => mail.TextBody!.Contains($"/requests/{request}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Three_days_before_its_day_a_request_is_recalled_once()
    {
        var (_, request) = await app.Given.RequestAsync(days: 5);
        // Mail is written in the language in which its reader was last here.
        await app.As("zhang.min").In("zh-CN").OpenAsync("/");
        await SweepAsync();
        Assert.Equal(1, Mails());
        app.Clock.Advance(TimeSpan.FromDays(3));
        await SweepAsync();
        await SweepAsync();

        Assert.Equal(2, Mails());
        Assert.Contains(app.Mail.To("zhang.min"), mail => mail.Subject!.StartsWith("即将到期，请决定：", StringComparison.Ordinal));
        app.Clock.Advance(TimeSpan.FromDays(5));
        var queue = await app.As("zhang.min").OpenAsync("/requests");
        Assert.Contains("逾期 3 天", Assert.Single(queue.Rows(), row => row[0] == request)[3], StringComparison.Ordinal);

        int Mails() => app.Mail.To("zhang.min").Count(mail => mail.TextBody!.Contains($"/requests/{request}/grant", StringComparison.Ordinal));

        async Task SweepAsync()
        {
            await app.RunJobAsync<RemindOfRequests>();
            await app.RunJobAsync<SendMail>();
        }
    }

    private static string Link(string text, string request, string verb) =>
        new Uri(Address().Matches(text).Select(match => match.Value).Single(address => address.EndsWith($"/requests/{request}/{verb}", StringComparison.Ordinal))).AbsolutePath;

    [GeneratedRegex(@"https?://[^\s]+")]
    private static partial Regex Address();
}
