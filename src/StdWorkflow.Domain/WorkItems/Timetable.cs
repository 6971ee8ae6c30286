using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Domain.WorkItems;

/// <summary>Where a stage stands on the way of a track.</summary>
public enum TimetablePlace
{
    /// <summary>It was left.</summary>
    Passed,

    /// <summary>The track stands there.</summary>
    Present,

    /// <summary>It lies ahead.</summary>
    Ahead,
}

/// <summary>A stay in a stage as a timetable draws it.</summary>
/// <param name="Entered">First day, or null when not said.</param>
/// <param name="Left">Day of leaving; null while it lasts or when not said.</param>
public sealed record TimetableStay(DateOnly? Entered, DateOnly? Left);

/// <summary>One stage with its three lines. All days are of the zone of the committee.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Place">Where it stands on the way.</param>
/// <param name="Planned">Day on which it was or is to be entered, or null when none is planned.</param>
/// <param name="PlannedUntil">Planned day of the stage that follows, or null.</param>
/// <param name="Stays">When the track stood there, in order of time.</param>
/// <param name="Limit">Last day on which it may be left, included; null where no clock ends with it.</param>
/// <param name="Expected">Day on which it will be entered at the planned pace; null where none is planned and where it was entered.</param>
public sealed record TimetableStage(
    Stage Stage, TimetablePlace Place, DateOnly? Planned, DateOnly? PlannedUntil, IReadOnlyList<TimetableStay> Stays, DateOnly? Limit, DateOnly? Expected)
{
    /// <summary>By how many days it was entered after its planned day (less than 0: before it); null when either is not known.</summary>
    public int? EnteredLate => Planned is { } planned && Stays.Select(stay => stay.Entered).FirstOrDefault(day => day is not null) is { } entered ? entered.DayNumber - planned.DayNumber : null;

    /// <summary>True when it was left, or still lasts, after its last day.</summary>
    /// <param name="today">Today, in the zone of the committee.</param>
    public bool IsOver(DateOnly today) => Place switch
    {
        TimetablePlace.Passed => Stays.Count > 0 && Stays[^1].Left > Limit,
        TimetablePlace.Present => today > Limit,
        _ => false,
    };
}

/// <summary>A statutory limit on the way.</summary>
/// <param name="Clock">The clock of the process.</param>
/// <param name="Until">Key of the last stage on the way that it covers.</param>
/// <param name="LastDay">Last day, included.</param>
/// <param name="IsStored">True for a deadline that runs; false for one that will be counted when its first stage is entered.</param>
/// <param name="Expected">Day on which, at the planned pace, what it asks for is done; null where nothing is planned.</param>
public sealed record TimetableLimit(Clock Clock, string Until, DateOnly LastDay, bool IsStored, DateOnly? Expected)
{
    /// <summary>By how many days it will be missed at the planned pace: 0 when it will be kept, null where nothing is planned.</summary>
    public int? MissedBy => Expected is { } day ? Math.Max(0, day.DayNumber - LastDay.DayNumber) : null;
}

/// <summary>
/// What is planned, what was, and what the rules allow, of one track. The statutory line is that of the stored deadlines; ahead of them a clock is
/// counted from the day on which its first stage will be entered at the planned pace, as it will be when that stage is entered, and where no day is planned, from the last day of the
/// stage before. Comment periods are a least and no limit. Where nothing is said there is no forecast.
/// </summary>
/// <param name="Stages">Stages that were entered, are planned, or lie on the way, in the order of the process.</param>
/// <param name="Limits">What limits the way from here on, the nearest first.</param>
/// <param name="Began">First day that is known, or null.</param>
/// <param name="PlannedEnd">Planned day of the last stage of the way, or null.</param>
/// <param name="ExpectedEnd">The same at the planned pace.</param>
/// <param name="Delay">By how many days the plan is behind: since the planned day of the next stage passed. 0 while it is kept.</param>
public sealed record Timetable(
    IReadOnlyList<TimetableStage> Stages, IReadOnlyList<TimetableLimit> Limits, DateOnly? Began, DateOnly? PlannedEnd, DateOnly? ExpectedEnd, int Delay)
{
    /// <summary>The limit that is missed by most days at the planned pace, or null when none is.</summary>
    public TimetableLimit? Missed => Limits.Where(limit => limit.MissedBy > 0).MaxBy(limit => limit.MissedBy);

    /// <summary>The last limit on the way, or null.</summary>
    public DateOnly? LastLimit => Limits.Count == 0 ? null : Limits.Max(limit => limit.LastDay);

    /// <summary>True when days are planned for stages that lie ahead.</summary>
    public bool IsPlanned => Stages.Any(stage => stage.Expected is not null);

    /// <summary>The stages to which steps forward lead from one, in the order of the process; beyond a stage that ends the work none is looked at, and none where the work is given up.</summary>
    public static IReadOnlyList<Stage> StagesAhead(ProcessDefinition definition, string from)
    {
        var order = OrderOf(definition);
        var found = new HashSet<string>();
        var open = new Queue<string>([from]);
        while (open.TryDequeue(out var at))
            foreach (var next in StepsOn(definition, at, order).Where(next => found.Add(next.Key)))
                if (next.Ends is null)
                    open.Enqueue(next.Key);
        return [.. definition.Stages.Where(stage => found.Contains(stage.Key))];
    }

    /// <summary>The three lines of a track.</summary>
    /// <param name="definition">The definition that the track pins.</param>
    /// <param name="stage">Key of the stage where it stands.</param>
    /// <param name="planned">The planned days, of stages passed too.</param>
    /// <param name="spans">Its stays, in any order.</param>
    /// <param name="deadlines">Its deadlines; those that no longer apply are left out.</param>
    /// <param name="today">Today, in the zone of the committee.</param>
    /// <param name="calendar">Working days.</param>
    public static Timetable Of(
        ProcessDefinition definition, string stage, IEnumerable<PlannedStage> planned, IEnumerable<StageSpan> spans, IEnumerable<Deadline> deadlines, DateOnly today, WorkingCalendar calendar)
    {
        var days = planned.ToDictionary(known => known.StageKey, known => known.On);
        var stays = spans.OrderBy(span => span.Ordinal).ToLookup(span => span.StageKey, span => new TimetableStay(span.Entered, span.Left));
        var stored = deadlines.Where(deadline => deadline.Status != DeadlineStatus.Cancelled && deadline.Kind != ClockKind.CommentPeriod).OrderBy(deadline => deadline.Started).ToList();
        var way = WayFrom(definition, stage, days.Keys);
        var delay = Math.Max(0, way.Skip(1).Max(next => days.TryGetValue(next.Key, out var day) ? today.DayNumber - day.DayNumber : (int?)null) ?? 0);
        DateOnly? Expected(Stage next) => days.TryGetValue(next.Key, out var day) ? day.AddDays(delay) : null;

        var limits = LimitsOf(definition, way, stored, Expected, calendar);
        var order = OrderOf(definition);
        var ahead = StagesAhead(definition, stage);
        var shown = definition.Stages
            .Where(known => way.Contains(known) || (stays.Contains(known.Key) && known.Ends != TrackEnd.Abandoned) || (days.ContainsKey(known.Key) && ahead.Contains(known))).ToList();
        var rows = shown.Select(known =>
        {
            var place = known.Key == stage ? TimetablePlace.Present : ahead.Contains(known) ? TimetablePlace.Ahead : TimetablePlace.Passed;
            var here = stays[known.Key].ToList();
            DateOnly? limit = place == TimetablePlace.Passed
                ? stored.LastOrDefault(due => due.Status == DeadlineStatus.Met && StagesOf(due) is { } covered && covered.Where(stays.Contains).MaxBy(key => order[key]) == known.Key)?.LocalDate
                : limits.Where(one => one.Until == known.Key).Min(one => (DateOnly?)one.LastDay);
            var next = place == TimetablePlace.Passed ? shown.SkipWhile(other => other != known).Skip(1).FirstOrDefault() : way.SkipWhile(other => other != known).Skip(1).FirstOrDefault();
            return new TimetableStage(
                known, place, Planned(known), known.Ends is null && next is not null ? Planned(next) : null, here, limit, place == TimetablePlace.Ahead ? Expected(known) : null);
        }).ToList();

        var last = way.Count > 1 ? way[^1] : null;
        return new Timetable(
            rows, limits, stays.SelectMany(group => group).Min(stay => stay.Entered), last is null ? null : Planned(last), last is null ? null : Expected(last), delay);

        DateOnly? Planned(Stage known) => days.TryGetValue(known.Key, out var day) ? day : null;
        IReadOnlyList<string>? StagesOf(Deadline due) => definition.Clocks.FirstOrDefault(clock => clock.Key == due.ClockKey)?.Stages;
    }

    /// <summary>
    /// A plan that the process itself suggests: every stage on the way takes as long as it usually does, but no longer than its limit and no less than its comment period;
    /// where nobody knows how long, its limit. It ends where neither is said. Nothing is stored.
    /// </summary>
    /// <param name="definition">The definition that the track pins.</param>
    /// <param name="stage">Key of the stage where the track stands.</param>
    /// <param name="since">Day on which it was entered, or null when not said.</param>
    /// <param name="usual">How long others of the process stayed in a stage, by its key; null of too few.</param>
    /// <param name="today">Today, in the zone of the committee; no stage is left before.</param>
    /// <param name="calendar">Working days.</param>
    public static IReadOnlyList<PlannedDay> Suggest(
        ProcessDefinition definition, string stage, DateOnly? since, Func<string, UsualStay?> usual, DateOnly today, WorkingCalendar calendar)
    {
        var way = WayFrom(definition, stage, []);
        var found = new List<PlannedDay>();
        var entered = since ?? today;
        foreach (var (at, next) in way.Zip(way.Skip(1)))
        {
            var limit = Until(ClockKind.StageLimit, at);
            var left = usual(at.Key) is { } stay ? entered.AddDays(stay.Days) : limit;
            if (left is null) break;
            var first = left > limit ? limit.Value : left.Value;
            entered = Until(ClockKind.CommentPeriod, at) is { } least && least > first ? least : first;
            if (entered < today) entered = today;
            found.Add(new PlannedDay(next.Key, entered));
        }

        return found;

        DateOnly? Until(ClockKind kind, Stage at) =>
            definition.Clocks.FirstOrDefault(clock => clock.Kind == kind && clock.Stages is [var only] && only == at.Key) is { } clock ? DueDate.From(clock, entered, calendar).Date : null;
    }

    /// <summary>What limits the way: the deadlines that run, and the clocks that will start.</summary>
    private static List<TimetableLimit> LimitsOf(ProcessDefinition definition, IReadOnlyList<Stage> way, IReadOnlyList<Deadline> stored, Func<Stage, DateOnly?> expected, WorkingCalendar calendar)
    {
        var limits = new List<TimetableLimit>();
        foreach (var due in stored.Where(due => due.Status == DeadlineStatus.Running))
            if (definition.Clocks.FirstOrDefault(clock => clock.Key == due.ClockKey) is { } clock)
                Add(clock, due.LocalDate, isStored: true);
        for (var at = 1; at < way.Count; at++)
        {
            var (here, before) = (way[at], way[at - 1]);
            if (here.Ends is not null) break;
            if ((expected(here) ?? limits.Where(limit => limit.Until == before.Key).Min(limit => (DateOnly?)limit.LastDay)) is not { } start) continue;
            foreach (var clock in definition.Clocks.Where(clock => clock.Kind != ClockKind.CommentPeriod && clock.Stages[0] == here.Key && limits.All(limit => limit.Clock.Key != clock.Key)))
                Add(clock, DueDate.From(clock, start, calendar).Date, isStored: false);
        }

        return [.. limits.OrderBy(limit => limit.LastDay)];

        void Add(Clock clock, DateOnly lastDay, bool isStored)
        {
            var covered = way.Where(stage => clock.Stages.Contains(stage.Key)).ToList();
            if (covered.Count == 0) return;
            var next = way.SkipWhile(stage => stage != covered[^1]).Skip(1).FirstOrDefault();
            limits.Add(new TimetableLimit(clock, covered[^1].Key, lastDay, isStored, next is null ? null : expected(next)));
        }
    }

    /// <summary>The stage itself and those that follow: of several steps forward the nearest that leads to a planned stage, else the first that the process names.</summary>
    private static List<Stage> WayFrom(ProcessDefinition definition, string stage, IReadOnlyCollection<string> planned)
    {
        var order = OrderOf(definition);
        var way = new List<Stage> { definition.StageOf(stage) };
        while (way.Count == 1 || way[^1].Ends is null)
        {
            var steps = StepsOn(definition, way[^1].Key, order).ToList();
            if (steps.Count == 0) break;
            way.Add(steps.Where(next => planned.Contains(next.Key)).MinBy(next => order[next.Key]) ?? steps[0]);
        }

        return way;
    }

    private static IEnumerable<Stage> StepsOn(ProcessDefinition definition, string from, Dictionary<string, int> order) =>
        definition.StageOf(from).Ends is not null ? []
        : definition.Transitions.Where(step => step.From == from && step.Kind == TransitionKind.Forward && order[step.To] > order[from])
            .Select(step => definition.StageOf(step.To)).Where(next => next.Ends != TrackEnd.Abandoned);

    private static Dictionary<string, int> OrderOf(ProcessDefinition definition) =>
        definition.Stages.Select((stage, index) => (stage.Key, index)).ToDictionary(pair => pair.Key, pair => pair.index);
}
