using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;

namespace StdWorkflow.Domain.Tests.Processes;

public class ShippedDefinitionsTests
{
    public static TheoryData<string> Keys => ShippedDefinitions.Keys;

    [Fact]
    public void The_processes_are_there_under_their_own_names()
    {
        Assert.Equal(
            [
                "foreign-language-version", "gb-mandatory", "gb-review", "gb-t-fast-b", "gb-t-fast-c", "gb-t-normal", "gb-withdrawal", "gb-z", "group-standard",
                "iso-iec-amd", "iso-iec-is", "iso-iec-pas", "iso-iec-systematic-review", "iso-iec-tr", "iso-iec-ts", "iso-iec-withdrawal", "outbound-proposal", "patent-statements", "practice-guide", "pre-research",
            ],
            ShippedDefinitions.All.Select(definition => definition.Key));
        Assert.Equal(ShippedDefinitions.All.Select(definition => definition.Key), ShippedDefinitions.Files.Select(Path.GetFileNameWithoutExtension));
    }

    [Fact]
    public void Each_file_stands_in_the_writer_s_own_form()
    {
        Assert.All(ShippedDefinitions.Files, file => Assert.Equal(File.ReadAllText(file), DefinitionWriter.WriteIndented(DefinitionReader.Read(File.ReadAllText(file)).Value)));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void What_is_stored_is_read_back_as_it_was(string key)
    {
        var stored = DefinitionWriter.Write(ShippedDefinitions.Of(key));

        Assert.DoesNotContain('\n', stored);
        Assert.Equal(stored, DefinitionWriter.Write(DefinitionReader.Read(stored).Value));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Every_transition_is_a_next_step_from_its_stage_and_from_no_other(string key)
    {
        var definition = ShippedDefinitions.Of(key);

        foreach (var stage in definition.Stages)
        {
            var next = definition.Next(ShippedDefinitions.NothingYet(stage.Key)).Select(step => step.Transition);

            Assert.Equal(definition.Transitions.Where(transition => transition.From == stage.Key), next);
        }
        Assert.NotEmpty(definition.Transitions);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void No_gate_is_always_met_and_none_is_never_met(string key)
    {
        var definition = ShippedDefinitions.Of(key);
        var gates = definition.Transitions.SelectMany(transition => transition.Gates.Select(gate => (transition.From, Gate: gate))).ToList();

        Assert.NotEmpty(gates);
        Assert.All(gates, at => Assert.False(at.Gate.Check(ShippedDefinitions.NothingYet(at.From)).Met, at.Gate.Key));
        Assert.All(gates, at => Assert.True(at.Gate.Check(ShippedDefinitions.AllDone(definition, at.From)).Met, at.Gate.Key));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Everything_that_was_done_opens_every_step(string key)
    {
        var definition = ShippedDefinitions.Of(key);

        Assert.All(definition.Stages, stage => Assert.All(definition.Next(ShippedDefinitions.AllDone(definition, stage.Key)), step => Assert.True(step.IsOpen)));
    }

    [Fact]
    public void Every_kind_of_gate_is_used_and_refuses_somewhere()
    {
        var gates = ShippedDefinitions.All.SelectMany(definition => definition.Transitions).SelectMany(transition => transition.Gates.Select(gate => (transition.From, Gate: gate))).ToList();

        Assert.All(Enum.GetValues<GateKind>(), kind =>
            Assert.Contains(gates, at => at.Gate.Kind == kind && at.Gate.Check(ShippedDefinitions.NothingYet(at.From)) is { Met: false, Reason: not null }));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Work_can_be_abandoned_at_every_stage_until_it_is_published(string key)
    {
        var definition = ShippedDefinitions.Of(key);

        Assert.All(
            definition.Stages.Where(stage => stage.Ends is null && stage.Phase != Phase.Maintenance),
            stage => Assert.Contains(definition.Transitions, transition => transition.From == stage.Key && transition.Kind == TransitionKind.Abandon));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Going_back_repeating_and_abandoning_are_there_and_take_a_reason(string key)
    {
        var definition = ShippedDefinitions.Of(key);

        Assert.All(Enum.GetValues<TransitionKind>(), kind => Assert.Contains(definition.Transitions, transition => transition.Kind == kind));
        Assert.All(definition.Transitions, transition => Assert.Equal(transition.Kind != TransitionKind.Forward, transition.NeedsReason));
        Assert.All(
            definition.Transitions.Where(transition => transition.Kind == TransitionKind.Abandon),
            transition => Assert.Equal(TrackEnd.Abandoned, definition.StageOf(transition.To).Ends));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Only_what_was_read_in_a_source_counts_as_verified(string key)
    {
        var definition = ShippedDefinitions.Of(key);
        var sources = definition.Stages.Select(stage => stage.Source)
            .Concat(definition.Transitions.Select(transition => transition.Source))
            .Concat(definition.Clocks.Select(clock => clock.Source))
            .Append(definition.Source).ToList();

        Assert.All(sources, source => Assert.Matches(@"^(S\d\d[a-z]?|B|C|D)( (S\d\d[a-z]?|B|C|D))*$", source.Reference));
        Assert.All(sources, source => Assert.Equal(source.Verified, !source.Reference.Split(' ').Any(mark => mark is "B" or "D")));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_clock_whose_sources_conflict_names_the_other_value(string key)
    {
        Assert.All(
            ShippedDefinitions.Of(key).Clocks.Where(clock => clock.Source.Reference.Split(' ').Contains("C")),
            clock => Assert.NotNull(clock.Conflict));
    }

    [Theory]
    [InlineData("gb-t-normal", "project-approval", 3, ClockUnit.Months, true)]
    [InlineData("gb-t-normal", "drafting", 10, ClockUnit.Months, true)]
    [InlineData("gb-t-normal", "comment-stage", 2, ClockUnit.Months, true)]
    [InlineData("gb-t-normal", "comment-period", 60, ClockUnit.Days, true)]
    [InlineData("gb-t-normal", "review", 5, ClockUnit.Months, false)]
    [InlineData("gb-t-normal", "approval", 8, ClockUnit.Months, false)]
    [InlineData("gb-t-normal", "approval-file", 18, ClockUnit.Months, false)]
    [InlineData("gb-t-normal", "periodic-review", 5, ClockUnit.Years, true)]
    [InlineData("iso-iec-is", "pwi", 3, ClockUnit.Years, true)]
    [InlineData("iso-iec-is", "np-ballot", 12, ClockUnit.Weeks, false)]
    [InlineData("iso-iec-is", "np-report", 4, ClockUnit.Weeks, true)]
    [InlineData("iso-iec-is", "np-decision", 6, ClockUnit.Months, true)]
    [InlineData("iso-iec-is", "cd-consultation", 8, ClockUnit.Weeks, false)]
    [InlineData("iso-iec-is", "dis-ballot", 12, ClockUnit.Weeks, true)]
    [InlineData("iso-iec-is", "fdis-ballot", 8, ClockUnit.Weeks, true)]
    [InlineData("iso-iec-is", "track", 36, ClockUnit.Months, true)]
    [InlineData("iso-iec-is", "first-review", 5, ClockUnit.Years, true)]
    [InlineData("iso-iec-is", "review-ballot", 20, ClockUnit.Weeks, false)]
    [InlineData("gb-t-fast-b", "comment-period", 60, ClockUnit.Days, true)]
    [InlineData("gb-t-fast-c", "approval-file", 18, ClockUnit.Months, false)]
    [InlineData("gb-mandatory", "approval-file", 24, ClockUnit.Months, false)]
    [InlineData("gb-mandatory", "comment-period", 60, ClockUnit.Days, true)]
    [InlineData("gb-mandatory", "periodic-review", 5, ClockUnit.Years, true)]
    [InlineData("gb-z", "periodic-review", 3, ClockUnit.Years, true)]
    [InlineData("gb-z", "comment-period", 60, ClockUnit.Days, false)]
    [InlineData("foreign-language-version", "whole", 1, ClockUnit.Years, true)]
    [InlineData("group-standard", "comment-period", 30, ClockUnit.Days, true)]
    [InlineData("group-standard", "project", 12, ClockUnit.Months, true)]
    [InlineData("practice-guide", "comment-period", 15, ClockUnit.Days, false)]
    [InlineData("iso-iec-ts", "dts-ballot", 8, ClockUnit.Weeks, false)]
    [InlineData("iso-iec-ts", "first-review", 3, ClockUnit.Years, false)]
    [InlineData("iso-iec-tr", "dtr-ballot", 8, ClockUnit.Weeks, false)]
    [InlineData("iso-iec-pas", "dpas-ballot", 8, ClockUnit.Weeks, false)]
    [InlineData("iso-iec-pas", "first-review", 3, ClockUnit.Years, false)]
    [InlineData("iso-iec-pas", "life", 6, ClockUnit.Years, false)]
    [InlineData("iso-iec-amd", "dam-ballot", 12, ClockUnit.Weeks, false)]
    [InlineData("iso-iec-amd", "track", 36, ClockUnit.Months, true)]
    [InlineData("iso-iec-systematic-review", "review-ballot", 20, ClockUnit.Weeks, false)]
    [InlineData("iso-iec-withdrawal", "withdrawal-ballot", 8, ClockUnit.Weeks, false)]
    [InlineData("outbound-proposal", "np-ballot", 12, ClockUnit.Weeks, false)]
    [InlineData("outbound-proposal", "np-decision", 6, ClockUnit.Months, true)]
    public void Time_limits_are_those_of_the_sources(string process, string key, int amount, ClockUnit unit, bool verified)
    {
        var clock = ShippedDefinitions.Of(process).Clocks.Single(clock => clock.Key == key);

        Assert.Equal((amount, unit, verified), (clock.Amount, clock.Unit, clock.Source.Verified));
    }

    [Fact]
    public void The_national_procedure_has_its_nine_stages()
    {
        Assert.Equal(
            ["00", "10", "20", "30", "40", "50", "60", "90", "95"],
            ShippedDefinitions.Of("gb-t-normal").Stages.Select(stage => stage.NationalCode).OfType<string>());
    }

    [Theory]
    [InlineData("20-30", GateKind.LeaderNamed, GateKind.DraftingOrganizationsNamed, GateKind.PlanNumberValid, GateKind.Attestation)]
    [InlineData("30-40", GateKind.ConsultationOver, GateKind.CommentsDisposed, GateKind.DeviationsReasoned, GateKind.Attestation)]
    [InlineData("40-50", GateKind.Attestation)]
    [InlineData("50-60", GateKind.StandardNumberValid, GateKind.Attestation)]
    public void The_national_steps_ask_for_what_the_procedure_asks(string transition, params GateKind[] gates)
    {
        Assert.Equal(gates, ShippedDefinitions.Of("gb-t-normal").FindTransition(transition)!.Gates.Select(gate => gate.Kind));
    }

    [Fact]
    public void The_comment_stage_of_the_chinese_processes_and_no_other_opens_a_consultation()
    {
        Assert.Equal(
            ["gb-mandatory 30", "gb-t-fast-b 30", "gb-t-normal 30", "gb-z 30", "group-standard comments", "practice-guide comments"],
            ShippedDefinitions.All.SelectMany(definition => definition.Stages.Where(stage => stage.OpensConsultation).Select(stage => $"{definition.Key} {stage.Key}")));
    }

    [Theory]
    [InlineData("gb-t-fast-b", "20", "10", "30")]
    [InlineData("gb-t-fast-c", "20", "10", "40")]
    [InlineData("gb-t-fast-c", "30", "10", "40")]
    public void A_fast_track_leaves_out_a_stage_and_asks_for_what_that_stage_would_have_asked(string process, string leftOut, string from, string to)
    {
        var definition = ShippedDefinitions.Of(process);
        var normal = ShippedDefinitions.Of("gb-t-normal").FindTransition("20-30")!.Gates.Select(gate => gate.Kind);

        Assert.Null(definition.FindStage(leftOut));
        Assert.Empty(normal.Except(definition.FindTransition($"{from}-{to}")!.Gates.Select(gate => gate.Kind)));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Every_stage_of_a_text_but_a_given_up_one_has_its_national_and_its_harmonized_code(string key)
    {
        // Patents go through no stages of GB/T 16733, and of no standard.
        var isText = ShippedDefinitions.Of(key).Drives.Contains(TrackKind.MainText);
        Assert.All(
            ShippedDefinitions.Of(key).Stages.Where(stage => stage.Ends != TrackEnd.Abandoned),
            stage => Assert.Equal(isText, stage is { NationalCode: not null, IsoCode: not null }));
    }

    [Theory]
    [InlineData("iso-iec-ts")]
    [InlineData("iso-iec-tr")]
    [InlineData("iso-iec-pas")]
    public void A_specification_or_report_goes_through_the_matrix_without_an_enquiry(string key)
    {
        Assert.Equal(
            StageMatrix.All.Where(entry => entry.Code.Stage != 40).Select(entry => entry.Code.ToString()),
            ShippedDefinitions.Of(key).Stages.Select(stage => stage.Key));
    }

    [Fact]
    public void An_amendment_goes_through_the_whole_matrix_and_may_leave_out_the_proposal()
    {
        var definition = ShippedDefinitions.Of("iso-iec-amd");

        Assert.Equal(StageMatrix.All.Select(entry => entry.Code.ToString()), definition.Stages.Select(stage => stage.Key));
        Assert.Equal("scope-unchanged", definition.FindTransition("00.00-20.00")!.Gates.Single().Key);
    }

    [Theory]
    [InlineData("iso-iec-ts", "技术规范")]
    [InlineData("iso-iec-tr", "技术报告")]
    [InlineData("iso-iec-pas", "可公开获取的规范")]
    [InlineData("iso-iec-amd", "修改单")]
    public void Another_deliverable_than_a_standard_is_called_by_its_own_name(string key, string name)
    {
        var definition = ShippedDefinitions.Of(key);
        var words = definition.Stages.Select(stage => stage.Name).Concat(definition.Transitions.SelectMany(transition => transition.Gates.Select(gate => gate.Name).Append(transition.Name))).ToList();

        Assert.Contains(name, definition.StageOf("60.60").Name.Zh!, StringComparison.Ordinal);
        Assert.DoesNotContain(words, text => text.Zh!.Contains("国际标准", StringComparison.Ordinal) || text.En!.Contains("International Standard", StringComparison.Ordinal));
        Assert.DoesNotContain(words, text => text.En!.Split(' ', ',', ':').Any(word => word is "DIS" or "FDIS"));
    }

    [Fact]
    public void The_stations_of_an_international_standard_are_the_stage_matrix()
    {
        Assert.Equal(
            StageMatrix.All.Select(entry => (entry.Code.ToString(), (StageCode?)entry.Code, entry.Name)),
            ShippedDefinitions.Of("iso-iec-is").Stages.Select(stage => (stage.Key, stage.IsoCode, stage.Name)));
    }

    [Theory]
    [InlineData("pre-research", "concluded", TrackEnd.Finished)]
    [InlineData("gb-t-normal", "60", TrackEnd.Finished)]
    [InlineData("gb-t-normal", "95", TrackEnd.Abandoned)]
    [InlineData("gb-t-normal", "98", TrackEnd.Abandoned)]
    [InlineData("iso-iec-is", "60.60", TrackEnd.Finished)]
    [InlineData("iso-iec-is", "40.98", TrackEnd.Abandoned)]
    [InlineData("outbound-proposal", "registered", TrackEnd.Finished)]
    [InlineData("outbound-proposal", "rejected", TrackEnd.Abandoned)]
    [InlineData("foreign-language-version", "published", TrackEnd.Finished)]
    [InlineData("patent-statements", "closed", TrackEnd.Finished)]
    [InlineData("patent-statements", "dropped", TrackEnd.Abandoned)]
    [InlineData("group-standard", "cultivation-pool", TrackEnd.Abandoned)]
    [InlineData("gb-review", "to-be-revised", TrackEnd.Finished)]
    [InlineData("gb-withdrawal", "withdrawn", TrackEnd.Finished)]
    [InlineData("gb-withdrawal", "kept", TrackEnd.Abandoned)]
    [InlineData("iso-iec-systematic-review", "90.99", TrackEnd.Finished)]
    [InlineData("iso-iec-withdrawal", "95.99", TrackEnd.Finished)]
    [InlineData("iso-iec-withdrawal", "95.92", TrackEnd.Abandoned)]
    public void A_track_ends_where_the_work_is_done_or_given_up(string process, string stage, TrackEnd end)
    {
        Assert.Equal(end, ShippedDefinitions.Of(process).StageOf(stage).Ends);
    }
}
