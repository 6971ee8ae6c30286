using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Domain.Tests.Processes;

public class MoveTests
{
    public static TheoryData<string> InternationalKeys => [.. ShippedDefinitions.All.Where(IsInternational).Select(definition => definition.Key)];

    [Theory]
    [InlineData("iso-iec-is", "40.00", "40.20", MoveKind.Step)]
    [InlineData("iso-iec-is", "40.60", "40.98", MoveKind.Step)]
    [InlineData("iso-iec-is", "90.93", "90.20", MoveKind.Step)]
    [InlineData("iso-iec-is", "50.20", "50.00", MoveKind.StepBack)]
    [InlineData("iso-iec-is", "40.20", "40.20", MoveKind.StepBack)]
    [InlineData("iso-iec-is", "40.98", "30.00", MoveKind.StepBack)]
    [InlineData("iso-iec-is", "30.99", "60.60", MoveKind.Jump)]
    [InlineData("iso-iec-is", "40.98", "50.00", MoveKind.Jump)]
    [InlineData("iso-iec-is", "40.60", "40.60", MoveKind.Jump)]
    [InlineData("iso-iec-is", "95.99", "00.00", MoveKind.Jump)]
    [InlineData("iso-iec-ts", "30.99", "50.00", MoveKind.Step)]
    [InlineData("iso-iec-tr", "30.99", "60.60", MoveKind.Jump)]
    [InlineData("iso-iec-amd", "00.99", "20.00", MoveKind.Step)]
    [InlineData("iso-iec-systematic-review", "90.20", "60.60", MoveKind.Step)]
    [InlineData("iso-iec-systematic-review", "60.60", "90.20", MoveKind.Jump)]
    [InlineData("gb-t-normal", "30", "40", MoveKind.Step)]
    [InlineData("gb-t-normal", "30", "20", MoveKind.StepBack)]
    public void A_move_is_a_step_a_step_back_or_a_jump(string process, string from, string to, MoveKind kind)
    {
        var move = ShippedDefinitions.Of(process).MoveBetween(from, to).Value;

        Assert.Equal((kind, from, to), (move.Kind, move.From.Key, move.To.Key));
        Assert.Equal(kind == MoveKind.Jump, move.Transition is null);
    }

    [Theory]
    [InlineData("iso-iec-is", "40.20", "40.50", "move.notInMatrix")]
    [InlineData("iso-iec-is", "40.20", "70.00", "move.notInMatrix")]
    [InlineData("iso-iec-is", "40.20", "95.00", "move.notInMatrix")]
    [InlineData("iso-iec-is", "40.20", "anywhere", "move.noStage")]
    [InlineData("iso-iec-is", "40.20", "", "move.noStage")]
    [InlineData("iso-iec-ts", "30.99", "40.00", "move.noStage")]
    [InlineData("gb-t-normal", "20", "50", "move.noTransition")]
    [InlineData("gb-t-normal", "20", "20", "move.noTransition")]
    [InlineData("outbound-proposal", "form-4", "np-ballot", "move.noTransition")]
    [InlineData("iso-iec-systematic-review", "90.20", "95.99", "move.noStage")]
    public void Another_move_is_refused(string process, string from, string to, string code)
    {
        Assert.Equal(code, ShippedDefinitions.Of(process).MoveBetween(from, to).Problem.Code);
    }

    [Theory]
    [MemberData(nameof(InternationalKeys))]
    public void In_a_process_of_ISO_and_IEC_every_stage_is_a_code_of_the_matrix_and_can_be_reached_from_every_other(string key)
    {
        var definition = ShippedDefinitions.Of(key);

        Assert.All(definition.Stages, stage => Assert.True(stage.IsHarmonized));
        Assert.All(definition.Stages, from => Assert.All(definition.Stages, to => Assert.True(definition.MoveBetween(from.Key, to.Key).IsOk)));
    }

    [Theory]
    [MemberData(nameof(InternationalKeys))]
    public void Jumps_are_offered_where_no_transition_leads_and_nowhere_else(string key)
    {
        var definition = ShippedDefinitions.Of(key);

        Assert.All(definition.Stages, from => Assert.Equal(
            definition.Stages.Select(stage => stage.Key).Except(definition.Transitions.Where(transition => transition.From == from.Key).Select(transition => transition.To)),
            definition.JumpsFrom(from.Key).Select(stage => stage.Key)));
    }

    [Fact]
    public void A_process_of_our_own_has_no_jumps()
    {
        var ours = ShippedDefinitions.All.Where(definition => !IsInternational(definition)).ToList();

        Assert.NotEmpty(ours);
        Assert.All(ours, definition => Assert.All(definition.Stages, stage => Assert.Empty(definition.JumpsFrom(stage.Key))));
    }

    private static bool IsInternational(ProcessDefinition definition) => definition.Key.StartsWith("iso-iec-", StringComparison.Ordinal);
}
