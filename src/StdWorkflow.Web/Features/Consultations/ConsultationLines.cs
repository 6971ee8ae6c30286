using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Consultations;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Consultations;

/// <summary>A comment period with the work item that it is about; what lists filter and sort by.</summary>
public sealed record ConsultationRow
{
    public required Consultation Period { get; init; }
    public required WorkItem Item { get; init; }
}

/// <summary>What pages show of a comment period.</summary>
public sealed record ConsultationLine(
    Guid Id, string Code, string WorkItem, LocalizedText Title, string? Number, Guid? CommitteeId, string? CommitteeCode, string? Designation,
    DateOnly OpensOn, DateOnly ClosesOn, string Zone, DateTime ClosesAtUtc, bool IsClosed, bool IsDemo, int Version, int Comments)
{
    public bool IsOpen(DateTime nowUtc) => !IsClosed && nowUtc <= ClosesAtUtc;

    public DeadlineView Due(DateTime nowUtc) =>
        DeadlineView.Of(ClosesOn, Zone, ClosesAtUtc, ClockKind.CommentPeriod, IsClosed ? DeadlineStatus.Met : DeadlineStatus.Running, false, nowUtc);
}

internal static class ConsultationLines
{
    /// <summary>The day on which a period that is over ended: its last day, unless somebody ended it before; null while it runs.</summary>
    public static async Task<DateOnly?> EndedOnAsync(this ConsultationLine line, Visible visible, DateTime nowUtc, CancellationToken stop) =>
        line.IsOpen(nowUtc) ? null : nowUtc > line.ClosesAtUtc ? line.ClosesOn
        : Instants.DateIn(await visible.HistoryOf(nameof(Consultation), line.Id)
            .Where(happened => happened.Type == nameof(ConsultationClosed) || happened.Type == nameof(ConsultationWithdrawn))
            .OrderByDescending(happened => happened.Sequence).Select(happened => happened.OccurredAt).FirstAsync(stop), line.Zone);

    /// <summary>Comment periods of visible work items: a period shows the item's title.</summary>
    public static IQueryable<ConsultationRow> All(Visible visible) =>
        from period in visible.Consultations
        join item in visible.WorkItems on period.WorkItemId equals item.Id
        select new ConsultationRow { Period = period, Item = item };

    public static IQueryable<ConsultationLine> Select(IQueryable<ConsultationRow> rows, Visible visible) =>
        from row in rows
        from committee in visible.Committees.Where(known => known.Id == row.Item.CommitteeId).DefaultIfEmpty()
        select new ConsultationLine(
            row.Period.Id, row.Period.Code, row.Item.Code, new LocalizedText(row.Item.Title.Zh, row.Item.Title.En), row.Item.PlanNumber ?? row.Item.DoubleNumber ?? row.Item.StandardNumber ?? row.Item.InternationalReference,
            row.Item.CommitteeId, committee == null ? null : committee.Code, committee == null ? null : committee.Designation,
            row.Period.OpensOn, row.Period.ClosesOn, row.Period.Zone, row.Period.ClosesAtUtc, row.Period.IsClosed, row.Item.IsDemo, row.Period.Version,
            visible.CommentedConsultations.Count(of => of == row.Period.Id));
}
