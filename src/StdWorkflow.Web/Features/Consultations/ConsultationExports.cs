using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Providers;
using StdWorkflow.Domain.Consultations;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Exports;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Consultations;

/// <summary>Comment periods, and the comments of one, as files; the periods also as a feed.</summary>
internal static class ConsultationExports
{
    private sealed record CommentRow(
        string Receipt, int Ordinal, string? Clause, CommentType Type, string Text, string? ProposedChange, string? Sender, string? Organization, Disposition? Disposition, string? Reason, DateTime Received, bool IsDemo);

    public static IListExport Periods { get; } = new ListExport<ConsultationApi.Line>(
        "consultations", ConsultationLinks.List,
        (services, query, _) =>
        {
            var visible = services.GetRequiredService<Visible>();
            var found = ConsultationApi.Find(QueryFilter.Read<ConsultationApi.Filter>(query), visible, services.GetRequiredService<TimeProvider>().UtcNow());
            return Task.FromResult<IAsyncEnumerable<ConsultationApi.Line>?>(ConsultationApi.Select(found.OrderBy(period => period.Number).InThisOrder(), visible).AsAsyncEnumerable());
        },
        ("Column.code", line => line.Code), ("Column.workItem", line => line.WorkItem), ("Column.titleZh", line => line.Title.Zh), ("Column.titleEn", line => line.Title.En),
        ("Column.opensOn", line => line.OpensOn), ("Column.closesOn", line => line.ClosesOn), ("Column.zone", line => line.Zone), ("Column.isClosed", line => line.IsClosed),
        ("Column.comments", line => line.Comments), ("Column.isDemo", line => line.IsDemo), ("Column.updated", line => line.Updated));

    public static IListExport Comments { get; } = new ListExport<CommentRow>(
        "comments", ConsultationLinks.List,
        async (services, query, stop) =>
        {
            var (visible, me, code) = (services.GetRequiredService<Visible>(), services.GetRequiredService<CurrentUser>(), query["consultation"].ToString());
            var period = await ConsultationLines.All(visible).Where(row => row.Period.Code == code).Select(row => new { row.Period.Id, row.Item.CommitteeId }).SingleOrDefaultAsync(stop);
            if (period is null || !me.May(Permission.View, period.CommitteeId)) return null;
            // A person's name only with consent, or for those who answer them (PIPL art. 25, source S04).
            var withNames = me.May(Permission.Dispose, period.CommitteeId);
            return (
                from comment in visible.Comments
                where comment.ConsultationId == period.Id
                join sent in visible.Submissions on comment.SubmissionId equals sent.Id
                orderby sent.ReceivedAtUtc, sent.Receipt, comment.Ordinal
                select new CommentRow(
                    sent.Receipt, comment.Ordinal, comment.Clause, comment.Type, comment.Text, comment.ProposedChange, withNames || sent.MayPublishName ? sent.SenderName : null, sent.SenderOrganization,
                    comment.Disposition, comment.DispositionReason, sent.ReceivedAtUtc, comment.IsDemo)).AsAsyncEnumerable();
        },
        ("Column.receipt", row => row.Receipt), ("Column.ordinal", row => row.Ordinal), ("Column.clause", row => row.Clause), ("Column.commentType", row => row.Type), ("Column.text", row => row.Text),
        ("Column.proposedChange", row => row.ProposedChange), ("Column.sender", row => row.Sender), ("Column.organization", row => row.Organization), ("Column.disposition", row => row.Disposition),
        ("Column.reason", row => row.Reason), ("Column.received", row => row.Received), ("Column.isDemo", row => row.IsDemo));

    public static ListFeed Feed { get; } = new("consultations", ConsultationLinks.List, "Nav.consultations", async (services, query, stop) =>
    {
        var visible = services.GetRequiredService<Visible>();
        return await (
            from period in ConsultationApi.Find(QueryFilter.Read<ConsultationApi.Filter>(query), visible, services.GetRequiredService<TimeProvider>().UtcNow())
            join item in visible.WorkItems on period.WorkItemId equals item.Id
            orderby period.Number descending
            select new FeedEntry(period.Id, period.Code, item.Title, ConsultationLinks.List + "/" + period.Code, period.ChangedAtUtc, null)).InThisOrder().Take(ListFeed.Entries).ToListAsync(stop);
    });
}
