using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.Tests.Processes;
using StdWorkflow.Domain.WorkItems;

namespace StdWorkflow.Domain.Tests.WorkItems;

/// <summary>Work items in the processes of ISO and IEC, where a project can go anywhere.</summary>
public class MovingTests
{
    private static readonly ProcessDefinition Standard = ShippedDefinitions.Of("iso-iec-is");
    private static readonly WorkingCalendar Calendar = new([], Enumerable.Range(2020, 20));
    private static readonly DateTime Now = new(2026, 11, 23, 2, 0, 0, DateTimeKind.Utc);
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Fact]
    public void Every_pair_of_codes_of_the_matrix_is_taken_as_a_step_a_step_back_or_a_jump()
    {
        var codes = StageMatrix.All.Select(entry => entry.Code.ToString()).ToList();

        foreach (var from in codes)
        {
            foreach (var to in codes)
            {
                var item = Moved(Standard, from, to);

                Assert.Equal(to, item.Main.StageKey);
                Assert.Equal(Standard.MoveBetween(from, to).Value.Kind == MoveKind.Jump, item.RaisedEvents[^1] is StageJumped);
            }
        }
    }

    [Fact]
    public void A_jump_is_told_with_its_reason_and_its_day_and_ends_the_clocks_that_ran()
    {
        var item = At(Standard, "40.20");
        var ballot = Assert.Single(item.Deadlines, deadline => deadline is { ClockKey: "dis-ballot", Status: DeadlineStatus.Running });
        item.TakeEvents();

        var jumped = item.Jump(item.Main, Standard, "50.20", Facts(item), " ISO 通知 ", Today, Calendar);

        Assert.Equal("50.20", jumped.Value.Key);
        var told = Assert.IsType<StageJumped>(Assert.Single(item.RaisedEvents));
        Assert.Equal(("40.20", "50.20", Today, "ISO 通知", Now), (told.From, told.To, told.On, told.Reason, told.OccurredAt));
        Assert.Equal(DeadlineStatus.Met, ballot.Status);
        Assert.Contains(item.Deadlines, deadline => deadline is { ClockKey: "fdis-ballot", Status: DeadlineStatus.Running });
        Assert.Equal(["00.00", "40.20", "50.20"], item.Main.Spans.OrderBy(span => span.Ordinal).Select(span => span.StageKey));
    }

    [Fact]
    public void A_jump_out_of_an_end_takes_the_work_up_again()
    {
        var item = At(Standard, "40.98");
        Assert.Equal(TrackEnd.Abandoned, item.Main.End);

        Assert.True(item.Jump(item.Main, Standard, "50.00", Facts(item), "恢复", Today, Calendar).IsOk);

        Assert.Null(item.Main.End);
        Assert.False(item.Main.WaitingFor.IsEmpty);
    }

    [Theory]
    [InlineData("50.20", "", 0, "workItem.reasonRequired", "Reason")]
    [InlineData("50.20", "  ", 0, "workItem.reasonRequired", "Reason")]
    [InlineData("50.20", "理由", 1, "workItem.stepInFuture", "On")]
    [InlineData("50.20", "理由", -1, "workItem.stepBeforeStage", "On")]
    [InlineData("40.60", "理由", 0, "workItem.jumpIsStep", "Stage")]
    [InlineData("40.00", "理由", 0, "workItem.jumpIsStep", "Stage")]
    [InlineData("40.50", "理由", 0, "move.notInMatrix", "Stage")]
    [InlineData("published", "理由", 0, "move.noStage", "Stage")]
    public void A_jump_is_refused_beside_the_field_and_changes_nothing(string to, string reason, int days, string code, string field)
    {
        var item = At(Standard, "40.20");
        item.TakeEvents();

        var refused = item.Jump(item.Main, Standard, to, Facts(item), reason, Today.AddDays(days), Calendar);

        Assert.Equal((code, field), (refused.Problem.Code, refused.Problem.Field));
        Assert.Equal("40.20", item.Main.StageKey);
        Assert.Empty(item.RaisedEvents);
    }

    [Fact]
    public void A_jump_does_not_lead_past_the_conditions_of_a_process_of_our_own()
    {
        var national = ShippedDefinitions.Of("gb-t-normal");
        var item = WorkItem.TakeOver(1, Row(), null, national, national.StageOf("20"), Today, Today, Calendar, Now);

        Assert.Equal("move.noTransition", item.Jump(item.Main, national, "50", Facts(item), "理由", Today, Calendar).Problem.Code);
        Assert.Equal("workItem.jumpIsStep", item.Jump(item.Main, national, "30", Facts(item), "理由", Today, Calendar).Problem.Code);
    }

    /// <summary>An item of that process that stood at one stage and was moved to another as the process sees the move, every condition met.</summary>
    internal static WorkItem Moved(ProcessDefinition definition, string from, string to)
    {
        var item = At(definition, from);
        Move(item, definition, to);
        return item;
    }

    private static WorkItem At(ProcessDefinition definition, string stage)
    {
        var item = WorkItem.Propose(1, WorkItem.KindOf(definition), LocalizedText.Of("人工智能 术语", "AI terminology"), null, Proposal.Blank, true, false, definition, Calendar, Today, Now).Value;
        if (item.Main.StageKey != stage) Move(item, definition, stage);
        return item;
    }

    private static void Move(WorkItem item, ProcessDefinition definition, string to)
    {
        var from = item.Main.StageKey;
        var facts = ShippedDefinitions.AllDone(definition, from) with { NowUtc = Now };
        if (definition.MoveBetween(from, to).Value.Transition is { } transition) Assert.True(item.Step(item.Main, definition, transition.Key, facts, "理由", Today, Calendar).IsOk);
        else Assert.True(item.Jump(item.Main, definition, to, facts, "理由", Today, Calendar).IsOk);
    }

    private static TrackFacts Facts(WorkItem item) => item.FactsOf(item.Main, Now, null, 0, 0);

    private static PlanRow Row() => new(LocalizedText.Of("标题", null), "20260326-T-469", null, "正在起草", null, null, null);
}
