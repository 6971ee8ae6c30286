using System.Text.RegularExpressions;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;

namespace StdWorkflow.Domain.Processes;

/// <summary>Looks whether a process definition can be worked with: a track that starts in it never gets stuck or lost.</summary>
public static partial class DefinitionChecks
{
    private const int GreatestAmount = 10_000;

    // The matrix has 46 codes and the richest process 110 transitions; drawings grow with the square.
    private const int MostStages = 100, MostTransitions = 400, MostGates = 20, MostClocks = 60;

    private static readonly HashSet<string> nationalCodes = new(StringComparer.Ordinal) { "00", "10", "20", "30", "40", "50", "60", "90", "95" };

    /// <summary>Everything that is wrong, or nothing. Codes begin with <c>definition.</c>; the arguments name the place.</summary>
    public static IReadOnlyList<Problem> Check(ProcessDefinition definition) => TooMany(definition).ToList() is { Count: > 0 } problems ? problems :
    [
        .. Heads(definition),
        .. definition.Stages.SelectMany(stage => StageAlone(definition, stage)),
        .. definition.Transitions.SelectMany(transition => TransitionAlone(definition, transition)),
        .. Gates(definition),
        .. definition.Clocks.SelectMany(clock => ClockAlone(definition, clock)),
        .. Ways(definition),
    ];

    /// <summary>Why a definition may not be published after the newest version of its process, or null: versions count from 1 and leave none out.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="newest">The newest version that there is; null for a new process.</param>
    public static Problem? VersionRefusal(ProcessDefinition definition, int? newest) =>
        definition.Version == (newest ?? 0) + 1 ? null : Problem.Of("definition.nextVersion", definition.Key, (newest ?? 0) + 1, definition.Version);

    /// <summary>The key that a computed gate carries: its kind in kebab case. Null for an attestation, which has a name of its own.</summary>
    public static string? KeyOf(GateKind kind) =>
        kind == GateKind.Attestation ? null : string.Concat(kind.ToString().Select((letter, at) =>
            char.IsAsciiLetterUpper(letter) ? (at == 0 ? "" : "-") + char.ToLowerInvariant(letter) : letter.ToString()));

    private static IEnumerable<Problem> TooMany(ProcessDefinition definition)
    {
        if (definition.Stages.Count > MostStages) yield return Problem.Of("definition.tooMany", "stages", MostStages);
        if (definition.Transitions.Count > MostTransitions) yield return Problem.Of("definition.tooMany", "transitions", MostTransitions);
        if (definition.Transitions.Any(transition => transition.Gates.Count > MostGates)) yield return Problem.Of("definition.tooMany", "gates", MostGates);
        if (definition.Clocks.Count > MostClocks || definition.Clocks.Any(clock => clock.Stages.Count > MostStages)) yield return Problem.Of("definition.tooMany", "clocks", MostClocks);
    }

    private static IEnumerable<Problem> Heads(ProcessDefinition definition)
    {
        if (!Slug().IsMatch(definition.Key) || definition.Key.Length > Limits.Code) yield return Problem.Of("definition.key", "process", definition.Key);
        if (definition.Drives.Count == 0 || definition.Drives.Distinct().Count() < definition.Drives.Count) yield return Problem.Of("definition.drives");
        if (definition.Version < 1) yield return Problem.Of("definition.version", definition.Version);
        foreach (var problem in Languages("name", definition.Name, Limits.Name).Concat(Languages("description", definition.Description, Limits.Text))) yield return problem;
        if (definition.Stages.Count == 0) yield return Problem.Of("definition.noStages");
        foreach (var problem in Keys("stage", definition.Stages.Select(stage => stage.Key))) yield return problem;
        foreach (var problem in Keys("transition", definition.Transitions.Select(transition => transition.Key))) yield return problem;
        foreach (var problem in Keys("clock", definition.Clocks.Select(clock => clock.Key))) yield return problem;
        foreach (var (place, source) in definition.Stages.Select(stage => (stage.Key, stage.Source))
            .Concat(definition.Transitions.Select(transition => (transition.Key, transition.Source)))
            .Concat(definition.Clocks.Select(clock => (clock.Key, clock.Source)))
            .Append((definition.Key, definition.Source)))
        {
            if (string.IsNullOrWhiteSpace(source.Reference)) yield return Problem.Of("definition.source", place);
        }
    }

    private static IEnumerable<Problem> StageAlone(ProcessDefinition definition, Stage stage)
    {
        foreach (var problem in Languages(stage.Key, stage.Name, Limits.Name)) yield return problem;
        if (stage.NationalCode is { } national && !nationalCodes.Contains(national)) yield return Problem.Of("definition.nationalCode", stage.Key, national);
        if (stage.IsoCode is { } iso && !StageMatrix.Contains(iso)) yield return Problem.Of("definition.isoCode", stage.Key, iso.ToString());
        if (stage.Ends is null && definition.Transitions.All(transition => transition.From != stage.Key || transition.To == stage.Key))
            yield return Problem.Of("definition.noWayOut", stage.Key);
        var periods = definition.Clocks.Count(clock => clock.Kind == ClockKind.CommentPeriod && clock.Stages.Contains(stage.Key));
        if (periods != (stage.OpensConsultation ? 1 : 0)) yield return Problem.Of("definition.commentPeriod", stage.Key);
    }

    private static IEnumerable<Problem> TransitionAlone(ProcessDefinition definition, Transition transition)
    {
        foreach (var problem in Languages(transition.Key, transition.Name, Limits.Name).Concat(Languages(transition.Key, transition.WaitsFor, Limits.Name))) yield return problem;
        if (transition.Needs is Permission.None or Permission.View) yield return Problem.Of("definition.permission", transition.Key, transition.Needs.ToString());

        var (from, to) = (definition.FindStage(transition.From), definition.FindStage(transition.To));
        if (from is null) yield return Problem.Of("definition.unknownStage", transition.Key, transition.From);
        if (to is null) yield return Problem.Of("definition.unknownStage", transition.Key, transition.To);
        if (from is null || to is null) yield break;
        if (!Fits(definition, transition.Kind, from, to)) yield return Problem.Of("definition.direction", transition.Key, transition.Kind.ToString());
        if (transition.Kind == TransitionKind.Forward)
        {
            // ISO deletes projects and takes them up again, but as a return: what was given up goes on from nowhere.
            if (from.Ends == TrackEnd.Abandoned) yield return Problem.Of("definition.wayOutOfEnd", transition.Key, from.Key);
            else if (to == definition.First && from != to) yield return Problem.Of("definition.forwardToFirst", transition.Key, to.Key);
        }

        foreach (var gate in transition.Gates.Where(gate => gate.Kind == GateKind.ConsultationOver && !from.OpensConsultation))
            yield return Problem.Of("definition.gateNeverMet", transition.Key, gate.Key);

        // Comments are counted for the stay in which they were asked for.
        foreach (var gate in transition.Gates.Where(gate => gate.Kind == GateKind.CommentsDisposed && !from.OpensConsultation))
            yield return Problem.Of("definition.gateAlwaysMet", transition.Key, gate.Key);
    }

    private static bool Fits(ProcessDefinition definition, TransitionKind kind, Stage from, Stage to) => kind switch
    {
        TransitionKind.Repeat => from == to,
        TransitionKind.Abandon => from != to && from.Ends is null && to.Ends == TrackEnd.Abandoned,

        // A review comes home to the published stage, so that a step forward may lead up the list; sub-stages 92 and 93 stand
        // down the list and mean "repeat".
        TransitionKind.Back => IndexOf(definition, to) < IndexOf(definition, from) || to.IsoCode is { Substage: 92 or 93 } && from != to,
        _ => from != to,
    };

    private static IEnumerable<Problem> Gates(ProcessDefinition definition)
    {
        foreach (var transition in definition.Transitions)
        {
            foreach (var gate in transition.Gates)
            {
                if (KeyOf(gate.Kind) is { } wanted ? gate.Key != wanted : !Slug().IsMatch(gate.Key)) yield return Problem.Of("definition.key", transition.Key, gate.Key);
                foreach (var problem in Languages(gate.Key, gate.Name, Limits.Name).Concat(Languages(gate.Key, gate.SuppliedBy, Limits.Name))) yield return problem;
            }

            foreach (var problem in Keys(transition.Key, transition.Gates.Select(gate => gate.Key), checkForm: false)) yield return problem;
        }

        // One statement may open several ways out of a stage, so that one key must mean one thing.
        foreach (var gates in definition.Transitions.SelectMany(transition => transition.Gates).GroupBy(gate => gate.Key, StringComparer.Ordinal))
        {
            if (gates.Distinct().Count() > 1) yield return Problem.Of("definition.gateMeaning", gates.Key);
        }
    }

    private static IEnumerable<Problem> ClockAlone(ProcessDefinition definition, Clock clock)
    {
        foreach (var problem in Languages(clock.Key, clock.Name, Limits.Name)) yield return problem;
        foreach (var stage in clock.Stages.Where(stage => definition.FindStage(stage) is null)) yield return Problem.Of("definition.unknownStage", clock.Key, stage);
        foreach (var problem in Keys(clock.Key, clock.Stages)) yield return problem;
        if (clock.Stages.Count == 0) yield return Problem.Of("definition.clockWithoutStage", clock.Key);
        if (clock.Amount is < 1 or > GreatestAmount || clock.Unit == ClockUnit.Years && clock.Amount > 100) yield return Problem.Of("definition.amount", clock.Key, clock.Amount);
        if (clock.Kind == ClockKind.CommentPeriod && clock.Stages.Count > 1) yield return Problem.Of("definition.commentPeriod", clock.Key);
        foreach (var problem in clock.Conflict is null ? [] : Languages(clock.Key, clock.Conflict, Limits.Text)) yield return problem;
    }

    /// <summary>Every stage can be reached from the first, and from every stage that goes on the work can end well: giving up is no way out of a circle.</summary>
    private static IEnumerable<Problem> Ways(ProcessDefinition definition)
    {
        if (definition.Stages.Count == 0) yield break;
        if (definition.First.Ends is not null) yield return Problem.Of("definition.firstStage", definition.First.Key);

        var reached = Reach([definition.First.Key], definition.Transitions.ToLookup(transition => transition.From, transition => transition.To));
        foreach (var stage in definition.Stages.Where(stage => !reached.Contains(stage.Key))) yield return Problem.Of("definition.unreachable", stage.Key);

        var ending = Reach(
            definition.Stages.Where(stage => stage.Ends == TrackEnd.Finished).Select(stage => stage.Key),
            definition.Transitions.ToLookup(transition => transition.To, transition => transition.From));
        foreach (var stage in definition.Stages.Where(stage => stage.Ends is null && !ending.Contains(stage.Key))) yield return Problem.Of("definition.noEnd", stage.Key);
    }

    private static HashSet<string> Reach(IEnumerable<string> from, ILookup<string, string> ways)
    {
        var reached = new HashSet<string>(from, StringComparer.Ordinal);
        var left = new Queue<string>(reached);
        while (left.TryDequeue(out var stage))
        {
            foreach (var next in ways[stage].Where(reached.Add)) left.Enqueue(next);
        }

        return reached;
    }

    private static int IndexOf(ProcessDefinition definition, Stage stage) => definition.Stages.Index().First(entry => entry.Item == stage).Index;

    private static IEnumerable<Problem> Languages(string place, LocalizedText words, int longest)
    {
        if (string.IsNullOrWhiteSpace(words.Zh) || string.IsNullOrWhiteSpace(words.En)) yield return Problem.Of("definition.language", place);
        if (OneLine.Check(place, words) is not null) yield return Problem.Of("definition.hiddenCharacters", place);
        if (words.Zh?.Length > longest || words.En?.Length > longest) yield return Problem.Of("definition.wordsTooLong", place, longest);
    }

    private static IEnumerable<Problem> Keys(string place, IEnumerable<string> keys, bool checkForm = true)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            if (!seen.Add(key)) yield return Problem.Of("definition.duplicateKey", place, key);
            else if (checkForm && (key.Length > Limits.Code || !Slug().IsMatch(key))) yield return Problem.Of("definition.key", place, key);
        }
    }

    [GeneratedRegex(@"^[a-z0-9]+(?:[.-][a-z0-9]+)*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Slug();
}
