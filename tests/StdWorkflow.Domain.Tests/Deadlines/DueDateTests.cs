using System.Globalization;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Domain.Tests.Deadlines;

public class DueDateTests
{
    [Theory]
    [InlineData(ClockUnit.Days, 60, "2026-06-17", "2026-08-16")]
    [InlineData(ClockUnit.Weeks, 12, "2024-05-30", "2024-08-22")]
    [InlineData(ClockUnit.Weeks, 8, "2024-12-30", "2025-02-24")]
    [InlineData(ClockUnit.Months, 10, "2026-03-31", "2027-01-31")]
    [InlineData(ClockUnit.Months, 1, "2026-01-31", "2026-02-28")]
    [InlineData(ClockUnit.Months, 1, "2028-01-31", "2028-02-29")]
    [InlineData(ClockUnit.Months, 3, "2026-11-30", "2027-02-28")]
    [InlineData(ClockUnit.Months, 1, "2026-02-28", "2026-03-28")]
    [InlineData(ClockUnit.Years, 5, "2022-10-12", "2027-10-12")]
    [InlineData(ClockUnit.Years, 1, "2024-02-29", "2025-02-28")]
    [InlineData(ClockUnit.WorkingDays, 4, "2026-04-30", "2026-05-09")]
    public void A_limit_ends_on_the_day_that_its_unit_says(ClockUnit unit, int amount, string start, string last)
    {
        Assert.Equal(new DueDate(DateOnly.Parse(last, CultureInfo.InvariantCulture), false), DueDate.From(Limit(unit, amount), DateOnly.Parse(start, CultureInfo.InvariantCulture), ChinaCalendar.Of2026));
    }

    [Theory]
    [InlineData(ClockUnit.WorkingDays, true)]
    [InlineData(ClockUnit.Days, false)]
    [InlineData(ClockUnit.Weeks, false)]
    [InlineData(ClockUnit.Months, false)]
    [InlineData(ClockUnit.Years, false)]
    public void Only_working_days_are_provisional_in_a_year_without_a_notice(ClockUnit unit, bool provisional)
    {
        Assert.Equal(provisional, DueDate.From(Limit(unit, 2), new DateOnly(2027, 3, 1), ChinaCalendar.Of2026).Provisional);
    }

    [Theory]
    [InlineData(ClockUnit.Days)]
    [InlineData(ClockUnit.WorkingDays)]
    [InlineData(ClockUnit.Weeks)]
    [InlineData(ClockUnit.Months)]
    [InlineData(ClockUnit.Years)]
    public void A_later_start_never_ends_earlier_and_a_longer_limit_ends_later(ClockUnit unit)
    {
        foreach (var start in Enumerable.Range(0, 800).Select(new DateOnly(2025, 6, 1).AddDays))
        {
            foreach (var amount in new[] { 1, 2, 5, 13 })
            {
                var last = DueDate.From(Limit(unit, amount), start, ChinaCalendar.Of2026).Date;

                Assert.True(last > start);
                Assert.True(DueDate.From(Limit(unit, amount), start.AddDays(1), ChinaCalendar.Of2026).Date >= last);
                Assert.True(DueDate.From(Limit(unit, amount + 1), start, ChinaCalendar.Of2026).Date > last);
            }
        }
    }

    [Fact]
    public void Months_keep_the_day_or_take_the_last_of_a_shorter_month()
    {
        foreach (var start in Enumerable.Range(0, 1500).Select(new DateOnly(2023, 1, 1).AddDays))
        {
            for (var months = 1; months <= 24; months++)
            {
                var last = DueDate.From(Limit(ClockUnit.Months, months), start, ChinaCalendar.Of2026).Date;

                Assert.Equal(Math.Min(start.Day, DateTime.DaysInMonth(last.Year, last.Month)), last.Day);
                Assert.Equal(start.Year * 12 + start.Month + months, last.Year * 12 + last.Month);
            }
        }
    }

    [Fact]
    public void Working_days_hold_exactly_as_many_worked_days_and_end_on_one()
    {
        foreach (var start in Enumerable.Range(0, 300).Select(new DateOnly(2026, 1, 1).AddDays))
        {
            var last = DueDate.From(Limit(ClockUnit.WorkingDays, 20), start, ChinaCalendar.Of2026).Date;

            Assert.True(ChinaCalendar.Of2026.IsWorkingDay(last));
            Assert.Equal(20, Enumerable.Range(1, last.DayNumber - start.DayNumber).Count(day => ChinaCalendar.Of2026.IsWorkingDay(start.AddDays(day))));
        }
    }

    private static Clock Limit(ClockUnit unit, int amount) =>
        new("limit", ["20"], amount, unit, ClockKind.StageLimit, new LocalizedText("时限", "Limit"), new Source("S07", true), null);
}
