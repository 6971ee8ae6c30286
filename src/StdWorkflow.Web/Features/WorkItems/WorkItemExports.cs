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
        "work-items", WorkItemLinks.List, "/work-items",
        async (services, query, stop) =>
        {
            var (filter, visible) = (await FilterAsync(services, query, stop), services.GetRequiredService<Visible>());
            var sort = query["sort"].ToString();
            var found = filter.Apply(visible, services.GetRequiredService<CurrentUser>(), services.GetRequiredService<TimeProvider>().UtcNow(), WorkItemSort.IsByTrack(sort));
            return WorkItemApi.Select(WorkItemSort.Apply(found, sort).InThisOrder(), visible).AsAsyncEnumerable();
        },
        async (services, query, stop) =>
        {
            var filter = await FilterAsync(services, query, stop);
            return await filter.Apply(services.GetRequiredService<Visible>(), services.GetRequiredService<CurrentUser>(), services.GetRequiredService<TimeProvider>().UtcNow())
                .OrderByDescending(row => row.Item.ChangedAtUtc).ThenByDescending(row => row.Item.Number).InThisOrder().Take(Feeds.Entries)
                .Select(row => new FeedEntry(row.Item.Id, row.Item.Code, row.Item.Title, WorkItemLinks.List + "/" + row.Item.Code, row.Item.ChangedAtUtc, null)).ToListAsync(stop);
        },
        ("Column.code", line => line.Code), ("Column.titleZh", line => line.Title.Zh), ("Column.titleEn", line => line.Title.En), ("Column.kind", line => line.Kind),
        ("Column.committee", line => line.Committee), ("Column.planNumber", line => line.PlanNumber), ("Column.standardNumber", line => line.DoubleNumber ?? line.StandardNumber),
        ("Column.internationalReference", line => line.InternationalReference), ("Column.process", line => line.Process), ("Column.stage", line => line.Stage), ("Column.phase", line => line.Phase),
        ("Column.since", line => line.Since), ("Column.waitingFor", line => line.WaitingFor), ("Column.isBlocked", line => line.IsBlocked), ("Column.nextDeadline", line => line.NextDeadline),
        ("Column.end", line => line.End), ("Column.isDemo", line => line.IsDemo), ("Column.updated", line => line.Updated));

    public static IListExport Deadlines { get; } = new ListExport<DeadlineApi.Line>(
        "deadlines", WorkItemLinks.List, "/deadlines",
        (services, query, _) =>
        {
            var visible = services.GetRequiredService<Visible>();
            var found = DeadlineApi.Find(QueryFilter.Read<DeadlineApi.Filter>(query), visible);
            return Task.FromResult(found.IsOk ? DeadlineApi.Select(found.Value.OrderBy(row => row.Due.InstantUtc).ThenBy(row => row.Due.Id).InThisOrder(), visible).AsAsyncEnumerable() : null);
        },
        async (services, query, stop) =>
        {
            var visible = services.GetRequiredService<Visible>();
            var found = DeadlineApi.Find(QueryFilter.Read<DeadlineApi.Filter>(query), visible);
            if (!found.IsOk) return null;
            // The next ones, as the list has them: a deadline is news while it lies ahead.
            var rows = await found.Value.OrderBy(row => row.Due.InstantUtc).ThenBy(row => row.Due.Id).InThisOrder().Take(Feeds.Entries)
                .Select(row => new { row.Due.Id, row.Due.LocalDate, row.Item.Code, row.Item.Title, row.Item.ChangedAtUtc }).ToListAsync(stop);
            return [.. rows.Select(row => new FeedEntry(row.Id, $"{row.LocalDate:yyyy-MM-dd} {row.Code}", row.Title, WorkItemLinks.Details(row.Code), row.ChangedAtUtc, null))];
        },
        ("Column.workItem", line => line.WorkItem), ("Column.titleZh", line => line.Title.Zh), ("Column.titleEn", line => line.Title.En), ("Column.track", line => line.Track), ("Column.clock", line => line.Clock),
        ("Column.deadlineKind", line => line.Kind), ("Column.started", line => line.Started), ("Column.lastDay", line => line.LastDay), ("Column.zone", line => line.Zone),
        ("Column.status", line => line.Status), ("Column.isProvisional", line => line.IsProvisional));

    public static IListExport SavedFilters { get; } = new ListExport<SavedFilterLine>(
        "saved-filters", WorkItemLinks.Filters, "/saved-filters",
        async (services, _, stop) => (await SavedFilterBar.LinesAsync(services.GetRequiredService<Visible>(), stop)).ToAsyncEnumerable(),
        async (services, _, stop) => await services.GetRequiredService<Visible>().SavedFilters.OrderByDescending(filter => filter.ChangedAtUtc).ThenBy(filter => filter.Id).Take(Feeds.Entries)
            .Select(filter => new FeedEntry(filter.Id, filter.Name, null, WorkItemLinks.List + filter.Query, filter.ChangedAtUtc, null)).ToListAsync(stop),
        ("Column.filter", line => line.Name), ("Column.committee", line => line.Committee), ("Column.query", line => line.Query));

    public static IListExport Events { get; } = new ListExport<EventApi.Line>(
        "events", WorkItemLinks.List + "/{workItem}", "/events",
        (services, query, _) =>
        {
            var visible = services.GetRequiredService<Visible>();
            return Task.FromResult<IAsyncEnumerable<EventApi.Line>?>(EventApi.Select(Newest(EventApi.Find(QueryFilter.Read<EventApi.Filter>(query), visible)).InThisOrder(), visible).AsAsyncEnumerable());
        },
        async (services, query, stop) => await TellAsync(services, Newest(EventApi.Find(QueryFilter.Read<EventApi.Filter>(query), services.GetRequiredService<Visible>())).Select(row => row.Written).InThisOrder(), withItem: true, stop),
        ("Column.workItem", line => line.WorkItem), ("Column.sequence", line => line.Sequence), ("Column.event", line => line.Type), ("Column.occurred", line => line.Occurred),
        ("Column.recorded", line => line.Recorded), ("Column.actor", line => line.Actor), ("Column.reason", line => line.Reason), ("Column.hash", line => line.Hash));

    /// <summary>What happened to one work item, in sentences; null when there is none of that code for the asker.</summary>
    public static async Task<(string Title, IReadOnlyList<FeedEntry> Entries)?> EventsAsync(string code, IServiceProvider services, CancellationToken stop)
    {
        var visible = services.GetRequiredService<Visible>();
        var item = await visible.WorkItems.Where(known => known.Code == code).Select(known => new { known.Id, known.Code, known.Title }).SingleOrDefaultAsync(stop);
        return item is null ? null
            : ($"{item.Code} {item.Title.In(Reader.Language)}", await TellAsync(services, visible.HistoryOf(nameof(WorkItem), item.Id).OrderByDescending(written => written.Sequence), withItem: false, stop));
    }

    private static IQueryable<EventApi.Row> Newest(IQueryable<EventApi.Row> rows) => rows.OrderByDescending(row => row.Written.RecordedAt).ThenByDescending(row => row.Written.Id);

    private static async Task<List<FeedEntry>> TellAsync(IServiceProvider services, IQueryable<EventRecord> written, bool withItem, CancellationToken stop)
    {
        var (visible, texts, processes) = (services.GetRequiredService<Visible>(), services.GetRequiredService<AllTexts>(), services.GetRequiredService<ProcessCatalog>());
        var words = services.GetRequiredService<Microsoft.Extensions.Localization.IStringLocalizer<WorkItemTexts>>();
        var events = await written.Take(Feeds.Entries).Select(one => new { one.Id, one.SubjectId, one.Sequence, one.Type, one.Facts, one.OccurredAt, one.RecordedAt, one.Reason }).ToListAsync(stop);
        var keys = events.Select(one => one.SubjectId).Distinct().ToList();
        var items = await visible.WorkItems.Where(item => keys.Contains(item.Id)).Select(item => new { item.Id, item.Code, item.Title }).ToDictionaryAsync(item => item.Id, stop);
        var people = await visible.People.ToDictionaryAsync(person => person.Id, person => person.FullName, stop);
        var organizations = await visible.Organizations.ToDictionaryAsync(known => known.Id, known => known.Name, stop);
        var sentences = new Dictionary<Guid, WorkItemSentences>();
        var tracks = await visible.TracksToJoin.Where(track => keys.Contains(track.WorkItemId)).Select(track => new { track.Id, track.WorkItemId, track.Kind, track.ProcessKey, track.ProcessVersion }).ToListAsync(stop);
        var moves = await ToldTrack.MovesAsync(visible, keys, stop);
        foreach (var ofItem in tracks.GroupBy(track => track.WorkItemId))
        {
            var told = new Dictionary<Guid, ToldTrack>();
            foreach (var track in ofItem) told[track.Id] = await ToldTrack.ReadAsync(track.Id, track.Kind, track.ProcessKey, track.ProcessVersion, moves[ofItem.Key], processes, visible, stop);
            sentences[ofItem.Key] = new WorkItemSentences(told, people, organizations, new Dictionary<Guid, string>(), words);
        }

        return [.. events.Select(one => (One: one, Item: items[one.SubjectId])).Select(row => new FeedEntry(
            row.One.Id,
            (withItem ? $"{row.Item.Code} " : "") + (texts.Say($"event.{row.One.Type}", sentences[row.Item.Id].Arguments(EventJson.Deserialize(row.One.Type, row.One.Facts, row.One.OccurredAt, row.One.Reason), row.One.Sequence)) ?? row.One.Type),
            null, WorkItemLinks.Details(row.Item.Code), row.One.RecordedAt, row.One.Reason))];
    }

    /// <summary>As the page reads it: what means nothing is as if it were not there. Of a program, as its list reads it.</summary>
    internal static async Task<WorkItemFilter> FilterAsync(IServiceProvider services, IQueryCollection query, CancellationToken stop) => query is ProgramQuery
        ? QueryFilter.Read<WorkItemFilter>(query)
        : (await FilterForm.ReadAsync(QueryFilter.Read<WorkItemFilter>(query), services.GetRequiredService<Visible>(), services.GetRequiredService<CurrentUser>(), services.GetRequiredService<ProcessCatalog>(), stop)).Shown;
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
