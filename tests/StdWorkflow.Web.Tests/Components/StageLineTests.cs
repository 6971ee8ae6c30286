using AngleSharp.Dom;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Web.Components;
using static StdWorkflow.Web.Tests.Components.Rendering;

namespace StdWorkflow.Web.Tests.Components;

public sealed class StageLineTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    private static readonly IReadOnlyList<Stay> WithAStepBack =
    [
        new("10", new(2026, 1, 1), new(2026, 2, 1)),
        new("20", new(2026, 2, 1), new(2026, 5, 1)),
        new("30", new(2026, 5, 1), new(2026, 6, 1)),
        new("20", new(2026, 6, 1), new(2026, 9, 18)),
        new("30", new(2026, 9, 18), null),
    ];

    [Fact]
    public void Every_station_is_an_entry_of_one_ordered_list_with_its_code_name_and_dates()
    {
        var page = Large(StageLineModel.Of(Normal(), WithAStepBack, Today));

        var stops = page.QuerySelectorAll("ol.line > li");
        Assert.Equal(["10 立项", "20 起草", "30 征求意见", "40 审查", "60 出版"], stops.Select(stop => stop.QuerySelector(".stop-name")!.Words()));
        Assert.Contains("2026-01-01", stops[0].Words());
        Assert.Contains("31 天", stops[0].Words());
        Assert.Contains("2 次共 198 天", stops[1].Words());
        Assert.Equal("step", stops[2].GetAttribute("aria-current"));
        Assert.Contains("已 66 天", stops[2].Words());
        Assert.Contains("尚未到", stops[3].Words());
    }

    [Fact]
    public void A_step_back_is_drawn_as_a_loop_and_told_with_its_day()
    {
        var page = Large(StageLineModel.Of(Normal(), WithAStepBack, Today));

        Assert.Single(page.QuerySelectorAll("svg.line-loops path"));
        Assert.Contains("2026-06-01 退回 20", page.QuerySelectorAll("ol.line > li")[2].Words());
    }

    [Fact]
    public void A_repetition_stays_at_its_station()
    {
        var model = StageLineModel.Of(Normal(), [new("30", new(2026, 5, 1), new(2026, 6, 1)), new("30", new(2026, 6, 1), null)], Today);

        Assert.Equal([new StepBack(2, 2, new(2026, 6, 1))], model.StepsBack);
        Assert.Contains("2026-06-01 重复本阶段", Large(model).Words());
    }

    [Theory]
    [InlineData("2026-12-03", "还有 10 天", false)]
    [InlineData("2026-11-18", "逾期 5 天", true)]
    public void The_station_where_it_stands_tells_the_days_left(string due, string words, bool late)
    {
        var now = Large(StageLineModel.Of(Normal(), WithAStepBack, Today, DateOnly.Parse(due, System.Globalization.CultureInfo.InvariantCulture))).QuerySelector(".stop.now")!;

        Assert.Contains(words, now.Words());
        Assert.Equal(late, now.ClassList.Contains("late"));
    }

    [Fact]
    public void Stations_ahead_have_a_planned_day_by_their_clocks_and_another_when_the_work_is_late()
    {
        var clock = new Clock("review", ["40"], 5, ClockUnit.Months, ClockKind.StageLimit, Text("审查"), new Source("B", false), null);

        var late = StageLineModel.Of(Normal(clock), WithAStepBack, Today, new(2026, 11, 18), new Domain.Deadlines.WorkingCalendar([], [])).Stations[3];

        Assert.Equal(new DateOnly(2027, 4, 18), late.Planned);
        Assert.Equal(new DateOnly(2027, 4, 23), late.Forecast);
    }

    [Fact]
    public void What_lies_before_an_imported_stage_was_gone_through_but_what_was_left_out_between_was_not()
    {
        var imported = StageLineModel.Of(Normal(), [new("30", null, null)], Today);
        var shortened = StageLineModel.Of(Normal(), [new("20", new(2026, 1, 1), new(2026, 2, 1)), new("40", new(2026, 2, 1), null)], Today);

        Assert.Equal([StationState.Done, StationState.Done, StationState.Now, StationState.Ahead, StationState.Ahead], imported.Stations.Select(station => station.State));
        Assert.Contains("日期未记录", Large(imported).QuerySelector(".stop.done")!.Words());
        Assert.Equal(StationState.Skipped, shortened.Stations[2].State);
    }

    [Fact]
    public void The_way_out_is_on_the_line_only_when_it_was_taken()
    {
        Assert.DoesNotContain("终止", Large(StageLineModel.Of(Normal(), WithAStepBack, Today)).Words());
        Assert.Contains("终止", Large(StageLineModel.Of(Normal(), [.. WithAStepBack, new Stay("98", Today, null)], Today)).Words());
    }

    [Fact]
    public void Phases_are_named_where_they_begin()
    {
        var page = Large(StageLineModel.Of(Normal(), WithAStepBack, Today), "en");

        Assert.Equal(["Drafting", "Maintenance"], page.QuerySelectorAll(".stop-phase").Select(phase => phase.TextContent));
    }

    [Fact]
    public void A_small_line_says_in_words_where_it_stands()
    {
        var page = Of<StageLineTagHelper>(line => (line.Model, line.Size) = (StageLineModel.Of(Normal(), WithAStepBack, Today), StageLineSize.Small));

        Assert.Equal("第 3 站，共 5 站", page.QuerySelector("svg")!.GetAttribute("aria-label"));
        Assert.Contains("30 征求意见 · 66 天", page.Words());
        Assert.True(page.InnerHtml.Length < 1000, $"{page.InnerHtml.Length} characters in each row of a list");
    }

    [Fact]
    public void A_foreign_project_goes_back_as_its_events_say()
    {
        var model = StageLineModel.OfForeign(
            [("60.00", new(2024, 2, 1)), ("50.00", new(2024, 3, 1)), ("60.60", new(2024, 6, 1))], "60.60", code => Text($"阶段{code}"), new(2024, 9, 30));

        Assert.Equal(["50.00", "60.00", "60.60"], model.Stations.Select(station => station.Code));
        Assert.Equal(new StepBack(1, 0, new(2024, 3, 1)), Assert.Single(model.StepsBack));
        Assert.Equal(121, model.Stations[2].DaysSpent);
    }

    [Fact]
    public void A_name_cannot_write_markup()
    {
        var model = new StageLineModel([new Station("10", null, LocalizedText.Of("<b>名</b>", null), Phase.Drafting, StationState.Now)], []);

        Assert.Empty(Large(model).QuerySelectorAll(".stop-name b"));
    }

    private static IElement Large(StageLineModel model, string language = "zh-CN") => Of<StageLineTagHelper>(line => line.Model = model, language);
}
