using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Consultations;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Consultations;

/// <summary>What was sent under a receipt, and what became of it. Who holds the number may see it; kept by no cache.</summary>
[ResponseCache(NoStore = true)]
public sealed class ReceiptModel(Visible visible) : PageModel
{
    public sealed record Said(int Ordinal, string? Clause, CommentType Type, string Text, string? ProposedChange, Disposition? Disposition, string? Reason, DateTime? DisposedAtUtc);

    public string? Asked { get; private set; }
    public Submission? Sent { get; private set; }
    public string Period { get; private set; } = "";
    public LocalizedText Title { get; private set; } = LocalizedText.Empty;
    public IReadOnlyList<Said> Comments { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string? receipt, CancellationToken stop)
    {
        Asked = string.IsNullOrWhiteSpace(receipt) || receipt.Length > Limits.Code ? null : receipt.Trim().ToUpperInvariant();
        var isInAddress = RouteData.Values["receipt"] is not null;
        if (Asked is null) return isInAddress ? NotFound() : Page();

        Sent = await visible.SubmissionOf(Asked).SingleOrDefaultAsync(stop);
        // What was typed, or came with a cut link, stays, and the page says that there is none.
        if (Sent is null) return new PageResult { StatusCode = StatusCodes.Status404NotFound };
        if (!isInAddress) return Redirect(ConsultationLinks.Receipt(Asked));

        var consultation = Sent.ConsultationId;
        (Period, var item) = await visible.Consultations.Where(period => period.Id == consultation).Select(period => new ValueTuple<string, Guid>(period.Code, period.WorkItemId)).SingleAsync(stop);
        Title = await visible.WorkItems.Where(known => known.Id == item).Select(known => known.Title).SingleOrDefaultAsync(stop) ?? LocalizedText.Empty;
        Comments = await visible.CommentsOf(Asked).OrderBy(comment => comment.Ordinal)
            .Select(comment => new Said(comment.Ordinal, comment.Clause, comment.Type, comment.Text, comment.ProposedChange, comment.Disposition, comment.DispositionReason, comment.DisposedAtUtc))
            .ToListAsync(stop);
        return Page();
    }
}
