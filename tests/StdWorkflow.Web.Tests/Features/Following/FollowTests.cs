using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using StdWorkflow.Data.Records;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Following;
using StdWorkflow.Web.Features.Relations;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Mail;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Tests.Driver;
using StdWorkflow.Web.Tests.Features.International;

namespace StdWorkflow.Web.Tests.Features.Following;

public class FollowTests(App app) : IClassFixture<App>
{
    [Theory]
    [InlineData("zh-CN", "关注", "已关注", "停止关注…", "停止关注", "您关注了 {0}。", "不想再收到此类邮件：")]
    [InlineData("en", "Follow", "Following", "Stop following…", "Stop following", "you follow {0}.", "To receive such mail no longer: ")]
    public async Task Who_follows_an_item_gets_its_steps_by_mail_until_they_stop(string language, string follow, string following, string leads, string stop, string because, string how)
    {
        var code = await ReadyAsync();
        var page = await (await app.As("chen.jing").In(language).OpenAsync($"/work-items/{code}")).SubmitAsync(button: follow);
        Assert.True(page.Path == $"/work-items/{code}" && page.Says(following) && !page.HasButton(follow), page.Text);
        Assert.Contains(code, (await app.As("chen.jing").In(language).OpenAsync(FollowingLinks.List)).Text, StringComparison.Ordinal);

        await AdvanceAsync(code, "00-10");
        var sent = Assert.Single(await SentAsync("chen.jing", code));
        Assert.True(Text(sent).Contains(string.Format(null, because, code), StringComparison.Ordinal) && Text(sent).Contains($"{how}http", StringComparison.Ordinal), Text(sent));
        Assert.Contains($"/work-items/{code}/follow", Text(sent), StringComparison.Ordinal);

        var stopped = await (await page.FollowAsync(leads)).SubmitAsync(button: stop);
        Assert.True(stopped.HasButton(follow), stopped.Text);
        Assert.DoesNotContain(code, (await app.As("chen.jing").In(language).OpenAsync(FollowingLinks.List)).Text, StringComparison.Ordinal);
        await app.Given.EditAsync(code, Given.NextPlanNumber(), null);
        await app.Given.AttestAsync(code, "plan-issued");
        await AdvanceAsync(code, "10-20");
        Assert.Single(await SentAsync("chen.jing", code));
    }

    [Fact]
    public async Task The_leader_who_follows_too_hears_once_and_the_page_before_the_step_counts_them_once()
    {
        var code = await ReadyAsync();
        await app.Given.EditAsync(code, null, null);
        var before = (await app.As("li.wei").OpenAsync($"/work-items/{code}/advance/00-10")).Text;
        await FollowAsync("liu.yang", code);
        Assert.Equal(before, (await app.As("li.wei").OpenAsync($"/work-items/{code}/advance/00-10")).Text);

        await AdvanceAsync(code, "00-10");

        Assert.Contains("您是该项目的负责人", Text(Assert.Single(await SentAsync("liu.yang", code))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_that_is_undone_and_a_following_that_ends_while_mail_waits_tell_nobody()
    {
        var (undone, left) = (await ReadyAsync(), await ReadyAsync());
        foreach (var code in new[] { undone, left })
        {
            await FollowAsync("chen.jing", code);
            await AdvanceAsync(code, "00-10");
        }

        await (await app.As("li.wei").OpenAsync($"/work-items/{undone}/undo")).SubmitAsync(button: "撤销这一步");
        await (await app.As("chen.jing").OpenAsync($"/work-items/{left}/follow")).SubmitAsync(button: "停止关注");

        Assert.Empty(await SentAsync("chen.jing", undone));
        Assert.Empty(await SentAsync("chen.jing", left));
    }

    [Fact]
    public async Task Who_may_no_longer_see_the_item_gets_nothing_and_finds_it_nowhere()
    {
        var (before, meanwhile) = (await ReadyAsync(), await ReadyAsync());
        foreach (var code in new[] { before, meanwhile })
        {
            await FollowAsync("huang.bo", code);
            await FollowAsync("sun.li", code);
        }

        await app.Given.EditAsync(before, null, null, isPublic: false);
        foreach (var code in new[] { before, meanwhile }) await AdvanceAsync(code, "00-10");
        await app.Given.EditAsync(meanwhile, Given.NextPlanNumber(), null, isPublic: false);

        foreach (var code in new[] { before, meanwhile })
        {
            Assert.Empty(await SentAsync("huang.bo", code));
            Assert.Single(await SentAsync("sun.li", code));
            Assert.DoesNotContain(code, (await app.As("huang.bo").OpenAsync(FollowingLinks.List)).Text, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotFound, (await app.As("huang.bo").OpenAsync($"/work-items/{code}/follow")).Status);
        }

        Assert.Equal(0, await app.Db(db => db.Outbox.CountAsync(message => db.Events.Any(happened => happened.Id == message.EventId && db.WorkItems.Any(item => item.Id == happened.SubjectId && item.Code == before))
            && db.People.Any(person => person.Id == message.RecipientPerson && person.Email == "huang.bo@example.org"))));
    }

    [Fact]
    public async Task Who_follows_an_idea_hears_when_the_standard_that_grew_from_it_is_published_and_when_that_is_converted()
    {
        var idea = await app.Given.FinishedResearchAsync(isPublic: true);
        await FollowAsync("huang.bo", idea);
        var project = await (await app.As("li.wei").OpenAsync($"/work-items/{idea}/succeed")).SubmitAsync(entry => entry.Choose("程序", "推荐性国家标准（普通程序）"), "立为国家标准项目");
        var standard = project.Path["/work-items/".Length..];
        await app.Given.TakeAsync(standard, "50");
        await app.Given.EditAsync(standard, await PlanOfAsync(standard), "GB/T 98765-2026");
        await app.RunAsync(new StateAdoption(standard, AdoptionDegree.IDT, "ISO/IEC 42001:2023", await app.Given.VersionAsync(standard)));
        await app.Given.AttestAsync(standard, "approval-announced");
        Assert.True((await app.As("huang.bo").OpenAsync(project.Path)).Says("已关注"));

        await AdvanceAsync(standard, "50-60");

        var published = Assert.Single(await SentAsync("huang.bo", standard));
        Assert.Contains("出版", published.Subject, StringComparison.Ordinal);
        Assert.Contains("标准已发布：GB/T 98765-2026/ISO/IEC 42001:2023。", Text(published), StringComparison.Ordinal);
        Assert.Contains($"您关注了 {idea}，{standard} 由它产生。", Text(published), StringComparison.Ordinal);

        var grandchild = (await (await app.As("li.wei").OpenAsync($"{project.Path}/succeed")).SubmitAsync(button: "启动国际转化")).Path["/work-items/".Length..];
        await FirstStepAsync(grandchild);
        Assert.Contains($"您关注了 {idea}，{grandchild} 由它产生。", Text(Assert.Single(await SentAsync("huang.bo", grandchild))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_begins_late_follows_what_has_grown_already_and_chooses_what_to_stop()
    {
        var idea = await app.Given.FinishedResearchAsync(isPublic: true);
        var grown = (await (await app.As("li.wei").OpenAsync($"/work-items/{idea}/succeed")).SubmitAsync(entry => entry.Choose("程序", "推荐性国家标准（普通程序）"), "立为国家标准项目")).Path;
        await FollowAsync("zhao.lei", idea);
        Assert.True((await app.As("zhao.lei").OpenAsync(grown)).Says("已关注"));

        var form = await app.As("zhao.lei").OpenAsync($"/work-items/{idea}/follow");
        Assert.True(form.Says(grown["/work-items/".Length..]), form.Text);
        await form.SubmitAsync(entry => entry.Choose("继续关注这些项目"), "停止关注");
        Assert.True((await app.As("zhao.lei").OpenAsync(grown)).Says("已关注"));

        await FollowAsync("zhao.lei", idea);
        await (await app.As("zhao.lei").OpenAsync($"/work-items/{idea}/follow")).SubmitAsync(entry => entry.Choose("一并停止"), "停止关注");
        Assert.False((await app.As("zhao.lei").OpenAsync(grown)).Says("已关注"));
    }

    [Fact]
    public async Task Carried_over_from_several_older_items_a_follower_stands_there_once()
    {
        var (one, two, merged) = (await ReadyAsync(), await ReadyAsync(), await ReadyAsync());
        foreach (var code in new[] { one, two }) await FollowAsync("chen.jing", code);
        var ids = await app.Db(db => db.WorkItems.Where(item => item.Code == one || item.Code == two || item.Code == merged).ToDictionaryAsync(item => item.Code, item => item.Id));

        await using (var scope = app.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<Data.AppDbContext>();
            scope.ServiceProvider.GetRequiredService<Acting>().Begin(Actor.Starter, nameof(FollowTests), inCommand: true);
            var followers = scope.ServiceProvider.GetRequiredService<FollowersOf>();
            foreach (var code in new[] { one, two }) await followers.CarryOverAsync(ids[code], ids[merged], TestContext.Current.CancellationToken);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        Assert.True((await app.As("chen.jing").OpenAsync($"/work-items/{merged}")).Says("已关注"));
        Assert.Equal(1, await app.Db(db => db.Set<Follower>().CountAsync(row => row.SubjectId == ids[merged])));
    }

    [Fact]
    public async Task A_newer_file_that_shows_the_item_elsewhere_is_news_to_its_followers_only()
    {
        using var files = new SmallFiles();
        await ImportAsync("正在起草", "2026-11-01");
        var code = await app.Db(db => db.WorkItems.Where(item => item.PlanNumber == "20269880-T-469").Select(item => item.Code).SingleAsync());
        await FollowAsync("huang.bo", code);

        await ImportAsync("正在审查", "2026-11-20");

        var sent = Assert.Single(await SentAsync("huang.bo", code));
        Assert.Contains("从“起草阶段”进入“审查阶段”", Text(sent), StringComparison.Ordinal);
        Assert.DoesNotContain(app.Mail.To("li.wei"), mail => mail.Subject!.StartsWith(code, StringComparison.Ordinal));

        Task ImportAsync(string status, string asOf) => app.ImportAsync(ImportPlans.Import, files.Write(
            $"plans-{asOf}.csv", "number,kind,title_zh,title_en,status_zh,status_as_of,registered_or_issued,implementation,committee,executing_sc,plan_no",
            $"20269880-T-469,plan,演示关注,,{status},{asOf},2026-05-28,,TC28,TC28SC42,"));
    }

    [Fact]
    public async Task Following_several_times_at_once_is_following_once_and_a_visitor_cannot()
    {
        var code = await ReadyAsync();

        var began = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => app.RunAsAsync("chen.jing", new FollowWorkItem(code))));
        var visitor = await app.RunAsAsync(null, new FollowWorkItem(code));

        Assert.All(began, result => Assert.True(result.IsOk, string.Join(", ", result.Problems)));
        Assert.Equal(1, await app.Db(db => db.Set<Follower>().CountAsync(row => db.WorkItems.Any(item => item.Id == row.SubjectId && item.Code == code))));
        Assert.Equal(Problem.NotAllowedCode, visitor.Problem.Code);
        Assert.False((await app.Visitor().OpenAsync($"/work-items/{code}")).HasButton("关注"));
    }

    [Fact]
    public async Task A_program_follows_asks_and_stops()
    {
        var code = await ReadyAsync();
        var api = await app.Given.ProgramOfAsync("chen.jing");
        var path = $"/api/v1/work-items/{code}/following";

        Assert.Equal("False", (await api.GetAsync(path)).Of("follows"));
        var started = await api.PostAsync($"{path}/start", new { });
        var listed = await api.GetAsync("/api/v1/work-items?state=followed");
        var stopped = await api.PostAsync($"{path}/stop", new { alsoNewer = false });

        Assert.Equal((200, "True"), (started.Status, started.Of("follows")));
        Assert.Contains(listed.Items, item => item.GetProperty("code").GetString() == code);
        Assert.Equal((200, "False"), (stopped.Status, stopped.Of("follows")));
        Assert.Equal(401, (await app.Api().PostAsync($"{path}/start", new { })).Status);
        Assert.Equal(401, (await app.Api().GetAsync("/api/v1/work-items?state=followed")).Status);
    }

    private async Task<string> ReadyAsync()
    {
        var code = await app.Given.ProposedAsync();
        await app.Given.AttestAsync(code, "proposal-adopted");
        return code;
    }

    private async Task FollowAsync(string person, string code)
    {
        var page = await (await app.As(person).OpenAsync($"/work-items/{code}")).SubmitAsync(button: "关注");
        Assert.True(page.Says("已关注"), page.Text);
    }

    private async Task AdvanceAsync(string code, string transition)
    {
        var form = await app.As("li.wei").OpenAsync($"/work-items/{code}/advance/{transition}");
        var answer = await form.SubmitAsync(button: form.Heading);
        Assert.Equal($"/work-items/{code}", answer.Path);
    }

    /// <summary>The first step that is open to the secretariat.</summary>
    private async Task FirstStepAsync(string code)
    {
        var item = await app.As("li.wei").OpenAsync($"/work-items/{code}");
        foreach (var gate in item.Links.Where(link => link.Contains("/attest/", StringComparison.Ordinal)).Select(link => link[(link.LastIndexOf('/') + 1)..]).Distinct())
            await app.Given.AttestAsync(code, Uri.UnescapeDataString(gate));
        await app.Given.EditAsync(code, null, null);
        item = await item.AgainAsync();
        var step = item.Links.First(link => link.Contains("/advance/", StringComparison.Ordinal));
        var form = await app.As("li.wei").OpenAsync(step);
        var answer = await form.SubmitAsync(button: form.Heading);
        Assert.Equal($"/work-items/{code}", answer.Path);
    }

    /// <summary>What a person was sent about an item, after the time in which a step can be undone.</summary>
    private async Task<IReadOnlyList<MimeMessage>> SentAsync(string person, string code)
    {
        app.Clock.Advance(WorkItem.UndoWindow);
        await app.RunJobAsync<SendMail>();
        return [.. app.Mail.To(person).Where(mail => mail.Subject!.StartsWith($"{code} ", StringComparison.Ordinal))];
    }

    private Task<string?> PlanOfAsync(string code) => app.Db(db => db.WorkItems.Where(item => item.Code == code).Select(item => item.PlanNumber).SingleAsync());

    private static string Text(MimeMessage mail) => mail.TextBody ?? "";
}
