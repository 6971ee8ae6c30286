using StdWorkflow.Domain.Deadlines;

namespace StdWorkflow.Domain.Tests.Deadlines;

/// <summary>The days of 2026 that differ from the plain week, by the State Council's notice.</summary>
internal static class ChinaCalendar
{
    public static WorkingCalendar Of2026 { get; } = new(
    [
        .. Days("元旦", true, 1, 1, 3), .. Days("元旦", false, 1, 4, 4),
        .. Days("春节", false, 2, 14, 14), .. Days("春节", true, 2, 15, 23), .. Days("春节", false, 2, 28, 28),
        .. Days("清明节", true, 4, 4, 6),
        .. Days("劳动节", true, 5, 1, 5), .. Days("劳动节", false, 5, 9, 9),
        .. Days("端午节", true, 6, 19, 21),
        .. Days("国庆节", false, 9, 20, 20), .. Days("中秋节", true, 9, 25, 27),
        .. Days("国庆节", true, 10, 1, 7), .. Days("国庆节", false, 10, 10, 10),
    ],
    [2026]);

    private static IEnumerable<CalendarDate> Days(string name, bool off, int month, int first, int last) =>
        Enumerable.Range(first, last - first + 1).Select(day => new CalendarDate(new DateOnly(2026, month, day), off, name));
}
