using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace StdWorkflow.Data.Mapping;

/// <summary>
/// Instants are UTC and have microseconds: PostgreSQL keeps no more, and a hash must find the same value again everywhere.
/// </summary>
public sealed class UtcMicroseconds() : ValueConverter<DateTime, DateTime>(
    value => Cut(value),
    value => DateTime.SpecifyKind(value, DateTimeKind.Utc))
{
    public static DateTime Cut(DateTime value) => value.Kind == DateTimeKind.Utc
        ? value.AddTicks(-(value.Ticks % TimeSpan.TicksPerMicrosecond))
        : throw new ArgumentException($"An instant must be UTC, not {value.Kind}.", nameof(value));
}
