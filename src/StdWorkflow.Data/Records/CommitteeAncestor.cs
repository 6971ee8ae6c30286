namespace StdWorkflow.Data.Records;

/// <summary>The closure of the committee tree: every committee with each of its ancestors, itself at depth 0 included.</summary>
public sealed class CommitteeAncestor
{
    public required Guid CommitteeId { get; init; }

    public required Guid AncestorId { get; init; }

    public required int Depth { get; init; }
}
