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
}

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
    /// <summary>Index of the station where the work stands, or -1.</summary>
    public int Now => Stations.ToList().FindIndex(station => station.State == StationState.Now);

    /// <summary>The line of a track: the stages of its process, and what is known of its stays.</summary>
    /// <param name="definition">The definition that the track pins.</param>
    /// <param name="stays">All stays, in order; the last is the present one.</param>
    /// <param name="today">Today, in the zone of the committee.</param>
    /// <param name="due">Last day for the present stage, as the stored deadline says; null when no clock runs.</param>
    /// <param name="calendar">Working days, to plan the stages ahead by their clocks; null leaves them without dates.</param>
    public static StageLineModel Of(ProcessDefinition definition, IReadOnlyList<Stay> stays, DateOnly today, DateOnly? due = null, WorkingCalendar? calendar = null)
    {
        var present = stays.Count > 0 ? stays[^1].Stage : definition.First.Key;
        var stages = definition.Stages
            .Where(stage => stage.Ends != TrackEnd.Abandoned || stays.Any(stay => stay.Stage == stage.Key)).ToList();
        var indexOf = stages.Select((stage, index) => (stage.Key, index)).ToDictionary(pair => pair.Key, pair => pair.index);
        var path = stays.Where(stay => indexOf.ContainsKey(stay.Stage)).ToList();
        var now = indexOf.GetValueOrDefault(present);
        var first = path.Count > 0 ? path.Min(stay => indexOf[stay.Stage]) : 0;

        var planned = due;
        var forecast = due < today ? today : due;
        var stations = stages.Select((stage, index) =>
        {
            var here = path.Where(stay => stay.Stage == stage.Key).ToList();
            var state = index == now ? StationState.Now
                : index > now ? StationState.Ahead
                : here.Count > 0 || index < first ? StationState.Done : StationState.Skipped;
            if (state == StationState.Ahead) (planned, forecast) = (Later(stage, planned), Later(stage, forecast));
            return new Station(CodeOf(stage), IsoOf(stage), stage.Name, stage.Phase, state)
            {
                Entered = state == StationState.Now ? here.LastOrDefault()?.Entered : here.FirstOrDefault()?.Entered,
                Left = state == StationState.Done ? here.LastOrDefault()?.Left : null,
                Visits = Math.Max(1, here.Count),
                DaysSpent = state == StationState.Now ? Days(here.LastOrDefault(), today) : here.Count > 0 ? here.Sum(stay => Days(stay, today)) : null,
                Planned = stage.Ends is not null ? null : state switch { StationState.Now => due, StationState.Ahead => planned, _ => null },
                DaysLeft = state == StationState.Now && stage.Ends is null ? due?.DayNumber - today.DayNumber : null,
                Forecast = state == StationState.Ahead && stage.Ends is null && forecast != planned ? forecast : null,
            };
        }).ToList();

        var back = path.Zip(path.Skip(1))
            .Where(step => indexOf[step.Second.Stage] <= indexOf[step.First.Stage])
            .Select(step => new StepBack(indexOf[step.First.Stage], indexOf[step.Second.Stage], step.Second.Entered)).ToList();
        return new StageLineModel(stations, back);

        DateOnly? Later(Stage stage, DateOnly? from) =>
            from is { } start && calendar is not null
            && definition.Clocks.FirstOrDefault(clock => clock.Kind == ClockKind.StageLimit && clock.Stages.Contains(stage.Key)) is { } limit
                ? DueDate.From(limit, start, calendar).Date : null;
    }

    /// <summary>The line of a foreign project: the harmonized stages that were seen, in order of time. No process of ours drives it.</summary>
    /// <param name="seen">Stage as written (<c>40.20</c>) and the first day on which it was seen, in order of time.</param>
    /// <param name="present">The present stage, or null when not said.</param>
    /// <param name="nameOf">Name of a harmonized stage, or null when the matrix has none.</param>
    /// <param name="today">Today, or the date of the newest file.</param>
    public static StageLineModel OfForeign(IReadOnlyList<(string Stage, DateOnly? On)> seen, string? present, Func<string, LocalizedText?> nameOf, DateOnly today)
    {
        var stays = seen.Select((stay, index) => new Stay(stay.Stage, stay.On, index + 1 < seen.Count ? seen[index + 1].On : null)).ToList();
        if (present is not null && stays.LastOrDefault()?.Stage != present) stays.Add(new Stay(present, null, null));
        var order = stays.Select(stay => stay.Stage).Distinct().Order(StringComparer.Ordinal).ToList();
        var last = stays.LastOrDefault()?.Stage;
        var stations = order.Select(code =>
        {
            var here = stays.Where(stay => stay.Stage == code).ToList();
            var isNow = code == last;
            var isAhead = !isNow && string.CompareOrdinal(code, last) > 0;
            return new Station(code, null, nameOf(code) ?? LocalizedText.Empty, PhaseOf(code), isNow ? StationState.Now : isAhead ? StationState.Ahead : StationState.Done)
            {
                Entered = isNow ? here[^1].Entered : here[0].Entered,
                Left = isNow ? null : here[^1].Left,
                Visits = here.Count,
                DaysSpent = isNow ? Days(here[^1], today) : here.Sum(stay => stay.Left is null ? null : Days(stay, today)),
            };
        }).ToList();
        var back = stays.Zip(stays.Skip(1))
            .Where(step => string.CompareOrdinal(step.Second.Stage, step.First.Stage) < 0)
            .Select(step => new StepBack(order.IndexOf(step.First.Stage), order.IndexOf(step.Second.Stage), step.Second.Entered)).ToList();
        return new StageLineModel(stations, back);
    }

    private static Phase PhaseOf(string code) =>
        string.CompareOrdinal(code, "10") < 0 ? Phase.PreResearch
        : string.CompareOrdinal(code, "60.60") < 0 ? Phase.Conversion
        : Phase.Maintenance;

    private static string CodeOf(Stage stage) => stage.NationalCode ?? stage.IsoCode?.ToString() ?? "";

    private static string? IsoOf(Stage stage) => stage.NationalCode is null ? null : stage.IsoCode?.ToString();

    private static int? Days(Stay? stay, DateOnly today) =>
        stay?.Entered is { } entered ? Math.Max(0, (stay.Left ?? today).DayNumber - entered.DayNumber) : null;
}
