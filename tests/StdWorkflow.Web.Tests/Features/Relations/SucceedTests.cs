using System.Net;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Relations;
using StdWorkflow.Web.Features.Requests;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Features.Relations;

public class SucceedTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task From_finished_research_one_action_opens_the_national_project_with_all_that_is_known()
    {
        var research = await app.Given.FinishedResearchAsync();
        await (await app.As("li.wei").OpenAsync($"/work-items/{research}/proposal")).SubmitAsync(form => form.Fill("目的意义", "预研得出的目的").Fill("项目周期", "24"), "保存建议书");
        var form = await (await app.As("li.wei").OpenAsync($"/work-items/{research}")).FollowAsync("立为国家标准项目");
        Assert.True(form.Says("新建一个国家标准项目，记为源自本预研项目。"));
        Assert.StartsWith("人工智能 测试项目", form.ValueOf("中文标题"), StringComparison.Ordinal);
        Assert.DoesNotContain("预研项目", form.OptionsOf("程序"));

        var project = await form.SubmitAsync(entry => entry.Choose("程序", "推荐性国家标准（普通程序）").Fill("中文标题", "由预研而来的标准"), "立为国家标准项目");

        Assert.Matches("^/work-items/w-[0-9]+$", project.Path);
        Assert.StartsWith("由预研而来的标准", project.Heading, StringComparison.Ordinal);
        Assert.True(project.Says("国家标准项目") && project.Says("刘洋") && project.Says("演示视觉科技公司") && project.Says("不公开") && project.Says($"沿革：源自 {research}。李伟"), project.Text);
        var proposal = await app.As("li.wei").OpenAsync($"{project.Path}/proposal");
        Assert.Equal(("预研得出的目的", "24"), (proposal.ValueOf("目的意义"), proposal.ValueOf("项目周期")));
        Assert.Contains(project.Path, (await app.As("li.wei").OpenAsync($"/work-items/{research}")).Links);
        Assert.Contains($"/work-items/{research}", project.Links);
    }

    [Theory]
    [InlineData("20")]
    [InlineData("60")]
    public async Task From_a_national_project_or_a_published_standard_the_conversion_starts(string stage)
    {
        var national = await app.Given.ProjectAtAsync(stage);
        var form = await (await app.As("zhang.min").In("en").OpenAsync($"/work-items/{national}")).FollowAsync("Start the conversion");
        Assert.True(form.Says("open a conversion, recorded as coming from this project;"));

        var conversion = await form.SubmitAsync(entry => entry.Choose("Process", "Outbound proposal (national side)"), "Start the conversion");

        Assert.True(conversion.Says("Conversion") && conversion.Says($"Lineage: converted from {national}."), conversion.Text);
        Assert.Equal("outbound-proposal", await app.Db(db => db.Tracks.Where(track => db.WorkItems.Any(item => item.Id == track.WorkItemId && item.Code == conversion.Path.Substring("/work-items/".Length))).Select(track => track.ProcessKey).SingleAsync()));
        var old = await app.As("zhang.min").In("en").OpenAsync($"/work-items/{national}");
        Assert.Contains(conversion.Path, old.Links);
    }

    [Theory]
    [InlineData("gb-z", "国家标准化指导性技术文件")]
    [InlineData("gb-t-normal", "推荐性国家标准（普通程序）")]
    public async Task A_revision_is_offered_by_the_process_of_its_standard_and_no_mail_goes_to_nobody(string process, string name)
    {
        var standard = await app.Db(db => db.WorkItems.Where(item => item.LeaderId == null && item.StandardNumber != null && item.Tracks.Any(track => track.Kind == TrackKind.MainText && track.ProcessKey == process && track.End == TrackEnd.Finished))
            .Select(item => item.Code).FirstAsync());

        var form = await app.As("admin").OpenAsync($"/work-items/{standard}/succeed?how=Revises");

        Assert.Equal(name, form.ValueOf("程序"));
        Assert.True(form.Says("不发送邮件。") && !form.Says("人发送邮件"), form.Text);
        var led = await app.As("li.wei").OpenAsync($"/work-items/{await app.Given.ProjectAtAsync("60")}/succeed?how=Revises");
        Assert.True(led.Says("向新项目的负责人发送邮件。"), led.Text);
    }

    [Fact]
    public async Task The_whole_family_stands_on_the_page_of_its_youngest()
    {
        var research = await app.Given.FinishedResearchAsync();
        var project = await (await app.As("li.wei").OpenAsync($"/work-items/{research}/succeed")).SubmitAsync(entry => entry.Choose("程序", "推荐性国家标准（普通程序）"), "立为国家标准项目");
        var conversion = await (await project.FollowAsync("启动国际转化")).SubmitAsync(button: "启动国际转化");

        Assert.Equal([$"/work-items/{research}", project.Path], conversion.Links.Where(link => link == project.Path || link == $"/work-items/{research}").Distinct());
        Assert.False(conversion.HasLink("启动国际转化"));
        Assert.False((await app.As("li.wei").OpenAsync($"{conversion.Path}/succeed")).HasButton("启动国际转化"));
        Assert.Equal(HttpStatusCode.NotFound, (await app.As("li.wei").OpenAsync($"{conversion.Path}/succeed?how=Adopts")).Status);
    }

    [Fact]
    public async Task Unfinished_research_and_an_abandoned_project_are_refused_and_say_why()
    {
        var research = await app.Given.ProposedAsync(process: "pre-research");
        var abandoned = await app.Given.ProjectAtAsync("20");
        await app.Given.AdvanceAsync(abandoned, "20-98", "测试：终止");

        foreach (var (code, button, said) in ((string, string, string)[])[(research, "立为国家标准项目", "预研项目完成之后才能立为国家标准项目。"), (abandoned, "启动国际转化", "已终止的项目不能转化。")])
        {
            Assert.False((await app.As("li.wei").OpenAsync($"/work-items/{code}")).HasLink(button));
            var page = await app.As("li.wei").OpenAsync($"/work-items/{code}/succeed");
            Assert.True(page.Says(said) && !page.HasButton(button));

            var answer = await app.As("li.wei").PostAsync($"/work-items/{code}/succeed", new("__RequestVerificationToken", await TokenAsync("li.wei")), new("Form.Process", code == research ? "gb-t-normal" : "outbound-proposal"));
            Assert.Contains(said, answer.Problems);
        }

        Assert.Equal(0, await app.Db(db => db.Lineages.CountAsync(link => db.WorkItems.Any(item => item.Id == link.FromWorkItemId && (item.Code == research || item.Code == abandoned)))));
    }

    [Fact]
    public async Task A_process_of_another_kind_and_a_missing_title_are_sent_back()
    {
        var research = await app.Given.FinishedResearchAsync();
        var form = await app.As("li.wei").OpenAsync($"/work-items/{research}/succeed");

        var otherKind = await form.SubmitAsync(entry => entry.Forge("Form.Process", "outbound-proposal"), "立为国家标准项目");
        var unknown = await form.SubmitAsync(entry => entry.Forge("Form.Process", "no-such-process"), "立为国家标准项目");
        var untitled = await form.SubmitAsync(entry => entry.Fill("中文标题", "").Fill("英文标题", ""), "立为国家标准项目");

        Assert.Equal(("请选择适用于后续项目的程序。", "请选择一个程序。"), (otherKind.ErrorOf("程序"), unknown.ErrorOf("程序")));
        Assert.Equal("请至少填写一种语言的标题。", untitled.ErrorOf("中文标题"));
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_opens_one_project()
    {
        var research = await app.Given.FinishedResearchAsync();
        var form = await app.As("li.wei").OpenAsync($"/work-items/{research}/succeed");

        var answers = await Task.WhenAll(form.SubmitAsync(button: "立为国家标准项目"), form.SubmitAsync(button: "立为国家标准项目"));

        Assert.Equal(answers[0].Path, answers[1].Path);
        Assert.Equal(1, await app.Db(db => db.Lineages.CountAsync(link => link.Kind == LineageKind.GrewFrom && db.WorkItems.Any(item => item.Id == link.FromWorkItemId && item.Code == research))));
    }

    [Theory]
    [InlineData("liu.yang")]
    [InlineData("lin.xue")]
    [InlineData("wu.qiang")]
    public async Task Who_may_not_advance_it_may_not_open_what_follows(string person)
    {
        var research = await app.Given.FinishedResearchAsync(isPublic: true);
        var path = $"/work-items/{research}/succeed";

        Assert.False((await app.As(person).OpenAsync($"/work-items/{research}")).HasLink("立为国家标准项目"));
        Assert.Equal(HttpStatusCode.Forbidden, (await app.As(person).OpenAsync(path)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await app.As(person).PostAsync(path, new("__RequestVerificationToken", await TokenAsync(person)), new("Form.Process", "gb-t-normal"), new("Form.TitleZh", "越权"))).Status);
        Assert.Equal(0, await app.Db(db => db.WorkItems.CountAsync(item => item.Title.Zh == "越权")));
    }

    [Fact]
    public async Task A_split_item_ends_and_its_parts_go_on_with_its_clocks_and_its_followers()
    {
        var older = await app.Given.ProjectAtAsync("20");
        await FollowAsync(older, "chen.jing");
        var before = await DueAsync(older);
        var form = await (await app.As("li.wei").OpenAsync($"/work-items/{older}")).FollowAsync("拆分项目");
        Assert.True(form.Says("本项目就此结束，不能撤销。") && form.Says("时限自原起算日继续计算"), form.Text);

        var page = await form.SubmitAsync(entry => entry.Fill("各部分的中文标题", "术语 第1部分\n\n术语 第3部分").Fill("各部分的英文标题", ""), "拆分项目");
        Assert.Equal("请至少填写一种语言的标题。", page.ErrorOf("各部分的中文标题"));
        page = await page.SubmitAsync(entry => entry.Fill("各部分的中文标题", "术语 第1部分\n术语 第2部分").Fill("各部分的英文标题", "Terms, part 1\nTerms, part 2"), "拆分项目");

        Assert.Equal($"/work-items/{older}", page.Path);
        var parts = await NewerOfAsync(older);
        Assert.Equal(2, parts.Count);
        Assert.True(page.Says("已拆分") && page.Says($"拆分为 {parts[0]}、{parts[1]}。"), page.Text);
        Assert.All(parts, part => Assert.Contains($"/work-items/{part}", page.Links));
        Assert.False(page.HasLink("拆分项目") || page.Links.Any(link => link.Contains("/advance/", StringComparison.Ordinal)));
        Assert.Empty(await DueAsync(older));
        foreach (var part in parts)
        {
            Assert.Equal(before, await DueAsync(part));
            Assert.Equal(["chen.jing@example.org"], await app.Db(db => (
                from followed in db.Followers
                join item in db.WorkItems on followed.SubjectId equals item.Id
                join person in db.People on followed.PersonId equals person.Id
                where item.Code == part
                select person.Email).ToListAsync()));
        }

        var english = await app.As("li.wei").In("en").OpenAsync($"/work-items/{parts[1]}");
        Assert.True(english.Says("Terms, part 2") && english.Says($"Lineage: split off {older}."), english.Text);
        Assert.Equal(2, english.Document.QuerySelectorAll("main ol.plain li > .quiet-text").Count(said => said.TextContent == $"split off {older}"));
        var running = await app.As("li.wei").OpenAsync("/work-items?state=running&q=" + Uri.EscapeDataString("术语 第"));
        Assert.Equal(parts.Order(), running.Links.Select(link => link.Split('/')[^1]).Where(parts.Contains).Distinct().Order());
        Assert.DoesNotContain($"/work-items/{older}", (await app.As("li.wei").OpenAsync($"/work-items?state=running&q={older}")).Links);
        Assert.Contains($"/work-items/{older}", (await app.As("li.wei").OpenAsync($"/work-items?state=ended&q={older}")).Links);
    }

    [Fact]
    public async Task What_was_asked_for_is_overtaken_when_others_carry_the_work_on_and_nobody_asks_again()
    {
        var (older, request) = await app.Given.RequestAsync();
        var said = await app.As("li.wei").OpenAsync($"/work-items/{older}/succeed?how=Splits");
        var before = await app.Db(db => db.Outbox.Select(mail => mail.Id).ToListAsync());

        Assert.True((await app.RunAsAsync("li.wei", new OpenSuccessor(older, LineageKind.Splits, [], null, [LocalizedText.Of("一", null), LocalizedText.Of("二", null)]))).IsOk);

        var told = await app.Db(db => db.Outbox.Where(mail => !before.Contains(mail.Id)).Select(mail => mail.RecipientPerson).Distinct().ToListAsync());
        Assert.Equal(2, told.Count);
        Assert.True(said.Says($"向 {told.Count} 人发送邮件"), said.Text);
        Assert.Equal(StepRequestState.Overtaken, await app.Given.RequestStateAsync(request));
        Assert.DoesNotContain(request, (await app.As("zhang.min").OpenAsync("/requests?show=waiting")).Rows().Select(row => row[0]));
        var again = await app.RunAsAsync("zhao.lei", new AskForStep(older, "20-30", "理由", Instants.DateIn(app.Clock.GetUtcNow().UtcDateTime)));
        Assert.Equal("workItem.carriedOn", again.Problem.Code);
    }

    [Fact]
    public async Task Several_are_merged_into_one_and_bad_codes_are_said_beside_their_field()
    {
        var (one, two) = (await app.Given.ProjectAtAsync("20"), await app.Given.ProjectAtAsync("40"));
        var hidden = await app.Given.ProposedAsync(committee: "sac-tc28-sc41", isPublic: false);
        var standard = await app.Given.ProjectAtAsync("60");
        var form = await app.As("li.wei").OpenAsync($"/work-items/{one}/succeed?how=Merges");

        foreach (var (others, said) in ((string, string)[])[
            ("", "请写出至少一个要与它合并的项目。"), (one, "同一个项目不能出现两次。"), ($"{two} {two.ToUpperInvariant()}", "同一个项目不能出现两次。"),
            ("w-9999", "没有编号为“w-9999”的标准项目。"), (hidden, $"没有编号为“{hidden}”的标准项目。"), ("'; --", "没有编号为“'”的标准项目。"),
            (standard, $"{standard} 已经结束，只有进行中的项目可以这样处理。")])
        {
            var refused = await form.SubmitAsync(entry => entry.Fill("其他原有项目", others), "合并项目");
            Assert.Equal((HttpStatusCode.UnprocessableEntity, said), (refused.Status, refused.ErrorOf("其他原有项目")));
        }

        var merged = await form.SubmitAsync(entry => entry.Fill("其他原有项目", $"{two.ToUpperInvariant()}，").Fill("中文标题", "合并后的标准"), "合并项目");

        Assert.StartsWith("合并后的标准", merged.Heading, StringComparison.Ordinal);
        Assert.True(merged.Says("20 起草阶段") && merged.Says($"沿革：合并自 {one}。") && merged.Says($"沿革：合并自 {two}。"), merged.Text);
        foreach (var older in (string[])[one, two])
        {
            var page = await app.As("li.wei").OpenAsync($"/work-items/{older}");
            Assert.True(page.Says("已合并") && page.Links.Contains(merged.Path), page.Text);
        }
    }

    [Fact]
    public async Task An_item_of_a_committee_where_one_has_no_right_is_not_merged_away()
    {
        var (mine, theirs) = (await app.Given.ProposedAsync(), await app.Given.ProposedAsync(committee: "sac-tc28-sc41"));
        var form = await app.As("li.wei").OpenAsync($"/work-items/{mine}/succeed?how=Merges");

        Assert.Equal(HttpStatusCode.Forbidden, (await form.SubmitAsync(entry => entry.Fill("其他原有项目", theirs), "合并项目")).Status);

        var api = await app.Given.ProgramOfAsync("li.wei");
        Assert.Equal(403, (await api.PostAsync($"/api/v1/work-items/{mine}/succeed", new { kind = "merges", others = new[] { theirs }, titleZh = "越权" })).Status);
        Assert.Equal(403, (await api.PostAsync($"/api/v1/work-items/{theirs}/succeed", new { kind = "merges", others = new[] { mine }, titleZh = "越权" })).Status);
        Assert.Equal(0, await app.Db(db => db.Tracks.CountAsync(track => track.End == TrackEnd.Merged && db.WorkItems.Any(item => item.Id == track.WorkItemId && (item.Code == mine || item.Code == theirs)))));
    }

    [Fact]
    public async Task A_published_standard_is_revised_once_at_a_time_and_shows_as_replaced_when_the_revision_is_published()
    {
        var standard = await app.Given.ProjectAtAsync("60");
        var number = await app.Db(db => db.WorkItems.Where(item => item.Code == standard).Select(item => item.StandardNumber).SingleAsync());
        var form = await (await app.As("li.wei").OpenAsync($"/work-items/{standard}")).FollowAsync("修订标准");
        Assert.DoesNotContain("预研项目", form.OptionsOf("程序"));

        var revision = await form.SubmitAsync(entry => entry.Choose("程序", "推荐性国家标准（普通程序）"), "修订标准");

        var code = revision.Path.Split('/')[^1];
        Assert.Equal(number, (await app.As("li.wei").OpenAsync($"{revision.Path}/proposal")).ValueOf("被修订标准号"));
        var old = await app.As("li.wei").OpenAsync($"/work-items/{standard}");
        Assert.True(old.Says($"修订项目： {code}") && !old.Says("已由新标准代替"), old.Text);
        var again = await (await app.As("li.wei").OpenAsync($"/work-items/{standard}/succeed?how=Replaces")).SubmitAsync(button: "以新项目代替");
        Assert.Contains("已有项目正在修订或代替它。", again.Problems);

        await app.Given.TakeAsync(code, "60");

        old = await app.Visitor().In("en").OpenAsync($"/work-items/{standard}");
        Assert.True(old.Says("replaced by") && old.Links.Contains(revision.Path), old.Text);
        Assert.Equal(TrackEnd.Finished, await EndAsync(standard));
    }

    [Fact]
    public async Task While_a_comment_period_runs_nothing_is_split()
    {
        var open = await app.Given.ProjectAtAsync("30");
        var answer = await (await app.As("li.wei").OpenAsync($"/work-items/{open}/succeed?how=Splits")).SubmitAsync(entry => entry.Fill("各部分的中文标题", "一\n二"), "拆分项目");
        Assert.Contains(answer.Problems, said => said.StartsWith($"{open} 公开征求意见至", StringComparison.Ordinal));
        Assert.Null(await EndAsync(open));
    }

    [Fact]
    public async Task Two_who_split_the_same_item_at_once_do_it_once()
    {
        var older = await app.Given.ProjectAtAsync("20");
        var forms = new[] { await app.As("li.wei").OpenAsync($"/work-items/{older}/succeed?how=Splits"), await app.As("zhang.min").OpenAsync($"/work-items/{older}/succeed?how=Splits") };

        var answers = await Task.WhenAll(forms.Select(form => form.SubmitAsync(entry => entry.Fill("各部分的中文标题", "一\n二"), "拆分项目")));

        Assert.Equal(1, answers.Count(answer => answer.Path == $"/work-items/{older}"));
        Assert.Equal(2, (await NewerOfAsync(older)).Count);
    }

    [Fact]
    public async Task A_program_splits_merges_and_revises_as_the_page_does()
    {
        var api = await app.Given.ProgramOfAsync("li.wei");
        var (older, standard) = (await app.Given.ProjectAtAsync("20"), await app.Given.ProjectAtAsync("60"));

        var split = await api.PostAsync($"/api/v1/work-items/{older}/succeed", new { kind = "splits", parts = new[] { new { zh = "甲" }, new { zh = "乙" } } });
        Assert.Equal((201, "甲"), (split.Status, split.Json.GetProperty("title").GetProperty("zh").GetString()));
        Assert.Equal(("splits", older), (split.Json.GetProperty("lineage")[0].GetProperty("kind").GetString(), split.Json.GetProperty("lineage")[0].GetProperty("from").GetString()));
        var whole = (await api.GetAsync($"/api/v1/work-items/{older}")).Json;
        Assert.Equal(("split", 2, 0), (whole.GetProperty("tracks")[0].GetProperty("end").GetString(), whole.GetProperty("successors").GetArrayLength(), whole.GetProperty("next").GetArrayLength()));

        var parts = await NewerOfAsync(older);
        var merged = await api.PostAsync($"/api/v1/work-items/{parts[0]}/succeed", new { kind = "merges", others = new[] { parts[1] }, titleZh = "甲乙" });
        Assert.Equal(201, merged.Status);
        var revised = await api.PostAsync($"/api/v1/work-items/{standard}/succeed", new { kind = "revises", process = "gb-t-normal", titleZh = "修订" });
        Assert.Equal(201, revised.Status);

        var unknown = await api.PostAsync($"/api/v1/work-items/{merged.Of("code")}/succeed", new { kind = "merges", others = new[] { "w-9999" }, titleZh = "无" });
        var over = await api.PostAsync($"/api/v1/work-items/{older}/succeed", new { kind = "replaces", titleZh = "又" });
        Assert.Equal((422, "workItem.unknown", 422, "succession.over"), (unknown.Status, unknown.Code, over.Status, over.Code));
    }

    private async Task FollowAsync(string code, string person) => await app.Db(async db =>
    {
        db.Followers.Add(new()
        {
            SubjectType = nameof(WorkItem),
            SubjectId = await db.WorkItems.Where(item => item.Code == code).Select(item => item.Id).SingleAsync(),
            PersonId = await db.People.Where(known => known.Email == $"{person}@example.org").Select(known => known.Id).SingleAsync(),
            Since = app.Clock.GetUtcNow().UtcDateTime,
        });
        return await db.SaveChangesAsync();
    });

    private Task<List<string>> DueAsync(string code) => app.Db(async db => (await db.Deadlines
        .Where(due => due.Status == DeadlineStatus.Running && db.WorkItems.Any(item => item.Id == due.WorkItemId && item.Code == code)).Select(due => new { due.ClockKey, due.Started, due.LocalDate }).ToListAsync())
        .Select(due => $"{due.ClockKey} {due.Started} {due.LocalDate}").Order(StringComparer.Ordinal).ToList());

    private Task<List<string>> NewerOfAsync(string code) => app.Db(db => (
        from link in db.Lineages
        join newer in db.WorkItems on link.WorkItemId equals newer.Id
        where db.WorkItems.Any(item => item.Id == link.FromWorkItemId && item.Code == code)
        orderby newer.Number
        select newer.Code).ToListAsync());

    private Task<TrackEnd?> EndAsync(string code) => app.Db(db => db.Tracks.Where(track => db.WorkItems.Any(item => item.Id == track.WorkItemId && item.Code == code)).Select(track => track.End).SingleAsync());

    private async Task<string> TokenAsync(string person) => (await app.As(person).OpenAsync("/account/password")).Document.QuerySelector("main [name=__RequestVerificationToken]")!.GetAttribute("value")!;
}
