using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using StdWorkflow.Data;
using StdWorkflow.Web.Localization;
using StdWorkflow.Web.Mail;

namespace StdWorkflow.Web.Features.Consultations;

/// <summary>Somebody sent comments in and left an address.</summary>
internal sealed record SubmissionReceipt(Guid Submission);

/// <summary>Sends the number of the receipt to whoever left an address. What was said is on the page, not in the mail.</summary>
internal sealed class SubmissionReceiptMail(AppDbContext db, IStringLocalizer<ConsultationTexts> texts) : IMailOf<SubmissionReceipt>
{
    public async Task<Letter?> WriteAsync(SubmissionReceipt notice, Addressee to, CancellationToken stop)
    {
        var sent = await (
            from submission in db.Submissions.AsNoTracking()
            join period in db.Consultations on submission.ConsultationId equals period.Id
            join item in db.WorkItems on period.WorkItemId equals item.Id
            where submission.Id == notice.Submission
            select new { submission.Receipt, item.Title, Comments = db.Comments.Count(comment => comment.SubmissionId == submission.Id) }).SingleAsync(stop);
        var title = sent.Title.In(Reader.Language);
        return new Letter(texts["ReceiptMail.Subject", sent.Receipt, title], texts["ReceiptMail.Cause"],
            texts["ReceiptMail.Text", title, sent.Comments, sent.Receipt], texts["ReceiptMail.Next"])
        {
            Path = ConsultationLinks.Receipt(sent.Receipt),
        };
    }
}
