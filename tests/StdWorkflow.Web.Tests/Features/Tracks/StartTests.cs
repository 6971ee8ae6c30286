using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Reminders;
using StdWorkflow.Web.Features.Tracks;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Mail;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Features.Tracks;

/// <summary>What runs beside a text is begun, moved, undone and told apart from it, on pages and for programs.</summary>
public class StartTests(App app) : IClassFixture<App>
{
    [Theory]
    [InlineData("zh-CN", "启动并行线", "启动", "程序", "标准涉及专利的处置", "专利声明", "进入“专利声明：征集专利信息”。")]
    [InlineData("en", "Start a track", "Start", "Process", "Patents in a standard", "Patent statements", "Entered “Patent statements: Call for patent information”.")]
    public async Task Who_moves_the_work_starts_a_track_and_finds_it_beside_the_text(string language, string link, string verb, string label, string process, string kind, string told)
    {
        var code = await app.Given.ProjectAtAsync("20");
        var page = await app.As("li.wei").In(language).OpenAsync($"/work-items/{code}");
        Assert.DoesNotContain(kind, page.Text, StringComparison.Ordinal);

        var item = await (await page.FollowAsync(link)).SubmitAsync(entry => entry.Choose(label, process), verb);

        Assert.StartsWith($"/work-items/{code}", item.Path, StringComparison.Ordinal);
        Assert.True(item.Says(kind) && item.Says(told), item.Text);
        Assert.Equal(("20", "call"), (await StageAsync(code, TrackKind.MainText), await StageAsync(code, TrackKind.PatentStatements)));
        Assert.Contains(item.Links, address => address == $"/work-items/{code}/attest/no-patent-known?track=patents");
        Assert.Contains(item.Links, address => address == $"/work-items/{code}/attest/draft-for-comments");
        var visitor = await app.Visitor().In(language).OpenAsync($"/work-items/{code}");
        Assert.True(visitor.Says(told), visitor.Text);
        Assert.False(visitor.HasLink(link));
    }

    [Fact]
    public async Task Its_steps_are_taken_undone_and_told_apart_from_those_of_the_text()
    {
        var code = await app.Given.ProjectAtAsync("20");
        var staff = app.As("li.wei").In("zh-CN");
        await StartAsync(code, TrackKind.PatentStatements, "patent-statements");
        await (await staff.OpenAsync($"/work-items/{code}/attest/no-patent-known?track=patents")).SubmitAsync(entry => entry.Fill("依据文件", "N 12").Fill("文件日期", "2026-11-20"), "声明确认");
        await app.Given.AttestAsync(code, "draft-for-comments");
        await (await staff.OpenAsync($"/work-items/{code}/advance/20-30")).SubmitAsync(button: "公开征求意见");
        var form = await staff.OpenAsync($"/work-items/{code}/advance/call-closed?track=patents");
        Assert.True(form.Says("专利声明") && form.Says("结束这条并行线"), form.Text);
        var item = await form.SubmitAsync(button: "确认不涉及专利");
        Assert.Equal(("30", "closed"), (await StageAsync(code, TrackKind.MainText), await StageAsync(code, TrackKind.PatentStatements)));
        Assert.True(item.Says("从“专利声明：征集专利信息”进入“结束”。"), item.Text);
        Assert.Contains($"/work-items/{code}/undo?track=patents", item.Links);

        // Both moved in the same ten minutes: only the mail of the step that is undone is called back.
        await (await staff.OpenAsync($"/work-items/{code}/undo?track=patents")).SubmitAsync(entry => entry.Fill("理由", "点错了"), "撤销这一步");
        app.Clock.Advance(WorkItem.UndoWindow);
        await app.RunJobAsync<SendMail>();

        Assert.Equal(("30", "call"), (await StageAsync(code, TrackKind.MainText), await StageAsync(code, TrackKind.PatentStatements)));
        var subjects = app.Mail.Sent.Select(mail => mail.Subject!).Where(subject => subject.StartsWith(code, StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(subjects);
        Assert.All(subjects, subject => Assert.DoesNotContain("专利声明", subject, StringComparison.Ordinal));
        Assert.False(await app.Db(db => db.Consultations.AnyAsync(period => period.IsClosed && db.WorkItems.Any(known => known.Code == code && known.Id == period.WorkItemId))));
        Assert.Equal(HttpStatusCode.NotFound, (await staff.OpenAsync($"/work-items/{code}/advance/call-closed?track=twin")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.OpenAsync($"/work-items/{code}/advance/call-closed")).Status);
    }

    [Fact]
    public async Task The_mail_of_its_step_says_which_track_moved()
    {
        var code = await app.Given.ProjectAtAsync("10");
        await StartAsync(code, TrackKind.ForeignLanguageVersion, "foreign-language-version");
        await AttestAsync(code, "version-proposal-submitted", "translation");
        await (await app.As("li.wei").In("zh-CN").OpenAsync($"/work-items/{code}/advance/proposal-task?track=translation")).SubmitAsync(button: "报送项目建议书");
        app.Clock.Advance(WorkItem.UndoWindow);

        await app.RunJobAsync<SendMail>();

        Assert.Contains(app.Mail.Sent, mail => mail.Subject!.StartsWith(code, StringComparison.Ordinal) && mail.TextBody!.Contains("外文版：立项", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Its_deadline_stands_with_it_and_the_reminder_says_whose_it_is()
    {
        var code = await app.Given.ProjectAtAsync("10");
        await StartAsync(code, TrackKind.ForeignLanguageVersion, "foreign-language-version");
        await AttestAsync(code, "version-proposal-submitted", "translation");
        await app.RunAsync(new AdvanceWorkItem(code, "proposal-task", null, null, await app.Given.VersionAsync(code), "translation"));
        await AttestAsync(code, "version-task-issued", "translation");
        await app.RunAsync(new AdvanceWorkItem(code, "task-translation", null, null, await app.Given.VersionAsync(code), "translation"));
        var last = await app.Db(db => (from due in db.Deadlines where due.ClockKey == "whole" && db.WorkItems.Any(item => item.Code == code && item.Id == due.WorkItemId) select due.LocalDate).SingleAsync());
        var page = await app.As("li.wei").In("zh-CN").OpenAsync($"/work-items/{code}");
        Assert.True(page.Says($"{last:yyyy-MM-dd}") && page.Says("下达任务至报批的时限"), page.Text);
        var api = await app.Api().GetAsync($"/api/v1/work-items/{code}");
        Assert.Contains(api.Json.GetProperty("deadlines").EnumerateArray(), due => due.GetProperty("track").GetString() == "translation" && due.GetProperty("clock").GetString() == "whole");

        app.Clock.Advance(last.ToDateTime(new TimeOnly(1, 0), DateTimeKind.Utc) - app.Clock.GetUtcNow().UtcDateTime);
        await app.RunJobAsync<SendReminders>();
        await app.RunJobAsync<SendMail>();

        Assert.Contains(app.Mail.Sent, mail => mail.TextBody!.Contains($"/work-items/{code}", StringComparison.Ordinal) && mail.TextBody!.Contains("并行线：外文版", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_begin_is_said_with_the_reason_and_forged_input_is_sent_back()
    {
        var code = await app.Given.ProjectAtAsync("20");
        await StartAsync(code, TrackKind.PatentStatements, "patent-statements");
        var form = await app.As("li.wei").In("zh-CN").OpenAsync($"/work-items/{code}/tracks/start");
        Assert.True(form.Says("专利声明：“专利声明”已在进行，结束后才能再启动一条。"), form.Text);

        var nothing = await form.SubmitAsync(button: "启动");
        var forged = await form.SubmitAsync(entry => entry.Forge("Form.Process", "PatentStatements/patent-statements"), "启动");
        var unsuited = await form.SubmitAsync(entry => entry.Forge("Form.Process", "InternationalTwin/gb-t-normal"), "启动");
        var number = await form.SubmitAsync(entry => entry.Forge("Form.Process", "3/iso-iec-is"), "启动");

        Assert.All([nothing, forged, unsuited, number], page => Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status));
        Assert.True(unsuited.Says("不适用于这条线"), unsuited.Text);
        Assert.Equal(2, await app.Db(db => db.Tracks.CountAsync(track => db.WorkItems.Any(item => item.Code == code && item.Id == track.WorkItemId))));
        Assert.DoesNotContain("标准涉及专利的处置", (await app.As("li.wei").OpenAsync("/work-items/propose")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_of_a_moment_before_it_is_not_there_and_afterwards_it_stands_where_it_stood()
    {
        var code = await app.Given.ProjectAtAsync("20");
        var before = app.Clock.GetUtcNow().UtcDateTime;
        app.Clock.Advance(TimeSpan.FromHours(1));
        await StartAsync(code, TrackKind.PatentStatements, "patent-statements");
        var started = app.Clock.GetUtcNow().UtcDateTime;
        app.Clock.Advance(TimeSpan.FromHours(1));
        await AttestAsync(code, "no-patent-known", "patents");
        await app.RunAsync(new AdvanceWorkItem(code, "call-closed", null, null, await app.Given.VersionAsync(code), "patents"));

        var api = app.Api();
        var first = await api.GetAsync($"/api/v1/work-items/{code}/as-of?at={before:yyyy-MM-ddTHH:mm:ss}Z&and={started:yyyy-MM-ddTHH:mm:ss}Z");
        Assert.Equal(["20"], Stages(first.Json.GetProperty("at")));
        Assert.Equal(["20", "call"], Stages(first.Json.GetProperty("and")));
        Assert.Equal(["20", "closed"], Stages((await api.GetAsync($"/api/v1/work-items/{code}/as-of")).Json.GetProperty("at")));
        var page = await app.Visitor().In("zh-CN").OpenAsync($"/work-items/{code}/as-of?at={started:yyyy-MM-ddTHH:mm:ss}Z");
        Assert.True(page.Says("专利声明") && page.Says("征集专利信息"), page.Text);

        static IReadOnlyList<string> Stages(JsonElement side) =>
            [.. side.GetProperty("rows").EnumerateArray().Where(row => row.GetProperty("name").GetString() == "track").Select(row => row.GetProperty("values").GetProperty("stage").GetString()!).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task A_program_does_the_same_and_without_a_name_means_the_text()
    {
        var code = await app.Given.ProjectAtAsync("40");
        var (api, path) = (await app.Given.ProgramOfAsync("li.wei"), $"/api/v1/work-items/{code}");

        var started = await api.PostAsync($"{path}/tracks", new { kind = "internationalTwin", process = "iso-iec-is", on = "2026-11-02" }, ("If-Match", (await api.GetAsync(path)).Tag!));
        var twice = await api.PostAsync($"{path}/tracks", new { kind = "internationalTwin", process = "iso-iec-is" }, ("If-Match", started.Tag!));
        var jumped = await api.PostAsync($"{path}/jump", new { stage = "40.20", reason = "ISO", track = "twin" }, ("If-Match", started.Tag!));
        var text = await api.PostAsync($"{path}/jump", new { stage = "40.20", reason = "ISO" }, ("If-Match", jumped.Tag!));
        var unknown = await api.PostAsync($"{path}/undo", new { track = "patents" }, ("If-Match", jumped.Tag!));
        var undone = await api.PostAsync($"{path}/undo", new { track = "twin" }, ("If-Match", jumped.Tag!));

        Assert.Equal((200, 422, 200, 422, 404, 200), (started.Status, twice.Status, jumped.Status, text.Status, unknown.Status, undone.Status));
        Assert.Equal("track.runs", twice.Code);
        Assert.Equal([("text", "40"), ("twin", "00.00")], Tracks(started));
        Assert.Equal([("text", "40"), ("twin", "40.20")], Tracks(jumped));
        Assert.Equal([("text", "40"), ("twin", "00.00")], Tracks(undone));
        Assert.NotEmpty(jumped.Json.GetProperty("tracks")[1].GetProperty("next").EnumerateArray());

        static IReadOnlyList<(string?, string?)> Tracks(ApiAnswer answer) =>
            [.. answer.Json.GetProperty("tracks").EnumerateArray().Select(track => (track.GetProperty("name").GetString(), track.GetProperty("stage").GetString()))];
    }

    [Fact]
    public async Task It_is_moved_to_a_new_version_of_its_process_from_the_page_of_items()
    {
        var code = await app.Given.ProjectAtAsync("20");
        await StartAsync(code, TrackKind.PatentStatements, "patent-statements");
        var text = await VersionAsync(code, TrackKind.MainText);
        var json = await app.Db(db => db.Processes.Where(record => record.Key == "patent-statements" && record.IsCurrent).Select(record => record.Json).SingleAsync());
        var current = DefinitionReader.Read(json).Value;
        await app.RunAsync(new StdWorkflow.Web.Features.Processes.PublishProcess(DefinitionWriter.Write(current with { Version = current.Version + 1 })));

        var page = await app.As("admin").In("zh-CN").OpenAsync("/admin/processes/patent-statements/items");
        Assert.True(page.Says(code) && page.Says("专利声明"), page.Text);
        await page.SubmitAsync(entry => entry.Fill("转入理由", "修订"), "转入所选项目");

        Assert.Equal((current.Version + 1, text), (await VersionAsync(code, TrackKind.PatentStatements), await VersionAsync(code, TrackKind.MainText)));
    }

    [Fact]
    public async Task A_stale_form_starts_nothing()
    {
        var code = await app.Given.ProjectAtAsync("20");
        var form = await app.As("li.wei").In("zh-CN").OpenAsync($"/work-items/{code}/tracks/start");
        await app.Given.EditAsync(code, Given.NextPlanNumber(), null);

        var answer = await form.SubmitAsync(entry => entry.Choose("程序", "标准涉及专利的处置"), "启动");

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Null(await app.Db(db => db.Tracks.Where(track => track.Kind != TrackKind.MainText && db.WorkItems.Any(item => item.Code == code && item.Id == track.WorkItemId)).Select(track => track.StageKey).SingleOrDefaultAsync()));
    }

    private async Task StartAsync(string code, TrackKind kind, string process) => await app.RunAsync(new StartTrack(code, kind, process, null, await app.Given.VersionAsync(code)));

    private async Task AttestAsync(string code, string gate, string track) =>
        await app.RunAsync(new AttestGate(code, gate, "测试文件", Instants.DateIn(app.Clock.GetUtcNow().UtcDateTime), await app.Given.VersionAsync(code), track));

    private Task<string> StageAsync(string code, TrackKind kind) => app.Db(db => TrackOf(db, code, kind).Select(track => track.StageKey).SingleAsync());

    private Task<int> VersionAsync(string code, TrackKind kind) => app.Db(db => TrackOf(db, code, kind).Select(track => track.ProcessVersion).SingleAsync());

    private static IQueryable<Track> TrackOf(StdWorkflow.Data.AppDbContext db, string code, TrackKind kind) =>
        db.Tracks.Where(track => track.Kind == kind && db.WorkItems.Any(item => item.Code == code && item.Id == track.WorkItemId));
}
