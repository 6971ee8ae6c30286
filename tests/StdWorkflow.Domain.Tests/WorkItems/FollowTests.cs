using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.Tests.Processes;
using StdWorkflow.Domain.WorkItems;

namespace StdWorkflow.Domain.Tests.WorkItems;

/// <summary>Running items that are moved to another version of their process, or to another process.</summary>
public class FollowTests
{
    private static readonly ProcessDefinition First = ShippedDefinitions.Of("gb-t-normal") with { Version = 1 };
    private static readonly WorkingCalendar Calendar = new([], Enumerable.Range(2020, 20));
    private static readonly DateTime Now = new(2026, 11, 23, 2, 0, 0, DateTimeKind.Utc);
    private static readonly DateOnly Today = new(2026, 11, 23);
    private static readonly DateOnly Entered = new(2026, 9, 1);

    [Fact]
    public void A_later_version_is_followed_at_the_same_stage_and_the_history_says_why()
    {
        var item = At("20");
        item.TakeEvents();

        Assert.True(item.Follow(item.Main, First with { Version = 2 }, Facts(item), " 办法已修订 ", Calendar).IsOk);

        Assert.Equal(("gb-t-normal", 2, "20", (DateOnly?)Entered), (item.Main.ProcessKey, item.Main.ProcessVersion, item.Main.StageKey, item.Main.Since));
        var told = Assert.IsType<ProcessChanged>(Assert.Single(item.RaisedEvents));
        Assert.Equal(("gb-t-normal", 1, "gb-t-normal", 2, "办法已修订"), (told.FromProcess, told.FromVersion, told.ToProcess, told.ToVersion, told.Reason));
    }

    [Fact]
    public void A_running_deadline_is_counted_anew_from_its_own_first_day()
    {
        var item = At("20");
        var drafting = Running(item, "drafting");
        Assert.Equal(Entered.AddMonths(10), drafting.LocalDate);
        var longer = First with { Version = 2, Clocks = [.. First.Clocks.Select(clock => clock.Key == "drafting" ? clock with { Amount = 12 } : clock)] };

        Assert.True(item.Follow(item.Main, longer, Facts(item), "理由", Calendar).IsOk);

        Assert.Equal((Entered.AddMonths(12), 2, DeadlineStatus.Running), (drafting.LocalDate, drafting.DefinitionVersion, drafting.Status));
        Assert.Contains(item.RaisedEvents, happened => happened is DeadlineMoved moved && moved.Deadline == drafting.Id);
        Assert.Equal(item.Deadlines.Where(deadline => deadline.Status == DeadlineStatus.Running).Min(deadline => deadline.InstantUtc), item.Main.NextDeadlineUtc);
    }

    [Fact]
    public void A_clock_that_is_gone_no_longer_applies_and_a_new_one_starts_where_its_first_stage_was_entered()
    {
        var item = At("20");
        var (drafting, file) = (Running(item, "drafting"), Running(item, "approval-file"));
        var other = First with
        {
            Version = 2,
            Clocks = [.. First.Clocks.Where(clock => clock.Key != "drafting"), First.Clocks.Single(clock => clock.Key == "drafting") with { Key = "first-draft", Amount = 6 }],
        };

        Assert.True(item.Follow(item.Main, other, Facts(item), "理由", Calendar).IsOk);

        Assert.Equal(DeadlineStatus.Cancelled, drafting.Status);
        Assert.Equal(DeadlineStatus.Running, file.Status);
        Assert.Equal((Entered, Entered.AddMonths(6)), (Running(item, "first-draft").Started, Running(item, "first-draft").LocalDate));
    }

    [Fact]
    public void Another_process_with_the_stage_is_followed_with_its_own_limits()
    {
        var item = WorkItem.TakeOver(1, Row(), null, First, First.StageOf("60"), Entered, Today, Calendar, Now);
        var guidance = ShippedDefinitions.Of("gb-z");

        Assert.True(item.Follow(item.Main, guidance, Facts(item), "指导性技术文件", Calendar).IsOk);

        Assert.Equal(("gb-z", guidance.Version), (item.Main.ProcessKey, item.Main.ProcessVersion));
        Assert.Equal(Entered.AddYears(3), Running(item, "periodic-review").LocalDate);
    }

    [Fact]
    public void What_was_stated_still_counts_where_the_gate_is_the_same()
    {
        var item = At("20");
        Assert.True(item.Attest(item.Main, First, "draft-for-comments", null, "N 12", Today, Facts(item)).IsOk);

        Assert.True(item.Follow(item.Main, First with { Version = 2 }, Facts(item), "理由", Calendar).IsOk);

        Assert.Contains(Facts(item).Attestations, said => said.Gate == "draft-for-comments");
    }

    [Fact]
    public void A_move_is_refused_where_it_would_lose_the_stage_or_break_what_the_public_was_told()
    {
        var item = At("20");
        var asking = At("30");

        Assert.Equal("process.same", Refused(item, First));
        Assert.Equal("process.stageMissing", Refused(item, ShippedDefinitions.Of("gb-t-fast-b")));
        Assert.Equal("process.otherKind", Refused(item, ShippedDefinitions.Of("iso-iec-is")));
        Assert.Equal("process.periodRuns", Refused(asking, First with { Version = 2 }));
        Assert.Equal("workItem.reasonRequired", item.Follow(item.Main, First with { Version = 2 }, Facts(item), " ", Calendar).Problem.Code);
        Assert.Equal(1, item.Main.ProcessVersion);
        Assert.DoesNotContain(item.RaisedEvents, happened => happened is ProcessChanged);
    }

    private static string Refused(WorkItem item, ProcessDefinition definition)
    {
        Assert.Equal(item.FollowRefusal(item.Main, definition), item.Follow(item.Main, definition, Facts(item), "理由", Calendar).Problem, (one, other) => one?.Code == other?.Code);
        return item.FollowRefusal(item.Main, definition)!.Code;
    }

    private static WorkItem At(string stage) => WorkItem.TakeOver(1, Row(), null, First, First.StageOf(stage), Entered, Today, Calendar, Now);

    private static Deadline Running(WorkItem item, string clock) => Assert.Single(item.Deadlines, deadline => deadline.ClockKey == clock && deadline.Status == DeadlineStatus.Running);

    private static TrackFacts Facts(WorkItem item) => item.FactsOf(item.Main, Now, null, 0, 0);

    private static PlanRow Row() => new(LocalizedText.Of("标题", null), "20260326-T-469", null, "正在起草", null, null, null);
}
