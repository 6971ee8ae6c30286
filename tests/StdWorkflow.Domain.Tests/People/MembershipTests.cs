using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;

namespace StdWorkflow.Domain.Tests.People;

public class MembershipTests
{
    private static readonly DateOnly first = new(2024, 1, 1);
    private static readonly DateOnly last = new(2026, 12, 31);

    [Fact]
    public void A_term_cannot_end_before_it_begins()
    {
        var refused = Appointed(first, first.AddDays(-1));

        Assert.Equal(("membership.endsBeforeItBegins", "To"), (refused.Problem.Code, refused.Problem.Field));
        Assert.True(Appointed(first, first).IsOk);
    }

    [Theory]
    [InlineData("2023-12-31", false)]
    [InlineData("2024-01-01", true)]
    [InlineData("2026-12-31", true)]
    [InlineData("2027-01-01", false)]
    public void A_term_includes_its_first_and_its_last_day(string day, bool holds) =>
        Assert.Equal(holds, Appointed(first, last).Value.HoldsOn(DateOnly.ParseExact(day, "yyyy-MM-dd", null)));

    [Fact]
    public void An_open_term_goes_on() => Assert.True(Appointed(first, null).Value.HoldsOn(new DateOnly(2099, 1, 1)));

    [Fact]
    public void An_end_needs_a_reason_and_keeps_it()
    {
        var membership = Appointed(first, null).Value;

        Assert.Equal("membership.reasonRequired", membership.End(last, "").Problem.Code);
        Assert.Null(membership.To);
        Assert.True(membership.End(last, " 任期届满 ").IsOk);

        Assert.Equal(last, membership.To);
        Assert.Equal("任期届满", Assert.IsType<MembershipEnded>(membership.RaisedEvents[^1]).Reason);
    }

    [Fact]
    public void An_end_can_come_earlier_than_agreed_but_never_later()
    {
        var membership = Appointed(first, last).Value;

        Assert.Equal("membership.endsEarlier", membership.End(last, "再延一年").Problem.Code);
        Assert.Equal("membership.endsEarlier", membership.End(last.AddYears(1), "再延一年").Problem.Code);
        Assert.True(membership.End(last.AddDays(-1), "单位调整").IsOk);
        Assert.Equal(last.AddDays(-1), membership.To);
    }

    [Fact]
    public void An_end_before_the_first_day_is_refused()
    {
        var membership = Appointed(first, null).Value;

        Assert.Equal("membership.endsBeforeItBegins", membership.End(first.AddDays(-1), "误录").Problem.Code);
        Assert.True(membership.End(first, "误录").IsOk);
    }

    private static Result<Membership> Appointed(DateOnly from, DateOnly? to) =>
        Membership.Appoint(Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), null, from, to, isDemo: false);
}
