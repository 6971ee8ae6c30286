using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;

namespace StdWorkflow.Data.Mapping.Committees;

internal sealed class CommitteeMap :
    IEntityTypeConfiguration<Committee>, IEntityTypeConfiguration<CommitteeFact>, IEntityTypeConfiguration<WorkPlanEntry>, IEntityTypeConfiguration<Mirror>
{
    public void Configure(EntityTypeBuilder<Committee> map)
    {
        map.ToTable("Committees");
        map.Property(c => c.Code).HasMaxLength(Limits.Code);
        map.Property(c => c.Designation).HasMaxLength(Limits.Code);
        map.Property(c => c.PublicMail).HasMaxLength(TextSizes.Address);
        map.Property(c => c.SourceReference).HasMaxLength(Limits.Code);
        map.Localized(c => c.Name, Limits.Name);
        map.Localized(c => c.Scope, Limits.Text);
        map.Localized(c => c.Charter, Limits.Text);
        map.HasOne<Committee>().WithMany().HasForeignKey(c => c.ParentId);
        map.HasOne<Organization>().WithMany().HasForeignKey(c => c.SecretariatId);
        map.HasMany(c => c.Facts).WithOne().HasForeignKey(f => f.CommitteeId);
        map.HasMany(c => c.WorkPlan).WithOne().HasForeignKey(w => w.CommitteeId);
        map.HasMany(c => c.Mirrors).WithOne().HasForeignKey(m => m.CommitteeId);
        map.HasIndex(c => c.Code).IsUnique();
        map.HasIndex(c => c.Designation).IsUnique();
    }

    public void Configure(EntityTypeBuilder<CommitteeFact> map)
    {
        map.ToTable("CommitteeFacts");
        map.Property(f => f.Key).HasMaxLength(Limits.Code);
        map.Property(f => f.SourceReference).HasMaxLength(Limits.Code);
        map.Property(f => f.Conflict).HasMaxLength(Limits.Text);
        map.Localized(f => f.Text, Limits.Text);
    }

    public void Configure(EntityTypeBuilder<WorkPlanEntry> map)
    {
        map.ToTable("WorkPlanEntries");
        map.Property(w => w.SourceReference).HasMaxLength(Limits.Code);
        map.Localized(w => w.Text, Limits.Text);
    }

    public void Configure(EntityTypeBuilder<Mirror> map)
    {
        map.ToTable("Mirrors");
        map.Property(m => m.SourceReference).HasMaxLength(Limits.Code);
        map.HasOne<Committee>().WithMany().HasForeignKey(m => m.OtherCommitteeId);
        map.HasIndex(m => new { m.CommitteeId, m.OtherCommitteeId }).IsUnique();
    }
}
