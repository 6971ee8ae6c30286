using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Consultations;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Consultations;

/// <summary>征求意见汇总处理表 of one comment period, the newest unless another is asked for.</summary>
public sealed class CommentsModel(Visible visible, CurrentUser me, TimeProvider clock) : PageModel
{
    // One sheet of paper after another: a table that is printed should not be cut into pages of a list.
    private const int PageSize = 200;

    public sealed record Row(
        int Serial, string Receipt, int Ordinal, string? Clause, CommentType Type, string Text, string? ProposedChange,
        string? Name, string? Organization, bool MayPublishName, bool IsDemo, Disposition? Disposition, string? Reason);

    public string Code { get; private set; } = "";
    public LocalizedText Title { get; private set; } = LocalizedText.Empty;
    public string Number { get; private set; } = "";
    public IReadOnlyList<string> Drafters { get; private set; } = [];
    public ConsultationLine? Period { get; private set; }
    public IReadOnlyList<string> Periods { get; private set; } = [];
    public string? State { get; private set; }
    public Page<Row> Found { get; private set; } = new([], 1, PageSize, 0, false, false);
    public int Received { get; private set; }
    public int Open { get; private set; }
    public DateTime NowUtc { get; private set; }
    public bool MayDispose { get; private set; }

    private IReadOnlyDictionary<Disposition, int> disposed = new Dictionary<Disposition, int>();

    public int CountOf(Disposition disposition) => disposed.GetValueOrDefault(disposition);

    /// <summary>The organisation; a person's name only with consent, or for those who answer them (PIPL art. 25, source S04).</summary>
    public string? SenderOf(Row row) => row.MayPublishName || MayDispose
        ? string.Join(" · ", new[] { row.Organization, row.Name }.Where(known => known is not null)) is { Length: > 0 } both ? both : null
        : row.Organization;

    public async Task<IActionResult> OnGetAsync(
        string code, [FromQuery(Name = "period")] string? period, [FromQuery(Name = "state")] string? state, [FromQuery(Name = "page")] int? page, CancellationToken stop)
    {
        var item = await visible.WorkItems.Where(known => known.Code == code)
            .Select(known => new { known.Id, known.Code, known.Title, known.CommitteeId, Number = known.PlanNumber ?? known.DoubleNumber ?? known.StandardNumber ?? known.InternationalReference ?? known.Code }).SingleOrDefaultAsync(stop);
        if (item is null) return NotFound();
        if (!me.May(Permission.View, item.CommitteeId)) return Forbid();
        (Code, Title, Number, NowUtc, MayDispose) = (item.Code, item.Title, item.Number, clock.UtcNow(), me.May(Permission.Dispose, item.CommitteeId));
        State = state is "open" or "disposed" ? state : null;

        var drafters = await (
            from known in visible.WorkItems.Where(known => known.Id == item.Id).SelectMany(known => known.DraftingOrganizations)
            join organization in visible.Organizations on known.OrganizationId equals organization.Id
            orderby known.SortOrder
            select organization.Name).ToListAsync(stop);
        Drafters = [.. drafters.Select(name => name.In(Localization.Reader.Language))];

        var periods = await ConsultationLines.Select(
            ConsultationLines.All(visible).Where(row => row.Item.Id == item.Id).OrderByDescending(row => row.Period.Number), visible).ToListAsync(stop);
        Periods = [.. periods.Select(known => known.Code)];
        Period = periods.Find(known => known.Code == period) ?? periods.FirstOrDefault();
        if (Period is null) return period is null ? Page() : NotFound();
        if (period is not null && Period.Code != period) return NotFound();
        await ReadAsync(Period.Id, Math.Clamp(page ?? 1, 1, 1_000_000), stop);
        return Page();
    }

    private async Task ReadAsync(Guid consultation, int page, CancellationToken stop)
    {
        // Clauses are in the order of the standard ("5.2" before "10.1"), which no database knows; only what sorting needs is read of all.
        var all = await (
            from comment in visible.Comments.Where(known => known.ConsultationId == consultation)
            join sent in visible.Submissions on comment.SubmissionId equals sent.Id
            select new { comment.Id, comment.Clause, comment.Ordinal, comment.Disposition, sent.ReceivedAtUtc }).ToListAsync(stop);
        Received = all.Count;
        Open = all.Count(known => known.Disposition is null);
        disposed = all.Where(known => known.Disposition is not null).GroupBy(known => known.Disposition!.Value).ToDictionary(group => group.Key, group => group.Count());

        var shown = all.OrderBy(known => known.Clause is null ? "" : SortKeys.Of(known.Clause), StringComparer.Ordinal).ThenBy(known => known.ReceivedAtUtc).ThenBy(known => known.Ordinal).ThenBy(known => known.Id)
            .Select((known, at) => (known.Id, Serial: at + 1, known.Disposition))
            .Where(known => State switch { "open" => known.Disposition is null, "disposed" => known.Disposition is not null, _ => true }).ToList();
        var wanted = shown.Skip((page - 1) * PageSize).Take(PageSize).ToDictionary(known => known.Id, known => known.Serial);
        var keys = wanted.Keys.ToList();
        var rows = await (
            from comment in visible.Comments.Where(known => keys.Contains(known.Id))
            join sent in visible.Submissions on comment.SubmissionId equals sent.Id
            select new { Comment = comment, sent.Receipt, sent.SenderName, sent.SenderOrganization, sent.MayPublishName, sent.IsDemo }).ToListAsync(stop);
        Found = new Page<Row>(
            [.. rows.Select(row => new Row(
                wanted[row.Comment.Id], row.Receipt, row.Comment.Ordinal, row.Comment.Clause, row.Comment.Type, row.Comment.Text, row.Comment.ProposedChange,
                row.SenderName, row.SenderOrganization, row.MayPublishName, row.IsDemo, row.Comment.Disposition, row.Comment.DispositionReason)).OrderBy(row => row.Serial)],
            page, PageSize, shown.Count, IsMore: false, HasNext: shown.Count > page * PageSize);
    }
}
