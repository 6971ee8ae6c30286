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

    [Fact]
    public void Ways_to_end_well_are_one_station_until_one_is_taken()
    {
        var review = Process(
            [Stage("90", "讨论"), Stage("93", "继续有效", ends: TrackEnd.Finished), Stage("92", "修订", ends: TrackEnd.Finished), Stage("98", "取消", ends: TrackEnd.Abandoned)],
            [Step("90", "93"), Step("90", "92"), Step("90", "98", TransitionKind.Abandon)]);

        Assert.Equal(["讨论", "继续有效 / 修订"], NamesOf(StageLineModel.Of(review, [new("90", Today, null)], Today)));
        Assert.Equal(["讨论", "修订"], NamesOf(StageLineModel.Of(review, [new("90", Today, Today), new("92", Today, null)], Today)));

        static IEnumerable<string> NamesOf(StageLineModel line) => line.Stations.Select(station => station.Name.Zh!);
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
    public void A_foreign_project_shows_the_nine_stages_and_the_steps_that_were_seen()
    {
        var model = StageLineModel.OfForeign(
            [("60.00", new(2024, 2, 1)), ("50.00", new(2024, 3, 1)), ("50.20", new(2024, 4, 1)), ("60.60", new(2024, 6, 1))], "60.60", "IS", new(2024, 9, 30));
        var page = Large(model);

        Assert.Equal(["00", "10", "20", "30", "40", "50", "60", "90"], model.Stations.Select(station => station.Code));
        Assert.Equal(new StepBack(6, 5, new(2024, 3, 1)), Assert.Single(model.StepsBack));
        Assert.Equal(121, model.Stations[6].DaysSpent);
        Assert.Contains("60.60 国际标准已出版", page.QuerySelector(".stop.now")!.Words());
        Assert.Equal(2, page.QuerySelectorAll("ol.line > li")[5].QuerySelectorAll(".stop-steps li").Length);
        Assert.Contains("日期未记录", page.QuerySelectorAll("ol.line > li")[0].Words());
    }

    [Fact]
    public void A_technical_report_has_no_enquiry_and_a_lone_substage_no_place()
    {
        Assert.DoesNotContain("40", StageLineModel.OfForeign([], "30.60", "TR", Today).Stations.Select(station => station.Code));
        Assert.Equal(-1, StageLineModel.OfForeign([], ".98", "TR", Today).Now);
    }

    [Fact]
    public void Stages_that_share_a_national_code_are_one_station_where_a_line_has_no_room_for_all()
    {
        Stage Sub(int stage, int substage, TrackEnd? ends = null) => new($"{stage}.{substage:00}", $"{stage}", new StageCode(stage, substage), Text($"子阶段{substage}"), Phase.Conversion, ends, false, new Source("S43", true));
        var matrix = Process([Sub(30, 0), Sub(30, 20), Sub(30, 60), Sub(30, 98, TrackEnd.Abandoned), Sub(40, 0), Sub(40, 20), .. Enumerable.Range(50, 8).Select(stage => Sub(stage, 0))], [Step("30.00", "30.20"), Step("30.20", "30.60"), Step("30.60", "40.00"), Step("30.60", "30.20", TransitionKind.Back)]);

        var model = StageLineModel.Of(matrix, [new("30.00", new(2026, 1, 1), new(2026, 2, 1)), new("30.20", new(2026, 2, 1), new(2026, 3, 1)), new("30.60", new(2026, 3, 1), new(2026, 4, 1)), new("30.20", new(2026, 4, 1), null)], Today);

        Assert.Equal(["30", "40", "50", "51", "52", "53", "54", "55", "56", "57"], model.Stations.Select(station => station.Code));
        Assert.Equal(["30.00", "30.20", "30.60", "30.20"], model.Stations[0].Steps.Select(step => step.Code));
        Assert.Equal([new StepBack(0, 0, new(2026, 4, 1))], model.StepsBack);
        Assert.Contains("30.20 子阶段20", Large(model).QuerySelector(".stop.now")!.Words());
    }

    [Fact]
    public void A_name_cannot_write_markup()
    {
        var model = new StageLineModel([new Station("10", null, LocalizedText.Of("<b>名</b>", null), Phase.Drafting, StationState.Now)], []);

        Assert.Empty(Large(model).QuerySelectorAll(".stop-name b"));
    }

    private static IElement Large(StageLineModel model, string language = "zh-CN") => Of<StageLineTagHelper>(line => line.Model = model, language);
}
