using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Features.WorkItems;

namespace StdWorkflow.Web.Tests.Features.Processes;

public sealed class ItemsTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task Items_are_moved_in_bulk_after_a_preview_of_where_each_would_stand()
    {
        var (first, second, third) = (await GuideAsync(), await GuideAsync(), await GuideAsync());
        var version = await VersionAsync(first);
        await PublishAsync("practice-guide", definition => definition with { Clocks = [.. definition.Clocks.Select(clock => clock with { Amount = 20 })] });
        var page = await app.As("admin").OpenAsync("/admin/processes/practice-guide/items");
        Assert.Equal([$"第 {version} 版", "00 选题", "00 选题"], Assert.Single(page.Rows(), row => row[1].StartsWith(first, StringComparison.Ordinal)).Skip(2));

        var refused = await page.SubmitAsync(button: "转入所选项目");
        var moved = await refused.SubmitAsync(form => form.Clear($"选择 {third}").Fill("转入理由", "征求意见期延长"), "转入所选项目");

        Assert.Equal("请说明理由。", refused.ErrorOf("转入理由"));
        Assert.Matches("已转入 [2-9] 个项目。", moved.Text);
        Assert.Equal((version + 1, version + 1, version), (await VersionAsync(first), await VersionAsync(second), await VersionAsync(third)));
        var item = await app.As("admin").In("en").OpenAsync($"/work-items/{first}");
        Assert.Contains($"Moved from “Cybersecurity practice guide (TC260)”, version {version}, to “Cybersecurity practice guide (TC260)”, version {version + 1}.", item.Text, StringComparison.Ordinal);
        Assert.Contains("征求意见期延长", item.Text, StringComparison.Ordinal);
        var left = await app.As("admin").OpenAsync("/admin/processes/practice-guide/items");
        Assert.Contains(left.Rows(), row => row[1].StartsWith(third, StringComparison.Ordinal));
        Assert.DoesNotContain(left.Rows(), row => row[1].StartsWith(first, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_item_whose_stage_is_missing_is_shown_and_cannot_be_chosen()
    {
        var code = await app.RunAsync(new ProposeWorkItem("sac-tc28-sc42", "gb-withdrawal", new ProposalEntry { TitleZh = "人工智能 废止" }, IsPublic: true));
        await PublishAsync("gb-withdrawal", definition => definition with
        {
            Stages = [.. definition.Stages.Select(stage => stage.Key == "proposed" ? stage with { Key = "recommended" } : stage)],
            Transitions = [.. definition.Transitions.Select(way => way with { From = Renamed(way.From), To = Renamed(way.To) })],
        });

        var page = await app.As("admin").OpenAsync("/admin/processes/gb-withdrawal/items");
        var row = Assert.Single(page.Rows(), row => row[1].StartsWith(code, StringComparison.Ordinal));
        var forged = await page.SubmitAsync(form => form.Fill("转入理由", "理由").Forge("Form.Items", $"{code}:1"), "转入所选项目");

        Assert.Equal("", row[0]);
        Assert.Equal("不能转入 “国家标准废止”第 2 版没有阶段“proposed”。", row[4]);
        Assert.Contains("1 个项目没有转入", forged.Text, StringComparison.Ordinal);
        Assert.Contains("没有阶段“proposed”", forged.Text, StringComparison.Ordinal);
        Assert.Equal(1, await VersionAsync(code));

        static string Renamed(string stage) => stage == "proposed" ? "recommended" : stage;
    }

    [Fact]
    public async Task An_item_that_somebody_changed_meanwhile_stays_where_it_is_and_the_others_move()
    {
        var (mine, theirs) = (await GuideAsync(), await GuideAsync());
        var before = await VersionAsync(theirs);
        await PublishAsync("practice-guide", definition => definition);
        var page = await app.As("admin").OpenAsync("/admin/processes/practice-guide/items");
        await app.Given.AttestAsync(theirs, "guide-topic-agreed");

        var moved = await page.SubmitAsync(form => form.Fill("转入理由", "理由"), "转入所选项目");

        Assert.Contains(theirs, moved.Document.QuerySelector(".refusal")!.TextContent, StringComparison.Ordinal);
        Assert.Equal((before + 1, before), (await VersionAsync(mine), await VersionAsync(theirs)));
    }

    [Fact]
    public async Task An_item_can_be_moved_to_another_process_of_its_kind()
    {
        var code = await app.RunAsync(new ProposeWorkItem("sac-tc28-sc42", "gb-t-normal", new ProposalEntry { TitleZh = "人工智能 指导性技术文件" }, IsPublic: true));
        var page = await app.As("admin").OpenAsync("/admin/processes/gb-t-normal/items");
        Assert.DoesNotContain(page.OptionsOf("转入"), option => option.StartsWith("ISO/IEC", StringComparison.Ordinal));

        var other = await page.SubmitAsync(form => form.Choose("转入", "国家标准化指导性技术文件 · 第 2 版"), "显示");
        Assert.Empty(other.Document.QuerySelectorAll("input[name='Form.Items'][checked]"));
        var value = other.Document.QuerySelectorAll("input[name='Form.Items']").Select(box => box.GetAttribute("value")!).Single(value => value.StartsWith($"{code}:", StringComparison.Ordinal));
        var moved = await other.SubmitAsync(form => form.Forge("Form.Items", value).Fill("转入理由", "计划号为 Z"), "转入所选项目");

        Assert.Contains("已转入 1 个项目。", moved.Text, StringComparison.Ordinal);
        Assert.Equal("gb-z", await app.Db(db => db.WorkItems.Where(item => item.Code == code).Select(item => item.Tracks.Single().ProcessKey).SingleAsync()));
        Assert.Contains("由“推荐性国家标准（普通程序）”第 2 版转入“国家标准化指导性技术文件”第 2 版。", (await app.As("admin").OpenAsync($"/work-items/{code}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_happened_before_the_move_is_told_in_the_words_of_then_and_what_came_after_in_those_of_now()
    {
        // A process of its own: the other tests here know the stages of theirs by name.
        var code = await app.RunAsync(new ProposeWorkItem("sac-tc28-sc42", "group-standard", new ProposalEntry { TitleZh = "人工智能 团体标准" }, IsPublic: true));
        var request = await app.Given.AskAsync(code, "admin", transition: "proposal-formal-check");
        var version = await VersionAsync(code);
        await PublishAsync("group-standard", definition => definition with
        {
            Name = new("团体标准（新程序）", "Group standard, new"),
            Stages = [.. definition.Stages.Select(stage => stage.Key == "proposal" ? stage with { Name = new("立题", "Subject") } : stage)],
            Transitions = [.. definition.Transitions.Select(step => step.Key == "proposal-formal-check" ? step with { Name = new("送审核", "Send to the check") } : step)],
        });
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.RunAsync(new FollowProcess(code, "group-standard", version + 1, "程序修订", await app.Given.VersionAsync(code)));
        await app.RunAsync(new AdvanceWorkItem(code, "proposal-terminated", "不再需要", null, await app.Given.VersionAsync(code)));

        var page = await app.As("admin").OpenAsync($"/work-items/{code}");
        var english = await app.As("admin").In("en").OpenAsync($"/work-items/{code}");
        using var feed = await app.As("admin").GetAsync($"/feeds/work-items/{code}");
        var told = await feed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        foreach (var text in new[] { page.Text, told })
        {
            Assert.Contains("进入“00.00 提案”。", text, StringComparison.Ordinal);
            Assert.Contains("在“00.00 立题”终止。", text, StringComparison.Ordinal);
            Assert.Contains($"由“团体标准”第 {version} 版转入“团体标准（新程序）”第 {version + 1} 版。", text, StringComparison.Ordinal);
        }

        Assert.Contains("Abandoned in “00.00 Subject”.", english.Text, StringComparison.Ordinal);
        var asked = await app.As("admin").OpenAsync($"/requests/{request}");
        Assert.Contains($"申请办理“提交形式审核”（{request}）", asked.Text, StringComparison.Ordinal);
        Assert.Contains($"申请办理“提交形式审核”（{request}）", page.Text, StringComparison.Ordinal);
        Assert.Contains($"申请 {request}（送审核）已由其他步骤取代", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_of_an_administrator_publishes_a_version_and_moves_an_item_and_another_may_not()
    {
        var code = await app.RunAsync(new ProposeWorkItem("sac-tc28-sc42", "foreign-language-version", new ProposalEntry { TitleZh = "人工智能 英文版" }, IsPublic: true));
        var (admin, staff) = (await app.Given.ProgramOfAsync("admin"), await app.Given.ProgramOfAsync("li.wei"));
        var next = System.Text.Json.Nodes.JsonNode.Parse((await admin.GetAsync("/api/v1/processes/foreign-language-version")).Text)!.AsObject();
        next["version"] = 3;

        var forbidden = await staff.PostAsync("/api/v1/processes", next);
        var published = await admin.PostAsync("/api/v1/processes", next);
        var again = await admin.PostAsync("/api/v1/processes", next);
        var tag = (await admin.GetAsync($"/api/v1/work-items/{code}")).Tag!;
        var moved = await admin.PostAsync($"/api/v1/work-items/{code}/follow", new { process = "foreign-language-version", version = 3, reason = "办法修订" }, ("If-Match", tag));

        Assert.Equal((403, 201, 422), (forbidden.Status, published.Status, again.Status));
        Assert.Equal("definition.nextVersion", again.Code);
        Assert.Equal((200, 3), (moved.Status, moved.Json.GetProperty("tracks")[0].GetProperty("version").GetInt32()));
    }

    private Task<string> GuideAsync() => app.RunAsync(new ProposeWorkItem("sac-tc260", "practice-guide", new ProposalEntry { TitleZh = "人工智能 实践指南" }, IsPublic: true));

    private async Task PublishAsync(string key, Func<ProcessDefinition, ProcessDefinition> change)
    {
        var json = await app.Db(db => db.Processes.Where(record => record.Key == key && record.IsCurrent).Select(record => record.Json).SingleAsync());
        var current = DefinitionReader.Read(json).Value;
        await app.RunAsync(new PublishProcess(DefinitionWriter.Write(change(current) with { Version = current.Version + 1 })));
    }

    private Task<int> VersionAsync(string code) => app.Db(db => db.WorkItems.Where(item => item.Code == code).Select(item => item.Tracks.Single().ProcessVersion).SingleAsync());
}
