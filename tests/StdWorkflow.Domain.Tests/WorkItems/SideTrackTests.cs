using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.Tests.Processes;
using StdWorkflow.Domain.WorkItems;

namespace StdWorkflow.Domain.Tests.WorkItems;

/// <summary>What runs beside the text has a state, clocks and a history of its own.</summary>
public class SideTrackTests
{
    private static readonly WorkingCalendar Calendar = new([], Enumerable.Range(2020, 20));
    private static readonly DateTime Now = new(2026, 11, 23, 2, 0, 0, DateTimeKind.Utc);
    private static readonly DateOnly Today = new(2026, 11, 23);
    private static readonly ProcessDefinition National = ShippedDefinitions.Of("gb-t-normal");
    private static readonly ProcessDefinition Version = ShippedDefinitions.Of("foreign-language-version");
    private static readonly ProcessDefinition Patents = ShippedDefinitions.Of("patent-statements");
    private static readonly ProcessDefinition Standard = ShippedDefinitions.Of("iso-iec-is");

    [Theory]
    [InlineData(TrackKind.ForeignLanguageVersion, "foreign-language-version", "translation", "proposal")]
    [InlineData(TrackKind.PatentStatements, "patent-statements", "patents", "call")]
    [InlineData(TrackKind.InternationalTwin, "iso-iec-is", "twin", "00.00")]
    [InlineData(TrackKind.InternationalTwin, "iso-iec-ts", "twin", "00.00")]
    [InlineData(TrackKind.InternationalTwin, "iso-iec-amd", "twin", "00.00")]
    public void A_track_of_each_kind_begins_in_the_first_stage_of_its_process_and_leaves_the_text_alone(TrackKind kind, string process, string name, string stage)
    {
        var item = At("40");
        var before = (item.Main.StageKey, item.Main.NextDeadlineUtc, item.Deadlines.Count(due => due.TrackId == item.Main.Id));
        item.TakeEvents();

        var track = Start(item, kind, process).Value;

        Assert.Equal((kind, process, stage, Today), (track.Kind, track.ProcessKey, track.StageKey, track.Since));
        Assert.Equal((name, name), (item.NameOf(track), item.NameOf(item.FindTrack(name).Value)));
        Assert.False(track.WaitingFor.IsEmpty);
        Assert.Equal(before, (item.Main.StageKey, item.Main.NextDeadlineUtc, item.Deadlines.Count(due => due.TrackId == item.Main.Id)));
        Assert.Equal([new TrackStarted(track.Id, kind, stage, Today) with { OccurredAt = item.RaisedEvents[0].OccurredAt }], item.RaisedEvents);
        Assert.Same(item.Main, item.FindTrack(null).Value);
        Assert.Same(item.Main, item.FindTrack("text").Value);
    }

    [Theory]
    [InlineData("40", TrackKind.MainText, "gb-t-normal", 0, "track.text")]
    [InlineData("40", TrackKind.PatentStatements, "gb-t-normal", 0, "track.unsuited")]
    [InlineData("40", TrackKind.ForeignLanguageVersion, "patent-statements", 0, "track.unsuited")]
    [InlineData("40", TrackKind.InternationalTwin, "outbound-proposal", 0, "track.unsuited")]
    [InlineData("40", TrackKind.PatentStatements, "patent-statements", 1, "workItem.stepInFuture")]
    [InlineData("98", TrackKind.PatentStatements, "patent-statements", 0, "track.itemEnded")]
    [InlineData("95", TrackKind.ForeignLanguageVersion, "foreign-language-version", 0, "track.itemEnded")]
    public void What_makes_no_sense_is_refused_and_nothing_begins(string stage, TrackKind kind, string process, int days, string code)
    {
        var item = At(stage);
        item.TakeEvents();

        Assert.Equal(code, item.StartTrack(kind, National, ShippedDefinitions.Of(process), Today.AddDays(days), Calendar, Now).Problem.Code);
        Assert.Empty(item.SideTracks);
        Assert.Empty(item.RaisedEvents);
    }

    [Fact]
    public void A_published_standard_can_still_be_translated() => Assert.True(Start(At("60"), TrackKind.ForeignLanguageVersion, "foreign-language-version").IsOk);

    [Theory]
    [InlineData("iso-iec-is", TrackKind.InternationalTwin, "iso-iec-is")]
    [InlineData("foreign-language-version", TrackKind.ForeignLanguageVersion, "foreign-language-version")]
    public void A_text_that_is_such_work_itself_gets_no_track_of_the_kind(string text, TrackKind kind, string process)
    {
        var definition = ShippedDefinitions.Of(text);
        var item = WorkItem.TakeOver(1, Row(), null, definition, definition.First, Today, Today, Calendar, Now);

        Assert.Equal("track.textIsThat", item.StartTrack(kind, definition, ShippedDefinitions.Of(process), Today, Calendar, Now).Problem.Code);
        Assert.True(item.StartTrack(TrackKind.PatentStatements, definition, Patents, Today, Calendar, Now).IsOk);
    }

    [Theory]
    [InlineData(TrackKind.ForeignLanguageVersion, "foreign-language-version", "terminated", null)]
    [InlineData(TrackKind.ForeignLanguageVersion, "foreign-language-version", "published", null)]
    [InlineData(TrackKind.PatentStatements, "patent-statements", "closed", null)]
    [InlineData(TrackKind.InternationalTwin, "iso-iec-is", "60.60", "track.oneTwin")]
    [InlineData(TrackKind.InternationalTwin, "iso-iec-is", "30.98", null)]
    public void A_second_one_of_a_kind_begins_only_when_the_first_has_ended(TrackKind kind, string process, string end, string? refusal)
    {
        var (item, definition) = (At("40"), ShippedDefinitions.Of(process));
        var first = Start(item, kind, process).Value;
        Assert.Equal("track.runs", Start(item, kind, process).Problem.Code);
        Take(item, first, definition, end);
        if (refusal is null) Assert.Equal("track.beforeLast", item.StartTrack(kind, National, definition, Today.AddDays(-1), Calendar, Now).Problem.Code);

        var second = Start(item, kind, process);

        Assert.Equal(refusal, second.IsOk ? null : second.Problem.Code);
        if (second.IsOk) Assert.Equal((item.NameOf(first) + "-2", second.Value), (item.NameOf(second.Value), item.FindTrack(item.NameOf(first) + "-2").Value));
        Assert.Same(first, item.FindTrack(item.NameOf(first)).Value);
    }

    [Fact]
    public void A_name_that_no_track_has_is_not_found() => Assert.Equal(Problem.NotFoundCode, At("40").FindTrack("patents").Problem.Code);

    [Fact]
    public void Nobody_proposes_a_text_by_a_process_that_drives_none() => Assert.Equal(
        ("track.unsuited", "Process"),
        WorkItem.Propose(1, WorkItemKind.National, LocalizedText.Of("专利", null), null, Proposal.Blank, true, false, Patents, Calendar, Today, Now).Problem is var problem ? (problem.Code, problem.Field) : default);

    [Fact]
    public void Its_step_starts_its_own_clock_and_undoing_that_leaves_the_text_where_it_went_meanwhile()
    {
        var item = At("40");
        var track = Start(item, TrackKind.ForeignLanguageVersion, "foreign-language-version").Value;
        Step(item, track, Version, "proposal-task");
        Step(item, track, Version, "task-translation");
        WorkItem.AllowUndo(track, Now);
        var due = Assert.Single(item.Deadlines, deadline => deadline.TrackId == track.Id);
        Assert.Equal((ClockKind.OverallLimit, new DateOnly(2027, 11, 23)), (due.Kind, due.LocalDate));
        Assert.Equal(due.InstantUtc, track.NextDeadlineUtc);
        Assert.NotEqual(due.InstantUtc, item.Main.NextDeadlineUtc);
        Step(item, item.Main, National, "40-50");
        WorkItem.AllowUndo(item.Main, Now);

        Assert.True(item.Undo(track, Version, "误操作", Now).IsOk);
        item.LookAgain(track, Version, Facts(item, track));

        Assert.Equal(("task", "50", DeadlineStatus.Cancelled), (track.StageKey, item.Main.StageKey, due.Status));
        Assert.Null(track.NextDeadlineUtc);
        Assert.Null(WorkItem.UndoRefusal(item.Main, Now));
        Assert.NotNull(WorkItem.UndoRefusal(track, Now));
        Assert.Equal(track.Id, item.RaisedEvents.OfType<StepUndone>().Single().Track);
    }

    [Fact]
    public void Giving_a_track_up_ends_it_and_not_the_work_item()
    {
        var item = At("40");
        var track = Start(item, TrackKind.PatentStatements, "patent-statements").Value;

        Assert.True(item.Step(track, Patents, "call-dropped", Facts(item, track), "不涉及", Today, Calendar).IsOk);

        Assert.Equal((TrackEnd.Abandoned, null), (track.End, item.Main.End));
    }

    [Fact]
    public void A_twin_jumps_where_ISO_jumped()
    {
        var item = At("40");
        var track = Start(item, TrackKind.InternationalTwin, "iso-iec-is").Value;

        Assert.True(item.Jump(track, Standard, "40.20", Facts(item, track), "ISO 网站", Today, Calendar).IsOk);

        Assert.Equal(("40.20", "40"), (track.StageKey, item.Main.StageKey));
        Assert.Equal(track.Id, item.RaisedEvents.OfType<StageJumped>().Single().Track);
    }

    [Fact]
    public void It_follows_a_new_version_of_its_process_and_no_process_that_drives_another_kind()
    {
        var item = At("40");
        var track = Start(item, TrackKind.PatentStatements, "patent-statements").Value;
        var same = Version with { Key = "other", Stages = [.. Version.Stages.Select(stage => stage.Key == "proposal" ? stage with { Key = "call" } : stage)] };

        Assert.Equal("track.unsuited", item.FollowRefusal(track, same)!.Code);
        Assert.Equal("track.unsuited", item.FollowRefusal(item.Main, Patents with { Version = 2 })!.Code);
        Assert.True(item.Follow(track, Patents with { Version = 3 }, Facts(item, track), "修订", Calendar).IsOk);
        Assert.Equal((3, National.Version), (track.ProcessVersion, item.Main.ProcessVersion));
    }

    [Theory]
    [InlineData("""{ "drives": ["MainText", "PatentStatements"], """, null)]
    [InlineData("""{ "drives": [], """, "definition.drives")]
    [InlineData("""{ "drives": ["PatentStatements", "PatentStatements"], """, "definition.drives")]
    [InlineData("""{ "drives": ["patents"], """, "definition.unknownWord")]
    [InlineData("""{ "drives": [2], """, "definition.wrongType")]
    [InlineData("""{ "drives": null, """, "definition.wrongType")]
    public void What_a_process_drives_is_read_strictly_and_written_again(string head, string? code)
    {
        var read = DefinitionReader.Read(head + DefinitionWriter.Write(National)[1..]);

        Assert.Equal(code, read.IsOk ? null : read.Problem.Code);
        if (read.IsOk) Assert.Equal([TrackKind.MainText, TrackKind.PatentStatements], DefinitionReader.Read(DefinitionWriter.Write(read.Value)).Value.Drives);
    }

    [Fact]
    public void A_version_that_does_not_say_what_it_drives_drives_the_text() => Assert.Equal([TrackKind.MainText], National.Drives);

    [Fact]
    public void Every_kind_of_track_is_driven_by_a_process_that_is_shipped() =>
        Assert.All(Enum.GetValues<TrackKind>(), kind => Assert.Contains(ShippedDefinitions.All, definition => definition.Drives.Contains(kind)));

    [Fact]
    public void What_a_process_drives_is_shown_when_it_changes() =>
        Assert.Contains(DefinitionDiff.Between(Patents, Patents with { Drives = [TrackKind.MainText] }).Single().Fields, field => field is { Field: "drives", Before: "PatentStatements", After: "MainText" });

    internal static WorkItem At(string stage) => WorkItem.TakeOver(1, Row(), null, National, National.StageOf(stage), Today.AddDays(-30), Today, Calendar, Now);

    internal static Result<Track> Start(WorkItem item, TrackKind kind, string process) => item.StartTrack(kind, National, ShippedDefinitions.Of(process), Today, Calendar, Now);

    /// <summary>Takes a track to a stage, with every gate met, as a person would: along the steps, or by a jump where ISO may jump.</summary>
    internal static void Take(WorkItem item, Track track, ProcessDefinition definition, string stage)
    {
        while (track.StageKey != stage)
        {
            if (definition.JumpsFrom(track.StageKey).Any(to => to.Key == stage))
            {
                Assert.True(item.Jump(track, definition, stage, Facts(item, track), "ISO", Today, Calendar).IsOk);
                return;
            }

            var ways = definition.Transitions.Where(way => way.From == track.StageKey).ToList();
            Step(item, track, definition, (ways.Find(way => way.To == stage) ?? ways.Find(way => way.Kind == TransitionKind.Forward))!.Key);
        }
    }

    private static void Step(WorkItem item, Track track, ProcessDefinition definition, string transition) =>
        Assert.True(item.Step(track, definition, transition, ShippedDefinitions.AllDone(definition, track.StageKey) with { NowUtc = Now }, "理由", Today, Calendar).IsOk, transition);

    private static TrackFacts Facts(WorkItem item, Track track) => item.FactsOf(track, Now, null, 0, 0);

    private static PlanRow Row() => new(LocalizedText.Of("人工智能 术语", "AI terminology"), null, null, "状态", null, null, null);
}
