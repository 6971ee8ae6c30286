using StdWorkflow.Domain.Processes;
using StdWorkflow.Testing;

namespace StdWorkflow.Domain.Tests.Processes;

/// <summary>The process definitions that the product brings along.</summary>
internal static class ShippedDefinitions
{
    public static IReadOnlyList<string> Files { get; } = [.. Directory.GetFiles(Repository.PathTo("src", "StdWorkflow.Web", "Starter", "processes"), "*.json").Order(StringComparer.Ordinal)];

    public static IReadOnlyList<ProcessDefinition> All { get; } = [.. Files.Select(file => DefinitionReader.Read(File.ReadAllText(file)).Value)];

    public static TheoryData<string> Keys => [.. All.Select(definition => definition.Key)];

    public static ProcessDefinition Of(string key) => All.Single(definition => definition.Key == key);

    /// <summary>A track of which nothing is known but where it stands, that one comment came in, and that it adopts a document with a deviation.</summary>
    public static TrackFacts NothingYet(string stage) => new() { Stage = stage, NowUtc = new DateTime(2026, 3, 2, 1, 0, 0, DateTimeKind.Utc), Comments = 1, CommentsWithoutDisposition = 1, UnreasonedDeviations = 1 };

    /// <summary>A track for which everything was done that its gates ask for.</summary>
    public static TrackFacts AllDone(ProcessDefinition definition, string stage)
    {
        var bare = NothingYet(stage);
        return bare with
        {
            Title = new("人工智能 术语", "Artificial intelligence - Terminology"),
            HasLeader = true,
            DraftingOrganizations = 2,
            PlanNumber = "20260326-T-469",
            StandardNumber = "GB/T 41867-2022",
            ConsultationClosesAtUtc = bare.NowUtc.AddDays(-1),
            CommentsWithoutDisposition = 0,
            UnreasonedDeviations = 0,
            Attestations =
            [
                .. definition.Transitions.SelectMany(transition => transition.Gates).Select(gate => gate.Key).Distinct()
                    .Select(key => new AttestationFact(key, null, "N 12", new DateOnly(2026, 3, 1), bare.NowUtc)),
            ],
        };
    }
}
