using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Domain.Deadlines;

/// <summary>The last day of a time limit, included.</summary>
/// <param name="Date">The day.</param>
/// <param name="Provisional">True when it was counted in working days into a year whose calendar is not published.</param>
public readonly record struct DueDate(DateOnly Date, bool Provisional)
{
    /// <summary>
    /// Counts a clock from a day. Months and years keep the day of the month, or take the last of a shorter month. The start
    /// itself does not count.
    /// </summary>
    public static DueDate From(Clock clock, DateOnly start, WorkingCalendar calendar)
    {
        var date = clock.Unit switch
        {
            ClockUnit.Days => start.AddDays(clock.Amount),
            ClockUnit.Weeks => start.AddDays(7 * clock.Amount),
            ClockUnit.Months => start.AddMonths(clock.Amount),
            ClockUnit.Years => start.AddYears(clock.Amount),
            ClockUnit.WorkingDays => calendar.AddWorkingDays(start, clock.Amount),
            _ => throw new ArgumentOutOfRangeException(nameof(clock), clock.Unit, "Unknown unit."),
        };
        var provisional = clock.Unit == ClockUnit.WorkingDays && Enumerable.Range(start.Year, date.Year - start.Year + 1).Any(year => !calendar.Covers(year));
        return new DueDate(date, provisional);
    }
}
