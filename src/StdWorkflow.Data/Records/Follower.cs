namespace StdWorkflow.Data.Records;

/// <summary>A person who wants to hear of what happens to a subject.</summary>
public sealed class Follower
{
    /// <summary>Name of the aggregate's type.</summary>
    public required string SubjectType { get; init; }

    public required Guid SubjectId { get; init; }

    public required Guid PersonId { get; init; }

    public required DateTime Since { get; init; }
}
