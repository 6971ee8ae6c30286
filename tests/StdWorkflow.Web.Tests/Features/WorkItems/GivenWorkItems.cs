using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using StdWorkflow.Data;
using StdWorkflow.Data.Records;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Consultations;
using StdWorkflow.Web.Features.Members;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Tests;

public sealed partial class Given
{
    private static int plans = 1000;

    /// <summary>The plan number that the newest project was given or will be given; every project has its own.</summary>
    public static string NextPlanNumber() => $"2026{Interlocked.Increment(ref plans):0000}-T-469";

    /// <summary>A work item of SAC/TC28/SC42 that was proposed just now: a national project unless said otherwise.</summary>
    public async Task<string> ProposedAsync(LocalizedText? title = null, string process = "gb-t-normal", string committee = "sac-tc28-sc42", bool isPublic = true)
    {
        var number = Interlocked.Increment(ref plans);
        var named = title ?? new($"人工智能 测试项目 {number}", $"Artificial intelligence — Test project {number}");
        return await app.RunAsync(new ProposeWorkItem(committee, process, new ProposalEntry { TitleZh = named.Zh, TitleEn = named.En }, isPublic));
    }

    /// <summary>A national project of SAC/TC28/SC42, taken through its process today until it stands at this stage.</summary>
    public async Task<string> ProjectAtAsync(string stage, LocalizedText? title = null)
    {
        var code = await ProposedAsync(title);
        await TakeAsync(code, stage);
        return code;
    }

    /// <summary>Takes a national project that was proposed just now through its process until it stands at this stage.</summary>
    public async Task TakeAsync(string code, string stage)
    {
        if (stage == "00") return;
        await AttestAsync(code, "proposal-adopted");
        await AdvanceAsync(code, "00-10");
        if (stage == "10") return;
        var plan = NextPlanNumber();
        await EditAsync(code, plan, null);
        await AttestAsync(code, "plan-issued");
        await AdvanceAsync(code, "10-20");
        if (stage == "20") return;
        await AttestAsync(code, "draft-for-comments");
        await AdvanceAsync(code, "20-30");
        if (stage == "30") return;
        var period = await PeriodOfAsync(code);
        await app.RunAsync(new EndConsultation(period.Number, "测试：提前结束", await app.Db(db => db.Consultations.Where(known => known.Id == period.Id).Select(known => known.Version).SingleAsync())));
        await AttestAsync(code, "draft-for-review");
        await AdvanceAsync(code, "30-40");
        if (stage == "40") return;
        await AttestAsync(code, "review-passed");
        await AdvanceAsync(code, "40-50");
        if (stage == "50") return;
        await EditAsync(code, plan, $"GB/T {plan[4..8]}-2026");
        await AttestAsync(code, "approval-announced");
        await AdvanceAsync(code, "50-60");
        if (stage != "60") throw new ArgumentOutOfRangeException(nameof(stage), stage, "No such stage here.");
    }

    /// <summary>A pre-research project of SAC/TC28/SC42 that was concluded today.</summary>
    public async Task<string> FinishedResearchAsync(bool isPublic = false)
    {
        var code = await ProposedAsync(process: "pre-research", isPublic: isPublic);
        await EditAsync(code, null, null, isPublic);
        await AdvanceAsync(code, "idea-feasibility");
        await AttestAsync(code, "feasibility-shown");
        await AdvanceAsync(code, "feasibility-report");
        await AttestAsync(code, "research-report-submitted");
        await AdvanceAsync(code, "report-committee-review");
        await AttestAsync(code, "committee-accepted-report");
        await AdvanceAsync(code, "committee-review-concluded");
        return code;
    }

    /// <summary>Many national projects at once, in one transaction, as an import would make them.</summary>
    public async Task ManyProposedAsync(int count, Func<int, LocalizedText> title)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Acting>().Begin(Actor.Starter, nameof(Given), inCommand: true);
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var now = app.Clock.GetUtcNow().UtcDateTime;
        var definition = DefinitionReader.Read(await db.Processes.Where(process => process.Key == "gb-t-normal" && process.IsCurrent).Select(process => process.Json).SingleAsync()).Value;
        var committee = await db.Committees.Where(known => known.Code == "sac-tc28-sc42").Select(known => known.Id).SingleAsync();
        for (var number = 1; number <= count; number++)
            db.Add(WorkItem.Propose(
                await db.NextAsync("work-items"), WorkItemKind.National, title(number), committee, Proposal.Blank, isPublic: true, isDemo: false,
                definition, new WorkingCalendar([], []), Instants.DateIn(now), now).Value);
        await db.SaveChangesAsync();
    }

    /// <summary>Appoints a demo person; answers the seat.</summary>
    public async Task<Guid> SeatAsync(string committee, string person, string position, DateOnly from, DateOnly? to)
    {
        var id = await app.Db(db => db.People.Where(known => known.Email == $"{person}@example.org").Select(known => known.Id).SingleAsync());
        return await app.RunAsync(new AppointMember(committee, id, null, null, null, null, position, from, to, Invite: false));
    }

    /// <summary>Ends a seat, and with it the rights that it gave.</summary>
    public async Task EndSeatAsync(Guid seat, DateOnly to) =>
        await app.RunAsync(new EndMembership(seat, to, "测试：任期结束", await app.Db(db => db.Memberships.Where(held => held.Id == seat).Select(held => held.Version).SingleAsync())));

    public async Task AttestAsync(string code, string gate, string paper = "测试文件") =>
        await app.RunAsync(new AttestGate(code, gate, paper, Instants.DateIn(app.Clock.GetUtcNow().UtcDateTime), await VersionAsync(code)));

    public async Task AdvanceAsync(string code, string transition, string? reason = null) => await app.RunAsync(new AdvanceWorkItem(code, transition, reason, null, await VersionAsync(code)));

    /// <summary>Names 刘洋 as leader and one drafting organisation, and gives these numbers.</summary>
    public async Task EditAsync(string code, string? planNumber, string? standardNumber, bool isPublic = true)
    {
        var leader = await app.Db(db => db.People.Where(person => person.Email == "liu.yang@example.org").Select(person => person.Id).SingleAsync());
        await app.RunAsync(new EditWorkItem(code, leader, "演示视觉科技公司", planNumber, standardNumber, null, isPublic, await VersionAsync(code)));
    }

    public Task<string> StageAsync(string code) => app.Db(db => db.WorkItems.Where(item => item.Code == code).Select(item => item.Tracks.Single().StageKey).SingleAsync());

    public Task<int> VersionAsync(string code) => app.Db(db => db.WorkItems.Where(item => item.Code == code).Select(item => item.Version).SingleAsync());
}
