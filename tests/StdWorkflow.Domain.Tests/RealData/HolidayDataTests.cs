using System.Globalization;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Tests.Deadlines;

namespace StdWorkflow.Domain.Tests.RealData;

public class HolidayDataTests
{
    [Fact]
    public void The_calendar_of_2026_is_that_of_the_notice()
    {
        var days = SharedData.Json("holidays", "2026.json").GetProperty("days").EnumerateArray()
            .Select(day => new CalendarDate(DateOnly.Parse(day.GetProperty("date").GetString()!, CultureInfo.InvariantCulture), day.GetProperty("isOffDay").GetBoolean(), day.GetProperty("name").GetString()!));
        var published = new WorkingCalendar(days, [2026]);

        Assert.All(
            Enumerable.Range(0, 365).Select(new DateOnly(2026, 1, 1).AddDays),
            day => Assert.Equal((day, published.IsWorkingDay(day)), (day, ChinaCalendar.Of2026.IsWorkingDay(day))));
    }
}
