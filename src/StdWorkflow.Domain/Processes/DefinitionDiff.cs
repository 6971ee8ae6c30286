using System.Globalization;
using StdWorkflow.Domain.Common;

namespace StdWorkflow.Domain.Processes;

/// <summary>What part of a definition a change is about.</summary>
public enum DefinitionPart
{
    /// <summary>Its name, description and source.</summary>
    Head,

    /// <summary>A stage.</summary>
    Stage,

    /// <summary>A transition with its gates.</summary>
    Transition,

    /// <summary>A clock.</summary>
    Clock,
}

/// <summary>What happened to a part.</summary>
public enum DefinitionChangeKind
{
    /// <summary>The later version has it.</summary>
    Added,

    /// <summary>The later version lacks it.</summary>
    Removed,

    /// <summary>Both have it, with other values.</summary>
    Changed,
}

/// <summary>One value that differs.</summary>
/// <param name="Field">Its place, as in the JSON: <c>name.zh</c>, <c>gates.plan-issued.name.en</c>.</param>
/// <param name="Before">As it was; null when it was not there.</param>
/// <param name="After">As it will be; null when it will not be there.</param>
public sealed record DefinitionFieldChange(string Field, string? Before, string? After);

/// <summary>A part that differs between two versions.</summary>
/// <param name="Part">What kind of part.</param>
/// <param name="Key">Its key.</param>
/// <param name="Name">Its name in the later version, or in the earlier one when it was removed.</param>
/// <param name="Kind">What happened to it.</param>
/// <param name="Fields">The values that differ; of a part that was added or removed, all.</param>
public sealed record DefinitionChange(DefinitionPart Part, string Key, LocalizedText Name, DefinitionChangeKind Kind, IReadOnlyList<DefinitionFieldChange> Fields);

/// <summary>Compares two versions of a process.</summary>
public static class DefinitionDiff
{
    /// <summary>
    /// Every part that differs, in the order of the parts; nothing when only the version differs. Parts are the same when their keys are:
    /// a renamed key is one part gone and another come.
    /// </summary>
    public static IReadOnlyList<DefinitionChange> Between(ProcessDefinition before, ProcessDefinition after) =>
    [
        .. Compare(DefinitionPart.Head, [before], [after], definition => definition.Key, definition => definition.Name, Head),
        .. Compare(DefinitionPart.Stage, before.Stages, after.Stages, stage => stage.Key, stage => stage.Name, Stage),
        .. Compare(DefinitionPart.Transition, before.Transitions, after.Transitions, transition => transition.Key, transition => transition.Name, Transition),
        .. Compare(DefinitionPart.Clock, before.Clocks, after.Clocks, clock => clock.Key, clock => clock.Name, Clock),
    ];

    private static IEnumerable<DefinitionChange> Compare<T>(
        DefinitionPart part, IReadOnlyList<T> before, IReadOnlyList<T> after, Func<T, string> key, Func<T, LocalizedText> name, Func<T, IEnumerable<(string Field, string? Value)>> values)
    {
        var (old, young) = (Placed(before), Placed(after));
        foreach (var found in after.Select(key))
        {
            var (item, now) = young[found];
            if (!old.TryGetValue(found, out var was)) yield return new DefinitionChange(part, found, name(item), DefinitionChangeKind.Added, Fields([], now));
            else if (Fields(was.Values, now) is { Count: > 0 } fields) yield return new DefinitionChange(part, found, name(item), DefinitionChangeKind.Changed, fields);
        }

        foreach (var item in before.Where(item => !young.ContainsKey(key(item))))
            yield return new DefinitionChange(part, key(item), name(item), DefinitionChangeKind.Removed, Fields(old[key(item)].Values, []));

        Dictionary<string, (T Item, Dictionary<string, string?> Values)> Placed(IReadOnlyList<T> items) =>
            items.ToDictionary(key, item => (item, values(item).ToDictionary(value => value.Field, value => value.Value)));
    }

    private static List<DefinitionFieldChange> Fields(Dictionary<string, string?> before, Dictionary<string, string?> after) =>
    [
        .. after.Keys.Concat(before.Keys.Except(after.Keys))
            .Select(field => new DefinitionFieldChange(field, before.GetValueOrDefault(field), after.GetValueOrDefault(field)))
            .Where(change => change.Before != change.After),
    ];

    private static IEnumerable<(string, string?)> Head(ProcessDefinition definition) =>
        [.. Words("name", definition.Name), .. Words("description", definition.Description), .. Sourced(definition.Source), ("drives", string.Join(", ", definition.Drives)), ("stages", string.Join(", ", definition.Stages.Select(stage => stage.Key)))];

    private static IEnumerable<(string, string?)> Stage(Stage stage) =>
    [
        ("national", stage.NationalCode), ("iso", stage.IsoCode?.ToString()), .. Words("name", stage.Name), ("phase", stage.Phase.ToString()), ("ends", stage.Ends?.ToString()),
        ("opensConsultation", Flag(stage.OpensConsultation)), .. Sourced(stage.Source),
    ];

    private static IEnumerable<(string, string?)> Transition(Transition transition) =>
    [
        ("from", transition.From), ("to", transition.To), ("kind", transition.Kind.ToString()), .. Words("name", transition.Name), ("needs", transition.Needs.ToString()),
        .. Words("waitsFor", transition.WaitsFor),
        .. transition.Gates.SelectMany(gate => new[] { ($"gates.{gate.Key}.kind", (string?)gate.Kind.ToString()) }
            .Concat(Words($"gates.{gate.Key}.name", gate.Name)).Concat(Words($"gates.{gate.Key}.suppliedBy", gate.SuppliedBy))),
        .. Sourced(transition.Source),
    ];

    private static IEnumerable<(string, string?)> Clock(Clock clock) =>
    [
        ("stages", string.Join(", ", clock.Stages)), ("amount", clock.Amount.ToString(CultureInfo.InvariantCulture)), ("unit", clock.Unit.ToString()), ("kind", clock.Kind.ToString()),
        .. Words("name", clock.Name), .. Sourced(clock.Source), .. clock.Conflict is { } conflict ? Words("conflict", conflict) : [],
    ];

    private static IEnumerable<(string, string?)> Words(string field, LocalizedText words) => [($"{field}.zh", words.Zh), ($"{field}.en", words.En)];

    private static IEnumerable<(string, string?)> Sourced(Source source) => [("source", source.Reference), ("verified", Flag(source.Verified))];

    private static string Flag(bool value) => value ? "true" : "false";
}
