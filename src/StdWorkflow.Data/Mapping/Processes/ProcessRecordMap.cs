using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Data.Mapping.Processes;

internal sealed class ProcessRecordMap : IEntityTypeConfiguration<ProcessRecord>
{
    public void Configure(EntityTypeBuilder<ProcessRecord> map)
    {
        map.ToTable("Processes");
        map.Property(p => p.Key).HasMaxLength(Limits.Code);
        map.Property(p => p.Json).HasMaxLength(TextSizes.Document);
        map.Localized(p => p.Name, Limits.Name);
        map.HasIndex(p => new { p.Key, p.DefinitionVersion }).IsUnique();
    }
}
