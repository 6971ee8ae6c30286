using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Consultations;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.WorkItems;

namespace StdWorkflow.Data.Mapping.Consultations;

internal sealed class ConsultationMap : IEntityTypeConfiguration<Consultation>
{
    public void Configure(EntityTypeBuilder<Consultation> map)
    {
        map.ToTable("Consultations");
        map.Property(c => c.Code).HasMaxLength(Limits.Code);
        map.Property(c => c.Zone).HasMaxLength(Limits.Code);
        map.HasOne<WorkItem>().WithMany().HasForeignKey(c => c.WorkItemId);
        map.HasOne<Track>().WithMany().HasForeignKey(c => c.TrackId);
        map.HasIndex(c => c.Code).IsUnique();
        map.HasIndex(c => c.Number).IsUnique();
        map.HasIndex(c => new { c.IsClosed, c.ClosesAtUtc });
        map.HasIndex(c => new { c.ClosesAtUtc, c.Number });
        map.HasIndex(c => new { c.ChangedAtUtc, c.Number });
    }
}

internal sealed class SubmissionMap : IEntityTypeConfiguration<Submission>
{
    public void Configure(EntityTypeBuilder<Submission> map)
    {
        map.ToTable("Submissions");
        map.Property(s => s.Receipt).HasMaxLength(Limits.Code);
        map.Property(s => s.SenderName).HasMaxLength(Limits.Name);
        map.Property(s => s.SenderOrganization).HasMaxLength(Limits.Name);
        map.Property(s => s.SenderEmail).HasMaxLength(TextSizes.Address);
        map.HasOne<Consultation>().WithMany().HasForeignKey(s => s.ConsultationId);
        map.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId);
        map.HasIndex(s => s.Receipt).IsUnique();
    }
}

internal sealed class CommentMap : IEntityTypeConfiguration<Comment>
{
    public void Configure(EntityTypeBuilder<Comment> map)
    {
        map.ToTable("Comments");
        map.Property(c => c.Clause).HasMaxLength(Limits.Code);
        map.Property(c => c.Text).HasMaxLength(Limits.LongText);
        map.Property(c => c.ProposedChange).HasMaxLength(Limits.LongText);
        map.Property(c => c.DispositionReason).HasMaxLength(Limits.Text);
        map.HasOne<Submission>().WithMany().HasForeignKey(c => c.SubmissionId);
        map.HasOne<Consultation>().WithMany().HasForeignKey(c => c.ConsultationId);
        map.HasOne<Person>().WithMany().HasForeignKey(c => c.DisposedById);
        map.HasIndex(c => new { c.ConsultationId, c.Disposition });
        map.HasIndex(c => new { c.Disposition, c.ConsultationId });
        map.HasIndex(c => new { c.ChangedAtUtc, c.Id });
    }
}
