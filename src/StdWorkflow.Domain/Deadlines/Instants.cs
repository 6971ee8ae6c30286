namespace StdWorkflow.Domain.Deadlines;

/// <summary>Days and the instants at which they begin and end in a named zone.</summary>
public static class Instants
{
    /// <summary>The zone of national committees.</summary>
    public const string China = "Asia/Shanghai";

    /// <summary>The last instant of a day: "until and including", in UTC, to the microsecond.</summary>
    public static DateTime EndOf(DateOnly day, string zone) => StartOf(day.AddDays(1), zone).AddMicroseconds(-1);

    /// <summary>The first instant of a day, in UTC.</summary>
    public static DateTime StartOf(DateOnly day, string zone)
    {
        var zoneInfo = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var local = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified);
        while (zoneInfo.IsInvalidTime(local)) local = local.AddMinutes(15);
        return TimeZoneInfo.ConvertTimeToUtc(local, zoneInfo);
    }

    /// <summary>The day that an instant (UTC) falls on in a zone.</summary>
    public static DateOnly DateIn(DateTime utc, string zone = China) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), TimeZoneInfo.FindSystemTimeZoneById(zone)));
}
