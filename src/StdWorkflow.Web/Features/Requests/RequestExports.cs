using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Providers;
using StdWorkflow.Web.Exports;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Requests;

/// <summary>Requests for steps as files and as a feed: what the page of the same filter shows to the same reader.</summary>
internal static class RequestExports
{
    public static IListExport Requests { get; } = new ListExport<RequestApi.Line>(
        "requests", RequestLinks.List, "/requests",
        (services, query, _) =>
        {
            var (visible, me, filter) = (services.GetRequiredService<Visible>(), services.GetRequiredService<CurrentUser>(), QueryFilter.Read<RequestFilter>(query));
            return Task.FromResult<IAsyncEnumerable<RequestApi.Line>?>(RequestApi.Select(filter.Sort(filter.Apply(visible, me), me).InThisOrder(), visible).AsAsyncEnumerable());
        },
        async (services, query, stop) =>
        {
            var (visible, me, filter) = (services.GetRequiredService<Visible>(), services.GetRequiredService<CurrentUser>(), QueryFilter.Read<RequestFilter>(query));
            return await filter.Apply(visible, me).OrderByDescending(row => row.Request.ChangedAtUtc).ThenByDescending(row => row.Request.Number).InThisOrder().Take(Feeds.Entries)
                .Select(row => new FeedEntry(row.Request.Id, row.Request.Code, row.Item.Title, RequestLinks.List + "/" + row.Request.Code, row.Request.ChangedAtUtc, row.Request.Reason)).ToListAsync(stop);
        },
        ("Column.code", line => line.Code), ("Column.workItem", line => line.WorkItem), ("Column.titleZh", line => line.Title.Zh), ("Column.titleEn", line => line.Title.En),
        ("Column.transition", line => line.Transition), ("Column.state", line => line.State), ("Column.askedBy", line => line.AskedBy), ("Column.askedAt", line => line.AskedAt),
        ("Column.reason", line => line.Reason), ("Column.wantedBy", line => line.WantedBy), ("Column.closedBy", line => line.ClosedBy), ("Column.closedAt", line => line.ClosedAt),
        ("Column.words", line => line.Words), ("Column.isDemo", line => line.IsDemo), ("Column.updated", line => line.Updated));
}
