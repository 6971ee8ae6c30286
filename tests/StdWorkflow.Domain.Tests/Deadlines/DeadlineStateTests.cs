using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Domain.Tests.Deadlines;

public class DeadlineStateTests
{
    private static readonly DateTime end = Instants.EndOf(new DateOnly(2026, 8, 16));

    [Theory]
    [InlineData(-40 * 24 * 3600, DeadlineState.OnTime)]
    [InlineData(-14 * 24 * 3600 - 1, DeadlineState.OnTime)]
    [InlineData(-14 * 24 * 3600, DeadlineState.Near)]
    [InlineData(0, DeadlineState.Near)]
    [InlineData(1, DeadlineState.Late)]
    public void A_running_deadline_is_on_time_then_near_then_late(int secondsFromEnd, DeadlineState expected)
    {
        Assert.Equal(expected, DeadlineStates.Of(ClockKind.StageLimit, DeadlineStatus.Running, end, end.AddSeconds(secondsFromEnd), TimeSpan.FromDays(14)));
    }

    [Theory]
    [InlineData(DeadlineStatus.Met, DeadlineState.Met)]
    [InlineData(DeadlineStatus.Cancelled, DeadlineState.Frozen)]
    public void One_that_no_longer_runs_is_never_late(DeadlineStatus status, DeadlineState expected)
    {
        Assert.Equal(expected, DeadlineStates.Of(ClockKind.OverallLimit, status, end, end.AddYears(1), TimeSpan.FromDays(14)));
        Assert.Equal(expected, DeadlineStates.Of(ClockKind.OverallLimit, status, end, end.AddDays(-1), TimeSpan.FromDays(14)));
    }

    [Fact]
    public void A_comment_period_that_has_run_its_length_is_over_and_not_late()
    {
        Assert.Equal(DeadlineState.Met, DeadlineStates.Of(ClockKind.CommentPeriod, DeadlineStatus.Running, end, end.AddMicroseconds(1), TimeSpan.FromDays(14)));
        Assert.Equal(DeadlineState.Near, DeadlineStates.Of(ClockKind.CommentPeriod, DeadlineStatus.Running, end, end, TimeSpan.FromDays(14)));
    }
}
