using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.International;

namespace StdWorkflow.Data.Mapping.International;

internal sealed class ForeignProjectMap : IEntityTypeConfiguration<ForeignProject>, IEntityTypeConfiguration<ForeignStageEvent>
{
    public void Configure(EntityTypeBuilder<ForeignProject> map)
    {
        map.ToTable("ForeignProjects");
        map.Property(p => p.Reference).HasMaxLength(Limits.Name);
        map.Property(p => p.SortKey).HasMaxLength(200);
        map.Property(p => p.SearchText).HasMaxLength(SortKeys.SearchLength);
        map.Property(p => p.DeliverableType).HasMaxLength(Limits.Code);
        map.Property(p => p.SupplementType).HasMaxLength(Limits.Code);
        map.Property(p => p.PublicationDate).HasMaxLength(10);
        map.Property(p => p.Ics).HasMaxLength(Limits.Name);
        map.Property(p => p.OwnerCommittee).HasMaxLength(Limits.Name);
        map.Property(p => p.Stage).HasMaxLength(5);
        map.Property(p => p.Replaces).HasMaxLength(Limits.Text);
        map.Property(p => p.ReplacedBy).HasMaxLength(Limits.Text);
        map.Localized(p => p.Title, Limits.Title);
        map.HasOne<Committee>().WithMany().HasForeignKey(p => p.CommitteeId);
        map.HasMany(p => p.StageEvents).WithOne().HasForeignKey(e => e.ForeignProjectId);
        map.HasIndex(p => p.Number).IsUnique();
        map.HasIndex(p => p.Reference);
        map.HasIndex(p => new { p.SortKey, p.Id });
    }

    public void Configure(EntityTypeBuilder<ForeignStageEvent> map)
    {
        map.ToTable("ForeignStageEvents");
        map.Property(e => e.Stage).HasMaxLength(5);
        map.Property(e => e.PreviousStage).HasMaxLength(5);
        map.Property(e => e.Reference).HasMaxLength(Limits.Name);
        map.HasIndex(e => new { e.ForeignProjectId, e.ObservedOn, e.Stage }).IsUnique();
    }
}

internal sealed class ImportedFileMap : IEntityTypeConfiguration<ImportedFile>
{
    public void Configure(EntityTypeBuilder<ImportedFile> map)
    {
        map.ToTable("ImportedFiles");
        map.Property(f => f.Kind).HasMaxLength(Limits.Code);
        map.HasIndex(f => f.Kind).IsUnique();
    }
}
