using Microsoft.EntityFrameworkCore;
using StdWorkflow.Web.Features.WorkItems;

namespace StdWorkflow.Web.Tests.Features.WorkItems;

public class JumpTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task The_secretariat_records_a_move_that_no_step_makes_and_both_languages_tell_it()
    {
        var code = await InternationalAsync();
        var item = await app.As("li.wei").OpenAsync($"/work-items/{code}");
        var form = await item.FollowAsync("国际组织另有变动？记录阶段变动…");

        var answer = await form.SubmitAsync(fields => fields.Choose("现在所处阶段", "30.60 征求意见截止").Fill("理由", "ISO 项目页面 2026-11-20"), "记录变动");

        Assert.Equal($"/work-items/{code}", answer.Path);
        Assert.Contains("国际组织将阶段由“00.00 收到新项目提案”变动为“30.60 征求意见截止”。", answer.Text, StringComparison.Ordinal);
        Assert.Contains("ISO 项目页面 2026-11-20", answer.Text, StringComparison.Ordinal);
        var english = await app.As("li.wei").In("en").OpenAsync($"/work-items/{code}");
        Assert.Contains("ISO or IEC moved it from “00.00 Proposal for new project received” to “30.60 Close of comment period”.", english.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_reason_and_a_missing_stage_are_named_beside_their_fields_and_what_was_typed_stays()
    {
        var code = await InternationalAsync();
        var form = await app.As("li.wei").OpenAsync($"/work-items/{code}/jump");

        var withoutReason = await form.SubmitAsync(fields => fields.Choose("现在所处阶段", "60.60 国际标准已出版"), "记录变动");
        var withoutStage = await form.SubmitAsync(fields => fields.Fill("理由", "决议"), "记录变动");

        Assert.Equal("请说明理由。", withoutReason.ErrorOf("理由"));
        Assert.True(withoutReason.IsChosen("60.60 国际标准已出版"));
        Assert.NotEqual("", withoutStage.ErrorOf("现在所处阶段"));
        Assert.Equal("决议", withoutStage.ValueOf("理由"));
    }

    [Theory]
    [InlineData("40.50", "国际协调阶段代码中没有“40.50”。")]
    [InlineData("20", "程序“ISO/IEC 国际标准”没有阶段“20”。")]
    [InlineData("00.20", "这一变动有对应的步骤“开始审议”，请办理该步骤。")]
    public async Task A_forged_stage_is_refused_in_words(string stage, string words)
    {
        var code = await InternationalAsync();
        var form = await app.As("li.wei").OpenAsync($"/work-items/{code}/jump");

        var answer = await form.SubmitAsync(fields => fields.Forge("Form.Stage", stage).Fill("理由", "决议"), "记录变动");

        Assert.Equal(words, answer.ErrorOf("现在所处阶段"));
        Assert.Equal("00.00", await app.Db(db => db.WorkItems.Where(item => item.Code == code).Select(item => item.Tracks.Single().StageKey).SingleAsync()));
    }

    [Fact]
    public async Task A_national_project_goes_on_by_its_steps_only()
    {
        var code = await app.RunAsync(new ProposeWorkItem("sac-tc28-sc42", "gb-t-normal", new ProposalEntry { TitleZh = "人工智能 测试" }, IsPublic: true));

        var page = await app.As("li.wei").OpenAsync($"/work-items/{code}/jump");

        Assert.Contains("“推荐性国家标准（普通程序）”只能按程序的步骤推进", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"/work-items/{code}/jump", (await app.As("li.wei").OpenAsync($"/work-items/{code}")).Links);
    }

    [Fact]
    public async Task Who_does_not_drive_the_item_is_not_offered_the_move()
    {
        var code = await InternationalAsync();

        Assert.Contains($"/work-items/{code}/jump", (await app.As("li.wei").OpenAsync($"/work-items/{code}")).Links);
        Assert.DoesNotContain($"/work-items/{code}/jump", (await app.As("sun.li").OpenAsync($"/work-items/{code}")).Links);
    }

    [Fact]
    public async Task A_program_records_it_in_the_same_way_and_is_refused_in_the_same_way()
    {
        var api = await app.Given.ProgramOfAsync("li.wei");
        var path = $"/api/v1/work-items/{await InternationalAsync()}";
        var seen = await api.GetAsync(path);

        var refused = await api.PostAsync($"{path}/jump", new { stage = "40.50", reason = "决议" }, ("If-Match", seen.Tag!));
        var jumped = await api.PostAsync($"{path}/jump", new { stage = "40.60", reason = "决议", on = "2026-11-23" }, ("If-Match", seen.Tag!));

        Assert.Equal((422, "move.notInMatrix"), (refused.Status, refused.Code));
        Assert.Equal((200, "40.60"), (jumped.Status, jumped.Json.GetProperty("tracks")[0].GetProperty("stage").GetString()));
    }

    private Task<string> InternationalAsync() =>
        app.RunAsync(new ProposeWorkItem("sac-tc28-sc42", "iso-iec-is", new ProposalEntry { TitleZh = "人工智能 测试", TitleEn = "Artificial intelligence — Test" }, IsPublic: true));
}
