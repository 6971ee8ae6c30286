using System.Net;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Testing;
using StdWorkflow.Web.Features.Reminders;
using StdWorkflow.Web.Mail;

namespace StdWorkflow.Web.Tests.Features.DevMail;

public class DevMailTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task A_mail_is_listed_and_read_as_text_with_links_that_work_here()
    {
        var item = await app.Given.ItemWithDeadlineAsync(ClockKind.StageLimit, days: 3, title: new("<script>alert(1)</script>演示", null));
        await app.RunJobAsync<SendReminders>();
        await app.RunJobAsync<SendMail>();

        var list = await app.Visitor().OpenAsync("/dev/mail");
        var mail = await list.FollowAsync(app.Mail.To(item.Address("staff")).Single().Subject!);

        Assert.Equal(HttpStatusCode.OK, mail.Status);
        Assert.Empty(mail.Document.QuerySelectorAll("main script"));
        Assert.True(mail.Says("<script>alert(1)</script>演示"));
        Assert.True(mail.Says("提醒规则“阶段时限临近”"));
        Assert.Contains($"/work-items/{item.Code}", mail.Links);
        Assert.Equal(HttpStatusCode.OK, (await mail.FollowAsync($"/work-items/{item.Code}")).Status);
    }

    [Theory]
    [InlineData("/dev/mail/0192f3a4-0000-7000-8000-000000000000")]
    [InlineData("/dev/mail/..%2F..%2Fappsettings.json")]
    public async Task What_is_not_there_is_not_found(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await app.Visitor().OpenAsync(path)).Status);

    [Fact, Trait("Pace", "slow")]
    public async Task Outside_of_development_there_is_no_such_page()
    {
        await using var database = await app.Database.CopyAsync();
        await using var program = await ProgramProcess.ServeAsync(database, new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Production", ["Jobs:Enabled"] = "false" });
        using var browser = new HttpClient { BaseAddress = new Uri(program.Url) };

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/dev/mail", TestContext.Current.CancellationToken)).StatusCode);
    }
}
