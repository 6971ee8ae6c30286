using System.Globalization;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;

namespace StdWorkflow.Domain.Consultations;

/// <summary>征求意见: a period in which the public may comment on a work item's draft.</summary>
public sealed class Consultation : Aggregate, IDemoMarked
{
    private Consultation() { }

    /// <summary>Running number.</summary>
    public int Number { get; private set; }

    /// <summary>Stable code, <c>c-1007</c>.</summary>
    public string Code { get; private set; } = "";

    /// <summary>The work item.</summary>
    public Guid WorkItemId { get; private set; }

    /// <summary>The track whose stage opened it.</summary>
    public Guid TrackId { get; private set; }

    /// <summary>Number of the stay in the stage that opened it.</summary>
    public int SpanOrdinal { get; private set; }

    /// <summary>First day, in <see cref="Zone"/>.</summary>
    public DateOnly OpensOn { get; private set; }

    /// <summary>Last day, included, in <see cref="Zone"/>.</summary>
    public DateOnly ClosesOn { get; private set; }

    /// <summary>IANA name of the zone.</summary>
    public string Zone { get; private set; } = "";

    /// <summary>The last instant at which a comment is in time (UTC).</summary>
    public DateTime ClosesAtUtc { get; private set; }

    /// <summary>True once its end was noted, or it was ended early.</summary>
    public bool IsClosed { get; private set; }

    /// <inheritdoc/>
    public bool IsDemo { get; private set; }

    /// <summary>The code of a running number.</summary>
    public static string CodeOf(int number) => string.Create(CultureInfo.InvariantCulture, $"c-{number}");

    /// <summary>Opens a comment period until a deadline.</summary>
    public static Consultation Open(int number, Guid workItem, Guid track, int spanOrdinal, DateOnly opensOn, DateOnly closesOn, string zone, DateTime closesAtUtc, bool isDemo)
    {
        var consultation = new Consultation
        {
            Number = number,
            Code = CodeOf(number),
            WorkItemId = workItem,
            TrackId = track,
            SpanOrdinal = spanOrdinal,
            OpensOn = opensOn,
            ClosesOn = closesOn,
            Zone = zone,
            ClosesAtUtc = closesAtUtc,
            IsDemo = isDemo,
        };
        consultation.Raise(new ConsultationOpened(consultation.Code, workItem, opensOn, closesOn) { OccurredAt = Instants.StartOf(opensOn, zone) });
        return consultation;
    }

    /// <summary>True while comments are in time.</summary>
    public bool IsOpen(DateTime nowUtc) => !IsClosed && nowUtc <= ClosesAtUtc;

    /// <summary>Notes that the period is over, or ends it early with a reason.</summary>
    public Result<Consultation> Close(DateTime nowUtc, string? reason)
    {
        if (IsClosed) return this;
        if (nowUtc <= ClosesAtUtc && string.IsNullOrWhiteSpace(reason)) return Problem.On("Reason", "consultation.stillOpen", ClosesOn);
        IsClosed = true;
        Raise(new ConsultationClosed(Code, WorkItemId) { Reason = reason, OccurredAt = nowUtc });
        return this;
    }

    /// <summary>The step that opened it was undone. Nobody may have commented; the caller sees to that.</summary>
    public void Withdraw(DateTime nowUtc)
    {
        IsClosed = true;
        Raise(new ConsultationWithdrawn(Code, WorkItemId) { OccurredAt = nowUtc });
    }

    /// <summary>The step that ended it before its last day was undone: comments are in time again.</summary>
    public void Reopen(DateTime nowUtc)
    {
        IsClosed = false;
        Raise(new ConsultationReopened(Code, WorkItemId) { OccurredAt = nowUtc });
    }

    /// <summary>Moves the last day to a later one.</summary>
    public void Lengthen(DateOnly closesOn, DateTime closesAtUtc, string reason)
    {
        var before = ClosesOn;
        (ClosesOn, ClosesAtUtc) = (closesOn, closesAtUtc);
        Raise(new ConsultationLengthened(Code, before, closesOn) { Reason = reason });
    }
}

/// <summary>How a submission came in.</summary>
public enum SubmissionChannel
{
    /// <summary>The form on the web page.</summary>
    Web,

    /// <summary>Mail.</summary>
    Email,

    /// <summary>The Word or Excel form.</summary>
    Form,
}

/// <summary>提交件: what one sender sent at once: one or more comments, answered with one receipt.</summary>
public sealed class Submission : Aggregate, IDemoMarked
{
    private Submission() { }

    /// <summary>Receipt number that the sender keeps; not guessable.</summary>
    public string Receipt { get; private set; } = "";

    /// <summary>The consultation.</summary>
    public Guid ConsultationId { get; private set; }

    /// <summary>How it came in.</summary>
    public SubmissionChannel Channel { get; private set; }

    /// <summary>The sender's name, or null.</summary>
    public string? SenderName { get; private set; }

    /// <summary>The sender's organisation, or null.</summary>
    public string? SenderOrganization { get; private set; }

    /// <summary>Address for the answer, or null.</summary>
    public string? SenderEmail { get; private set; }

    /// <summary>True when the sender's name may be published (PIPL art. 25, source S04).</summary>
    public bool MayPublishName { get; private set; }

    /// <summary>The signed-in person who sent it, or null.</summary>
    public Guid? PersonId { get; private set; }

    /// <summary>When it was received (UTC).</summary>
    public DateTime ReceivedAtUtc { get; private set; }

    /// <inheritdoc/>
    public bool IsDemo { get; private set; }

    /// <summary>Receives a submission; refuses it when the period is over.</summary>
    public static Result<Submission> Receive(
        Consultation consultation, string receipt, SubmissionChannel channel, string? name, string? organization, string? email, bool mayPublishName, Guid? person, DateTime nowUtc, bool isDemo)
    {
        if (!consultation.IsOpen(nowUtc)) return nowUtc <= consultation.ClosesAtUtc ? Problem.Of("consultation.endedEarly") : Problem.Of("consultation.closed", consultation.ClosesOn);
        var submission = new Submission
        {
            Receipt = receipt,
            ConsultationId = consultation.Id,
            Channel = channel,
            SenderName = Trim(name),
            SenderOrganization = Trim(organization),
            SenderEmail = Trim(email),
            MayPublishName = mayPublishName,
            PersonId = person,
            ReceivedAtUtc = nowUtc,
            IsDemo = isDemo,
        };
        submission.Raise(new SubmissionReceived(receipt, consultation.Code, channel) { OccurredAt = nowUtc });
        return submission;
    }

    private static string? Trim(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>Type of a comment, as in the ISO/IEC commenting form (source S63).</summary>
public enum CommentType
{
    /// <summary>ge: general.</summary>
    General,

    /// <summary>te: technical.</summary>
    Technical,

    /// <summary>ed: editorial.</summary>
    Editorial,
}

/// <summary>处理意见.</summary>
public enum Disposition
{
    /// <summary>采纳.</summary>
    Accepted,

    /// <summary>部分采纳; needs a reason.</summary>
    PartlyAccepted,

    /// <summary>不采纳; needs a reason.</summary>
    NotAccepted,

    /// <summary>Taken note of; asks for no change.</summary>
    Noted,
}

/// <summary>意见: one remark on one place of a draft. It never points at a work item.</summary>
public sealed class Comment : Aggregate, IDemoMarked
{
    private Comment() { }

    /// <summary>The submission that it came in.</summary>
    public Guid SubmissionId { get; private set; }

    /// <summary>The consultation.</summary>
    public Guid ConsultationId { get; private set; }

    /// <summary>Place within the submission, from 1.</summary>
    public int Ordinal { get; private set; }

    /// <summary>Clause, or null for the whole document.</summary>
    public string? Clause { get; private set; }

    /// <summary>Its type.</summary>
    public CommentType Type { get; private set; }

    /// <summary>What is said.</summary>
    public string Text { get; private set; } = "";

    /// <summary>修改建议, or null.</summary>
    public string? ProposedChange { get; private set; }

    /// <summary>What was decided, or null.</summary>
    public Disposition? Disposition { get; private set; }

    /// <summary>Why.</summary>
    public string? DispositionReason { get; private set; }

    /// <summary>Who decided, or null.</summary>
    public Guid? DisposedById { get; private set; }

    /// <summary>When it was decided (UTC).</summary>
    public DateTime? DisposedAtUtc { get; private set; }

    /// <inheritdoc/>
    public bool IsDemo { get; private set; }

    /// <summary>Makes a comment of a submission; refuses an empty one, one that is too long, and control characters.</summary>
    public static Result<Comment> Make(Submission submission, int ordinal, string? clause, CommentType type, string? text, string? proposedChange)
    {
        var (place, said, wished) = (Tidy(clause), Tidy(text), Tidy(proposedChange));
        var problems = new List<Problem>();
        if (said is null) problems.Add(Problem.On(nameof(Text), "comment.textMissing"));
        Check(nameof(Clause), place, Limits.Code);
        Check(nameof(Text), said, Limits.LongText);
        Check(nameof(ProposedChange), wished, Limits.LongText);
        if (problems.Count > 0) return Result<Comment>.Fail(problems);
        var comment = new Comment
        {
            SubmissionId = submission.Id,
            ConsultationId = submission.ConsultationId,
            Ordinal = ordinal,
            Clause = place,
            Type = type,
            Text = said!,
            ProposedChange = wished,
            IsDemo = submission.IsDemo,
        };
        comment.Raise(new CommentReceived(submission.Receipt, ordinal) { OccurredAt = submission.ReceivedAtUtc });
        return comment;

        void Check(string field, string? typed, int most)
        {
            if (typed is null) return;
            if (typed.Length > most) problems.Add(Problem.On(field, "comment.tooLong", most, typed.Length));
            else if (typed.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\t'))) problems.Add(Problem.On(field, "comment.controlCharacters"));
        }
    }

    /// <summary>Decides; a comment that is not wholly accepted needs a reason (source S64, S69).</summary>
    public Result<Comment> Dispose(Disposition disposition, string? reason, Guid? by, DateTime nowUtc)
    {
        var why = Tidy(reason);
        if (disposition is Consultations.Disposition.PartlyAccepted or Consultations.Disposition.NotAccepted && why is null)
            return Problem.On("Reason", "comment.reasonRequired");
        if (Disposition == disposition && DispositionReason == why) return this;
        (Disposition, DispositionReason, DisposedById, DisposedAtUtc) = (disposition, why, by, nowUtc);
        Raise(new CommentDisposed(disposition) { Reason = why, OccurredAt = nowUtc });
        return this;
    }

    // A browser sends every line end as two characters, which nobody typed.
    private static string? Tidy(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.ReplaceLineEndings("\n").Trim();
}

/// <summary>A comment period was opened.</summary>
public sealed record ConsultationOpened(string Code, Guid WorkItem, DateOnly OpensOn, DateOnly ClosesOn) : DomainEvent;

/// <summary>A comment period ended.</summary>
public sealed record ConsultationClosed(string Code, Guid WorkItem) : DomainEvent;

/// <summary>A comment period was taken back, because the step that opened it was undone.</summary>
public sealed record ConsultationWithdrawn(string Code, Guid WorkItem) : DomainEvent;

/// <summary>A comment period runs again, because the step that ended it was undone.</summary>
public sealed record ConsultationReopened(string Code, Guid WorkItem) : DomainEvent;

/// <summary>A comment period got a later last day.</summary>
public sealed record ConsultationLengthened(string Code, DateOnly From, DateOnly To) : DomainEvent;

/// <summary>A submission was received.</summary>
public sealed record SubmissionReceived(string Receipt, string Consultation, SubmissionChannel Channel) : DomainEvent;

/// <summary>A comment was received.</summary>
public sealed record CommentReceived(string Receipt, int Ordinal) : DomainEvent;

/// <summary>A comment got its disposition.</summary>
public sealed record CommentDisposed(Disposition Disposition) : DomainEvent;
