using System.Globalization;
using StdWorkflow.Domain.Deadlines;

namespace StdWorkflow.Domain.Tests.Deadlines;

public class InstantsTests
{
    [Theory]
    [InlineData("2026-08-16", "Asia/Shanghai", "2026-08-16T15:59:59.999999Z")]
    [InlineData("2026-12-31", "Asia/Shanghai", "2026-12-31T15:59:59.999999Z")]
    [InlineData("2026-03-28", "Europe/Zurich", "2026-03-28T22:59:59.999999Z")]
    [InlineData("2026-03-29", "Europe/Zurich", "2026-03-29T21:59:59.999999Z")]
    [InlineData("2026-10-25", "Europe/Zurich", "2026-10-25T22:59:59.999999Z")]
    [InlineData("2026-01-01", "UTC", "2026-01-01T23:59:59.999999Z")]
    public void A_day_counts_until_and_including_its_last_microsecond(string day, string zone, string instant)
    {
        var end = Instants.EndOf(DateOnly.Parse(day, CultureInfo.InvariantCulture), zone);

        Assert.Equal(DateTime.Parse(instant, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind), end);
        Assert.Equal(DateTimeKind.Utc, end.Kind);
        Assert.Equal(0, end.Ticks % TimeSpan.TicksPerMicrosecond);
    }

    [Fact]
    public void The_zone_is_that_of_China_where_none_is_said()
    {
        Assert.Equal(Instants.EndOf(new DateOnly(2026, 8, 16), "Asia/Shanghai"), Instants.EndOf(new DateOnly(2026, 8, 16)));
    }

    [Theory]
    [InlineData("Asia/Shanghai")]
    [InlineData("Europe/Zurich")]
    [InlineData("America/Havana")]
    [InlineData("Africa/Cairo")]
    [InlineData("Pacific/Apia")]
    public void Days_follow_each_other_without_gap_or_overlap(string zone)
    {
        foreach (var day in Enumerable.Range(0, 400).Select(new DateOnly(2025, 1, 1).AddDays))
        {
            var end = Instants.EndOf(day, zone);

            Assert.Equal(day, Instants.DateIn(end, zone));
            Assert.Equal(day.AddDays(1), Instants.DateIn(end.AddMicroseconds(1), zone));
            Assert.Equal(end.AddMicroseconds(1), Instants.StartOf(day.AddDays(1), zone));
        }
    }

    [Fact]
    public void The_last_day_of_all_has_an_end_too()
    {
        Assert.Equal(0, Instants.EndOf(DateOnly.MaxValue).Ticks % TimeSpan.TicksPerMicrosecond);
        Assert.Equal(9999, Instants.EndOf(DateOnly.MaxValue).Year);
    }
}
