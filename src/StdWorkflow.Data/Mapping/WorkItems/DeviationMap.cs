using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.WorkItems;

namespace StdWorkflow.Data.Mapping.WorkItems;

internal sealed class DeviationMap : IEntityTypeConfiguration<Deviation>
{
    public void Configure(EntityTypeBuilder<Deviation> map)
    {
        map.ToTable("Deviations");
        map.Property(d => d.Clause).HasMaxLength(Limits.Code);
        map.Property(d => d.Text).HasMaxLength(Limits.Text);
        map.Property(d => d.Reason).HasMaxLength(Limits.Text);
        map.HasOne<WorkItem>().WithMany(w => w.Deviations).HasForeignKey(d => d.WorkItemId);
        map.HasIndex(d => new { d.WorkItemId, d.Ordinal });
    }
}
