using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.International;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.WorkItems;

namespace StdWorkflow.Data.Mapping.WorkItems;

internal sealed class WorkItemMap : IEntityTypeConfiguration<WorkItem>
{
    public void Configure(EntityTypeBuilder<WorkItem> map)
    {
        map.ToTable("WorkItems");
        map.Property(w => w.Code).HasMaxLength(Limits.Code);
        map.Property(w => w.CommitteeText).HasMaxLength(Limits.Name);
        map.Property(w => w.PlanNumber).HasMaxLength(Limits.Code);
        map.Property(w => w.StandardNumber).HasMaxLength(Limits.Code);
        map.Property(w => w.DoubleNumber).HasMaxLength(Limits.Name);
        map.Property(w => w.InternationalReference).HasMaxLength(Limits.Code);
        map.Property(w => w.SortKey).HasMaxLength(200);
        map.Property(w => w.SearchText).HasMaxLength(SortKeys.SearchLength);
        map.Property(w => w.ImportedStatus).HasMaxLength(Limits.Code);
        map.Localized(w => w.Title, Limits.Title);
        map.ComplexProperty(w => w.Proposal, proposal =>
        {
            proposal.Property(p => p.RevisedStandard).HasMaxLength(Limits.Name);
            proposal.Property(p => p.AdoptedReference).HasMaxLength(Limits.Name);
            proposal.Property(p => p.Category).HasMaxLength(Limits.Name);
            proposal.Property(p => p.Ics).HasMaxLength(Limits.Code);
            proposal.Property(p => p.CompetentAuthority).HasMaxLength(Limits.Name);
            proposal.Property(p => p.ForeignLanguage).HasMaxLength(Limits.Code);
            proposal.Property(p => p.Budget).HasMaxLength(Limits.Name);
            proposal.Property(p => p.Purpose).HasMaxLength(Limits.Text);
            proposal.Property(p => p.Content).HasMaxLength(Limits.Text);
            proposal.Property(p => p.Situation).HasMaxLength(Limits.Text);
            proposal.Property(p => p.LegalRelation).HasMaxLength(Limits.Text);
            proposal.Property(p => p.Patents).HasMaxLength(Limits.Text);
            proposal.Property(p => p.Remarks).HasMaxLength(Limits.Text);
        });
        map.Ignore(w => w.Main);
        map.Ignore(w => w.SideTracks);
        map.HasOne<Committee>().WithMany().HasForeignKey(w => w.CommitteeId);
        map.HasOne<Person>().WithMany().HasForeignKey(w => w.LeaderId);
        map.HasMany(w => w.Tracks).WithOne().HasForeignKey(t => t.WorkItemId);
        map.HasMany(w => w.DraftingOrganizations).WithOne().HasForeignKey(d => d.WorkItemId);
        map.HasMany(w => w.Lineages).WithOne().HasForeignKey(l => l.WorkItemId);
        map.HasMany(w => w.Deadlines).WithOne().HasForeignKey(d => d.WorkItemId);
        map.HasMany(w => w.PlannedStages).WithOne().HasForeignKey(p => p.WorkItemId);
        map.HasIndex(w => w.Code).IsUnique();
        map.HasIndex(w => w.Number).IsUnique();
        map.HasIndex(w => new { w.ChangedAtUtc, w.Number });
        map.HasIndex(w => w.PlanNumber).IsUnique();
        map.HasIndex(w => w.StandardNumber);
        map.HasIndex(w => new { w.IssuedOn, w.SortKey });
        map.HasIndex(w => w.InternationalReference);
        map.HasIndex(w => new { w.SortKey, w.Id });
        map.HasIndex(w => new { w.CommitteeId, w.SortKey });
    }
}

internal sealed class WorkItemPartMaps :
    IEntityTypeConfiguration<Track>, IEntityTypeConfiguration<StageSpan>, IEntityTypeConfiguration<Attestation>,
    IEntityTypeConfiguration<DraftingOrganization>, IEntityTypeConfiguration<Lineage>
{
    public void Configure(EntityTypeBuilder<Track> map)
    {
        map.ToTable("Tracks");
        map.Property(t => t.ProcessKey).HasMaxLength(Limits.Code);
        map.Property(t => t.StageKey).HasMaxLength(Limits.Code);
        map.Property(t => t.BlockedBy).HasMaxLength(Limits.Code);
        map.Localized(t => t.WaitingFor, Limits.Name);
        map.Ignore(t => t.CurrentOrdinal);
        map.Ignore(t => t.CurrentAttestations);
        map.HasMany(t => t.Spans).WithOne().HasForeignKey(s => s.TrackId);
        map.HasMany(t => t.Attestations).WithOne().HasForeignKey(a => a.TrackId);
        map.HasIndex(t => new { t.WorkItemId, t.Kind });
        // A column of the board is read from here, nearest deadline first, and what it counts stands here whole.
        map.HasIndex(t => new { t.ProcessKey, t.StageKey, t.NextDeadlineUtc, t.Id, t.Kind, t.WorkItemId });
        map.HasIndex(t => t.NextDeadlineUtc);
        map.HasIndex(t => new { t.DeadlineKey, t.WorkItemId });
        // What is due in some committees, what somebody leads there, and what runs beside a text.
        map.HasIndex(t => new { t.CommitteeId, t.Kind, t.End, t.DeadlineKey, t.WorkItemId, t.IsBlocked, t.BlockedBy });
        map.HasIndex(t => new { t.LeaderId, t.Kind, t.End, t.DeadlineKey, t.CommitteeId });
    }

    public void Configure(EntityTypeBuilder<StageSpan> map)
    {
        map.ToTable("StageSpans");
        map.Property(s => s.StageKey).HasMaxLength(Limits.Code);
        map.HasIndex(s => new { s.TrackId, s.Ordinal }).IsUnique();
        map.HasIndex(s => s.WorkItemId);
        // How long others took in a stage is asked of those who left it last.
        map.HasIndex(s => new { s.StageKey, s.Left });
    }

    public void Configure(EntityTypeBuilder<Attestation> map)
    {
        map.ToTable("Attestations");
        map.Property(a => a.GateKey).HasMaxLength(Limits.Code);
        map.Property(a => a.Paper).HasMaxLength(Limits.Title);
        map.HasOne<Person>().WithMany().HasForeignKey(a => a.PersonId);
        map.HasIndex(a => a.WorkItemId);
    }

    public void Configure(EntityTypeBuilder<DraftingOrganization> map)
    {
        map.ToTable("DraftingOrganizations");
        map.HasOne<Organization>().WithMany().HasForeignKey(d => d.OrganizationId);
    }

    public void Configure(EntityTypeBuilder<Lineage> map)
    {
        map.ToTable("Lineages");
        map.HasOne<WorkItem>().WithMany().HasForeignKey(l => l.FromWorkItemId);
        map.HasOne<ForeignProject>().WithMany().HasForeignKey(l => l.FromForeignProjectId);
    }
}

internal sealed class SavedFilterMap : IEntityTypeConfiguration<SavedFilter>
{
    public void Configure(EntityTypeBuilder<SavedFilter> map)
    {
        map.ToTable("SavedFilters");
        map.Property(f => f.Name).HasMaxLength(Limits.Name);
        map.Property(f => f.Query).HasMaxLength(SavedFilter.LongestQuery);
        map.Property(f => f.NameKey).HasMaxLength(TextSizes.Hash);
        map.HasIndex(f => f.NameKey).IsUnique();
        map.HasOne<Person>().WithMany().HasForeignKey(f => f.PersonId);
        map.HasOne<Committee>().WithMany().HasForeignKey(f => f.CommitteeId);
    }
}
