namespace StdWorkflow.Domain.Deadlines;

/// <summary>A day that differs from the plain week.</summary>
/// <param name="Date">The day, in China.</param>
/// <param name="IsOffDay">True for a holiday, false for a weekend day that is worked.</param>
/// <param name="Name">Name of the holiday.</param>
public sealed record CalendarDate(DateOnly Date, bool IsOffDay, string Name);

/// <summary>工作日: working days by the State Council's notices. A year without a notice is counted by weekends only, provisionally.</summary>
public sealed class WorkingCalendar(IEnumerable<CalendarDate> dates, IEnumerable<int> publishedYears)
{
    private readonly Dictionary<DateOnly, bool> offDays = dates.ToDictionary(date => date.Date, date => date.IsOffDay);
    private readonly HashSet<int> years = [.. publishedYears];

    /// <summary>True when the notice for the whole year is out.</summary>
    public bool Covers(int year) => years.Contains(year);

    /// <summary>True when the day is worked.</summary>
    public bool IsWorkingDay(DateOnly day) =>
        offDays.TryGetValue(day, out var off) ? !off : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>
    /// The day that is that many working days after the start; the start itself does not count. Provisional when a day was
    /// looked at whose year is not published.
    /// </summary>
    public DueDate AddWorkingDays(DateOnly start, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        var (day, provisional) = (start, false);
        for (var left = days; left > 0;)
        {
            day = day.AddDays(1);
            provisional |= !Covers(day.Year);
            if (IsWorkingDay(day)) left--;
        }

        return new DueDate(day, provisional);
    }
}
