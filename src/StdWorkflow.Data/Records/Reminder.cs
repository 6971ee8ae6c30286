namespace StdWorkflow.Data.Records;

/// <summary>Notes that a person was reminded of a deadline by a rule: the database refuses a second one.</summary>
public sealed class Reminder
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid DeadlineId { get; init; }

    /// <summary>The last day that the mail spoke of: a deadline that moves is reminded of anew.</summary>
    public required DateOnly LastDay { get; init; }

    public required string RuleKey { get; init; }

    public required int RuleVersion { get; init; }

    /// <summary>Days before (negative) or after the deadline.</summary>
    public required int OffsetDays { get; init; }

    public required Guid PersonId { get; init; }

    public required DateTime At { get; init; }
}
