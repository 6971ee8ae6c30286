using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Domain.WorkItems;

/// <summary>计划进度: the day on which a stage is to be entered, as who leads the work planned it. It stays when the stage is reached, to compare with.</summary>
public sealed class PlannedStage : Part
{
    private PlannedStage() { }

    internal PlannedStage(Guid workItem, Guid track, string stage, DateOnly on) => (WorkItemId, TrackId, StageKey, On) = (workItem, track, stage, on);

    /// <summary>The work item.</summary>
    public Guid WorkItemId { get; private set; }

    /// <summary>The track.</summary>
    public Guid TrackId { get; private set; }

    /// <summary>Key of the stage.</summary>
    public string StageKey { get; private set; } = "";

    /// <summary>The day, in the zone of the committee.</summary>
    public DateOnly On { get; private set; }

    /// <inheritdoc/>
    public override Guid RootId => WorkItemId;

    internal void Move(DateOnly on) => On = on;
}

/// <summary>A stage and the day on which it is to be entered.</summary>
/// <param name="Stage">Key of the stage.</param>
/// <param name="On">The day, in the zone of the committee; null takes it away.</param>
public sealed record PlannedDay(string Stage, DateOnly? On);

/// <summary>The planned days of a track changed; the event names those that did.</summary>
public sealed record PlanChanged(Guid Track, IReadOnlyList<PlannedDay> Days) : DomainEvent;

public sealed partial class WorkItem
{
    /// <summary>How many years ahead a day can be planned. A figure of this product, no rule of the field.</summary>
    public const int YearsToPlan = 50;

    private readonly List<PlannedStage> plannedStages = [];

    /// <summary>When its stages are to be entered.</summary>
    public IReadOnlyList<PlannedStage> PlannedStages => plannedStages;

    /// <summary>
    /// Plans days for stages that lie ahead; a stage that is not named keeps its day. Refuses an item whose work others carry on (<c>workItem.carriedOn</c>), a stage that the process has not
    /// (<c>plan.noStage</c>), one that no step forward leads to from here (<c>plan.passed</c>), more days than stages (<c>plan.tooMany</c>), one named twice (<c>plan.twice</c>), a new day before the present stage was
    /// entered (<c>plan.beforeStart</c>), one more than <see cref="YearsToPlan"/> years ahead (<c>plan.tooFar</c>), and one before that of a stage which leads there
    /// (<c>plan.order</c>). Each problem names its day: <c>Days[2].On</c>.
    /// </summary>
    /// <param name="track">The track.</param>
    /// <param name="definition">The definition that the track pins.</param>
    /// <param name="days">The days, in any order.</param>
    /// <param name="nowUtc">Now.</param>
    /// <param name="at">When it was planned (UTC); null for now.</param>
    public Result<WorkItem> PlanStages(Track track, ProcessDefinition definition, IReadOnlyList<PlannedDay> days, DateTime nowUtc, DateTime? at = null)
    {
        if (track.IsCarriedOn) return Problem.Of("workItem.carriedOn");
        var ahead = Timetable.StagesAhead(definition, track.StageKey);
        var present = plannedStages.Where(known => known.TrackId == track.Id).ToDictionary(known => known.StageKey);
        var wanted = present.Values.Where(known => ahead.Any(stage => stage.Key == known.StageKey)).ToDictionary(known => known.StageKey, known => known.On);
        var problems = new List<Problem>();
        if (days.Count > definition.Stages.Count) return Problem.Of("plan.tooMany", definition.Stages.Count);
        var named = new HashSet<string>();
        var today = Instants.DateIn(nowUtc);
        var start = track.Spans.Max(span => span.Entered) ?? today.AddYears(-YearsToPlan);
        var latest = today.AddYears(YearsToPlan);
        for (var index = 0; index < days.Count; index++)
        {
            var (key, on) = days[index];
            var stage = definition.FindStage(key);
            if (stage is null) Refuse("plan.noStage");
            else if (!named.Add(key)) Refuse("plan.twice", stage.Name);
            else if (ahead.All(other => other.Key != key)) Refuse("plan.passed", stage.Name);
            else if (on < start && present.GetValueOrDefault(key)?.On != on) Refuse("plan.beforeStart", start);
            else if (on > latest) Refuse("plan.tooFar", YearsToPlan);
            else if (on is { } day) wanted[key] = day;
            else wanted.Remove(key);

            void Refuse(string code, params object?[] arguments) => problems.Add(Problem.On($"Days[{index}].On", code, arguments));
        }

        foreach (var (key, on) in wanted)
        {
            // The nearest of those that come before and are planned later is named.
            var before = ahead.TakeWhile(stage => stage.Key != key)
                .LastOrDefault(stage => wanted.TryGetValue(stage.Key, out var earlier) && earlier > on && Timetable.StagesAhead(definition, stage.Key).Any(next => next.Key == key));
            if (before is null) continue;
            var (field, other) = (IndexOf(key), IndexOf(before.Key));
            if (field < 0 && other < 0) continue;
            problems.Add(field >= 0
                ? Problem.On($"Days[{field}].On", "plan.order", before.Name, wanted[before.Key])
                : Problem.On($"Days[{other}].On", "plan.orderAfter", definition.StageOf(key).Name, on));
        }

        if (problems.Count > 0) return Result<WorkItem>.Fail(problems);

        var changed = new List<PlannedDay>();
        foreach (var stage in ahead)
        {
            var (old, on) = (present.GetValueOrDefault(stage.Key), wanted.TryGetValue(stage.Key, out var day) ? day : (DateOnly?)null);
            if (old?.On == on) continue;
            changed.Add(new PlannedDay(stage.Key, on));
            if (on is not { } planned) plannedStages.Remove(old!);
            else if (old is null) plannedStages.Add(new PlannedStage(Id, track.Id, stage.Key, planned));
            else old.Move(planned);
        }

        if (changed.Count > 0) Raise(new PlanChanged(track.Id, changed) { OccurredAt = at });
        return this;

        int IndexOf(string key) => days.Select((day, number) => (day, number)).Where(pair => pair.day.Stage == key).Select(pair => pair.number).FirstOrDefault(-1);
    }
}
