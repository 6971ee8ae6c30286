using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.WorkItems;

namespace StdWorkflow.Domain.Processes;

/// <summary>The three ways of work of a standard, and what comes after.</summary>
public enum Phase
{
    /// <summary>预研: before there is a plan.</summary>
    PreResearch,

    /// <summary>起草: the national project.</summary>
    Drafting,

    /// <summary>国际转化: towards or from an international standard.</summary>
    Conversion,

    /// <summary>维护: published, reviewed, withdrawn.</summary>
    Maintenance,
}

/// <summary>
/// A process as versioned data: its stages, the transitions between them, and its clocks. Immutable; a track pins key and
/// version, so a later version never changes running work.
/// </summary>
/// <param name="Key">Slug, for example <c>gb-t-normal</c>; the page is <c>/processes/{key}</c>.</param>
/// <param name="Version">Counts from 1.</param>
/// <param name="Name">Name in both languages.</param>
/// <param name="Description">What it is for, in both languages.</param>
/// <param name="Source">Where the process comes from.</param>
/// <param name="Stages">In the order of the stage line; the first is where a new track stands.</param>
/// <param name="Transitions">Forward, back, repeat, abandon.</param>
/// <param name="Clocks">Limits per stage and for the whole.</param>
public sealed record ProcessDefinition(
    string Key,
    int Version,
    LocalizedText Name,
    LocalizedText Description,
    Source Source,
    IReadOnlyList<Stage> Stages,
    IReadOnlyList<Transition> Transitions,
    IReadOnlyList<Clock> Clocks)
{
    /// <summary>The kinds of track that it can drive, at least one; the text alone where the definition does not say.</summary>
    public IReadOnlyList<TrackKind> Drives { get; init; } = OnlyText;

    internal static IReadOnlyList<TrackKind> OnlyText { get; } = [TrackKind.MainText];

    /// <summary>Where a new track stands.</summary>
    public Stage First => Stages[0];

    /// <summary>The stage of that key; throws when the definition has none, because a track pins its version.</summary>
    public Stage StageOf(string key) => FindStage(key) ?? throw new KeyNotFoundException($"{Key} v{Version} has no stage {key}.");

    /// <summary>The stage of that key, or null.</summary>
    public Stage? FindStage(string key) => Stages.FirstOrDefault(stage => stage.Key == key);

    /// <summary>The gate of that key on a step out of that stage, or null.</summary>
    public Gate? FindGate(string stage, string? key) =>
        Transitions.Where(transition => transition.From == stage).SelectMany(transition => transition.Gates).FirstOrDefault(gate => gate.Key == key);

    /// <summary>The gate of that key on any step, or null: a key names one condition throughout a definition.</summary>
    public Gate? FindGate(string key) => Transitions.SelectMany(transition => transition.Gates).FirstOrDefault(gate => gate.Key == key);

    /// <summary>The transition of that key, or null.</summary>
    public Transition? FindTransition(string key) => Transitions.FirstOrDefault(transition => transition.Key == key);

    /// <summary>
    /// What may happen next from where the track stands: every transition out of its stage, each with its gates, met or not
    /// and why; nothing once others carry the work on. Pages show this list and commands refuse with the same list.
    /// </summary>
    public IReadOnlyList<NextStep> Next(TrackFacts facts) =>
        [.. Transitions.Where(transition => transition.From == facts.Stage && !facts.IsCarriedOn)
            .Select(transition => new NextStep(transition, [.. transition.Gates.Select(gate => gate.Check(facts))]))];

    /// <summary>
    /// What going from one stage to another is: a step or a step back where a transition leads there, else a jump, where both
    /// stages are codes of the stage matrix (<see cref="Stage.IsHarmonized"/>): ISO and IEC move their projects themselves, also in ways
    /// that no rule foresees, and what they did is recorded. Refuses with <c>move.notInMatrix</c> (the code does not exist),
    /// <c>move.noStage</c> (this process has no such stage) or <c>move.noTransition</c> (a step of ours, which nobody may take past its gates).
    /// </summary>
    /// <param name="from">Key of the stage that is left; the definition must have it.</param>
    /// <param name="to">Key of the stage that is entered, as given; the same for a stage that begins once more.</param>
    public Result<Move> MoveBetween(string from, string to)
    {
        var left = StageOf(from);
        if (FindStage(to) is not { } entered)
            return StageCode.Parse(to) is { IsOk: true } code && !StageMatrix.Contains(code.Value) ? Problem.Of("move.notInMatrix", to) : Problem.Of("move.noStage", Name, to);
        if (Transitions.FirstOrDefault(known => known.From == from && known.To == to) is { } transition)
            return new Move(transition.Kind is TransitionKind.Back or TransitionKind.Repeat ? MoveKind.StepBack : MoveKind.Step, left, entered, transition);
        return left.IsHarmonized && entered.IsHarmonized ? new Move(MoveKind.Jump, left, entered, null) : Problem.Of("move.noTransition", left.Name, entered.Name);
    }

    /// <summary>The stages to which a jump can be recorded from a stage, in the order of the definition; none in a process of our own.</summary>
    public IReadOnlyList<Stage> JumpsFrom(string stage) => [.. Stages.Where(to => MoveBetween(stage, to.Key) is { IsOk: true, Value.Kind: MoveKind.Jump })];
}

/// <summary>What a move from one stage to another is.</summary>
public enum MoveKind
{
    /// <summary>A transition that goes on, or out of the process.</summary>
    Step,

    /// <summary>A transition that goes back, or begins the stage once more.</summary>
    StepBack,

    /// <summary>No transition: it happened in ISO or IEC, and is recorded with a reason.</summary>
    Jump,
}

/// <summary>A move from one stage to another, as the process sees it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="From">The stage that is left.</param>
/// <param name="To">The stage that is entered.</param>
/// <param name="Transition">The transition that leads there; null for a jump.</param>
public sealed record Move(MoveKind Kind, Stage From, Stage To, Transition? Transition);

/// <summary>One station of a process.</summary>
/// <param name="Key">Unique in the definition; national code as a rule, for example <c>30</c> or <c>40.20</c>.</param>
/// <param name="NationalCode">Code by GB/T 16733, for example <c>30</c>; null where the procedure has none.</param>
/// <param name="IsoCode">Harmonized stage code; null where none fits.</param>
/// <param name="Name">Name in both languages.</param>
/// <param name="Phase">The phase that it belongs to.</param>
/// <param name="Ends">How the track ends here, or null while it goes on.</param>
/// <param name="OpensConsultation">True when entering it opens a public comment period.</param>
/// <param name="Source">Where the stage comes from.</param>
public sealed record Stage(
    string Key,
    string? NationalCode,
    StageCode? IsoCode,
    LocalizedText Name,
    Phase Phase,
    TrackEnd? Ends,
    bool OpensConsultation,
    Source Source)
{
    /// <summary>True when the stage is a code of the stage matrix itself, as all are in the processes of ISO and IEC, and not a stage of ours that corresponds to one.</summary>
    public bool IsHarmonized => IsoCode is { } code && Key == code.ToString();
}

/// <summary>How a track can end.</summary>
public enum TrackEnd
{
    /// <summary>It reached its aim: published, or concluded.</summary>
    Finished,

    /// <summary>It was abandoned, rejected or withdrawn.</summary>
    Abandoned,

    /// <summary>Its work goes on in two or more others. No stage of a definition ends so.</summary>
    Split,

    /// <summary>Its work goes on in one other, together with that of others. No stage of a definition ends so.</summary>
    Merged,

    /// <summary>Its work goes on in another that took its place. No stage of a definition ends so.</summary>
    Replaced,
}

/// <summary>What kind of step a transition is.</summary>
public enum TransitionKind
{
    /// <summary>On to a later stage.</summary>
    Forward,

    /// <summary>Back to an earlier stage; needs a reason.</summary>
    Back,

    /// <summary>The same stage once more; needs a reason.</summary>
    Repeat,

    /// <summary>Out of the process; needs a reason.</summary>
    Abandon,
}

/// <summary>A way from one stage to another.</summary>
/// <param name="Key">Unique in the definition.</param>
/// <param name="From">Key of the stage that it leaves.</param>
/// <param name="To">Key of the stage that it enters; the same for <see cref="TransitionKind.Repeat"/>.</param>
/// <param name="Kind">Forward, back, repeat or abandon.</param>
/// <param name="Name">The verb on the button, in both languages.</param>
/// <param name="Needs">The right that it takes.</param>
/// <param name="WaitsFor">Who must act for it, in words, both languages.</param>
/// <param name="Gates">Conditions, all of which must be met.</param>
/// <param name="Source">The rule that it comes from.</param>
public sealed record Transition(
    string Key,
    string From,
    string To,
    TransitionKind Kind,
    LocalizedText Name,
    Permission Needs,
    LocalizedText WaitsFor,
    IReadOnlyList<Gate> Gates,
    Source Source)
{
    /// <summary>Everything but a step forward takes a reason.</summary>
    public bool NeedsReason => Kind != TransitionKind.Forward;
}

/// <summary>A transition that leaves the track's stage, with what each gate says now.</summary>
/// <param name="Transition">The way.</param>
/// <param name="Gates">Its gates, in the order of the definition.</param>
public sealed record NextStep(Transition Transition, IReadOnlyList<GateResult> Gates)
{
    /// <summary>True when every gate is met.</summary>
    public bool IsOpen => Gates.All(gate => gate.Met);
}

/// <summary>Unit of a time limit.</summary>
public enum ClockUnit
{
    /// <summary>Calendar days.</summary>
    Days,

    /// <summary>Working days of the State Council's calendar.</summary>
    WorkingDays,

    /// <summary>Weeks of seven days.</summary>
    Weeks,

    /// <summary>Calendar months.</summary>
    Months,

    /// <summary>Calendar years.</summary>
    Years,
}

/// <summary>A time limit, as data.</summary>
/// <param name="Key">Unique in the definition, for example <c>drafting</c>.</param>
/// <param name="Stages">Keys of the stages it runs in: one for a stage limit, several for a stretch; it starts when the first of them is entered.</param>
/// <param name="Amount">How many units.</param>
/// <param name="Unit">Which unit.</param>
/// <param name="Kind">What the limit means to people.</param>
/// <param name="Name">Name in both languages.</param>
/// <param name="Source">Where the limit comes from.</param>
/// <param name="Conflict">Another value that a source gives, in words of both languages, or null.</param>
public sealed record Clock(
    string Key,
    IReadOnlyList<string> Stages,
    int Amount,
    ClockUnit Unit,
    ClockKind Kind,
    LocalizedText Name,
    Source Source,
    LocalizedText? Conflict);

/// <summary>What a clock limits.</summary>
public enum ClockKind
{
    /// <summary>The latest time to leave one stage.</summary>
    StageLimit,

    /// <summary>The latest time to get through a stretch of stages.</summary>
    OverallLimit,

    /// <summary>The time that a public comment period stays open; a least, not a most.</summary>
    CommentPeriod,
}
