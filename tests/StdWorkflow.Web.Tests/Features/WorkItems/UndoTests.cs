using System.Net;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Outbox;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Relations;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Mail;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Features.WorkItems;

public class UndoTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task Before_a_step_the_page_says_how_many_people_get_mail_and_they_get_it_ten_minutes_later()
    {
        var code = await ReadyAsync();
        var form = await app.As("li.wei").OpenAsync($"/work-items/{code}/advance/00-10");
        var told = await app.Db(db => db.People.CountAsync(person => person.Email != null && db.Memberships.Any(held => held.PersonId == person.Id
            && db.Committees.Any(committee => committee.Id == held.CommitteeId && committee.Code == "sac-tc28-sc42")
            && db.Positions.Any(position => position.Id == held.PositionId && position.PermissionNames.Contains("Advance")))));
        Assert.True(told > 1);
        Assert.True(form.Says($"发邮件通知 {told} 人；10 分钟内可以撤销，在此之前不发送。"), form.Text);

        await form.SubmitAsync(entry => entry.Fill("理由", "全体同意"), "申报立项");
        app.Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        await app.RunJobAsync<SendMail>();
        Assert.DoesNotContain(app.Mail.Sent, mail => mail.Subject!.StartsWith(code, StringComparison.Ordinal));
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await app.RunJobAsync<SendMail>();

        var sent = app.Mail.Sent.Where(mail => mail.Subject!.StartsWith(code, StringComparison.Ordinal)).ToList();
        Assert.Equal(told, sent.Count);
        Assert.Contains(sent, mail => mail.TextBody!.Contains("从“预阶段”进入“立项阶段”", StringComparison.Ordinal) && mail.TextBody!.Contains("理由：全体同意", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("zh-CN", "撤销…", "撤销这一步", "撤销上一步：从“10 立项阶段”回到“00 预阶段”。")]
    [InlineData("en", "Undo…", "Undo this step", "Undid the last step: from “10 Proposal stage” back to “00 Preliminary stage”.")]
    public async Task Who_took_a_wrong_step_undoes_it_and_nobody_hears_of_it(string language, string link, string verb, string told)
    {
        var code = await SteppedAsync();
        var item = await app.As("li.wei").In(language).OpenAsync($"/work-items/{code}");

        var answer = await (await item.FollowAsync(link)).SubmitAsync(entry => entry.Fill(language == "en" ? "Reason" : "理由", "点错了"), verb);

        Assert.Equal($"/work-items/{code}", answer.Path);
        Assert.True(answer.Says(told) && answer.Says("点错了"), answer.Text);
        Assert.False(answer.HasLink(link));
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.RunJobAsync<SendMail>();
        Assert.DoesNotContain(app.Mail.Sent, mail => mail.Subject!.StartsWith(code, StringComparison.Ordinal));
        Assert.Equal("00", await StageAsync(code));
        // The statement that was made before counts again.
        Assert.True((await app.As("li.wei").In("zh-CN").OpenAsync($"/work-items/{code}")).HasLink("申报立项…"));
    }

    [Fact]
    public async Task The_step_is_undone_once_however_often_the_form_is_sent()
    {
        var code = await SteppedAsync();
        var form = await app.As("li.wei").OpenAsync($"/work-items/{code}/undo");

        await form.SubmitAsync(button: "撤销这一步");
        var again = await form.SubmitAsync(button: "撤销这一步");

        Assert.Equal($"/work-items/{code}", again.Path);
        Assert.Equal(1, await app.Db(db => db.Events.CountAsync(happened => happened.Type == nameof(StepUndone) && db.WorkItems.Any(item => item.Code == code && item.Id == happened.SubjectId))));
    }

    [Fact]
    public async Task After_ten_minutes_it_is_too_late_and_the_page_says_what_to_do_instead()
    {
        var code = await SteppedAsync();
        var form = await app.As("li.wei").OpenAsync($"/work-items/{code}/undo");
        app.Clock.Advance(WorkItem.UndoWindow);

        var answer = await form.SubmitAsync(entry => entry.Fill("理由", "太晚了"), "撤销这一步");

        Assert.True(answer.Says("超过 10 分钟，不能再撤销。可以办理退回。"), answer.Text);
        Assert.Equal("10", await StageAsync(code));
        Assert.False((await app.As("li.wei").OpenAsync($"/work-items/{code}")).HasLink("撤销…"));
    }

    [Fact]
    public async Task The_comment_period_that_a_step_opened_is_taken_back_unless_somebody_has_commented()
    {
        var hidden = await app.Given.ProjectAtAsync("20");
        await app.Given.EditAsync(hidden, Given.NextPlanNumber(), null, isPublic: false);
        var (silent, loud) = (hidden, await app.Given.ProjectAtAsync("20"));
        foreach (var code in new[] { silent, loud })
        {
            await app.Given.AttestAsync(code, "draft-for-comments");
            await (await app.As("li.wei").OpenAsync($"/work-items/{code}/advance/20-30")).SubmitAsync(button: "公开征求意见");
        }

        var heard = await app.Given.PeriodOfAsync(loud);
        await app.Given.CommentsAsync(heard, "一条意见");
        var refused = await app.As("li.wei").OpenAsync($"/work-items/{loud}/undo");
        var period = await app.Given.PeriodOfAsync(silent);
        Assert.Contains(period.Path, (await app.Visitor().OpenAsync("/consultations")).Links);
        await (await app.As("li.wei").OpenAsync($"/work-items/{silent}/undo")).SubmitAsync(button: "撤销这一步");

        Assert.True(refused.Says("已经收到意见，不能再撤销。"), refused.Text);
        Assert.Equal("30", await StageAsync(loud));
        Assert.Equal("20", await StageAsync(silent));
        Assert.DoesNotContain(period.Path, (await app.Visitor().OpenAsync("/consultations")).Links);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Visitor().OpenAsync($"/work-items/{silent}")).Status);
    }

    [Fact]
    public async Task The_comment_period_that_a_step_ended_runs_again()
    {
        var period = await app.Given.OpenConsultationAsync();
        await (await app.As("li.wei").OpenAsync($"/work-items/{period.WorkItem}/advance/30-20")).SubmitAsync(entry => entry.Fill("理由", "误操作"), "退回起草");
        Assert.False((await app.Visitor().OpenAsync(period.Path)).HasButton("提交意见"));

        await (await app.As("li.wei").OpenAsync($"/work-items/{period.WorkItem}/undo")).SubmitAsync(button: "撤销这一步");

        Assert.True((await app.Visitor().OpenAsync(period.Path)).HasButton("提交意见"));
        await app.Given.CommentsAsync(period, "仍可提交");
        var item = await app.As("li.wei").OpenAsync($"/work-items/{period.WorkItem}");
        Assert.True(item.Says($"征求意见到 {period.ClosesOn:yyyy-MM-dd} 23:59"), item.Text);
    }

    [Fact]
    public async Task A_conversion_beside_the_work_keeps_nobody_from_undoing_its_end()
    {
        var code = await app.Given.ProjectAtAsync("20");
        await app.RunAsync(new OpenSuccessor(code, LineageKind.Converts, [], "outbound-proposal", [LocalizedText.Of("国际提案", null)]));
        Assert.True((await app.RunAsAsync("li.wei", new AdvanceWorkItem(code, "20-98", "误操作", null, await app.Given.VersionAsync(code)))).IsOk);

        var undone = await app.RunAsAsync("li.wei", new UndoStep(code, null, await app.Given.VersionAsync(code)));

        Assert.Equal((null, "20"), (undone.IsOk ? null : undone.Problem.Code, await StageAsync(code)));
    }

    [Fact]
    public async Task A_mail_on_its_way_cannot_be_called_back()
    {
        var code = await SteppedAsync();
        await app.Db(db => db.Outbox.Where(message => db.Events.Any(happened => happened.Id == message.EventId && db.WorkItems.Any(item => item.Code == code && item.Id == happened.SubjectId)))
            .ExecuteUpdateAsync(set => set.SetProperty(message => message.State, OutboxState.Claimed)));

        var answer = await (await app.As("li.wei").OpenAsync($"/work-items/{code}/undo")).SubmitAsync(button: "撤销这一步");

        Assert.True(answer.Says("不能再撤销"), answer.Text);
        Assert.Equal("10", await StageAsync(code));
    }

    [Fact]
    public async Task Nothing_to_undo_is_said_and_who_may_not_move_the_item_is_not_offered_it()
    {
        var page = await app.As("li.wei").OpenAsync("/work-items/w-1036/undo");
        var code = await SteppedAsync();

        Assert.True(page.Says("没有可以撤销的步骤"), page.Text);
        Assert.DoesNotContain($"/work-items/{code}/undo", (await app.As("sun.li").OpenAsync($"/work-items/{code}")).Links);
    }

    [Fact]
    public async Task A_program_undoes_it_in_the_same_way_and_the_history_stays_sound()
    {
        var api = await app.Given.ProgramOfAsync("li.wei");
        var path = $"/api/v1/work-items/{await SteppedAsync()}";
        var seen = await api.GetAsync(path);

        var undone = await api.PostAsync($"{path}/undo", new { reason = "误操作" }, ("If-Match", seen.Tag!));
        var again = await api.PostAsync($"{path}/undo", new { }, ("If-Match", undone.Tag!));

        Assert.Equal((200, "00"), (undone.Status, undone.Json.GetProperty("tracks")[0].GetProperty("stage").GetString()));
        Assert.Equal((422, "undo.nothing"), (again.Status, again.Code));
    }

    private async Task<string> ReadyAsync()
    {
        var code = await app.Given.ProposedAsync();
        await app.Given.AttestAsync(code, "proposal-adopted");
        return code;
    }

    private async Task<string> SteppedAsync()
    {
        var code = await ReadyAsync();
        var item = await (await app.As("li.wei").In("zh-CN").OpenAsync($"/work-items/{code}/advance/00-10")).SubmitAsync(button: "申报立项");
        Assert.Equal($"/work-items/{code}", item.Path);
        return code;
    }

    private Task<string> StageAsync(string code) => app.Db(db => db.WorkItems.Where(item => item.Code == code).Select(item => item.Tracks.Single().StageKey).SingleAsync());
}
