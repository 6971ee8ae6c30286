using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Consultations;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Localization;
using StdWorkflow.Web.Mail;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Consultations;

/// <summary>One comment as the form holds it. Its rules stand on <see cref="Comment"/>.</summary>
public sealed record CommentEntry
{
    public string? Clause { get; init; }
    public CommentType Type { get; init; } = CommentType.Technical;
    public string? Text { get; init; }
    public string? ProposedChange { get; init; }

    public bool IsBlank => string.IsNullOrWhiteSpace(Clause) && string.IsNullOrWhiteSpace(Text) && string.IsNullOrWhiteSpace(ProposedChange);
}

/// <summary>Sends comments in; answers the number of the receipt.</summary>
/// <param name="Number">Which comment period.</param>
/// <param name="Comments">What is said; blank ones are left out.</param>
/// <param name="Name">Who says it, or null.</param>
/// <param name="Organization">For which organisation, or null.</param>
/// <param name="Email">Where the receipt goes, or null.</param>
/// <param name="MayPublishName">Whether the name may be published.</param>
/// <param name="Remark">A field that people do not see; only programs that fill in everything put something there.</param>
public sealed record SubmitComments(
    string Number,
    [property: Each] IReadOnlyList<CommentEntry> Comments,
    [property: Line(Limits.Name)] string? Name,
    [property: Line(Limits.Name)] string? Organization,
    [property: Line(254), EmailAddress] string? Email,
    bool MayPublishName,
    string? Remark) : ICommand<string>
{
    /// <summary>How many comments one form takes.</summary>
    public const int Most = 20;

    public Permission Needs => Permission.None;
    public Scope Scope => Scope.Anyone;
}

internal sealed class SubmitCommentsHandler(AppDbContext db, CurrentUser me, Outgoing mail, TimeProvider clock) : ICommandHandler<SubmitComments, string>
{
    public async Task<Result<string>> Handle(SubmitComments command, CancellationToken stop)
    {
        // Not tracked: whoever comments never waits for the chain of the period or of its work item.
        var found = await (
            from period in db.Consultations.AsNoTracking()
            join item in db.WorkItems.AsNoTracking() on period.WorkItemId equals item.Id
            where period.Code == command.Number
            select new { Period = period, item.IsPublic, item.CommitteeId }).SingleOrDefaultAsync(stop);
        if (found is null || !(found.IsPublic || me.May(Permission.View, found.CommitteeId))) return Problem.NotFound(command.Number);
        if (!string.IsNullOrEmpty(command.Remark)) return Problem.Of("consultation.trap");

        var now = clock.UtcNow();
        var named = !string.IsNullOrWhiteSpace(command.Name);
        var received = Submission.Receive(
            found.Period, ReceiptNumbers.New(now), SubmissionChannel.Web, command.Name, command.Organization, command.Email, named && command.MayPublishName, me.Person, now, isDemo: false);
        if (!received.IsOk) return Result<string>.Fail(received.Problems);

        var typed = command.Comments.Select((entry, at) => (Entry: entry, At: at)).Where(one => !one.Entry.IsBlank).ToList();
        if (typed.Count == 0) return Problem.On($"{nameof(command.Comments)}[0].{nameof(CommentEntry.Text)}", "comment.textMissing");
        if (typed.Count > SubmitComments.Most) return Problem.On(nameof(command.Comments), "consultation.tooManyComments", SubmitComments.Most, typed.Count);

        var problems = new List<Problem>();
        var comments = new List<Comment>();
        foreach (var (entry, at) in typed)
        {
            var made = Comment.Make(received.Value, comments.Count + 1, entry.Clause, entry.Type, entry.Text, entry.ProposedChange);
            if (made.IsOk) comments.Add(made.Value);
            else problems.AddRange(made.Problems.Select(problem => problem with { Field = $"{nameof(command.Comments)}[{at}].{problem.Field}" }));
        }

        if (problems.Count > 0) return Result<string>.Fail(problems);

        var submission = received.Value;
        db.Submissions.Add(submission);
        db.Comments.AddRange(comments);
        if (submission.SenderEmail is { } address) mail.ToAddress(submission.Receipt, address, Reader.Language, new SubmissionReceipt(submission.Id));
        return submission.Receipt;
    }
}

/// <summary>Receipt numbers that cannot be guessed: whoever holds one may see what was sent.</summary>
internal static class ReceiptNumbers
{
    // Without 0, 1, I and O, so that a number can be read out and typed in again: 32 letters, 50 bits in ten of them.
    private const string Letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    public static string New(DateTime now) =>
        string.Create(CultureInfo.InvariantCulture, $"R-{Instants.DateIn(now):yyyyMMdd}-{RandomNumberGenerator.GetString(Letters, 10)}");
}
