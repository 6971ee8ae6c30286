using System.Linq.Expressions;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Providers;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Features.Requests;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Home;

/// <summary>
/// Three front doors: for the public what is open for comment, in force, and who sits where; for members their duties; for the
/// secretariat also what is late and what is blocked.
/// </summary>
public sealed class IndexModel(Visible visible, CurrentUser me, ProcessCatalog processes, TimeProvider clock) : PageModel
{
    private const int Shown = 8;

    public sealed record OpenPeriod(string Code, string WorkItem, LocalizedText Title, DateOnly ClosesOn, string Zone, DateTime ClosesAtUtc, int Comments, bool IsDemo)
    {
        public DeadlineView Due(DateTime nowUtc) => DeadlineView.Of(ClosesOn, Zone, ClosesAtUtc, ClockKind.CommentPeriod, DeadlineStatus.Running, false, nowUtc);
    }

    public sealed record Standard(string Code, string Number, LocalizedText Title, DateOnly? InForceOn, string? StatusSeen, bool IsDemo);

    public sealed record Body(string Code, string Designation, LocalizedText Name, CommitteeKind Kind, LocalizedText? Secretariat, int Members);

    /// <summary>A list on the page with how many there are in all.</summary>
    public sealed record Section(WorkItemLines Lines, int Count)
    {
        public static Section None { get; } = new(WorkItemLines.None, 0);
    }

    public bool IsSignedIn => me.IsSignedIn;
    public string Name => me.Name;
    public bool IsSecretariat { get; private set; }
    public DateTime NowUtc { get; private set; }
    public DateOnly Today => Instants.DateIn(NowUtc);
    public IReadOnlyList<OpenPeriod> Open { get; private set; } = [];
    public IReadOnlyList<Standard> Standards { get; private set; } = [];
    public IReadOnlyList<Body> Bodies { get; private set; } = [];
    public Section Late { get; private set; } = Section.None;
    public Section Near { get; private set; } = Section.None;
    public Section Blocked { get; private set; } = Section.None;
    public Section Mine { get; private set; } = Section.None;
    public IReadOnlyList<(string WorkItem, LocalizedText Title, int Count)> Undisposed { get; private set; } = [];
    public int UndisposedCount { get; private set; }
    public int Requests { get; private set; }

    public async Task OnGetAsync(CancellationToken stop)
    {
        NowUtc = clock.UtcNow();
        Open = await visible.Consultations.Where(period => !period.IsClosed && period.ClosesAtUtc >= NowUtc).OrderBy(period => period.ClosesAtUtc).ThenBy(period => period.Number)
            .Join(visible.WorkItems, period => period.WorkItemId, item => item.Id, (period, item) => new OpenPeriod(
                period.Code, item.Code, item.Title, period.ClosesOn, period.Zone, period.ClosesAtUtc, visible.CommentedConsultations.Count(commented => commented == period.Id), item.IsDemo))
            .InThisOrder().Take(Shown).ToListAsync(stop);
        if (me.IsSignedIn) await ReadDutiesAsync(stop);
        else await ReadPublicAsync(stop);
    }

    private async Task ReadPublicAsync(CancellationToken stop)
    {
        var standards = WorkItemLines.All(visible).Where(row => row.Item.StandardNumber != null && (row.Track.End == null || row.Track.End == TrackEnd.Finished));
        Standards = await ReadStandardsAsync(standards.Where(row => row.Item.IssuedOn != null).OrderByDescending(row => row.Item.IssuedOn).ThenByDescending(row => row.Item.SortKey), Shown, stop);
        // Of those without a day of issue only as many as there is room for: sorted behind the others they would all be looked at.
        if (Standards.Count < Shown)
            Standards = [.. Standards, .. await ReadStandardsAsync(standards.Where(row => row.Item.IssuedOn == null).OrderByDescending(row => row.Item.SortKey), Shown - Standards.Count, stop)];
        var today = Today;
        Bodies = await visible.Committees
            .Where(committee => committee.Kind != CommitteeKind.International && committee.Status == CommitteeStatus.Active && committee.Kind != CommitteeKind.WorkingGroup && committee.Kind != CommitteeKind.ResearchGroup)
            .OrderBy(committee => committee.Designation)
            .Select(committee => new Body(committee.Code, committee.Designation, committee.Name, committee.Kind,
                visible.Organizations.Where(known => known.Id == committee.SecretariatId).Select(known => known.Name).FirstOrDefault(),
                visible.Memberships.Count(held => held.CommitteeId == committee.Id && held.From <= today && (held.To == null || held.To >= today))))
            .Take(20).ToListAsync(stop);
    }

    private static async Task<IReadOnlyList<Standard>> ReadStandardsAsync(IQueryable<WorkItemRow> rows, int most, CancellationToken stop) => await rows
        .Select(row => new Standard(row.Item.Code, row.Item.DoubleNumber ?? row.Item.StandardNumber!, row.Item.Title, row.Item.InForceOn, row.Item.ImportedStatus, row.Item.IsDemo)).InThisOrder().Take(most).ToListAsync(stop);

    private async Task ReadDutiesAsync(CancellationToken stop)
    {
        IsSecretariat = me.MaySomewhere(Permission.Advance);
        Mine = await ReadAsync(Duties.Led(visible, me), _ => true, stop);

        var ours = Duties.Where(IsSecretariat ? Permission.Advance : Permission.View, visible, me);
        var (now, soon) = (NowUtc, NowUtc.AddDays(WorkItemFilter.NearDays));
        Late = await ReadAsync(ours, track => track.DeadlineKey < now, stop);
        Near = await ReadAsync(ours, track => track.DeadlineKey >= now && track.DeadlineKey < soon, stop);
        if (!IsSecretariat) return;
        Requests = await RequestLines.CountWaitingAsync(visible, me, Paging.OverviewTo, stop);

        // What is late or near stands above already.
        Blocked = await ReadAsync(ours, track => track.IsBlocked && track.DeadlineKey >= soon, stop);
        var mine = ours.All();
        var open =
            from comment in visible.Comments
            where comment.Disposition == null
            join period in visible.Consultations on comment.ConsultationId equals period.Id
            join row in mine on period.WorkItemId equals row.Item.Id
            select comment.Id;
        UndisposedCount = await open.InThisOrder().Take(Paging.OverviewTo + 1).CountAsync(stop);
        if (UndisposedCount == 0) return;
        var periods = (
            from period in visible.Consultations
            where visible.Comments.Any(comment => comment.ConsultationId == period.Id && comment.Disposition == null)
            join row in mine on period.WorkItemId equals row.Item.Id
            orderby period.Number
            select new { row.Item.Code, row.Item.Title, Count = visible.Comments.Count(comment => comment.ConsultationId == period.Id && comment.Disposition == null) }).Take(Shown);
        Undisposed = [.. (await (UndisposedCount > Paging.OverviewTo ? periods.InThisOrder() : periods).ToListAsync(stop)).Select(period => (period.Code, period.Title, period.Count))];
    }

    private async Task<Section> ReadAsync(Duties duties, Expression<Func<Track, bool>> such, CancellationToken stop)
    {
        var (lines, count) = await duties.ReadAsync(such, WorkItemLines.Select, Shown, stop);
        return count == 0 ? Section.None : new Section(await WorkItemLines.CompleteAsync(lines, visible, processes, NowUtc, stop), count);
    }
}
