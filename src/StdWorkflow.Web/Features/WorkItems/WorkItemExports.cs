using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Events;
using StdWorkflow.Data.Providers;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Exports;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Features.Shared;
using StdWorkflow.Web.Localization;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>Work items and their deadlines as files and feeds.</summary>
internal static class WorkItemExports
{
    public static IListExport WorkItems { get; } = new ListExport<WorkItemApi.Line>(
        "work-items", WorkItemLinks.List,
        async (services, query, stop) =>
        {
            var (filter, visible) = (await FilterAsync(services, query, stop), services.GetRequiredService<Visible>());
            var sort = query["sort"].ToString();
            var found = filter.Apply(visible, services.GetRequiredService<CurrentUser>(), services.GetRequiredService<TimeProvider>().UtcNow(), WorkItemSort.IsByTrack(sort));
            return WorkItemApi.Select(WorkItemSort.Apply(found, sort).InThisOrder(), visible).AsAsyncEnumerable();
        },
        ("Column.code", line => line.Code), ("Column.titleZh", line => line.Title.Zh), ("Column.titleEn", line => line.Title.En), ("Column.kind", line => line.Kind),
        ("Column.committee", line => line.Committee), ("Column.planNumber", line => line.PlanNumber), ("Column.standardNumber", line => line.DoubleNumber ?? line.StandardNumber),
        ("Column.internationalReference", line => line.InternationalReference), ("Column.process", line => line.Process), ("Column.stage", line => line.Stage), ("Column.phase", line => line.Phase),
        ("Column.since", line => line.Since), ("Column.waitingFor", line => line.WaitingFor), ("Column.isBlocked", line => line.IsBlocked), ("Column.nextDeadline", line => line.NextDeadline),
        ("Column.end", line => line.End), ("Column.isDemo", line => line.IsDemo), ("Column.updated", line => line.Updated));

    public static IListExport Deadlines { get; } = new ListExport<DeadlineApi.Line>(
        "deadlines", WorkItemLinks.List,
        (services, query, _) =>
        {
            var visible = services.GetRequiredService<Visible>();
            var found = DeadlineApi.Find(QueryFilter.Read<DeadlineApi.Filter>(query), visible);
            return Task.FromResult(found.IsOk ? DeadlineApi.Select(found.Value.OrderBy(due => due.InstantUtc).ThenBy(due => due.Id).InThisOrder(), visible).AsAsyncEnumerable() : null);
        },
        ("Column.workItem", line => line.WorkItem), ("Column.titleZh", line => line.Title.Zh), ("Column.titleEn", line => line.Title.En), ("Column.track", line => line.Track), ("Column.clock", line => line.Clock),
        ("Column.deadlineKind", line => line.Kind), ("Column.started", line => line.Started), ("Column.lastDay", line => line.LastDay), ("Column.zone", line => line.Zone),
        ("Column.status", line => line.Status), ("Column.isProvisional", line => line.IsProvisional));

    public static ListFeed Feed { get; } = new("work-items", WorkItemLinks.List, "Nav.work-items", async (services, query, stop) =>
    {
        var filter = await FilterAsync(services, query, stop);
        return await filter.Apply(services.GetRequiredService<Visible>(), services.GetRequiredService<CurrentUser>(), services.GetRequiredService<TimeProvider>().UtcNow())
            .OrderByDescending(row => row.Item.ChangedAtUtc).ThenByDescending(row => row.Item.Number).InThisOrder().Take(ListFeed.Entries)
            .Select(row => new FeedEntry(row.Item.Id, row.Item.Code, row.Item.Title, WorkItemLinks.List + "/" + row.Item.Code, row.Item.ChangedAtUtc, null)).ToListAsync(stop);
    });

    /// <summary>What happened to one work item, in sentences; null when there is none of that code for the asker.</summary>
    public static async Task<(string Title, IReadOnlyList<FeedEntry> Entries)?> EventsAsync(string code, IServiceProvider services, CancellationToken stop)
    {
        var visible = services.GetRequiredService<Visible>();
        var item = await visible.WorkItems.Where(known => known.Code == code).Select(known => new { known.Id, known.Code, known.Title }).SingleOrDefaultAsync(stop);
        if (item is null) return null;
        var tracks = new Dictionary<Guid, ToldTrack>();
        foreach (var track in await visible.TracksToJoin.Where(known => known.WorkItemId == item.Id).Select(known => new { known.Id, known.Kind, known.ProcessKey, known.ProcessVersion }).ToListAsync(stop))
            tracks[track.Id] = new ToldTrack(track.Kind, await services.GetRequiredService<ProcessCatalog>().OfAsync(visible.Processes, track.ProcessKey, track.ProcessVersion, stop));
        var sentences = new WorkItemSentences(
            tracks, await visible.People.ToDictionaryAsync(person => person.Id, person => person.FullName, stop), await visible.Organizations.ToDictionaryAsync(known => known.Id, known => known.Name, stop),
            new Dictionary<Guid, string>(), services.GetRequiredService<Microsoft.Extensions.Localization.IStringLocalizer<WorkItemTexts>>());
        var texts = services.GetRequiredService<AllTexts>();
        var events = await visible.HistoryOf(nameof(WorkItem), item.Id).OrderByDescending(written => written.Sequence).Take(ListFeed.Entries)
            .Select(written => new { written.Id, written.Type, written.Facts, written.OccurredAt, written.RecordedAt, written.Reason }).ToListAsync(stop);
        return ($"{item.Code} {item.Title.In(Reader.Language)}", [.. events.Select(written => new FeedEntry(
            written.Id, texts.Say($"event.{written.Type}", sentences.Arguments(EventJson.Deserialize(written.Type, written.Facts, written.OccurredAt, written.Reason))) ?? written.Type,
            null, WorkItemLinks.Details(item.Code), written.RecordedAt, written.Reason))]);
    }

    /// <summary>As the page reads it: what means nothing is as if it were not there.</summary>
    private static async Task<WorkItemFilter> FilterAsync(IServiceProvider services, IQueryCollection query, CancellationToken stop) =>
        (await FilterForm.ReadAsync(QueryFilter.Read<WorkItemFilter>(query), services.GetRequiredService<Visible>(), services.GetRequiredService<CurrentUser>(), services.GetRequiredService<ProcessCatalog>(), stop)).Shown;
}

/// <summary>The orders of the list of work items.</summary>
internal static class WorkItemSort
{
    /// <summary>True for what stands on the track, so that the list is read along the tracks.</summary>
    public static bool IsByTrack(string? sort) => sort is "deadline" or "-deadline" or "since" or "-since";

    public static IQueryable<WorkItemRow> Apply(IQueryable<WorkItemRow> found, string? sort) => sort switch
    {
        "deadline" => found.OrderBy(row => row.Track.DeadlineKey).ThenBy(row => row.Track.WorkItemId),
        // What has no date stands last both ways: the databases differ in where they would put it.
        "-deadline" => found.OrderBy(row => row.Track.NextDeadlineUtc == null).ThenByDescending(row => row.Track.NextDeadlineUtc).ThenBy(row => row.Item.Id),
        "-since" => found.OrderBy(row => row.Track.Since == null).ThenByDescending(row => row.Track.Since).ThenBy(row => row.Item.Id),
        "-number" => found.OrderByDescending(row => row.Item.SortKey).ThenBy(row => row.Item.Id),
        "since" => found.OrderBy(row => row.Track.Since == null).ThenBy(row => row.Track.Since).ThenBy(row => row.Item.Id),
        "-code" => found.OrderByDescending(row => row.Item.Number),
        "number" => found.OrderBy(row => row.Item.SortKey).ThenBy(row => row.Item.Id),
        "updated" => found.OrderBy(row => row.Item.ChangedAtUtc).ThenBy(row => row.Item.Number),
        "-updated" => found.OrderByDescending(row => row.Item.ChangedAtUtc).ThenByDescending(row => row.Item.Number),
        _ => found.OrderBy(row => row.Item.Number),
    };
}
