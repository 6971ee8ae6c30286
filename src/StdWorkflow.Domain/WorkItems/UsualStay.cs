namespace StdWorkflow.Domain.WorkItems;

/// <summary>How long others of the same kind stayed in a stage. A figure of this product, no rule of the field.</summary>
/// <param name="Days">The middle of their stays, in whole days; of two middles the later half day is dropped.</param>
/// <param name="Stays">Of how many ended stays it is the middle.</param>
public sealed record UsualStay(int Days, int Stays)
{
    /// <summary>Fewer stays than this say nothing about the next one.</summary>
    public const int FewestStays = 3;

    /// <summary>The median of ended stays, in days; null of fewer than <see cref="FewestStays"/>.</summary>
    /// <param name="days">Days between entering and leaving, in any order.</param>
    public static UsualStay? Of(IEnumerable<int> days)
    {
        var sorted = days.Order().ToList();
        if (sorted.Count < FewestStays) return null;
        var middle = sorted.Count / 2;
        return new UsualStay(sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2, sorted.Count);
    }
}
