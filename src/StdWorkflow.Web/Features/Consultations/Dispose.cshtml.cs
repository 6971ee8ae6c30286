using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Consultations;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Features.Shared;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Consultations;

/// <summary>One comment with its disposition: a form for those who decide, to be read by the others.</summary>
public sealed class DisposeModel(Visible visible, CurrentUser me, UseCases useCases, TimelineReader timeline, TimeProvider clock) : PageModel, IShowsVersion
{
    public sealed record Entry
    {
        public Disposition? Disposition { get; init; }
        public string? Reason { get; init; }
    }

    public Entry Form { get; private set; } = new();
    public string Code { get; private set; } = "";
    public LocalizedText Title { get; private set; } = LocalizedText.Empty;
    public string Period { get; private set; } = "";
    public bool IsPeriodOpen { get; private set; }
    public Submission Sent { get; private set; } = null!;
    public Comment Comment { get; private set; } = null!;
    public bool MayDispose { get; private set; }
    public int SeenVersion { get; private set; }
    public IReadOnlyList<TimelineEntry> History { get; private set; } = [];

    public Task<IActionResult> OnGetAsync(string code, string receipt, int ordinal, CancellationToken stop) => ShowAsync(code, receipt, ordinal, null, stop);

    public async Task<IActionResult> OnPostAsync(string code, string receipt, int ordinal, Entry form, int seenVersion, CancellationToken stop)
    {
        Form = form;
        var result = await useCases.RunAsync(new DisposeComment(receipt, ordinal, form.Disposition, form.Reason, seenVersion), stop);
        if (result.IsOk)
        {
            var period = await visible.SubmissionOf(receipt).Join(visible.Consultations, sent => sent.ConsultationId, known => known.Id, (sent, known) => known.Code).SingleAsync(stop);
            return Redirect($"{WorkItemLinks.Comments(code)}?period={period}#{ConsultationLinks.CommentAnchor(receipt, ordinal)}");
        }

        ModelState.Add(result, nameof(Form));
        return await ShowAsync(code, receipt, ordinal, result.Problem.Code == Problem.ConflictCode ? null : seenVersion, stop);
    }

    private async Task<IActionResult> ShowAsync(string code, string receipt, int ordinal, int? seenVersion, CancellationToken stop)
    {
        var found = await (
            from comment in visible.CommentsOf(receipt)
            join sent in visible.SubmissionOf(receipt) on comment.SubmissionId equals sent.Id
            join period in visible.Consultations on comment.ConsultationId equals period.Id
            join item in visible.WorkItems on period.WorkItemId equals item.Id
            where item.Code == code && comment.Ordinal == ordinal
            select new { Comment = comment, Sent = sent, Period = period, item.Title, item.CommitteeId }).SingleOrDefaultAsync(stop);

        // A stranger may not learn here which receipts there are.
        if (found is null || !me.May(Permission.View, found.CommitteeId)) return NotFound();
        (Code, Title, Period, Sent, Comment) = (code, found.Title, found.Period.Code, found.Sent, found.Comment);
        (SeenVersion, MayDispose, IsPeriodOpen) = (seenVersion ?? Comment.Version, me.May(Permission.Dispose, found.CommitteeId), found.Period.IsOpen(clock.UtcNow()));
        if (!HttpMethods.IsPost(Request.Method)) Form = new Entry { Disposition = Comment.Disposition, Reason = Comment.DispositionReason };
        History = await timeline.ReadAsync(nameof(Domain.Consultations.Comment), Comment.Id, ConsultationSentences.Arguments, stop);
        return Page();
    }
}
