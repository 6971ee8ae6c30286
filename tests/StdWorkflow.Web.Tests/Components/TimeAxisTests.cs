using StdWorkflow.Domain.Common;
using StdWorkflow.Web.Components;

namespace StdWorkflow.Web.Tests.Components;

public sealed class TimeAxisTests
{
    [Fact]
    public void A_few_months_are_drawn_as_months_and_named_in_both_languages()
    {
        var axis = new TimeAxis([new(2026, 11, 23), new(2026, 9, 5), new(2027, 2, 1)], 100, 700);

        Assert.Equal((1, new DateOnly(2026, 9, 1), new DateOnly(2027, 3, 1)), (axis.Step, axis.First, axis.Last));
        Assert.Equal(["9月", "10月", "11月", "12月", "1月", "2月"], axis.TicksIn(Language.Chinese).Select(tick => tick.Month));
        Assert.Equal(["Sep", "Oct", "Nov", "Dec", "Jan", "Feb"], axis.TicksIn(Language.English).Select(tick => tick.Month));
        Assert.Equal(["2026", "", "", "", "2027", ""], axis.TicksIn(Language.English).Select(tick => tick.Year));
    }

    [Theory]
    [InlineData("2026-01-01", "2026-01-01", 1)]
    [InlineData("2024-01-01", "2026-11-23", 3)]
    [InlineData("2020-06-30", "2029-01-01", 12)]
    [InlineData("1990-01-01", "2029-01-01", 60)]
    [InlineData("0001-01-01", "9999-12-31", 12000)]
    public void The_step_is_the_finest_whose_words_have_room(string first, string last, int step)
    {
        var axis = new TimeAxis([Day(first), Day(last)], 0, 600);

        Assert.Equal(step, axis.Step);
        var ticks = axis.TicksIn(Language.English);
        Assert.NotEmpty(ticks);
        Assert.All(ticks.Zip(ticks.Skip(1)), pair => Assert.True(pair.Second.X - pair.First.X >= 40, $"{pair.First.On} and {pair.Second.On} stand at {pair.First.X} and {pair.Second.X}."));
        Assert.All(ticks, tick => Assert.InRange(tick.X, 0, 600));
        Assert.Contains(ticks, tick => tick.Year.Length == 4);
    }

    [Fact]
    public void A_day_stands_in_proportion_and_never_outside()
    {
        var axis = new TimeAxis([new(2025, 1, 1), new(2028, 6, 1)], 100, 1000, room: 200);

        Assert.Equal((new DateOnly(2025, 1, 1), new DateOnly(2029, 1, 1)), (axis.First, axis.Last));
        Assert.Equal(100, axis.At(new(2025, 1, 1)));
        Assert.Equal(550, axis.At(new(2027, 1, 1)), 1d);
        Assert.Equal((100, 1000), (axis.At(DateOnly.MinValue), axis.At(DateOnly.MaxValue)));
    }

    [Fact]
    public void Without_a_day_there_is_no_axis() => Assert.Throws<ArgumentException>(() => new TimeAxis([], 0, 100));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
