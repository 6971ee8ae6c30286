using System.Globalization;
using StdWorkflow.Domain.Deadlines;

namespace StdWorkflow.Domain.Tests.Deadlines;

public class WorkingCalendarTests
{
    [Theory]
    [InlineData("2026-01-01", false)]
    [InlineData("2026-01-02", false)]
    [InlineData("2026-01-04", true)]
    [InlineData("2026-02-14", true)]
    [InlineData("2026-02-23", false)]
    [InlineData("2026-02-28", true)]
    [InlineData("2026-03-07", false)]
    [InlineData("2026-03-09", true)]
    [InlineData("2026-10-07", false)]
    [InlineData("2026-10-10", true)]
    [InlineData("2026-10-11", false)]
    public void Holidays_and_shifted_days_count_as_the_notice_says(string day, bool worked)
    {
        Assert.Equal(worked, ChinaCalendar.Of2026.IsWorkingDay(DateOnly.Parse(day, CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("2026-02-13", 0, "2026-02-13")]
    [InlineData("2026-02-13", 1, "2026-02-14")]
    [InlineData("2026-02-13", 2, "2026-02-24")]
    [InlineData("2026-09-30", 1, "2026-10-08")]
    [InlineData("2026-09-30", 3, "2026-10-10")]
    [InlineData("2026-09-30", 4, "2026-10-12")]
    public void Working_days_are_counted_from_the_day_after(string start, int days, string last)
    {
        Assert.Equal(new DueDate(DateOnly.Parse(last, CultureInfo.InvariantCulture), false), ChinaCalendar.Of2026.AddWorkingDays(DateOnly.Parse(start, CultureInfo.InvariantCulture), days));
    }

    [Fact]
    public void A_year_without_a_notice_is_counted_by_weekends_and_only_provisionally()
    {
        var friday = new DateOnly(2026, 12, 31);

        // 1 January 2027 is a Friday; without the notice it counts as worked.
        Assert.Equal(new DueDate(new DateOnly(2027, 1, 4), true), ChinaCalendar.Of2026.AddWorkingDays(friday, 2));
        Assert.False(ChinaCalendar.Of2026.Covers(2027));
    }

    [Fact]
    public void The_year_of_the_start_itself_does_not_matter()
    {
        Assert.Equal(new DueDate(new DateOnly(2026, 1, 4), false), ChinaCalendar.Of2026.AddWorkingDays(new DateOnly(2025, 12, 31), 1));
    }

    [Fact]
    public void The_year_2026_has_the_working_days_that_the_notice_leaves()
    {
        var days = Enumerable.Range(0, 365).Select(new DateOnly(2026, 1, 1).AddDays).ToList();

        Assert.Equal(248, days.Count(ChinaCalendar.Of2026.IsWorkingDay));
    }
}
