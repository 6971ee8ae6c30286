namespace StdWorkflow.Web.Pipeline;

internal static class ProgramClock
{
    /// <summary>The instant in UTC, cut to microseconds: PostgreSQL keeps no more, and the hash of an event covers it.</summary>
    public static DateTime UtcNow(this TimeProvider clock)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return new DateTime(now.Ticks - now.Ticks % TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc);
    }

    /// <summary>In Development the setting <c>Clock:Offset</c> shifts the whole program in time, so that what waits for a date can be seen.</summary>
    public static void AddClock(this WebApplicationBuilder builder)
    {
        var offset = builder.Configuration.GetValue<TimeSpan?>("Clock:Offset") ?? TimeSpan.Zero;
        if (offset != TimeSpan.Zero && !builder.Environment.IsDevelopment())
            throw new InvalidOperationException("Clock:Offset is for Development only.");

        builder.Services.AddSingleton(offset == TimeSpan.Zero ? TimeProvider.System : new ShiftedClock(offset));
    }

    private sealed class ShiftedClock(TimeSpan offset) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + offset;
    }
}
