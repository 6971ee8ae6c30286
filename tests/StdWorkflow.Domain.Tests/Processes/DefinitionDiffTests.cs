using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Domain.Tests.Processes;

public class DefinitionDiffTests
{
    private static readonly ProcessDefinition before = ShippedDefinitions.Of("gb-t-normal");

    [Fact]
    public void Nothing_changes_where_only_the_version_differs()
    {
        Assert.Empty(DefinitionDiff.Between(before, before with { Version = 2 }));
        Assert.Empty(DefinitionDiff.Between(before, DefinitionReader.Read(DefinitionWriter.Write(before)).Value));
    }

    [Fact]
    public void A_clock_that_gets_longer_is_told_with_both_values()
    {
        var after = before with { Clocks = [.. before.Clocks.Select(clock => clock.Key == "drafting" ? clock with { Amount = 12, Source = new Source("B", false) } : clock)] };

        var change = Assert.Single(DefinitionDiff.Between(before, after));

        Assert.Equal((DefinitionPart.Clock, "drafting", DefinitionChangeKind.Changed), (change.Part, change.Key, change.Kind));
        Assert.Equal([new("amount", "10", "12"), new("source", "S07 S11", "B"), new("verified", "true", "false")], change.Fields);
    }

    [Fact]
    public void What_a_gate_asks_stands_with_its_transition()
    {
        var gates = before.FindTransition("40-50")!.Gates;
        var after = With("40-50", transition => transition with { Gates = [gates[0] with { Name = new LocalizedText("函审通过", "The letter review has passed the draft") }, Stated("patents-declared")] });

        var change = Assert.Single(DefinitionDiff.Between(before, after));

        Assert.Equal((DefinitionPart.Transition, "40-50"), (change.Part, change.Key));
        Assert.Contains(new DefinitionFieldChange("gates.review-passed.name.zh", "委员表决通过审查", "函审通过"), change.Fields);
        Assert.Contains(new DefinitionFieldChange("gates.patents-declared.kind", null, "Attestation"), change.Fields);
    }

    [Fact]
    public void A_stage_that_goes_takes_its_transitions_along_and_changes_the_order()
    {
        var changes = DefinitionDiff.Between(before, ShippedDefinitions.Of("gb-t-fast-b"));

        Assert.Contains(changes, change => change is { Part: DefinitionPart.Stage, Key: "20", Kind: DefinitionChangeKind.Removed });
        Assert.Contains(changes, change => change is { Part: DefinitionPart.Transition, Key: "20-30", Kind: DefinitionChangeKind.Removed });
        Assert.Contains(changes, change => change is { Part: DefinitionPart.Transition, Key: "10-30", Kind: DefinitionChangeKind.Added } && change.Fields.All(field => field.Before is null));
        Assert.Contains(changes.Where(change => change.Part == DefinitionPart.Head).SelectMany(change => change.Fields), field => field is { Field: "stages", After: "00, 10, 30, 40, 50, 60, 90, 95, 98" });
    }

    [Fact]
    public void Every_value_of_a_definition_is_compared()
    {
        var other = new LocalizedText("别", "Other");
        var stage = before.Stages[2];
        ProcessDefinition[] versions =
        [
            before with { Name = other }, before with { Description = other }, before with { Source = new Source("D", false) },
            before with { Stages = [.. before.Stages.Reverse()] },
            .. new[]
            {
                stage with { NationalCode = "30" }, stage with { IsoCode = null }, stage with { Name = other }, stage with { Phase = Phase.Conversion }, stage with { Ends = TrackEnd.Finished },
                stage with { OpensConsultation = true }, stage with { Source = new Source("D", false) },
            }.Select(changed => before with { Stages = [.. before.Stages.Select(known => known.Key == stage.Key ? changed : known)] }),
            With("20-30", way => way with { From = "10" }), With("20-30", way => way with { To = "40" }), With("20-30", way => way with { Kind = TransitionKind.Back }), With("20-30", way => way with { Name = other }),
            With("20-30", way => way with { Needs = Permission.Edit }), With("20-30", way => way with { WaitsFor = other }), With("20-30", way => way with { Gates = [] }), With("20-30", way => way with { Source = new Source("D", false) }),
            .. new Func<Clock, Clock>[]
            {
                clock => clock with { Stages = ["20"] }, clock => clock with { Amount = 99 }, clock => clock with { Unit = ClockUnit.WorkingDays }, clock => clock with { Kind = ClockKind.StageLimit }, clock => clock with { Name = other },
                clock => clock with { Source = new Source("D", false) }, clock => clock with { Conflict = other },
            }.Select(change => before with { Clocks = [.. before.Clocks.Select(clock => clock.Key == "approval-file" ? change(clock) : clock)] }),
        ];

        Assert.All(versions, after => Assert.NotEmpty(Assert.Single(DefinitionDiff.Between(before, after)).Fields));
    }

    private static Gate Stated(string key) => new(key, GateKind.Attestation, new("专利已披露", "Patents are declared"), new("起草工作组", "drafting group"));

    private static ProcessDefinition With(string key, Func<Transition, Transition> change) =>
        before with { Transitions = [.. before.Transitions.Select(way => way.Key == key ? change(way) : way)] };
}
