using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Consultations;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Api;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Consultations;

/// <summary>Comment periods and comments for programs.</summary>
internal static class ConsultationApi
{
    public sealed record Filter
    {
        [Description("true: open now; false: over.")]
        public bool? Open { get; init; }
    }

    public sealed record CommentFilter
    {
        [Description("Number of a comment period.")]
        public string? Consultation { get; init; }

        [Description("true: has a disposition; false: waits for one.")]
        public bool? Disposed { get; init; }
    }

    public sealed record Line(string Code, string WorkItem, LocalizedText Title, DateOnly OpensOn, DateOnly ClosesOn, string Zone, DateTime ClosesAt, bool IsClosed, int Comments, bool IsDemo, int Version, DateTime Updated)
    {
        internal int Number { get; init; }
    }

    public sealed record CommentLine(
        string Consultation, string Receipt, int Ordinal, string? Clause, CommentType Type, string Text, string? ProposedChange, Disposition? Disposition, string? DispositionReason,
        string? Sender, string? SenderOrganization, DateTime Received, int Version, DateTime Updated)
    {
        internal Guid Id { get; init; }
        internal int Number { get; init; }
        internal DateTime ClosesAt { get; init; }
    }

    /// <summary>A comment with the period that it came in.</summary>
    public sealed record CommentRow
    {
        public required Comment Comment { get; init; }
        public required Consultation Period { get; init; }
    }

    public sealed record SubmitBody(IReadOnlyList<CommentEntry> Comments, string? Name, string? Organization, string? Email, bool MayPublishName);
    public sealed record DisposeBody(Disposition? Disposition, string? Reason);
    public sealed record LengthenBody(DateOnly? To, string? Reason);
    public sealed record EndBody(string? Reason);
    public sealed record Submitted(string Receipt);
    public sealed record ReceiptComment(int Ordinal, string? Clause, CommentType Type, string Text, string? ProposedChange, Disposition? Disposition, string? DispositionReason, DateTime? Disposed);
    public sealed record ReceiptNow(string Receipt, string Consultation, DateTime Received, IReadOnlyList<ReceiptComment> Comments);

    private static readonly IReadOnlyList<ListOrder<Consultation, Line>> Orders =
    [
        .. ListOrder<Consultation, Line>.Both("code", period => period.Number, line => line.Number, period => period.Number, line => line.Number),
        .. ListOrder<Consultation, Line>.Both("updated", period => period.ChangedAtUtc, line => line.Updated, period => period.Number, line => line.Number),
        .. ListOrder<Consultation, Line>.Both("deadline", period => period.ClosesAtUtc, line => line.ClosesAt, period => period.Number, line => line.Number),
    ];

    private static readonly IReadOnlyList<ListOrder<CommentRow, CommentLine>> CommentOrders =
    [
        .. ListOrder<CommentRow, CommentLine>.Both("updated", row => row.Comment.ChangedAtUtc, line => line.Updated, row => row.Comment.Id, line => line.Id).Reverse(),
        .. ListOrder<CommentRow, CommentLine>.Both("code", row => row.Period.Number, line => line.Number, row => row.Comment.Id, line => line.Id),
        .. ListOrder<CommentRow, CommentLine>.Both(
            "deadline", OrderKey<CommentRow, CommentLine>.Of(row => row.Period.ClosesAtUtc, line => line.ClosesAt), OrderKey<CommentRow, CommentLine>.Of(row => row.Period.Number, line => line.Number),
            OrderKey<CommentRow, CommentLine>.Of(row => row.Comment.Id, line => line.Id)),
    ];

    public static void Map(RouteGroupBuilder api)
    {
        var periods = api.MapGroup("/consultations").WithTags("Public comment");
        periods.MapGet("", ListAsync).WithOrders(Lists.NamesOf(Orders)).WithSummary("Lists comment periods.").Produces<ListAnswer<Line>>();
        periods.MapGet("/{number}", ShowAsync).WithSummary("Shows a comment period.").Produces<Line>();
        periods.MapPost("/{number}/submissions", SubmitAsync).WithMetadata(new ApiSetup.ForVisitors()).RequireRateLimiting(RateLimits.Comments)
            .WithSummary("Sends comments in; needs no token.").Produces<Submitted>(StatusCodes.Status201Created);
        periods.MapPost("/{number}/lengthen", LengthenAsync).WithSummary("Moves the last day to a later one.").Produces(StatusCodes.Status204NoContent);
        periods.MapPost("/{number}/end", EndAsync).WithSummary("Ends a comment period before its last day.").Produces(StatusCodes.Status204NoContent);

        var comments = api.MapGroup("/comments").WithTags("Public comment");
        comments.MapGet("", ListCommentsAsync).RequirePerson().WithOrders(Lists.NamesOf(CommentOrders)).WithSummary("Lists comments that the asker works on or has sent in; by code and last day of their period.").Produces<ListAnswer<CommentLine>>();
        comments.MapGet("/{receipt}", ShowReceiptAsync).WithSummary("Shows what was sent in under a receipt, and what became of it; whoever has the receipt may see it.").Produces<ReceiptNow>();
        comments.MapPost("/{receipt}/{ordinal:int}/dispose", DisposeAsync).WithSummary("Gives a comment its disposition (处理意见).").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync([AsParameters] Filter filter, [AsParameters] ListQuery asked, Visible visible, Lists lists, ApiCall call, TimeProvider clock, CancellationToken stop)
    {
        return call.Answer(await lists.ReadAsync(asked, filter, Orders, Find(filter, visible, clock.UtcNow()), rows => Select(rows, visible), stop));
    }

    private static async Task<IResult> ShowAsync(string number, Visible visible, ApiCall call, TimeProvider clock, CancellationToken stop) =>
        await Select(Find(new Filter(), visible, clock.UtcNow()).Where(period => period.Code == number), visible).SingleOrDefaultAsync(stop) is { } found ? call.Show(found, found.Version) : call.NotFound(number);

    private static async Task<IResult> ShowReceiptAsync(string receipt, Visible visible, ApiCall call, CancellationToken stop)
    {
        var asked = receipt.Trim().ToUpperInvariant();
        var sent = await visible.SubmissionOf(asked)
            .Select(known => new { Period = visible.Consultations.Where(period => period.Id == known.ConsultationId).Select(period => period.Code).First(), known.ReceivedAtUtc }).SingleOrDefaultAsync(stop);
        return sent is null ? call.NotFound(receipt) : TypedResults.Ok(new ReceiptNow(asked, sent.Period, sent.ReceivedAtUtc, await visible.CommentsOf(asked).OrderBy(comment => comment.Ordinal)
            .Select(comment => new ReceiptComment(comment.Ordinal, comment.Clause, comment.Type, comment.Text, comment.ProposedChange, comment.Disposition, comment.DispositionReason, comment.DisposedAtUtc)).ToListAsync(stop)));
    }

    /// <summary>What the filter leaves.</summary>
    internal static IQueryable<Consultation> Find(Filter filter, Visible visible, DateTime nowUtc)
    {
        var found = visible.Consultations.Where(period => visible.WorkItems.Any(item => item.Id == period.WorkItemId));
        if (filter.Open is true) found = found.Where(period => !period.IsClosed && period.ClosesAtUtc >= nowUtc);
        if (filter.Open is false) found = found.Where(period => period.IsClosed || period.ClosesAtUtc < nowUtc);
        return found;
    }

    /// <summary>The columns of a line.</summary>
    internal static IQueryable<Line> Select(IQueryable<Consultation> rows, Visible visible) =>
        from period in rows
        join item in visible.WorkItems on period.WorkItemId equals item.Id
        select new Line(
            period.Code, item.Code, new LocalizedText(item.Title.Zh, item.Title.En), period.OpensOn, period.ClosesOn, period.Zone, period.ClosesAtUtc, period.IsClosed,
            visible.CommentedConsultations.Count(commented => commented == period.Id), period.IsDemo, period.Version, period.ChangedAtUtc)
        { Number = period.Number };

    /// <summary>What the filter leaves of the comments that the asker may see.</summary>
    internal static IQueryable<CommentRow> FindComments(CommentFilter filter, Visible visible, bool byPeriod = false)
    {
        var found = byPeriod || filter.Consultation is not null
            ? from period in visible.Consultations join comment in visible.Comments on period.Id equals comment.ConsultationId select new CommentRow { Comment = comment, Period = period }
            : from comment in visible.Comments join period in visible.Consultations on comment.ConsultationId equals period.Id select new CommentRow { Comment = comment, Period = period };
        if (filter.Consultation is { } code) found = found.Where(row => row.Period.Code == code);
        if (filter.Disposed is { } disposed) found = found.Where(row => row.Comment.Disposition != null == disposed);
        return found;
    }

    internal sealed record SentComment
    {
        public required Comment Comment { get; init; }
        public required Submission Sent { get; init; }
        public required string Consultation { get; init; }
        public required int Number { get; init; }
        public required DateTime ClosesAt { get; init; }
        public required string? Sender { get; init; }
    }

    /// <summary>Comments with what they came with. A person's name only with consent, for those who answer them, and for the person (PIPL art. 25, source S04).</summary>
    internal static IQueryable<SentComment> Named(IQueryable<CommentRow> rows, Visible visible, CurrentUser me)
    {
        var (everywhere, mine, myself) = (me.MayEverywhere(Permission.Dispose), me.CommitteesWhereMay(Permission.Dispose), me.Person);
        return from row in rows
               join sent in visible.Submissions on row.Comment.SubmissionId equals sent.Id
               select new SentComment
               {
                   Comment = row.Comment,
                   Sent = sent,
                   Consultation = row.Period.Code,
                   Number = row.Period.Number,
                   ClosesAt = row.Period.ClosesAtUtc,
                   Sender = everywhere || sent.MayPublishName || (sent.PersonId != null && sent.PersonId == myself)
                       || visible.WorkItems.Any(item => item.Id == row.Period.WorkItemId && item.CommitteeId != null && mine.Contains(item.CommitteeId.Value)) ? sent.SenderName : null,
               };
    }

    private static async Task<IResult> ListCommentsAsync(
        [AsParameters] CommentFilter filter, [AsParameters] ListQuery asked, Visible visible, CurrentUser me, Lists lists, ApiCall call, CancellationToken stop) =>
        call.Answer(await lists.ReadAsync(asked, filter, CommentOrders, FindComments(filter, visible, byPeriod: asked.Sort is "code" or "-code" or "deadline" or "-deadline"), rows =>
            from row in Named(rows, visible, me)
            select new CommentLine(
                row.Consultation, row.Sent.Receipt, row.Comment.Ordinal, row.Comment.Clause, row.Comment.Type, row.Comment.Text, row.Comment.ProposedChange, row.Comment.Disposition, row.Comment.DispositionReason,
                row.Sender, row.Sent.SenderOrganization, row.Sent.ReceivedAtUtc, row.Comment.Version, row.Comment.ChangedAtUtc)
            { Id = row.Comment.Id, Number = row.Number, ClosesAt = row.ClosesAt }, stop));

    private static Task<IResult> SubmitAsync(string number, SubmitBody body, ApiCall call) =>
        call.RunAsync(
            new SubmitComments(number, body.Comments, body.Name, body.Organization, body.Email, body.MayPublishName, null),
            receipt => Task.FromResult<IResult>(TypedResults.Created(ConsultationLinks.Receipt(receipt), new Submitted(receipt))));

    private static Task<IResult> LengthenAsync(string number, LengthenBody body, ApiCall call) =>
        call.RunSeenAsync(seen => new LengthenConsultation(number, body.To, body.Reason, seen), Nothing);

    private static Task<IResult> EndAsync(string number, EndBody body, ApiCall call) =>
        call.RunSeenAsync(seen => new EndConsultation(number, body.Reason, seen), Nothing);

    private static Task<IResult> DisposeAsync(string receipt, int ordinal, DisposeBody body, ApiCall call) =>
        call.RunSeenAsync(seen => new DisposeComment(receipt, ordinal, body.Disposition, body.Reason, seen), Nothing);

    private static Task<IResult> Nothing(Done done) => Task.FromResult<IResult>(TypedResults.NoContent());
}
