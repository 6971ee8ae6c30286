using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.WorkItems;

namespace StdWorkflow.Data.Mapping.WorkItems;

internal sealed class StepRequestMap : IEntityTypeConfiguration<StepRequest>
{
    public void Configure(EntityTypeBuilder<StepRequest> map)
    {
        map.ToTable("StepRequests");
        map.Property(r => r.Code).HasMaxLength(Limits.Code);
        map.Property(r => r.TransitionKey).HasMaxLength(Limits.Code);
        map.Property(r => r.Reason).HasMaxLength(Limits.Text);
        map.Property(r => r.Words).HasMaxLength(Limits.Text);
        map.Property(r => r.Zone).HasMaxLength(Limits.Code);
        map.Property(r => r.OpenKey).HasMaxLength(StepRequest.KeyOf(Guid.Empty, "").Length + Limits.Code);
        map.HasOne<WorkItem>().WithMany().HasForeignKey(r => r.WorkItemId);
        map.HasOne<Track>().WithMany().HasForeignKey(r => r.TrackId);
        map.HasOne<Person>().WithMany().HasForeignKey(r => r.AskedById);
        map.HasOne<Person>().WithMany().HasForeignKey(r => r.ClosedById);
        map.HasIndex(r => r.Code).IsUnique();
        map.HasIndex(r => r.Number).IsUnique();
        map.HasIndex(r => r.OpenKey).IsUnique();
        // The queue is read along the first, what was decided along the second, what somebody asked along the third.
        map.HasIndex(r => new { r.State, r.WantedByUtc, r.Number });
        map.HasIndex(r => new { r.ClosedAtUtc, r.Number });
        map.HasIndex(r => new { r.AskedById, r.Number });
        map.HasIndex(r => new { r.TrackId, r.State });
        map.HasIndex(r => new { r.ChangedAtUtc, r.Number });
        map.HasIndex(r => new { r.WantedByUtc, r.Number });
    }
}
