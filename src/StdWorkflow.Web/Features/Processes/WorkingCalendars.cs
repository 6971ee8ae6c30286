using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Deadlines;

namespace StdWorkflow.Web.Features.Processes;

/// <summary>The working-day calendar as published so far.</summary>
internal static class WorkingCalendars
{
    public static async Task<WorkingCalendar> ReadAsync(this IQueryable<CalendarYear> calendarYears, CancellationToken stop)
    {
        var years = await calendarYears.AsNoTracking().Include(year => year.Days).ToListAsync(stop);
        return new WorkingCalendar(
            years.SelectMany(year => year.Days).Select(day => new CalendarDate(day.Date, day.IsOffDay, day.Name)),
            years.Where(year => year.IsComplete).Select(year => year.Year));
    }
}
