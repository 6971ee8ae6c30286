using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Web.Features.Consultations;
using StdWorkflow.Web.Features.WorkItems;

namespace StdWorkflow.Web.Tests;

public sealed partial class Given
{
    private static int plans = 1000;

    /// <summary>A national project of SAC/TC28/SC42 that has just entered its comment stage.</summary>
    public async Task<OpenPeriod> OpenConsultationAsync()
    {
        var number = Interlocked.Increment(ref plans);
        var code = await app.RunAsync(new ProposeWorkItem(
            "sac-tc28-sc42", "gb-t-normal", new ProposalEntry { TitleZh = $"人工智能 测试项目 {number}", TitleEn = $"Artificial intelligence — Test project {number}" }, IsPublic: true));
        await AttestAsync(code, "proposal-adopted");
        await AdvanceAsync(code, "00-10");
        var leader = await app.Db(db => db.People.Where(person => person.Email == "liu.yang@example.org").Select(person => person.Id).SingleAsync());
        await app.RunAsync(new EditWorkItem(code, leader, "演示视觉科技公司", $"2026{number:0000}-T-469", null, null, IsPublic: true, await VersionAsync(code)));
        await AttestAsync(code, "plan-issued");
        await AdvanceAsync(code, "10-20");
        await AttestAsync(code, "draft-for-comments");
        await AdvanceAsync(code, "20-30");
        return await app.Db(db => (
            from period in db.Consultations
            join item in db.WorkItems on period.WorkItemId equals item.Id
            where item.Code == code
            select new OpenPeriod(code, period.Code, period.Id, period.ClosesOn, period.ClosesAtUtc)).SingleAsync());
    }

    /// <summary>Comments of a visitor; answers the receipt.</summary>
    public Task<string> CommentsAsync(OpenPeriod period, params IReadOnlyList<string> texts) => app.RunAsync(new SubmitComments(
        period.Number, [.. texts.Select((text, at) => new CommentEntry { Clause = $"{at + 1}.1", Text = text })], "何静", "演示视觉科技公司", null, MayPublishName: false, Remark: null));

    public async Task AttestAsync(string code, string gate) =>
        await app.RunAsync(new AttestGate(code, gate, "测试文件", Instants.DateIn(app.Clock.GetUtcNow().UtcDateTime), await VersionAsync(code)));

    private async Task AdvanceAsync(string code, string transition) => await app.RunAsync(new AdvanceWorkItem(code, transition, null, null, await VersionAsync(code)));

    private Task<int> VersionAsync(string code) => app.Db(db => db.WorkItems.Where(item => item.Code == code).Select(item => item.Version).SingleAsync());

    public sealed record OpenPeriod(string WorkItem, string Number, Guid Id, DateOnly ClosesOn, DateTime ClosesAtUtc)
    {
        public string Path => $"/consultations/{Number}";
        public string Table => $"/work-items/{WorkItem}/comments";
    }
}
