using System.Globalization;
using System.Text.RegularExpressions;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;

namespace StdWorkflow.Web.Features.History;

/// <summary>Reads which moment is meant: a day, a minute or a second of the reader's clock, each until and including its end, or an exact instant.</summary>
internal static partial class AskedMoment
{
    /// <summary>The instant (UTC, microseconds); now when nothing was asked. Refuses what is no moment, and what has not come yet.</summary>
    /// <param name="field">Under which name it was asked.</param>
    /// <param name="asked">What was asked, or null.</param>
    /// <param name="nowUtc">Now, in UTC.</param>
    public static Result<DateTime> Read(string field, string? asked, DateTime nowUtc)
    {
        if (string.IsNullOrWhiteSpace(asked)) return nowUtc;
        if (Form().Match(asked.Trim()) is not { Success: true } match || Span(match) is not { } span) return Problem.On(field, "asOf.unreadable");
        if (span.From > nowUtc) return Problem.On(field, "asOf.future");
        return span.To < nowUtc ? span.To : nowUtc;
    }

    /// <summary>An instant as it stands in an address.</summary>
    public static string Write(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static (DateTime From, DateTime To)? Span(Match match)
    {
        if (!DateOnly.TryParseExact(match.Groups["day"].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return null;
        if (!match.Groups["time"].Success) return (Instants.StartOf(day), Instants.EndOf(day));
        if (!TimeOnly.TryParse(match.Groups["time"].Value, CultureInfo.InvariantCulture, out var time)) return null;
        if (match.Groups["zone"].Success)
        {
            // An address turns a plus into a blank unless it was written as %2B.
            var text = $"{day:yyyy-MM-dd}T{match.Groups["time"].Value}{match.Groups["zone"].Value.Replace(' ', '+')}";
            if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var exact)) return null;
            return (exact.UtcDateTime, exact.UtcDateTime);
        }

        var from = TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(time), TimeZoneInfo.FindSystemTimeZoneById(Instants.China));
        return (from, match.Groups["part"].Success ? from : from.AddTicks((match.Groups["second"].Success ? TimeSpan.TicksPerSecond : TimeSpan.TicksPerMinute) - TimeSpan.TicksPerMicrosecond));
    }

    [GeneratedRegex(@"^(?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})([T ](?<time>[0-9]{2}:[0-9]{2}(?<second>:[0-9]{2}(?<part>\.[0-9]{1,7})?)?)(?<zone>Z|[+ -][0-9]{2}:[0-9]{2})?)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
