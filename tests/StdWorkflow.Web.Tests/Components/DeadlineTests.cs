using System.Globalization;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Web.Components;
using static StdWorkflow.Web.Tests.Components.Rendering;

namespace StdWorkflow.Web.Tests.Components;

public sealed class DeadlineTests
{
    [Theory]
    [InlineData("2026-11-18", "逾期 5 天", "5 days late", "late")]
    [InlineData("2026-11-22", "逾期 1 天", "1 day late", "late")]
    [InlineData("2026-11-23", "今天到期", "due today", "near")]
    [InlineData("2026-11-24", "明天到期", "due tomorrow", "near")]
    [InlineData("2026-12-01", "还有 8 天", "8 days left", "near")]
    [InlineData("2027-03-01", "还有 98 天", "98 days left", "on-time")]
    public void Days_left_are_words_and_the_state_is_never_a_colour_alone(string day, string zh, string en, string state)
    {
        Assert.Equal(zh, Shown(day).QuerySelector("b")!.TextContent);
        Assert.Equal(en, Shown(day, language: "en").QuerySelector("b")!.TextContent);
        Assert.NotNull(Shown(day).QuerySelector($".due.{state}"));
    }

    [Theory]
    [InlineData(DeadlineSize.Full)]
    [InlineData(DeadlineSize.Row)]
    public void Every_size_and_language_means_the_same_instant(DeadlineSize size)
    {
        var instant = Instants.EndOf(new DateOnly(2026, 12, 1), Instants.China);

        foreach (var language in (string[])["zh-CN", "en"])
        {
            var time = Shown("2026-12-01", size, language).QuerySelector("time")!;
            Assert.Equal(instant, DateTime.Parse(time.GetAttribute("datetime")!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal));
            Assert.Equal("2026-12-01", time.TextContent);
        }
    }

    [Fact]
    public void The_zone_is_told_on_demand()
    {
        var words = Shown("2026-12-01").QuerySelector("details p")!.TextContent;

        Assert.Contains("北京时间", words);
        Assert.Contains("Asia/Shanghai", words);
        Assert.Contains("2026-12-01 15:59", words);
    }

    [Theory]
    [InlineData(DeadlineStatus.Met, "已完成", "met")]
    [InlineData(DeadlineStatus.Cancelled, "停止计时", "frozen")]
    public void What_no_longer_runs_counts_no_days(DeadlineStatus status, string words, string state)
    {
        var page = Shown("2026-11-18", status: status);

        Assert.Equal(words, page.QuerySelector("b")!.TextContent);
        Assert.NotNull(page.QuerySelector($".due.{state}"));
    }

    [Fact]
    public void A_provisional_day_says_so_and_why()
    {
        var page = Shown("2027-02-01", provisional: true);

        Assert.Equal("暂定", page.QuerySelector(".mark")!.TextContent);
        Assert.Contains("尚未公布", page.QuerySelector("details p")!.TextContent);
    }

    private static AngleSharp.Dom.IElement Shown(string day, DeadlineSize size = DeadlineSize.Full, string language = "zh-CN", DeadlineStatus status = DeadlineStatus.Running, bool provisional = false)
    {
        var date = DateOnly.Parse(day, CultureInfo.InvariantCulture);
        var view = DeadlineView.Of(date, Instants.China, Instants.EndOf(date, Instants.China), ClockKind.StageLimit, status, provisional, Now.UtcDateTime);
        return Of<DeadlineTagHelper>(deadline => (deadline.Value, deadline.Size) = (view, size), language);
    }
}
