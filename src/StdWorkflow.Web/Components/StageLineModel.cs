using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Web.Components;

/// <summary>Where a station stands to the work.</summary>
public enum StationState
{
    /// <summary>Gone through.</summary>
    Done,

    /// <summary>The work stands here.</summary>
    Now,

    /// <summary>Still to come.</summary>
    Ahead,

    /// <summary>Passed by.</summary>
    Skipped,
}

/// <summary>A stage on the line.</summary>
/// <param name="Code">The code that readers know it by.</param>
/// <param name="IsoCode">Harmonized code, when it is another than <paramref name="Code"/>.</param>
/// <param name="Name">Name in both languages.</param>
/// <param name="Phase">Phase that it belongs to.</param>
/// <param name="State">Where it stands to the work.</param>
public sealed record Station(string Code, string? IsoCode, LocalizedText Name, Phase Phase, StationState State)
{
    /// <summary>Day of (first) entering, or null when not said.</summary>
    public DateOnly? Entered { get; init; }

    /// <summary>Day of (last) leaving, or null.</summary>
    public DateOnly? Left { get; init; }

    /// <summary>Days spent in all stays, or null when a date is missing.</summary>
    public int? DaysSpent { get; init; }

    /// <summary>How many stays.</summary>
    public int Visits { get; init; } = 1;

    /// <summary>Last day by the clock: of the present stay, or of one ahead.</summary>
    public DateOnly? Planned { get; init; }

    /// <summary>Days until <see cref="Planned"/>; negative when it has passed.</summary>
    public int? DaysLeft { get; init; }

    /// <summary>When it will be left at the present pace, where that differs from <see cref="Planned"/>.</summary>
    public DateOnly? Forecast { get; init; }

    /// <summary>What was gone through inside, in the order of time, where the station stands for several stages of the process.</summary>
    public IReadOnlyList<StationStep> Steps { get; init; } = [];
}

/// <summary>A stage inside a station.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Entered">First day, or null when not said.</param>
public sealed record StationStep(string Code, LocalizedText Name, DateOnly? Entered);

/// <summary>A step against the direction of the line, or the same stage once more.</summary>
/// <param name="From">Index of the station that was left.</param>
/// <param name="To">Index of the station that was entered; the same for a repetition.</param>
/// <param name="On">Day of the step, or null when not said.</param>
public sealed record StepBack(int From, int To, DateOnly? On);

/// <summary>A stay in a stage, as it is stored.</summary>
/// <param name="Stage">Key of the stage.</param>
/// <param name="Entered">First day, or null when not said.</param>
/// <param name="Left">Day of leaving, or null.</param>
public sealed record Stay(string Stage, DateOnly? Entered, DateOnly? Left);

/// <summary>The way of a piece of work as one line of stations.</summary>
/// <param name="Stations">In the order of the line.</param>
/// <param name="StepsBack">In the order of time.</param>
public sealed record StageLineModel(IReadOnlyList<Station> Stations, IReadOnlyList<StepBack> StepsBack)
{
    private const int MostStations = 12;

    /// <summary>Index of the station where the work stands, or -1.</summary>
    public int Now => Stations.ToList().FindIndex(station => station.State == StationState.Now);

    /// <summary>
    /// The line of a track: the stages of its process, and what is known of its stays. A process of more stages than a line has room
    /// for (the harmonized matrix has 46) has one station for each national code.
    /// </summary>
    /// <param name="definition">The definition that the track pins.</param>
    /// <param name="stays">All stays, in order; the last is the present one.</param>
    /// <param name="today">Today, in the zone of the committee.</param>
    /// <param name="due">Last day for the present stage, as the stored deadline says; null when no clock runs.</param>
    /// <param name="calendar">Working days, to plan the stages ahead by their clocks; null leaves them without dates.</param>
    public static StageLineModel Of(ProcessDefinition definition, IReadOnlyList<Stay> stays, DateOnly today, DateOnly? due = null, WorkingCalendar? calendar = null)
    {
        var isDrawnTogether = definition.Stages.Count > MostStations;
        var groups = (isDrawnTogether ? definition.Stages.GroupBy(stage => stage.NationalCode ?? stage.Key).Select(group => group.ToList()) : WithOneEnd(definition))
            .Where(group => group.Any(stage => stage.Ends != TrackEnd.Abandoned || stays.Any(stay => stay.Stage == stage.Key)))
            .ToList();
        var order = definition.Stages.Select((stage, index) => (stage.Key, index)).ToDictionary(pair => pair.Key, pair => pair.index);
        var path = stays.Where(stay => order.ContainsKey(stay.Stage)).ToList();
        if (path.Count == 0) path.Add(new Stay(definition.First.Key, null, null));
        int GroupOf(string stage) => groups.FindIndex(group => group.Any(candidate => candidate.Key == stage));
        var (now, first) = (GroupOf(path[^1].Stage), path.Min(stay => GroupOf(stay.Stage)));

        var planned = due;
        var forecast = due < today ? today : due;
        var stations = groups.Select((group, index) =>
        {
            var here = path.Where(stay => GroupOf(stay.Stage) == index).ToList();
            var state = index == now ? StationState.Now
                : index > now ? StationState.Ahead
                : here.Count > 0 || index < first ? StationState.Done : StationState.Skipped;
            if (state == StationState.Ahead) (planned, forecast) = (Later(group, planned), Later(group, forecast));
            var shown = state == StationState.Now ? definition.StageOf(path[^1].Stage) : group[0];
            var ends = state == StationState.Now ? shown.Ends : group.All(stage => stage.Ends is not null) ? group[0].Ends : null;
            var isOutcome = group.Count > 1 && !isDrawnTogether;
            return new Station(
                group.Count == 1 || (isOutcome && state == StationState.Now) ? StageLabel.CodeOf(definition, shown) : group[0].NationalCode ?? "",
                group.Count > 1 || group[0].NationalCode is null ? null : group[0].IsoCode?.ToString(),
                isOutcome ? state == StationState.Now ? shown.Name : Either(group)
                : group is [{ IsoCode: { } iso }, _, ..] && StageMatrix.Stages.TryGetValue(iso.Stage, out var name) ? name : shown.Name,
                shown.Phase, state)
            {
                Entered = state == StationState.Now ? here[^1].Entered : here.FirstOrDefault()?.Entered,
                Left = state == StationState.Done ? here.LastOrDefault()?.Left : null,
                Visits = VisitsOf(path, stay => GroupOf(stay.Stage) == index),
                DaysSpent = state == StationState.Now ? ends is null ? Days(here[^1], today) : null : here.Any(stay => stay.Entered is not null) ? here.Sum(stay => Days(stay, today)) : null,
                Planned = ends is not null ? null : state switch { StationState.Now => due, StationState.Ahead => planned, _ => null },
                DaysLeft = state == StationState.Now && ends is null ? due?.DayNumber - today.DayNumber : null,
                Forecast = state == StationState.Ahead && ends is null && forecast != planned ? forecast : null,
                Steps = group.Count == 1 ? [] : [.. here.Select(stay => StepOf(definition.StageOf(stay.Stage), stay.Entered))],
            };
        }).ToList();

        var back = path.Zip(path.Skip(1)).Where(step => order[step.Second.Stage] <= order[step.First.Stage])
            .Select(step => new StepBack(GroupOf(step.First.Stage), GroupOf(step.Second.Stage), step.Second.Entered)).ToList();
        return new StageLineModel(stations, back);

        StationStep StepOf(Stage stage, DateOnly? entered) => new(StageLabel.CodeOf(definition, stage), stage.Name, entered);

        // A station of several stages has no clock of its own: its parts would have to be added up, and most of them have none.
        DateOnly? Later(List<Stage> group, DateOnly? from) =>
            from is { } start && calendar is not null && group is [var only]
            && definition.Clocks.FirstOrDefault(clock => clock.Kind == ClockKind.StageLimit && clock.Stages.Contains(only.Key)) is { } limit
                ? DueDate.From(limit, start, calendar).Date : null;
    }

    /// <summary>One group per stage; the ways in which the work can end well stand for one another, so that they are one group.</summary>
    private static IEnumerable<List<Stage>> WithOneEnd(ProcessDefinition definition)
    {
        var groups = new List<List<Stage>>();
        foreach (var stage in definition.Stages)
        {
            if (stage.Ends == TrackEnd.Finished && groups is [.., var last] && last[0].Ends == TrackEnd.Finished) last.Add(stage);
            else groups.Add([stage]);
        }

        return groups;
    }

    private static LocalizedText Either(List<Stage> stages) =>
        new(string.Join(" / ", stages.Select(stage => stage.Name.Zh)), string.Join(" / ", stages.Select(stage => stage.Name.En)));

    /// <summary>
    /// The line of a foreign project: the harmonized stages, and what files showed of its way through them. Nothing is known of what
    /// they do not show, so a stage that lies before was gone through, whether it was seen or not.
    /// </summary>
    /// <param name="seen">Stage as written (<c>40.20</c>) and the first day on which it was seen, in order of time.</param>
    /// <param name="present">The present stage as written, or null when not said.</param>
    /// <param name="deliverableType">Kind of document: all but an International Standard go without an enquiry.</param>
    /// <param name="today">Today, or the date of the newest file.</param>
    public static StageLineModel OfForeign(IReadOnlyList<(string Stage, DateOnly? On)> seen, string? present, string? deliverableType, DateOnly today)
    {
        var path = seen.Select((stay, index) => new Stay(stay.Stage, stay.On, index + 1 < seen.Count ? seen[index + 1].On : null)).ToList();
        if (present is not null && path.LastOrDefault()?.Stage != present) path.Add(new Stay(present, null, null));
        path.RemoveAll(stay => !StageCode.Parse(stay.Stage).IsOk);
        int StageOf(string code) => StageCode.Parse(code).Value.Stage;

        var numbers = StageMatrix.Stages.Keys
            .Where(number => path.Any(stay => StageOf(stay.Stage) == number) || number switch { 40 => deliverableType is null or "IS", 95 => false, _ => true }).ToList();
        var now = path.Count == 0 ? -1 : numbers.IndexOf(StageOf(path[^1].Stage));
        var stations = numbers.Select((number, index) =>
        {
            var here = path.Where(stay => StageOf(stay.Stage) == number).ToList();
            var state = index == now ? StationState.Now : index > now ? StationState.Ahead : StationState.Done;
            return new Station(number.ToString("D2", System.Globalization.CultureInfo.InvariantCulture), null, StageMatrix.Stages[number], number < 60 || (number == 60 && (now < 0 || path[^1].Stage != "60.60")) ? Phase.Conversion : Phase.Maintenance, state)
            {
                Entered = state == StationState.Now ? here[^1].Entered : here.FirstOrDefault()?.Entered,
                Left = state == StationState.Done ? here.LastOrDefault()?.Left : null,
                Visits = VisitsOf(path, stay => StageOf(stay.Stage) == number),
                DaysSpent = state == StationState.Now ? Days(here[^1], today) : here.Count > 0 && here.All(stay => stay.Left is not null) ? here.Sum(stay => Days(stay, today)) : null,
                Steps = [.. here.Select(stay => new StationStep(stay.Stage, StageMatrix.Find(StageCode.Parse(stay.Stage).Value)?.Name ?? LocalizedText.Empty, stay.Entered))],
            };
        }).ToList();

        var back = path.Zip(path.Skip(1)).Where(step => string.CompareOrdinal(step.Second.Stage, step.First.Stage) < 0)
            .Select(step => new StepBack(numbers.IndexOf(StageOf(step.First.Stage)), numbers.IndexOf(StageOf(step.Second.Stage)), step.Second.Entered)).ToList();
        return new StageLineModel(stations, back);
    }

    // Going on inside a station is one visit; the same stage once more is another.
    private static int VisitsOf(List<Stay> path, Func<Stay, bool> isHere) =>
        Math.Max(1, Enumerable.Range(0, path.Count).Count(at => isHere(path[at]) && (at == 0 || !isHere(path[at - 1]) || path[at - 1].Stage == path[at].Stage)));

    private static int? Days(Stay? stay, DateOnly today) =>
        stay?.Entered is { } entered ? Math.Max(0, (stay.Left ?? today).DayNumber - entered.DayNumber) : null;
}

/// <summary>What a stage is called on lines and drawings.</summary>
internal static class StageLabel
{
    /// <summary>The national code where it names one stage only, else the harmonized one.</summary>
    public static string CodeOf(ProcessDefinition definition, Stage stage) =>
        stage.NationalCode is { } code && definition.Stages.Count(other => other.NationalCode == code) == 1 ? code : stage.IsoCode?.ToString() ?? stage.NationalCode ?? "";

    public static string Of(ProcessDefinition definition, Stage stage, Language language) => $"{CodeOf(definition, stage)} {stage.Name.In(language)}".Trim();
}
