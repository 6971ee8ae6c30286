namespace StdWorkflow.Domain.Deadlines;

/// <summary>Days and the instants at which they begin and end in a named zone.</summary>
public static class Instants
{
    /// <summary>The zone of national committees.</summary>
    public const string China = "Asia/Shanghai";

    private static readonly DateTime last = new(DateTime.MaxValue.Ticks - (DateTime.MaxValue.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);

    /// <summary>The last instant of a day: "until and including", in UTC, to the microsecond, because PostgreSQL keeps no more.</summary>
    /// <param name="day">The day.</param>
    /// <param name="zone">IANA name of the zone.</param>
    public static DateTime EndOf(DateOnly day, string zone = China) =>
        day == DateOnly.MaxValue ? last : StartOf(day.AddDays(1), zone).AddMicroseconds(-1);

    /// <summary>The first instant of a day, in UTC.</summary>
    /// <param name="day">The day.</param>
    /// <param name="zone">IANA name of the zone.</param>
    public static DateTime StartOf(DateOnly day, string zone = China)
    {
        var zoneInfo = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var local = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified);

        // Where the clock is put forward at midnight the day begins later; where it is put back over midnight, with the first of the two.
        while (zoneInfo.IsInvalidTime(local)) local = local.AddMinutes(15);
        return zoneInfo.IsAmbiguousTime(local)
            ? DateTime.SpecifyKind(local - zoneInfo.GetAmbiguousTimeOffsets(local).Max(), DateTimeKind.Utc)
            : TimeZoneInfo.ConvertTimeToUtc(local, zoneInfo);
    }

    /// <summary>The day that an instant (UTC) falls on in a zone.</summary>
    public static DateOnly DateIn(DateTime utc, string zone = China) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), TimeZoneInfo.FindSystemTimeZoneById(zone)));
}
