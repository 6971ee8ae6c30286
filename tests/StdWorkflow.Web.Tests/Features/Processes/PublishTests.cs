using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Tests.Features.Processes;

public sealed class PublishTests(App app) : IClassFixture<App>
{
    private const string Path = "/admin/processes/publish";
    private const string Field = "程序定义（JSON）";

    [Fact]
    public async Task A_revision_is_checked_compared_and_published_and_new_work_takes_it()
    {
        var page = await app.As("admin").OpenAsync($"{Path}?from=practice-guide");
        Assert.Contains("\"version\": 2", page.ValueOf(Field), StringComparison.Ordinal);
        var revised = page.ValueOf(Field).Replace("\"amount\": 15", "\"amount\": 20", StringComparison.Ordinal);

        var compared = await page.SubmitAsync(form => form.Fill(Field, revised), "检查");

        Assert.Contains("第 2 版没有问题", compared.Text, StringComparison.Ordinal);
        var row = Assert.Single(compared.Rows());
        Assert.Equal(["时限", "comment-period 公开征求意见期", "修改", "amount 15 20"], row);
        Assert.Equal("网络安全标准实践指南", compared.ValueOf("从现行版本开始"));
        Assert.Equal(1, await CurrentAsync("practice-guide"));

        var published = await compared.SubmitAsync(button: "发布");

        Assert.Equal("/processes/practice-guide", published.Path);
        Assert.Contains("20 天", published.Text, StringComparison.Ordinal);
        Assert.Equal(2, await CurrentAsync("practice-guide"));
        var code = await app.RunAsync(new ProposeWorkItem("sac-tc260", "practice-guide", new ProposalEntry { TitleZh = "人工智能 实践指南" }, IsPublic: true));
        Assert.Equal(2, await app.Db(db => db.WorkItems.Where(item => item.Code == code).Select(item => item.Tracks.Single().ProcessVersion).SingleAsync()));
    }

    [Fact]
    public async Task Running_items_are_counted_and_keep_their_version()
    {
        var code = await app.RunAsync(new ProposeWorkItem("sac-tc28-sc42", "group-standard", new ProposalEntry { TitleZh = "人工智能 团体标准" }, IsPublic: true));
        var page = await app.As("admin").In("en").OpenAsync($"{Path}?from=group-standard");

        var compared = await page.SubmitAsync(button: "Check");
        Assert.Contains("1 running item keeps its version until it is moved", compared.Text, StringComparison.Ordinal);
        Assert.Contains("Nothing changes but the version.", compared.Text, StringComparison.Ordinal);
        await compared.SubmitAsync(button: "Publish");

        Assert.Equal(3, await CurrentAsync("group-standard"));
        Assert.Equal(2, await app.Db(db => db.WorkItems.Where(item => item.Code == code).Select(item => item.Tracks.Single().ProcessVersion).SingleAsync()));
    }

    [Fact]
    public async Task What_a_newer_program_published_is_shown_and_taken_without_what_only_that_one_knows()
    {
        var sound = DefinitionReader.Read(await app.Db(db => db.Processes.Where(record => record.Key == "gb-z" && record.IsCurrent).Select(record => record.Json).SingleAsync())).Value with { Key = "newer", Version = 1 };
        var newer = DefinitionWriter.Write(sound).Replace("\"version\":1,", "\"version\":1,\"colour\":\"red\",", StringComparison.Ordinal);
        await using (var scope = app.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<Acting>().Begin(Actor.Starter, nameof(PublishTests), inCommand: true);
            var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
            db.Add(ProcessRecord.Publish(sound, newer));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        Assert.NotEmpty((await app.Visitor().OpenAsync("/processes/newer")).Heading);
        var code = await app.Given.ProposedAsync(process: "newer");
        Assert.Contains("newer", (await app.Visitor().OpenAsync($"/work-items?process=newer")).Links.Single(link => link.StartsWith("/exports/work-items/csv", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.NotEmpty((await app.As("li.wei").OpenAsync($"/work-items/{code}")).Heading);

        var refused = await (await app.Given.ProgramOfAsync("admin")).PostAsync("/api/v1/processes", newer.Replace("\"version\":1,", "\"version\":2,", StringComparison.Ordinal));
        Assert.Equal((422, "definition.unknownProperty"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task A_new_process_begins_at_version_one_and_stands_in_the_list()
    {
        var definition = await JsonAsync("gb-withdrawal");
        var page = await app.As("admin").OpenAsync(Path);

        var early = await page.SubmitAsync(form => form.Fill(Field, definition.Replace("\"gb-withdrawal\"", "\"sector-withdrawal\"", StringComparison.Ordinal).Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal)), "检查");
        var sound = await page.SubmitAsync(form => form.Fill(Field, definition.Replace("\"gb-withdrawal\"", "\"sector-withdrawal\"", StringComparison.Ordinal)), "检查");
        var published = await sound.SubmitAsync(button: "发布");

        Assert.Equal("“sector-withdrawal”的下一版是第 1 版，这里写的是 2。", early.ErrorOf(Field));
        Assert.Equal("/processes/sector-withdrawal", published.Path);
        Assert.Contains("/processes/sector-withdrawal", (await app.Visitor().OpenAsync("/processes")).Links);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_with_its_place_in_both_languages_and_what_was_typed_stays()
    {
        var broken = (await JsonAsync("gb-t-normal"))
            .Replace("\"version\": 2", "\"version\": 3", StringComparison.Ordinal)
            .Replace("\"to\": \"50\"", "\"to\": \"55\"", StringComparison.Ordinal)
            .Replace("\"needs\": \"Advance\"", "\"needs\": \"View\"", StringComparison.Ordinal);

        var chinese = await (await app.As("admin").OpenAsync(Path)).SubmitAsync(form => form.Fill(Field, broken), "检查");
        var english = await (await app.As("admin").In("en").OpenAsync(Path)).SubmitAsync(form => form.Fill("Definition (JSON)", broken), "Check");

        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, chinese.Status);
        Assert.Contains(chinese.Problems, said => said.EndsWith("40-50：没有阶段“55”。", StringComparison.Ordinal));
        Assert.Contains(chinese.Problems, said => said.EndsWith("阶段 50：从起始阶段到不了这里。", StringComparison.Ordinal));
        Assert.Contains(chinese.Problems, said => said.EndsWith("步骤 00-10：权限“View”不足以推进项目。", StringComparison.Ordinal));
        Assert.Contains(english.Problems, said => said.EndsWith("Stage 50: it cannot be reached from the first stage.", StringComparison.Ordinal));
        Assert.Equal(broken, chinese.ValueOf(Field).ReplaceLineEndings("\n"));
        Assert.False(chinese.HasButton("发布"));
    }

    [Theory]
    [InlineData("\"from\": \"50\"", "\"from\": \"40\"", "阶段 50：没有离开它的步骤。")]
    [InlineData("\"to\": \"60\"", "\"to\": \"20\"", "到不了完成的阶段。")]
    [InlineData("\"zh\": \"起草阶段\"", "\"zh\": \"起草\\u202e阶段\"", "20：文字里有控制字符或改变书写方向的字符，或者只有看不见的字符。")]
    public async Task A_definition_that_leads_in_a_circle_or_nowhere_is_refused_and_changes_nothing(string from, string to, string words)
    {
        var definition = (await JsonAsync("gb-t-normal")).Replace("\"version\": 2", "\"version\": 3", StringComparison.Ordinal);
        var broken = definition.Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(definition, broken);
        var page = await app.As("admin").OpenAsync(Path);

        var answer = await page.SubmitAsync(form => form.Fill(Field, broken), "检查");
        var program = await (await app.Given.ProgramOfAsync("admin")).PostAsync("/api/v1/processes", System.Text.Json.Nodes.JsonNode.Parse(broken)!);

        Assert.Contains(answer.Problems, said => said.EndsWith(words, StringComparison.Ordinal));
        Assert.Equal(422, program.Status);
        Assert.Equal(1, await app.Db(db => db.Processes.CountAsync(record => record.Key == "gb-t-normal")));
    }

    [Theory]
    [InlineData("", "请填写此项")]
    [InlineData("{", "第 1 行第 2 个字节处不是有效的JSON。")]
    [InlineData("{\"key\":\"a\"}", "$.version 缺少。")]
    public async Task What_is_no_definition_is_refused_in_words(string typed, string words)
    {
        var page = await app.As("admin").OpenAsync(Path);

        var answer = await page.SubmitAsync(form => form.Fill(Field, typed), "检查");

        Assert.Contains(answer.Problems, said => said.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_definition_that_somebody_else_published_meanwhile_is_refused()
    {
        var page = await app.As("admin").OpenAsync($"{Path}?from=gb-review");
        var mine = await page.SubmitAsync(button: "检查");
        await mine.SubmitAsync(button: "发布");

        // The same page, as another administrator had it open.
        var late = await mine.SubmitAsync(form => form.Fill(Field, mine.ValueOf(Field) + " "), "发布");

        Assert.Equal("“gb-review”的下一版是第 3 版，这里写的是 2。", late.ErrorOf(Field));
        Assert.Equal(2, await app.Db(db => db.Processes.CountAsync(record => record.Key == "gb-review")));
        Assert.Equal(1, await app.Db(db => db.Processes.CountAsync(record => record.Key == "gb-review" && record.IsCurrent)));
    }

    [Fact]
    public async Task Only_administrators_are_offered_the_page()
    {
        Assert.Contains(Path, (await app.As("admin").OpenAsync("/processes")).Links);
        Assert.DoesNotContain(Path, (await app.As("li.wei").OpenAsync("/processes")).Links);
        Assert.DoesNotContain(Path, (await app.Visitor().OpenAsync("/processes")).Links);
    }

    private async Task<string> JsonAsync(string key) =>
        DefinitionWriter.WriteIndented(DefinitionReader.Read(await app.Db(db => db.Processes.Where(record => record.Key == key && record.IsCurrent).Select(record => record.Json).SingleAsync())).Value).TrimEnd();

    private Task<int> CurrentAsync(string key) => app.Db(db => db.Processes.Where(record => record.Key == key && record.IsCurrent).Select(record => record.DefinitionVersion).SingleAsync());
}
