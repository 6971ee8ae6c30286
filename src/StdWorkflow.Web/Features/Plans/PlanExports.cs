using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Providers;
using StdWorkflow.Web.Exports;
using StdWorkflow.Web.Features.Committees;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Plans;

/// <summary>The plans of a committee as a file.</summary>
internal static class PlanExports
{
    // A lane needs stays, deadlines and planned days besides, which no database reads while it still hands out the rows before.
    private const int Batch = 200;

    public static IListExport Plans { get; } = new ListExport<PlanApi.Lane>(
        "plans", CommitteeLinks.List,
        async (services, query, stop) =>
        {
            var code = query["committee"].ToString();
            return await services.GetRequiredService<Visible>().Committees.AnyAsync(known => known.Code == code, stop)
                ? LanesAsync(services, new WorkItemFilter { Committee = code, State = query["state"], Process = query["process"] }, stop) : null;
        },
        ("Column.code", lane => lane.Code), ("Column.titleZh", lane => lane.Title.Zh), ("Column.titleEn", lane => lane.Title.En), ("Column.process", lane => lane.Process), ("Column.stage", lane => lane.Stage),
        ("Column.began", lane => lane.Began), ("Column.plannedEnd", lane => lane.PlannedEnd), ("Column.expectedEnd", lane => lane.ExpectedEnd), ("Column.daysBehind", lane => lane.DaysBehind),
        ("Column.lastLimit", lane => lane.LastLimit), ("Column.missedBy", lane => lane.MissedBy), ("Column.isDemo", lane => lane.IsDemo));

    private static async IAsyncEnumerable<PlanApi.Lane> LanesAsync(IServiceProvider services, WorkItemFilter filter, [EnumeratorCancellation] CancellationToken stop)
    {
        var (plans, order) = (services.GetRequiredService<PlanReader>(), PlanApi.Orders[0]);
        var rows = PlanReader.Running(filter, services.GetRequiredService<Visible>(), services.GetRequiredService<CurrentUser>(), services.GetRequiredService<TimeProvider>().UtcNow());
        for (PlanLine? last = null; ;)
        {
            var part = await PlanReader.Select(order.Sort(last is null ? rows : order.After(rows, order.PositionOf(last))).InThisOrder().Take(Batch)).ToListAsync(stop);
            foreach (var view in await plans.CompleteAsync(part, whole: false, stop)) yield return PlanApi.LaneOf(view);
            if (part.Count < Batch) yield break;
            last = part[^1];
        }
    }
}
