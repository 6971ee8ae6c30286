using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.Tests.Processes;
using StdWorkflow.Domain.WorkItems;

namespace StdWorkflow.Domain.Tests.WorkItems;

/// <summary>Planned days, and the three lines that a timetable draws of them.</summary>
public class PlanTests
{
    private static readonly ProcessDefinition Normal = ShippedDefinitions.Of("gb-t-normal");
    private static readonly WorkingCalendar Calendar = new([], Enumerable.Range(2020, 20));
    private static readonly DateTime Now = new(2026, 11, 23, 2, 0, 0, DateTimeKind.Utc);
    private static readonly DateOnly Today = new(2026, 11, 23);
    private static readonly DateOnly Entered = new(2026, 9, 1);

    [Fact]
    public void Days_are_kept_moved_and_taken_away_and_the_history_tells_only_what_changed()
    {
        var item = At("20");
        item.TakeEvents();

        Assert.True(item.PlanStages(item.Main, Normal, [new("30", new(2027, 3, 1)), new("40", new(2027, 5, 1))], Now).IsOk);
        Assert.True(item.PlanStages(item.Main, Normal, [new("30", new(2027, 3, 1)), new("40", null), new("50", new(2027, 9, 1))], Now).IsOk);
        Assert.True(item.PlanStages(item.Main, Normal, [new("30", new(2027, 3, 1))], Now).IsOk);

        Assert.Equal([("30", new(2027, 3, 1)), ("50", new DateOnly(2027, 9, 1))], item.PlannedStages.Select(planned => (planned.StageKey, planned.On)).Order());
        var told = item.RaisedEvents.OfType<PlanChanged>().ToList();
        Assert.Equal(2, told.Count);
        Assert.Equal([new("40", null), new("50", new DateOnly(2027, 9, 1))], told[1].Days);
    }

    [Theory]
    [InlineData("31", "2027-03-01", "plan.noStage")]
    [InlineData("20", "2027-03-01", "plan.passed")]
    [InlineData("10", "2027-03-01", "plan.passed")]
    [InlineData("95", "2027-03-01", "plan.passed")]
    [InlineData("98", "2027-03-01", "plan.passed")]
    [InlineData("30", "2026-08-31", "plan.beforeStart")]
    [InlineData("30", "2076-11-24", "plan.tooFar")]
    [InlineData("30", "2027-06-02", "plan.orderAfter")]
    [InlineData("50", "2027-05-31", "plan.order")]
    public void A_day_that_makes_no_sense_is_refused_beside_its_field_and_nothing_changes(string stage, string on, string code)
    {
        var item = At("20");
        Assert.True(item.PlanStages(item.Main, Normal, [new("40", new(2027, 6, 1))], Now).IsOk);
        item.TakeEvents();

        var problem = item.PlanStages(item.Main, Normal, [new("60", new(2028, 6, 1)), new(stage, Day(on))], Now).Problem;

        Assert.Equal((code, "Days[1].On"), (problem.Code, problem.Field));
        Assert.Equal(["40"], item.PlannedStages.Select(planned => planned.StageKey));
        Assert.Empty(item.RaisedEvents);
    }

    [Fact]
    public void A_stage_named_twice_and_days_that_cross_each_other_are_refused_and_the_same_day_is_not()
    {
        var item = At("20");

        Assert.Equal("plan.twice", item.PlanStages(item.Main, Normal, [new("30", new(2027, 3, 1)), new("30", new(2027, 4, 1))], Now).Problem.Code);
        Assert.Equal("plan.tooMany", item.PlanStages(item.Main, Normal, [.. Enumerable.Repeat(new PlannedDay("30", null), 11)], Now).Problem.Code);
        var crossed = item.PlanStages(item.Main, Normal, [new("40", new(2027, 3, 1)), new("30", new(2027, 4, 1))], Now);
        Assert.Equal([("plan.order", "Days[0].On")], crossed.Problems.Select(problem => (problem.Code, problem.Field)));
        Assert.True(item.PlanStages(item.Main, Normal, [new("30", Entered), new("40", Entered), new("60", new(2076, 11, 23))], Now).IsOk);
    }

    [Fact]
    public void Ways_to_end_that_stand_for_one_another_need_no_order()
    {
        var review = ShippedDefinitions.Of("gb-review");
        var item = WorkItem.TakeOver(1, Row(), null, review, review.First, Entered, Today, Calendar, Now);

        Assert.True(item.PlanStages(item.Main, review, [new("confirmed", new(2027, 9, 1)), new("to-be-revised", new(2027, 6, 1)), new("discussion", new(2027, 1, 1))], Now).IsOk);
        Assert.Equal("plan.order", item.PlanStages(item.Main, review, [new("discussion", new(2027, 7, 1)), new("to-be-revised", new(2027, 6, 1))], Now).Problem.Code);
    }

    [Theory]
    [MemberData(nameof(ShippedDefinitions.Keys), MemberType = typeof(ShippedDefinitions))]
    public void Every_stage_of_every_process_has_a_way_on_that_ends(string key)
    {
        var definition = ShippedDefinitions.Of(key);
        foreach (var stage in definition.Stages)
        {
            var item = WorkItem.TakeOver(1, Row(), null, definition, stage, Entered, Today, Calendar, Now);
            var ahead = Timetable.StagesAhead(definition, stage.Key);
            var plan = PlanOf(item, definition);

            Assert.Equal(stage.Key, Assert.Single(plan.Stages, row => row.Place == TimetablePlace.Present).Stage.Key);
            Assert.All(plan.Stages.Where(row => row.Place == TimetablePlace.Ahead), row => Assert.Contains(row.Stage, ahead));
            Assert.DoesNotContain(ahead, next => next.Ends == TrackEnd.Abandoned || next.Key == stage.Key);
            Assert.True(item.PlanStages(item.Main, definition, [.. ahead.Select(next => new PlannedDay(next.Key, new DateOnly(2027, 1, 1)))], Now).IsOk);
            Assert.Equal(ahead.Count > 0, PlanOf(item, definition).IsPlanned);
        }
    }

    [Fact]
    public void Without_a_plan_there_are_limits_but_no_forecast()
    {
        var plan = PlanOf(At("20"));

        Assert.Equal(["20", "30", "40", "50", "60"], plan.Stages.Select(row => row.Stage.Key));
        Assert.Equal([new(2027, 7, 1), new(2027, 9, 1), new(2028, 2, 1), new DateOnly(2028, 10, 1)], plan.Stages.Select(row => row.Limit).OfType<DateOnly>());
        Assert.Equal(["approval-file", "drafting"], plan.Limits.Where(limit => limit.IsStored).Select(limit => limit.Clock.Key).Order());
        Assert.All(plan.Limits, limit => Assert.Null(limit.MissedBy));
        Assert.Equal((null, null, null, 0, false), (plan.Missed, plan.PlannedEnd, plan.ExpectedEnd, plan.Delay, plan.IsPlanned));
    }

    [Fact]
    public void Moving_one_day_moves_the_forecast_and_the_warning_at_once()
    {
        var item = At("20");
        Plan(item, ("30", "2027-06-01"), ("40", "2027-07-15"), ("50", "2027-12-01"), ("60", "2028-06-01"));
        var kept = PlanOf(item);
        Assert.Equal((null, (DateOnly?)new(2028, 6, 1), 0), (kept.Missed, kept.ExpectedEnd, kept.Delay));
        Assert.All(kept.Limits.Where(limit => limit.Until != "60"), limit => Assert.Equal(0, limit.MissedBy));

        Plan(item, ("30", "2027-07-11"));
        var missed = PlanOf(item).Missed!;

        Assert.Equal(("drafting", new(2027, 7, 1), (DateOnly?)new(2027, 7, 11), (int?)10), (missed.Clock.Key, missed.LastDay, missed.Expected, missed.MissedBy));
    }

    [Fact]
    public void A_clock_ahead_is_counted_from_the_day_on_which_its_stage_is_planned()
    {
        var item = At("20");
        Plan(item, ("30", "2027-01-01"), ("40", "2027-04-01"));

        var plan = PlanOf(item);

        Assert.Equal(new DateOnly(2027, 3, 1), RowOf(plan, "30").Limit);
        Assert.Equal(("comment-stage", (int?)31), (plan.Missed!.Clock.Key, plan.Missed.MissedBy));
        Assert.Equal(new DateOnly(2027, 9, 1), RowOf(plan, "40").Limit);
    }

    [Fact]
    public void The_limit_of_several_stages_ends_with_the_last_of_them()
    {
        var item = At("20");
        Plan(item, ("30", "2027-06-30"), ("40", "2027-08-30"), ("50", "2028-03-11"));

        var plan = PlanOf(item);

        var whole = Assert.Single(plan.Limits, limit => limit.Clock.Key == "approval-file");
        Assert.Equal(("40", new(2028, 3, 1), true, (int?)10), (whole.Until, whole.LastDay, whole.IsStored, whole.MissedBy));
        Assert.Equal(("review", (int?)41), (plan.Missed!.Clock.Key, plan.Missed.MissedBy));
    }

    [Fact]
    public void A_gap_in_the_plan_says_nothing_of_the_limits_beside_it()
    {
        var item = At("20");
        Plan(item, ("60", "2030-01-01"));

        var plan = PlanOf(item);

        Assert.All(plan.Limits.Where(limit => limit.Clock.Key != "approval"), limit => Assert.Null(limit.MissedBy));
        Assert.Equal(("approval", true), (plan.Missed!.Clock.Key, plan.IsPlanned));
    }

    [Fact]
    public void A_planned_day_that_passed_moves_all_that_follow()
    {
        var item = At("20");
        Plan(item, ("30", "2026-11-13"), ("40", "2027-01-01"), ("60", "2028-01-01"));

        var plan = PlanOf(item);

        Assert.Equal((10, (DateOnly?)new(2028, 1, 1), (DateOnly?)new(2028, 1, 11)), (plan.Delay, plan.PlannedEnd, plan.ExpectedEnd));
        Assert.Equal(Today, RowOf(plan, "30").Expected);
    }

    [Fact]
    public void What_was_planned_and_what_came_of_it_stand_side_by_side()
    {
        var item = At("20");
        Plan(item, ("30", "2026-11-03"), ("40", "2027-02-01"));
        Assert.True(item.Step(item.Main, Normal, "20-30", ShippedDefinitions.AllDone(Normal, "20") with { NowUtc = Now }, null, Today, Calendar).IsOk);

        var plan = PlanOf(item);

        Assert.Equal((TimetablePlace.Passed, (int?)null), (RowOf(plan, "20").Place, RowOf(plan, "20").EnteredLate));
        Assert.Equal((TimetablePlace.Present, (int?)20, (DateOnly?)new(2027, 2, 1)), (RowOf(plan, "30").Place, RowOf(plan, "30").EnteredLate, RowOf(plan, "30").PlannedUntil));
        Assert.Equal((new DateOnly(2027, 7, 1), false), (RowOf(plan, "20").Limit, RowOf(plan, "20").IsOver(Today)));
        Assert.Equal("plan.passed", item.PlanStages(item.Main, Normal, [new("30", new(2027, 1, 1))], Now).Problem.Code);
    }

    [Fact]
    public void A_stage_that_lasts_or_lasted_longer_than_its_limit_is_over()
    {
        var late = WorkItem.TakeOver(1, Row(), null, Normal, Normal.StageOf("20"), new(2025, 1, 1), Today, Calendar, Now);
        Assert.True(RowOf(PlanOf(late), "20").IsOver(Today));

        Assert.True(late.Step(late.Main, Normal, "20-30", ShippedDefinitions.AllDone(Normal, "20") with { NowUtc = Now }, null, Today, Calendar).IsOk);

        Assert.True(RowOf(PlanOf(late), "20").IsOver(Today));
        Assert.False(RowOf(PlanOf(late), "30").IsOver(Today));
    }

    [Fact]
    public void A_plan_is_suggested_by_the_usual_stay_within_the_limits()
    {
        var usual = new Dictionary<string, UsualStay> { ["20"] = new(100, 5), ["30"] = new(10, 3), ["40"] = new(400, 9) };

        var days = Timetable.Suggest(Normal, "20", Entered, usual.GetValueOrDefault, Today, Calendar);

        // 100 days; no less than the 60 days of the comment period; no more than the 5 months of the review; 8 months, as nobody knows better.
        Assert.Equal([new("30", new(2026, 12, 10)), new("40", new(2027, 2, 8)), new("50", new(2027, 7, 8)), new PlannedDay("60", new(2028, 3, 8))], days);
        Assert.True(At("20") is var item && item.PlanStages(item.Main, Normal, days, Now).IsOk);
    }

    [Fact]
    public void Where_nothing_is_said_nothing_is_suggested_and_no_day_lies_in_the_past()
    {
        Assert.Empty(Timetable.Suggest(Normal, "00", Entered, _ => null, Today, Calendar));
        Assert.Equal(Today, Timetable.Suggest(Normal, "20", new(2024, 1, 1), _ => null, Today, Calendar)[0].On);
        Assert.Empty(Timetable.Suggest(Normal, "60", Entered, _ => new UsualStay(1, 3), Today, Calendar));
    }

    private static TimetableStage RowOf(Timetable plan, string stage) => plan.Stages.Single(row => row.Stage.Key == stage);

    private static void Plan(WorkItem item, params (string Stage, string On)[] days) =>
        Assert.True(item.PlanStages(item.Main, Normal, [.. days.Select(day => new PlannedDay(day.Stage, Day(day.On)))], Now).IsOk);

    private static Timetable PlanOf(WorkItem item, ProcessDefinition? definition = null) =>
        Timetable.Of(definition ?? Normal, item.Main.StageKey, item.PlannedStages, item.Main.Spans, item.Deadlines, Today, Calendar);

    private static WorkItem At(string stage) => WorkItem.TakeOver(1, Row(), null, Normal, Normal.StageOf(stage), Entered, Today, Calendar, Now);

    private static PlanRow Row() => new(LocalizedText.Of("标题", null), null, null, null, null, null, null);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
