using System.Globalization;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.Tests.Processes;
using StdWorkflow.Domain.Tests.WorkItems;

namespace StdWorkflow.Domain.Tests.RealData;

public class ObservedTransitionsTests
{
    public static TheoryData<string> Keys => MoveTests.InternationalKeys;

    [Theory]
    [MemberData(nameof(Keys))]
    public void The_engine_takes_every_move_that_was_seen_between_stages_of_a_process(string key)
    {
        var definition = ShippedDefinitions.Of(key);
        var seen = Seen().Where(move => definition.FindStage(move.From) is not null && definition.FindStage(move.To) is not null).ToList();

        Assert.NotEmpty(seen);
        Assert.All(seen, move => Assert.Equal(move.To, MovingTests.Moved(definition, move.From, move.To).Main.StageKey));
    }

    [Theory]
    [InlineData("iso-iec-is")]
    [InlineData("iso-iec-amd")]
    public void An_international_standard_and_its_amendment_know_both_ends_of_every_move_that_was_seen(string key)
    {
        Assert.All(Seen(), move => Assert.True(ShippedDefinitions.Of(key).MoveBetween(move.From, move.To).IsOk));
    }

    [Fact]
    public void Nearly_all_moves_that_were_seen_are_a_step_or_a_step_back()
    {
        var definition = ShippedDefinitions.Of("iso-iec-is");
        var steps = Seen().Where(move => definition.MoveBetween(move.From, move.To).Value.Kind != MoveKind.Jump).Sum(move => move.Count);
        var all = Seen().Sum(move => move.Count);

        Assert.True(100 * steps >= 97 * all, $"{steps} of {all} moves are steps.");
    }

    private static List<(string From, string To, int Count)> Seen() =>
        [.. SharedData.CsvRows("iso", "observed_stage_transitions_half_A.csv").Select(row => (row[0], row[1], int.Parse(row[2], CultureInfo.InvariantCulture)))];
}
