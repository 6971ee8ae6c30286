namespace StdWorkflow.Web.Tests;

/// <summary>A rule over many things: it must have found something to check, and then names every breach at once.</summary>
internal static class Convention
{
    public static void Holds<T>(IReadOnlyCollection<T> matched, IEnumerable<string> breaches)
    {
        Assert.NotEmpty(matched);
        var all = breaches.Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(all.Count == 0, $"{all.Count} of {matched.Count} break the rule:\n{string.Join('\n', all)}");
    }
}
