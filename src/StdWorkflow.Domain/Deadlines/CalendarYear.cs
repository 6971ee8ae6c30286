using StdWorkflow.Domain.Common;

namespace StdWorkflow.Domain.Deadlines;

/// <summary>A year of the State Council's calendar: holidays, and weekends that were made working days.</summary>
public sealed class CalendarYear : Aggregate
{
    private readonly List<CalendarDay> days = [];

    private CalendarYear() { }

    /// <summary>The year.</summary>
    public int Year { get; private set; }

    /// <summary>True when the notice for the whole year is out.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Source mark.</summary>
    public string SourceReference { get; private set; } = "";

    /// <summary>The days that differ from the plain week.</summary>
    public IReadOnlyList<CalendarDay> Days => days;

    /// <summary>Publishes a year.</summary>
    public static CalendarYear Publish(int year, bool complete, string source, IEnumerable<(DateOnly Date, bool IsOffDay, string Name)> days)
    {
        var published = new CalendarYear { Year = year, IsComplete = complete, SourceReference = source };
        published.days.AddRange(days.Select(day => new CalendarDay(published.Id, day.Date, day.IsOffDay, day.Name)));
        published.Raise(new CalendarYearPublished(year, complete, published.days.Count));
        return published;
    }
}

/// <summary>A day that differs from the plain week.</summary>
public sealed class CalendarDay : Part
{
    private CalendarDay() { }

    internal CalendarDay(Guid year, DateOnly date, bool isOffDay, string name) =>
        (CalendarYearId, Date, IsOffDay, Name) = (year, date, isOffDay, name);

    /// <summary>The year that it belongs to.</summary>
    public Guid CalendarYearId { get; private set; }

    /// <summary>The day, in China.</summary>
    public DateOnly Date { get; private set; }

    /// <summary>True for a holiday, false for a weekend day that is worked.</summary>
    public bool IsOffDay { get; private set; }

    /// <summary>Name of the holiday, in Chinese as in the notice.</summary>
    public string Name { get; private set; } = "";

    /// <inheritdoc/>
    public override Guid RootId => CalendarYearId;
}

/// <summary>A year of the calendar was published.</summary>
public sealed record CalendarYearPublished(int Year, bool IsComplete, int Days) : DomainEvent;
