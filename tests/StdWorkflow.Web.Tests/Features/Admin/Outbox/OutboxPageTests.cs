using System.Net;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Outbox;
using StdWorkflow.Web.Mail;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Features.Admin.Outbox;

public class OutboxPageTests(App app) : IClassFixture<App>
{
    private const string Path = "/admin/outbox";

    [Fact]
    public async Task An_administrator_sees_why_a_mail_was_given_up_and_sends_it_again()
    {
        var item = await app.Given.ParkedMailAsync();
        var page = await app.As("admin").OpenAsync(Path);
        Assert.Contains(page.Rows(), row => row[0] == "期限提醒" && row.Any(cell => cell.Contains($"演示 {item.World} staff", StringComparison.Ordinal)) && row[^1].Contains("SocketException", StringComparison.Ordinal));

        var parked = page.Rows().Count;
        for (var sent = 0; sent < parked; sent++) page = await SendAgainAsync(await app.As("admin").OpenAsync($"{Path}?state=Parked"));
        Assert.Equal($"{Path}?state=Waiting", page.Path);
        await app.RunJobAsync<SendMail>();

        Assert.Single(app.Mail.To(item.Address("staff")));
        Assert.True((await app.As("admin").OpenAsync($"{Path}?state=Parked")).Says("没有搁置的邮件"));
        Assert.Contains((await app.As("admin").OpenAsync($"{Path}?state=Sent")).Rows(), row => row.Any(cell => cell.Contains($"{item.World} staff", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Sending_again_what_is_no_longer_parked_is_refused_with_a_sentence()
    {
        await app.Given.ParkedMailAsync();
        var one = await app.As("admin").OpenAsync($"{Path}?state=Parked");
        var other = await app.As("admin").OpenAsync($"{Path}?state=Parked");
        await SendAgainAsync(one);

        var answer = await SendAgainAsync(other);

        Assert.Contains("这封邮件已不在搁置状态，无需再次发送。", answer.Problems);
    }

    [Fact]
    public async Task The_page_speaks_English_too_and_pages_through_many()
    {
        var now = app.Clock.GetUtcNow().UtcDateTime;
        await app.Db(async db =>
        {
            db.Outbox.AddRange(Enumerable.Range(1, 60).Select(number => new OutboxMessage
            {
                Key = $"page-test/{number}",
                EventType = "LeaderAssigned",
                RecipientAddress = $"many{number}@example.org",
                CreatedAt = now,
                NotBefore = now.AddDays(300),
                State = OutboxState.Cancelled,
            }));
            return await db.SaveChangesAsync();
        });

        var page = await app.As("admin").In("en").OpenAsync($"{Path}?state=Cancelled");

        Assert.Equal("Outgoing mail", page.Heading);
        Assert.Equal(50, page.Rows().Count);
        var next = await app.As("admin").In("en").OpenAsync($"{Path}?state=Cancelled&page=2");
        Assert.True(next.Rows().Count >= 10);
        Assert.Contains(next.Rows(), row => row[0] == "Named leader of a work item");
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task Every_mail_is_called_by_what_it_is(string language)
    {
        var kinds = MailTable.Writers().Select(mail => mail.Contract.GenericTypeArguments[0].Name).Distinct().ToList();
        var now = app.Clock.GetUtcNow().UtcDateTime;
        await app.Db(async db =>
        {
            db.Outbox.AddRange(kinds.Select(kind => new OutboxMessage
            {
                Key = $"kind-test/{language}/{kind}",
                EventType = kind,
                RecipientAddress = $"{kind}@kind-test.example",
                CreatedAt = now,
                NotBefore = now.AddDays(400),
                State = OutboxState.Claimed,
                ClaimedUntil = now.AddDays(400),
            }));
            return await db.SaveChangesAsync();
        });

        var rows = (await app.As("admin").In(language).OpenAsync($"{Path}?state=Claimed")).Rows();

        Assert.NotEmpty(kinds);
        Assert.All(kinds, kind =>
        {
            var called = rows.First(row => row[1] == $"{kind}@kind-test.example")[0];
            Assert.NotEqual(kind, called);
            Assert.Equal(language == "en", called.All(char.IsAscii));
        });
    }

    [Fact]
    public async Task Others_are_refused()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await app.As("li.wei").OpenAsync(Path)).Status);
        Assert.StartsWith("/account/sign-in", (await app.Visitor().OpenAsync(Path)).Path, StringComparison.Ordinal);
    }

    /// <summary>Presses the button of the first mail in the list.</summary>
    private Task<Page> SendAgainAsync(Page page) => app.As("admin").PostAsync(Path, page.FieldsOf("再次发送"));
}
