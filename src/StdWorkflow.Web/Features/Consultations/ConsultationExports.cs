using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Providers;
using StdWorkflow.Domain.Consultations;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Exports;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Consultations;

/// <summary>Comment periods, and comments, as files and feeds.</summary>
internal static class ConsultationExports
{
    public static IListExport Periods { get; } = new ListExport<ConsultationApi.Line>(
        "consultations", ConsultationLinks.List, "/consultations",
        (services, query, _) =>
        {
            var visible = services.GetRequiredService<Visible>();
            var found = ConsultationApi.Find(QueryFilter.Read<ConsultationApi.Filter>(query), visible, services.GetRequiredService<TimeProvider>().UtcNow());
            return Task.FromResult<IAsyncEnumerable<ConsultationApi.Line>?>(ConsultationApi.Select(found.OrderBy(period => period.Number).InThisOrder(), visible).AsAsyncEnumerable());
        },
        async (services, query, stop) =>
        {
            var visible = services.GetRequiredService<Visible>();
            return await (
                from period in ConsultationApi.Find(QueryFilter.Read<ConsultationApi.Filter>(query), visible, services.GetRequiredService<TimeProvider>().UtcNow())
                join item in visible.WorkItems on period.WorkItemId equals item.Id
                orderby period.Number descending
                select new FeedEntry(period.Id, period.Code, item.Title, ConsultationLinks.List + "/" + period.Code, period.ChangedAtUtc, null)).InThisOrder().Take(Feeds.Entries).ToListAsync(stop);
        },
        ("Column.code", line => line.Code), ("Column.workItem", line => line.WorkItem), ("Column.titleZh", line => line.Title.Zh), ("Column.titleEn", line => line.Title.En),
        ("Column.opensOn", line => line.OpensOn), ("Column.closesOn", line => line.ClosesOn), ("Column.zone", line => line.Zone), ("Column.isClosed", line => line.IsClosed),
        ("Column.comments", line => line.Comments), ("Column.isDemo", line => line.IsDemo), ("Column.updated", line => line.Updated));

    public static IListExport Comments { get; } = new ListExport<ConsultationApi.SentComment>(
        "comments", ConsultationLinks.List + "/{consultation}", "/comments",
        async (services, query, stop) => await FindAsync(services, query, stop) is { } found
            ? found.OrderBy(row => row.Sent.ReceivedAtUtc).ThenBy(row => row.Sent.Receipt).ThenBy(row => row.Comment.Ordinal).AsAsyncEnumerable() : null,
        async (services, query, stop) => await FindAsync(services, query, stop) is { } found
            ? await found.OrderByDescending(row => row.Comment.ChangedAtUtc).ThenBy(row => row.Comment.Id).Take(Feeds.Entries)
                .Select(row => new FeedEntry(
                    row.Comment.Id, row.Consultation + " " + row.Sent.Receipt + "-" + row.Comment.Ordinal, null, ConsultationLinks.List + "/" + row.Consultation, row.Comment.ChangedAtUtc, row.Comment.Text))
                .ToListAsync(stop)
            : null,
        ("Column.consultation", row => row.Consultation), ("Column.receipt", row => row.Sent.Receipt), ("Column.ordinal", row => row.Comment.Ordinal), ("Column.clause", row => row.Comment.Clause),
        ("Column.commentType", row => row.Comment.Type), ("Column.text", row => row.Comment.Text), ("Column.proposedChange", row => row.Comment.ProposedChange), ("Column.sender", row => row.Sender),
        ("Column.organization", row => row.Sent.SenderOrganization), ("Column.disposition", row => row.Comment.Disposition), ("Column.reason", row => row.Comment.DispositionReason),
        ("Column.received", row => row.Sent.ReceivedAtUtc), ("Column.isDemo", row => row.Comment.IsDemo));

    /// <summary>The comments of one period, for who may view the work of its committee, else all that the asker works on or has sent in.</summary>
    private static async Task<IQueryable<ConsultationApi.SentComment>?> FindAsync(IServiceProvider services, IQueryCollection query, CancellationToken stop)
    {
        var (visible, me, filter) = (services.GetRequiredService<Visible>(), services.GetRequiredService<CurrentUser>(), QueryFilter.Read<ConsultationApi.CommentFilter>(query));
        // The page says in one word what the API says with true and false.
        if (query["state"].ToString() is "open" or "disposed") filter = filter with { Disposed = query["state"] == "disposed" };
        if (filter.Consultation is { } code)
        {
            var period = await ConsultationLines.All(visible).Where(row => row.Period.Code == code).Select(row => new { row.Item.CommitteeId }).SingleOrDefaultAsync(stop);
            if (period is null || !me.May(Permission.View, period.CommitteeId)) return null;
        }

        return ConsultationApi.Named(ConsultationApi.FindComments(filter, visible), visible, me);
    }
}
