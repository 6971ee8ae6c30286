using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Consultations;
using StdWorkflow.Domain.Deadlines;

namespace StdWorkflow.Domain.Tests.Consultations;

public class ConsultationTests
{
    private static readonly DateOnly LastDay = new(2026, 12, 14);
    private static readonly DateTime LastInstant = new DateTime(2026, 12, 14, 16, 0, 0, DateTimeKind.Utc).AddMicroseconds(-1);
    private static readonly DateTime Before = new(2026, 11, 23, 1, 0, 0, DateTimeKind.Utc);

    private static Consultation Period() =>
        Consultation.Open(1007, Guid.NewGuid(), Guid.NewGuid(), 1, new DateOnly(2026, 10, 15), LastDay, Instants.China, Instants.EndOf(LastDay), isDemo: false);

    private static Result<Submission> Send(Consultation period, DateTime at) =>
        Submission.Receive(period, "R-20261123-ABCDEFGHJK", SubmissionChannel.Web, " 王小明 ", "", null, mayPublishName: false, person: null, at, isDemo: false);

    private static Comment Said(string text = "意见") => Comment.Make(Send(Period(), Before).Value, 1, null, CommentType.General, text, null).Value;

    [Fact]
    public void The_last_instant_of_the_last_day_is_in_time_and_the_next_is_not()
    {
        Assert.True(Send(Period(), LastInstant).IsOk);

        var late = Send(Period(), LastInstant.AddMicroseconds(1));

        Assert.Equal("consultation.closed", late.Problem.Code);
        Assert.Equal(LastDay, late.Problem.Arguments[0]);
    }

    [Fact]
    public void A_period_that_was_ended_early_takes_nothing_more()
    {
        var period = Period();

        Assert.True(period.Close(Before, "草案撤回").IsOk);

        Assert.Equal("consultation.endedEarly", Send(period, Before).Problem.Code);
        Assert.Equal("草案撤回", Assert.IsType<ConsultationClosed>(period.RaisedEvents[^1]).Reason);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void Ending_early_needs_a_reason(string? reason)
    {
        var period = Period();

        Assert.Equal("consultation.stillOpen", period.Close(LastInstant, reason).Problem.Code);
        Assert.False(period.IsClosed);
        Assert.True(period.Close(LastInstant.AddMicroseconds(1), reason).IsOk);
    }

    [Fact]
    public void A_lengthened_period_is_open_until_its_new_last_day()
    {
        var period = Period();
        var later = LastDay.AddDays(10);

        period.Lengthen(later, Instants.EndOf(later), "应多个单位要求");

        Assert.True(period.IsOpen(LastInstant.AddDays(10)));
        Assert.False(period.IsOpen(LastInstant.AddDays(10).AddMicroseconds(1)));
        Assert.Equal((LastDay, later), period.RaisedEvents.OfType<ConsultationLengthened>().Select(moved => (moved.From, moved.To)).Single());
    }

    [Fact]
    public void What_was_left_empty_is_not_kept_as_an_empty_text()
    {
        var sent = Send(Period(), Before).Value;

        Assert.Equal(("王小明", null, null), (sent.SenderName, sent.SenderOrganization, sent.SenderEmail));
    }

    [Theory]
    [InlineData(Limits.LongText, true)]
    [InlineData(Limits.LongText + 1, false)]
    public void A_comment_may_be_as_long_as_its_column(int length, bool fits)
    {
        var sent = Send(Period(), Before).Value;

        Assert.Equal(fits, Comment.Make(sent, 1, null, CommentType.Technical, new string('长', length), null).IsOk);
        Assert.Equal(fits, Comment.Make(sent, 1, null, CommentType.Technical, "意见", new string('长', length)).IsOk);
    }

    [Fact]
    public void Line_ends_count_once_as_they_were_typed()
    {
        var lines = string.Concat(Enumerable.Repeat("字\r\n", Limits.LongText / 2 - 1)) + "字字";

        var comment = Said(lines);

        Assert.Equal(Limits.LongText, comment.Text.Length);
        Assert.DoesNotContain('\r', comment.Text);
    }

    [Theory]
    [InlineData("\u0000")]
    [InlineData("\u0007")]
    [InlineData("\u001b[31m")]
    public void Control_characters_are_refused_in_every_field(string bad)
    {
        var sent = Send(Period(), Before).Value;

        var made = Comment.Make(sent, 1, $"5{bad}1", CommentType.Technical, $"意{bad}见", $"改{bad}为");

        Assert.All(made.Problems, problem => Assert.Equal("comment.controlCharacters", problem.Code));
        Assert.Equal(["Clause", "Text", "ProposedChange"], made.Problems.Select(problem => problem.Field));
    }

    [Theory]
    [InlineData(Disposition.Accepted, false)]
    [InlineData(Disposition.Noted, false)]
    [InlineData(Disposition.PartlyAccepted, true)]
    [InlineData(Disposition.NotAccepted, true)]
    public void What_is_not_wholly_accepted_needs_a_reason(Disposition disposition, bool needsReason)
    {
        Assert.Equal(!needsReason, Said().Dispose(disposition, "  ", null, Before).IsOk);
        Assert.True(Said().Dispose(disposition, "与第 3 章一致", null, Before).IsOk);
    }

    [Fact]
    public void The_same_disposition_again_is_no_news()
    {
        var comment = Said();
        comment.Dispose(Disposition.NotAccepted, "超出范围", null, Before);
        var events = comment.RaisedEvents.Count;

        comment.Dispose(Disposition.NotAccepted, " 超出范围 ", null, Before.AddDays(1));

        Assert.Equal(events, comment.RaisedEvents.Count);
        Assert.Equal(Before, comment.DisposedAtUtc);
    }
}
