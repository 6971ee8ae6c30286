namespace StdWorkflow.Data.Records;

/// <summary>Running numbers of one kind; two that draw at once are kept apart by the version.</summary>
public sealed class NumberSequence
{
    /// <summary>The first number of every kind, so that codes have four digits from the start.</summary>
    public const int First = 1001;

    public required string Name { get; init; }

    /// <summary>The number that the next draw gets.</summary>
    public int Next { get; private set; } = First;

    public int Version { get; private set; }

    public int Draw()
    {
        Version++;
        return Next++;
    }
}
