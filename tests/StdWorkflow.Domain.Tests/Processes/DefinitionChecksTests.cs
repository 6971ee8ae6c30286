using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Domain.Tests.Processes;

public class DefinitionChecksTests
{
    private static readonly Source source = new("S07", true);
    private static readonly LocalizedText words = new("词", "Word");

    private static readonly ProcessDefinition sound = new(
        "sound", 1, words, words, source,
        [
            Station("10", null),
            Station("30", null) with { OpensConsultation = true },
            Station("60", TrackEnd.Finished),
            Station("98", TrackEnd.Abandoned),
        ],
        [
            Way("10", "30", TransitionKind.Forward) with { Gates = [Stated("draft-attached")] },
            Way("30", "60", TransitionKind.Forward) with { Gates = [new Gate("consultation-over", GateKind.ConsultationOver, words, words)] },
            Way("30", "10", TransitionKind.Back),
            Way("30", "30", TransitionKind.Repeat),
            Way("30", "98", TransitionKind.Abandon),
        ],
        [new Clock("comment-period", ["30"], 60, ClockUnit.Days, ClockKind.CommentPeriod, words, source, null)]);

    public static TheoryData<string, string> Faults => new(Broken.Select(fault => (fault.Name, fault.Code)));

    private static IReadOnlyList<(string Name, string Code, ProcessDefinition Definition)> Broken { get; } =
    [
        ("no stages", "definition.noStages", sound with { Stages = [] }),
        ("key", "definition.key", sound with { Key = "No Slug" }),
        ("version", "definition.version", sound with { Version = 0 }),
        ("name in one language", "definition.language", sound with { Name = new LocalizedText("词", null) }),
        ("name too long", "definition.wordsTooLong", sound with { Name = new LocalizedText(new string('词', 301), "Word") }),
        ("stage name in one language", "definition.language", WithStage("10", stage => stage with { Name = new LocalizedText(" ", "Word") })),
        ("button in one language", "definition.language", WithWay("10-30", way => way with { Name = new LocalizedText("词", null) })),
        ("waits for nobody", "definition.language", WithWay("10-30", way => way with { WaitsFor = LocalizedText.Empty })),
        ("no source", "definition.source", WithStage("10", stage => stage with { Source = new Source("", false) })),
        ("stage twice", "definition.duplicateKey", sound with { Stages = [.. sound.Stages, Station("10", null)] }),
        ("transition twice", "definition.duplicateKey", sound with { Transitions = [.. sound.Transitions, Way("10", "30", TransitionKind.Forward)] }),
        ("clock twice", "definition.duplicateKey", sound with { Clocks = [.. sound.Clocks, sound.Clocks[0] with { Kind = ClockKind.StageLimit }] }),
        ("gate twice", "definition.duplicateKey", WithWay("10-30", way => way with { Gates = [Stated("draft-attached"), Stated("draft-attached")] })),
        ("unknown stage", "definition.unknownStage", WithWay("10-30", way => way with { To = "40" })),
        ("unknown stage of a clock", "definition.unknownStage", WithClock(clock => clock with { Stages = ["30", "40"] })),
        ("unreachable", "definition.unreachable", sound with { Stages = [.. sound.Stages, Station("95", TrackEnd.Finished)] }),
        ("no way out", "definition.noWayOut", WithStage("60", stage => stage with { Ends = null })),
        ("only itself as a way out", "definition.noWayOut", WithStage("60", stage => stage with { Ends = null }, Way("60", "60", TransitionKind.Repeat))),
        ("round and round", "definition.noEnd", sound with { Stages = [.. sound.Stages, Station("90", null), Station("95", null)], Transitions = [.. sound.Transitions, Way("60", "90", TransitionKind.Forward), Way("90", "95", TransitionKind.Forward), Way("95", "90", TransitionKind.Back)] }),
        ("round and round until it is given up", "definition.noEnd", sound with { Stages = [.. sound.Stages, Station("90", null)], Transitions = [.. sound.Transitions, Way("60", "90", TransitionKind.Forward), Way("90", "90", TransitionKind.Repeat), Way("90", "98", TransitionKind.Abandon)] }),
        ("more stages than a drawing holds", "definition.tooMany", sound with { Stages = [.. sound.Stages, .. Enumerable.Range(100, 100).Select(number => Station($"{number}", null))] }),
        ("more steps than a drawing holds", "definition.tooMany", sound with { Transitions = [.. Enumerable.Range(0, 401).Select(number => Way("10", "30", TransitionKind.Forward) with { Key = $"{number}" })] }),
        ("ends at once", "definition.firstStage", WithStage("10", stage => stage with { Ends = TrackEnd.Finished })),
        ("code outside the matrix", "definition.isoCode", WithStage("10", stage => stage with { IsoCode = new StageCode(10, 93) })),
        ("national code that does not exist", "definition.nationalCode", WithStage("10", stage => stage with { NationalCode = "70" })),
        ("back to a later stage", "definition.direction", WithWay("10-30", way => way with { Kind = TransitionKind.Back })),
        ("repeat of another stage", "definition.direction", WithWay("10-30", way => way with { Kind = TransitionKind.Repeat })),
        ("abandon to a stage that goes on", "definition.direction", WithWay("10-30", way => way with { Kind = TransitionKind.Abandon })),
        ("forward to itself", "definition.direction", WithWay("30-30", way => way with { Kind = TransitionKind.Forward })),
        ("on from where it was given up", "definition.wayOutOfEnd", sound with { Transitions = [.. sound.Transitions, Way("98", "10", TransitionKind.Forward)] }),
        ("on from where it was given up, to the next stage", "definition.wayOutOfEnd", sound with { Transitions = [.. sound.Transitions, Way("98", "30", TransitionKind.Forward)] }),
        ("forward to where it began", "definition.forwardToFirst", sound with { Transitions = [.. sound.Transitions, Way("60", "10", TransitionKind.Forward)] }),
        ("anybody may", "definition.permission", WithWay("10-30", way => way with { Needs = Permission.None })),
        ("consultation that never opened", "definition.gateNeverMet", WithWay("10-30", way => way with { Gates = [new Gate("consultation-over", GateKind.ConsultationOver, words, words)] })),
        ("comments that nobody could make", "definition.gateAlwaysMet", WithWay("10-30", way => way with { Gates = [new Gate("comments-disposed", GateKind.CommentsDisposed, words, words)] })),
        ("computed gate under another name", "definition.key", WithWay("10-30", way => way with { Gates = [new Gate("leader", GateKind.LeaderNamed, words, words)] })),
        ("a name that reads backwards", "definition.hiddenCharacters", WithStage("10", stage => stage with { Name = words with { En = "Draft \u202Etfard" } })),
        ("a name that nobody sees", "definition.hiddenCharacters", WithStage("10", stage => stage with { Name = words with { Zh = "\u3164" } })),
        ("a name of several lines", "definition.hiddenCharacters", WithStage("10", stage => stage with { Name = words with { Zh = "起草\n阶段" } })),
        ("gate in one language", "definition.language", WithWay("10-30", way => way with { Gates = [Stated("draft-attached") with { SuppliedBy = new LocalizedText(null, "Word") }] })),
        ("one key, two meanings", "definition.gateMeaning", WithWay("30-60", way => way with { Gates = [Stated("draft-attached") with { Name = new LocalizedText("别的", "Other") }] })),
        ("clock without stage", "definition.clockWithoutStage", sound with { Clocks = [.. sound.Clocks, new Clock("whole", [], 1, ClockUnit.Years, ClockKind.OverallLimit, words, source, null)] }),
        ("no time at all", "definition.amount", WithClock(clock => clock with { Amount = 0 })),
        ("more than a lifetime", "definition.amount", WithClock(clock => clock with { Amount = 101, Unit = ClockUnit.Years })),
        ("consultation without a period", "definition.commentPeriod", sound with { Clocks = [] }),
        ("period without a consultation", "definition.commentPeriod", WithClock(clock => clock with { Stages = ["10"] })),
        ("conflict in one language", "definition.language", WithClock(clock => clock with { Conflict = new LocalizedText(null, "30 days") })),
    ];

    [Fact]
    public void What_was_given_up_may_be_taken_up_again_by_a_step_back() =>
        Assert.Empty(DefinitionChecks.Check(sound with { Transitions = [.. sound.Transitions, Way("98", "10", TransitionKind.Back)] }));

    [Fact]
    public void A_sound_definition_has_no_problem()
    {
        Assert.Empty(DefinitionChecks.Check(sound));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_found_and_named(string name, string code)
    {
        var found = DefinitionChecks.Check(Broken.Single(fault => fault.Name == name).Definition);

        Assert.Contains(code, found.Select(problem => problem.Code));
    }

    [Fact]
    public void A_return_may_stand_down_the_list_when_its_code_means_repeat()
    {
        var returned = sound with
        {
            Stages = [.. sound.Stages, Station("30.92", null) with { IsoCode = new StageCode(30, 92) }],
            Transitions = [.. sound.Transitions, Way("30", "30.92", TransitionKind.Back), Way("30.92", "30", TransitionKind.Forward)],
        };

        Assert.Empty(DefinitionChecks.Check(returned));
    }

    [Theory]
    [InlineData(null, 1, true)]
    [InlineData(null, 2, false)]
    [InlineData(1, 2, true)]
    [InlineData(1, 1, false)]
    [InlineData(1, 3, false)]
    [InlineData(7, 8, true)]
    public void A_version_follows_the_newest_and_leaves_none_out(int? newest, int version, bool follows)
    {
        Assert.Equal(follows ? null : "definition.nextVersion", DefinitionChecks.VersionRefusal(sound with { Version = version }, newest)?.Code);
    }

    private static Stage Station(string key, TrackEnd? ends) => new(key, null, null, words, Phase.Drafting, ends, false, source);

    private static Transition Way(string from, string to, TransitionKind kind) => new($"{from}-{to}", from, to, kind, words, Permission.Advance, words, [], source);

    private static Gate Stated(string key) => new(key, GateKind.Attestation, words, words);

    private static ProcessDefinition WithStage(string key, Func<Stage, Stage> change, params Transition[] more) =>
        sound with { Stages = [.. sound.Stages.Select(stage => stage.Key == key ? change(stage) : stage)], Transitions = [.. sound.Transitions, .. more] };

    private static ProcessDefinition WithWay(string key, Func<Transition, Transition> change) =>
        sound with { Transitions = [.. sound.Transitions.Select(way => way.Key == key ? change(way) : way)] };

    private static ProcessDefinition WithClock(Func<Clock, Clock> change) => sound with { Clocks = [change(sound.Clocks[0])] };
}
