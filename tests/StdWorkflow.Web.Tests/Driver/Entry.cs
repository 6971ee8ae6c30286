namespace StdWorkflow.Web.Tests.Driver;

/// <summary>What somebody types into a form, by the labels they see.</summary>
public sealed class Entry
{
    private readonly Dictionary<string, string> forged = [];
    private readonly HashSet<string> left = [];
    private readonly List<Action> steps = [];

    internal IReadOnlyList<Action> Steps => steps;

    internal IReadOnlyDictionary<string, string> Forged => forged;

    internal IReadOnlySet<string> Left => left;

    internal IEnumerable<string> Labels => steps.Select(step => step.Label);

    public Entry Fill(string label, string value) => Add(new(Kind.Fill, label, value));

    /// <summary>Takes the radio button or check box with this label.</summary>
    public Entry Choose(string label) => Add(new(Kind.Choose, label, null));

    /// <summary>Takes an option of a list, or a radio button of a group, by its words.</summary>
    public Entry Choose(string label, string option) => Add(new(Kind.Pick, label, option));

    public Entry Clear(string label) => Add(new(Kind.Clear, label, null));

    /// <summary>Sends a field that the form does not offer, or another value than it allows.</summary>
    public Entry Forge(string name, string value)
    {
        forged[name] = value;
        return this;
    }

    /// <summary>Leaves out a field that the form would send.</summary>
    public Entry LeaveOut(string name)
    {
        left.Add(name);
        return this;
    }

    private Entry Add(Action step)
    {
        steps.Add(step);
        return this;
    }

    internal enum Kind
    {
        Fill,
        Choose,
        Pick,
        Clear,
    }

    internal sealed record Action(Kind Kind, string Label, string? Value);
}
