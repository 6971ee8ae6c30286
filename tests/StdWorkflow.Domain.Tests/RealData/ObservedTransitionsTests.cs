using System.Globalization;
using StdWorkflow.Domain.Tests.Processes;

namespace StdWorkflow.Domain.Tests.RealData;

public class ObservedTransitionsTests
{
    [Fact]
    public void Every_move_that_was_seen_is_possible_and_nearly_all_are_one_step()
    {
        var ways = ShippedDefinitions.Of("iso-iec-is").Transitions.ToLookup(transition => transition.From, transition => transition.To);
        var seen = SharedData.CsvRows("iso", "observed_stage_transitions_half_A.csv")
            .Select(row => (From: row[0], To: row[1], Count: int.Parse(row[2], CultureInfo.InvariantCulture))).ToList();

        Assert.NotEmpty(seen);
        Assert.All(seen, move => Assert.Contains(move.To, Reach(ways, move.From)));

        var direct = seen.Where(move => ways[move.From].Contains(move.To)).Sum(move => move.Count);
        Assert.True(100 * direct >= 97 * seen.Sum(move => move.Count), $"{direct} of {seen.Sum(move => move.Count)} moves are one step.");
    }

    private static HashSet<string> Reach(ILookup<string, string> ways, string from)
    {
        var reached = new HashSet<string>();
        var left = new Queue<string>([from]);
        while (left.TryDequeue(out var stage))
        {
            foreach (var next in ways[stage].Where(reached.Add)) left.Enqueue(next);
        }

        return reached;
    }
}
