using System.Globalization;
using StdWorkflow.Domain.Common;
using StdWorkflow.Web.Localization;

namespace StdWorkflow.Web.Components;

/// <summary>A line of the grid, and the words above it.</summary>
/// <param name="On">The day at which it stands: the first of a month.</param>
/// <param name="X">Where it stands.</param>
/// <param name="Year">The year in figures where one begins; empty elsewhere.</param>
/// <param name="Month">The month in the language asked for; empty where the axis counts in years.</param>
public sealed record TimeTick(DateOnly On, double X, string Year, string Month);

/// <summary>
/// Days along a drawing: from the beginning of the month, quarter or year of the first day to the end of that of the last, in the finest of these steps
/// (then in 2, 5, 10… years) whose words do not run into each other.
/// </summary>
public sealed class TimeAxis
{
    private const int YearEnd = (9999 * 12) + 11;

    private static readonly int[] steps = [1, 3, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000];

    private readonly int from, to;

    /// <param name="days">The days that are to be drawn, in any order; at least one.</param>
    /// <param name="left">Where the axis begins.</param>
    /// <param name="right">Where it ends.</param>
    /// <param name="room">How far apart two lines of the grid stand at least.</param>
    public TimeAxis(IEnumerable<DateOnly> days, int left, int right, int room = 44)
    {
        var (first, last) = days.Aggregate((First: DateOnly.MaxValue, Last: DateOnly.MinValue), (ends, day) => (day < ends.First ? day : ends.First, day > ends.Last ? day : ends.Last));
        if (first > last) throw new ArgumentException("At least one day.", nameof(days));
        (Left, Right) = (left, right);
        foreach (var step in steps)
        {
            Step = step;
            var whole = Math.Min(step, 12);
            from = MonthOf(first) / whole * whole;
            to = Math.Min(((MonthOf(last) / whole) + 1) * whole, YearEnd);
            if ((right - left) * step >= room * (to - from)) break;
        }

        (First, Last) = (Begin(from), Begin(to));
    }

    /// <summary>Where the axis begins.</summary>
    public int Left { get; }

    /// <summary>Where it ends.</summary>
    public int Right { get; }

    /// <summary>The day at <see cref="Left"/>.</summary>
    public DateOnly First { get; }

    /// <summary>The day at <see cref="Right"/>.</summary>
    public DateOnly Last { get; }

    /// <summary>Months from one line of the grid to the next.</summary>
    public int Step { get; }

    /// <summary>How much room the words above the grid take, that of today included.</summary>
    public int Head => Step < 12 ? 52 : 36;

    /// <summary>Where a day stands. Days outside stand at the nearer end.</summary>
    public double At(DateOnly day) =>
        Left + ((Right - Left) * (double)(Math.Clamp(day.DayNumber, First.DayNumber, Last.DayNumber) - First.DayNumber) / Math.Max(1, Last.DayNumber - First.DayNumber));

    /// <summary>The grid, in the words of a language.</summary>
    public IReadOnlyList<TimeTick> TicksIn(Language language)
    {
        var culture = CultureInfo.GetCultureInfo(Markup.Tag(language));
        var months = Enumerable.Range(0, to - from).Select(at => from + at).Where(month => month % Step == 0 || month == from).ToList();
        // The first year is named where the axis begins, unless the next one begins right beside it.
        var next = months.Where(month => month > from && month % 12 == 0).Select(month => At(Begin(month))).FirstOrDefault(double.MaxValue);
        return [.. months.Where(month => month != from || month % Step == 0 || next - Left >= 40).Select(month =>
        {
            var on = Begin(month);
            var names = Step >= 12 || month % 12 == 0 || (month == from && next - Left >= 40);
            return new TimeTick(on, At(on), names ? on.Year.ToString("D4", CultureInfo.InvariantCulture) : "", Step < 12 ? on.ToString("MMM", culture) : "");
        })];
    }

    /// <summary>Draws grid, words and the line of today.</summary>
    /// <param name="html">The drawing.</param>
    /// <param name="bottom">Where the grid ends.</param>
    /// <param name="today">Today; null draws none.</param>
    /// <param name="word">What stands beside the line of today.</param>
    internal void Draw(Markup html, double bottom, DateOnly? today, string word)
    {
        foreach (var tick in TicksIn(Reader.Language))
            html.Add($"<path class=\"grid\" d=\"M{tick.X} {(tick.Year.Length > 0 ? 6 : 22)}V{bottom}\"/>")
                .AddIf(tick.Year.Length > 0, $"<text class=\"small\" x=\"{tick.X + 4}\" y=\"16\">{tick.Year}</text>")
                .AddIf(tick.Month.Length > 0, $"<text class=\"soft small\" x=\"{tick.X + 4}\" y=\"32\">{tick.Month}</text>");
        if (today is not { } day) return;
        var x = At(day);
        var isLate = x > (Left + Right) / 2d;
        html.Add($"<path class=\"today\" d=\"M{x} {Head - 14}V{bottom}\"/><text class=\"small strong\" text-anchor=\"{(isLate ? "end" : "start")}\" x=\"{(isLate ? x - 4 : x + 4)}\" y=\"{Head - 4}\">{word}</text>");
    }

    private static int MonthOf(DateOnly day) => (day.Year * 12) + day.Month - 1;

    private static DateOnly Begin(int month) => new(Math.Max(1, month / 12), (month % 12) + 1, 1);
}
