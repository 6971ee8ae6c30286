using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Domain.Deadlines;

/// <summary>The last day of a time limit, included.</summary>
/// <param name="Date">The day.</param>
/// <param name="Provisional">True when it was counted in working days into a year whose calendar is not published.</param>
public readonly record struct DueDate(DateOnly Date, bool Provisional)
{
    /// <summary>
    /// Counts a clock from a day; the day itself does not count. Days, weeks and working days are counted one by one. Months and
    /// years keep the day of the month; where the last month is shorter, it is that month's last day (31 January and one month is
    /// 28 or 29 February, 29 February and one year is 28 February). A last day on a weekend or holiday stays where it is.
    /// </summary>
    public static DueDate From(Clock clock, DateOnly start, WorkingCalendar calendar) => clock.Unit switch
    {
        ClockUnit.Days => new(start.AddDays(clock.Amount), false),
        ClockUnit.WorkingDays => calendar.AddWorkingDays(start, clock.Amount),
        ClockUnit.Weeks => new(start.AddDays(7 * clock.Amount), false),
        ClockUnit.Months => new(start.AddMonths(clock.Amount), false),
        ClockUnit.Years => new(start.AddYears(clock.Amount), false),
        _ => throw new ArgumentOutOfRangeException(nameof(clock), clock.Unit, "Unknown unit."),
    };
}
