using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.WorkItems;

namespace StdWorkflow.Data.Mapping.Deadlines;

internal sealed class DeadlineMap : IEntityTypeConfiguration<Deadline>
{
    public void Configure(EntityTypeBuilder<Deadline> map)
    {
        map.ToTable("Deadlines");
        map.Property(d => d.ClockKey).HasMaxLength(Limits.Code);
        map.Property(d => d.Zone).HasMaxLength(Limits.Code);
        map.HasOne<Track>().WithMany().HasForeignKey(d => d.TrackId);
        map.HasIndex(d => new { d.Status, d.InstantUtc });
    }
}

internal sealed class ReminderRuleMap : IEntityTypeConfiguration<ReminderRule>
{
    public void Configure(EntityTypeBuilder<ReminderRule> map)
    {
        map.ToTable("ReminderRules");
        map.Property(r => r.Key).HasMaxLength(Limits.Code);
        map.Property(r => r.DeadlineKindNames).HasMaxLength(Limits.Name);
        map.Property(r => r.OffsetDays).HasMaxLength(Limits.Name);
        map.Property(r => r.RecipientKeys).HasMaxLength(Limits.Name);
        map.Property(r => r.SourceReference).HasMaxLength(Limits.Code);
        map.Ignore(r => r.DeadlineKinds);
        map.Ignore(r => r.Offsets);
        map.Ignore(r => r.Recipients);
        map.Localized(r => r.Name, Limits.Name);
        map.HasIndex(r => new { r.Key, r.RuleVersion }).IsUnique();
    }
}

internal sealed class CalendarMap : IEntityTypeConfiguration<CalendarYear>, IEntityTypeConfiguration<CalendarDay>
{
    public void Configure(EntityTypeBuilder<CalendarYear> map)
    {
        map.ToTable("CalendarYears");
        map.Property(y => y.SourceReference).HasMaxLength(Limits.Name);
        map.HasMany(y => y.Days).WithOne().HasForeignKey(d => d.CalendarYearId);
        map.HasIndex(y => y.Year).IsUnique();
    }

    public void Configure(EntityTypeBuilder<CalendarDay> map)
    {
        map.ToTable("CalendarDays");
        map.Property(d => d.Name).HasMaxLength(Limits.Code);
        map.HasIndex(d => d.Date).IsUnique();
    }
}
