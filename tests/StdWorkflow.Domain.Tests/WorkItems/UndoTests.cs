using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.Tests.Processes;
using StdWorkflow.Domain.WorkItems;

namespace StdWorkflow.Domain.Tests.WorkItems;

/// <summary>A step that was undone leaves nothing behind but the history.</summary>
public class UndoTests
{
    private static readonly WorkingCalendar Calendar = new([], Enumerable.Range(2020, 20));
    private static readonly DateTime Now = new(2026, 11, 23, 2, 0, 0, DateTimeKind.Utc);
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Theory]
    [MemberData(nameof(ShippedDefinitions.Keys), MemberType = typeof(ShippedDefinitions))]
    public void After_every_step_of_every_process_the_state_before_comes_back(string key)
    {
        var definition = ShippedDefinitions.Of(key);
        foreach (var transition in definition.Transitions)
        {
            var item = WorkItem.TakeOver(1, Row(), null, definition, definition.StageOf(transition.From), Today, Today, Calendar, Now);
            item.LookAgain(item.Main, definition, AllDone(definition, transition.From));
            var before = StateOf(item);
            Assert.True(item.Step(item.Main, definition, transition.Key, AllDone(definition, transition.From), "理由", Today, Calendar).IsOk);
            Assert.NotEqual(before, StateOf(item));
            WorkItem.AllowUndo(item.Main, Now);

            Assert.True(item.Undo(item.Main, definition, null, Now.AddMinutes(9)).IsOk);
            item.LookAgain(item.Main, definition, AllDone(definition, transition.From));

            Assert.Equal(before, StateOf(item));
            Assert.Equal((transition.To, transition.From), item.RaisedEvents.OfType<StepUndone>().Select(undone => (undone.From, undone.To)).Single());
        }
    }

    [Fact]
    public void A_step_can_be_taken_undone_and_taken_again()
    {
        var (item, definition) = Stepped();
        var after = StateOf(item);

        Assert.True(item.Undo(item.Main, definition, "误操作", Now).IsOk);
        Assert.Equal("undo.nothing", item.Undo(item.Main, definition, null, Now).Problem.Code);
        Assert.True(item.Step(item.Main, definition, "00-10", AllDone(definition, "00"), null, Today, Calendar).IsOk);

        Assert.Equal(after, StateOf(item));
        Assert.Equal("误操作", item.RaisedEvents.OfType<StepUndone>().Single().Reason);
    }

    [Fact]
    public void It_can_be_undone_for_less_than_ten_minutes()
    {
        var (item, definition) = Stepped();

        Assert.Equal(10, WorkItem.MinutesToUndo(item.Main, Now));
        Assert.Equal(1, WorkItem.MinutesToUndo(item.Main, Now.AddMinutes(10).AddMicroseconds(-1)));
        Assert.Equal(0, WorkItem.MinutesToUndo(item.Main, Now.AddMinutes(10)));
        Assert.Equal("undo.tooLate", item.Undo(item.Main, definition, null, Now.AddMinutes(10)).Problem.Code);
        Assert.Equal("10", item.Main.StageKey);
        Assert.True(item.Undo(item.Main, definition, null, Now.AddMinutes(10).AddMicroseconds(-1)).IsOk);
    }

    [Fact]
    public void What_a_file_recorded_cannot_be_undone()
    {
        var definition = ShippedDefinitions.Of("gb-t-normal");
        var item = WorkItem.TakeOver(1, Row(), null, definition, definition.StageOf("20"), Today, Today, Calendar, Now);
        item.TakeOverChanges(Row(), null, definition, definition.StageOf("30"), Today, Today, Calendar, Now);

        Assert.Equal("undo.nothing", item.Undo(item.Main, definition, null, Now).Problem.Code);
    }

    [Fact]
    public void A_statement_made_in_the_new_stage_keeps_it()
    {
        var (item, definition) = Stepped();
        Assert.True(item.Attest(item.Main, definition, "plan-issued", null, "文件", Today, AllDone(definition, "10") with { Attestations = [] }).IsOk);

        Assert.Equal("undo.nothing", item.Undo(item.Main, definition, null, Now).Problem.Code);
    }

    [Fact]
    public void What_was_shown_for_comments_is_hidden_again_and_what_was_public_before_stays_so()
    {
        foreach (var wasPublic in new[] { true, false })
        {
            var (item, definition) = Stepped();
            item.Show(wasPublic);
            item.ShowForComments(item.Main);

            Assert.True(item.IsPublic);
            Assert.True(item.Undo(item.Main, definition, null, Now).IsOk);
            Assert.Equal(wasPublic, item.IsPublic);
        }
    }

    private static (WorkItem Item, ProcessDefinition Definition) Stepped()
    {
        var definition = ShippedDefinitions.Of("gb-t-normal");
        var item = WorkItem.TakeOver(1, Row(), null, definition, definition.First, Today, Today, Calendar, Now);
        Assert.True(item.Step(item.Main, definition, "00-10", AllDone(definition, "00"), null, Today, Calendar).IsOk);
        WorkItem.AllowUndo(item.Main, Now);
        return (item, definition);
    }

    private static TrackFacts AllDone(ProcessDefinition definition, string stage) => ShippedDefinitions.AllDone(definition, stage) with { NowUtc = Now };

    private static PlanRow Row() => new(LocalizedText.Of("标题", null), "20260326-T-469", null, null, null, null, null);

    private static string StateOf(WorkItem item)
    {
        var track = item.Main;
        var spans = string.Join(", ", track.Spans.OrderBy(span => span.Ordinal).Select(span => $"{span.Ordinal} {span.StageKey} {span.Entered}–{span.Left}"));
        var running = string.Join(", ", item.Deadlines.Where(deadline => deadline.Status != DeadlineStatus.Cancelled).Select(deadline => $"{deadline.ClockKey} {deadline.LocalDate} {deadline.Status} {deadline.EndedIn}").Order(StringComparer.Ordinal));
        return $"{track.StageKey} {track.Phase} {track.End} {track.Since} {track.WaitingFor} {track.IsBlocked} {track.BlockedBy} {track.NextDeadlineUtc} | {spans} | {running} | {item.IsPublic}";
    }
}
