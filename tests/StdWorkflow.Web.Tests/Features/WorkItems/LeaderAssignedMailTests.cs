using Microsoft.EntityFrameworkCore;
using StdWorkflow.Web.Mail;

namespace StdWorkflow.Web.Tests.Features.WorkItems;

public class LeaderAssignedMailTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task Who_is_named_leader_by_a_person_gets_one_mail()
    {
        var code = await app.Db(db => db.WorkItems
            .Where(item => item.IsDemo && item.LeaderId == null && db.Committees.Any(committee => committee.Id == item.CommitteeId && committee.Code == "sac-tc28-sc42"))
            .OrderBy(item => item.Number).Select(item => item.Code).FirstAsync());

        var form = await app.As("li.wei").OpenAsync($"/work-items/{code}/edit");
        var answer = await form.SubmitAsync(fields => fields.Choose("项目负责人", "刘洋"));
        Assert.Equal($"/work-items/{code}", answer.Path);
        await app.RunJobAsync<SendMail>();

        var mail = Assert.Single(app.Mail.To("liu.yang"));
        Assert.StartsWith($"您已被指定为项目负责人：{code}", mail.Subject, StringComparison.Ordinal);
        Assert.Contains($"/work-items/{code}", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("您收到此邮件，是因为：", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_starter_loads_causes_no_mail() =>
        Assert.Equal(0, await app.Db(db => db.Outbox.CountAsync(mail => db.Events.Any(cause => cause.Id == mail.EventId && cause.ActorKind == "Starter"))));
}
