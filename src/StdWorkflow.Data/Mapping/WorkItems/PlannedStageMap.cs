using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.WorkItems;

namespace StdWorkflow.Data.Mapping.WorkItems;

internal sealed class PlannedStageMap : IEntityTypeConfiguration<PlannedStage>
{
    public void Configure(EntityTypeBuilder<PlannedStage> map)
    {
        map.ToTable("PlannedStages");
        map.Property(p => p.StageKey).HasMaxLength(Limits.Code);
        map.HasOne<Track>().WithMany().HasForeignKey(p => p.TrackId);
        map.HasIndex(p => new { p.TrackId, p.StageKey }).IsUnique();
    }
}
