using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Providers;
using StdWorkflow.Web.Exports;
using StdWorkflow.Web.Features.Committees;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Plans;

/// <summary>The plans of a committee as files and as a feed.</summary>
internal static class PlanExports
{
    // A lane needs stays, deadlines and planned days besides, which no database reads while it still hands out the rows before.
    private const int Batch = 200;

    public static IListExport Plans { get; } = new ListExport<PlanApi.Lane>(
        "plans", CommitteeLinks.List + "/{committee}/plan", "/committees/{committee}/plan",
        async (services, query, stop) => await FilterAsync(services, query, stop) is { } filter ? LanesAsync(services, filter, stop) : null,
        async (services, query, stop) => await FilterAsync(services, query, stop) is { } filter
            ? await filter.Apply(services.GetRequiredService<Visible>(), services.GetRequiredService<CurrentUser>(), services.GetRequiredService<TimeProvider>().UtcNow()).Where(row => row.Track.End == null)
                .OrderByDescending(row => row.Item.ChangedAtUtc).ThenByDescending(row => row.Item.Number).InThisOrder().Take(Feeds.Entries)
                .Select(row => new FeedEntry(row.Item.Id, row.Item.Code, row.Item.Title, WorkItemLinks.List + "/" + row.Item.Code + "/plan", row.Item.ChangedAtUtc, null)).ToListAsync(stop)
            : null,
        ("Column.code", lane => lane.Code), ("Column.titleZh", lane => lane.Title.Zh), ("Column.titleEn", lane => lane.Title.En), ("Column.process", lane => lane.Process), ("Column.stage", lane => lane.Stage),
        ("Column.began", lane => lane.Began), ("Column.plannedEnd", lane => lane.PlannedEnd), ("Column.expectedEnd", lane => lane.ExpectedEnd), ("Column.daysBehind", lane => lane.DaysBehind),
        ("Column.lastLimit", lane => lane.LastLimit), ("Column.missedBy", lane => lane.MissedBy), ("Column.isDemo", lane => lane.IsDemo));

    /// <summary>As the page reads it; null when there is no such committee.</summary>
    private static async Task<WorkItemFilter?> FilterAsync(IServiceProvider services, IQueryCollection query, CancellationToken stop)
    {
        var code = query["committee"].ToString();
        if (!await services.GetRequiredService<Visible>().Committees.AnyAsync(known => known.Code == code, stop)) return null;
        var shown = await WorkItemExports.FilterAsync(services, query, stop);
        return new WorkItemFilter { Committee = code, State = shown.State, Process = shown.Process };
    }

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
