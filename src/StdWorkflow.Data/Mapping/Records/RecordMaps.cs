using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using StdWorkflow.Data.Events;
using StdWorkflow.Data.Identity;
using StdWorkflow.Data.Outbox;
using StdWorkflow.Data.Records;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;

namespace StdWorkflow.Data.Mapping.Records;

internal sealed class EventRecordMap : IEntityTypeConfiguration<EventRecord>
{
    public void Configure(EntityTypeBuilder<EventRecord> map)
    {
        map.ToTable("Events");
        map.Property(e => e.SubjectType).HasMaxLength(TextSizes.TypeName);
        map.Property(e => e.ActorKind).HasMaxLength(TextSizes.Enum);
        map.Property(e => e.ActorName).HasMaxLength(Limits.Name);
        map.Property(e => e.Command).HasMaxLength(TextSizes.TypeName);
        map.Property(e => e.Type).HasMaxLength(TextSizes.TypeName);
        map.Property(e => e.Facts).HasMaxLength(TextSizes.Document);
        map.Property(e => e.Changes).HasMaxLength(TextSizes.Document);
        map.Property(e => e.Reason).HasMaxLength(Limits.Text);
        map.Property(e => e.TraceId).HasMaxLength(Limits.Code);
        map.Property(e => e.PreviousHash).HasMaxLength(TextSizes.Hash);
        map.Property(e => e.Hash).HasMaxLength(TextSizes.Hash);
        map.HasIndex(e => new { e.SubjectType, e.SubjectId, e.Sequence }).IsUnique();
        map.HasIndex(e => e.RecordedAt);
        map.HasIndex(e => new { e.ActorPerson, e.RecordedAt });
    }
}

internal sealed class OutboxMessageMap : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> map)
    {
        // Whoever cancels a message must not overwrite the claim of whoever sends it.
        map.Property(m => m.State).IsConcurrencyToken();
        map.ToTable("Outbox");
        map.Property(m => m.Key).HasMaxLength(TextSizes.OutboxKey);
        map.Property(m => m.EventType).HasMaxLength(TextSizes.TypeName);
        map.Property(m => m.RecipientAddress).HasMaxLength(TextSizes.Address);
        map.Property(m => m.Payload).HasMaxLength(TextSizes.Document);
        map.Property(m => m.ClaimedBy).HasMaxLength(Limits.Code);
        map.Property(m => m.LastError).HasMaxLength(Limits.Text);
        map.HasIndex(m => m.Key).IsUnique();
        map.HasIndex(m => new { m.State, m.NotBefore });
        map.HasIndex(m => m.EventId);
    }
}

internal sealed class CommandReceiptMap : IEntityTypeConfiguration<CommandReceipt>
{
    public void Configure(EntityTypeBuilder<CommandReceipt> map)
    {
        map.ToTable("CommandReceipts");
        map.HasKey(r => new { r.Key, r.ActorKey, r.Command });
        map.Property(r => r.Key).HasMaxLength(Limits.Code);
        map.Property(r => r.ActorKey).HasMaxLength(Limits.Code);
        map.Property(r => r.Command).HasMaxLength(TextSizes.TypeName);
        map.Property(r => r.Result).HasMaxLength(TextSizes.Document);
        map.HasIndex(r => r.At);
    }
}

internal sealed class NumberSequenceMap : IEntityTypeConfiguration<NumberSequence>
{
    public void Configure(EntityTypeBuilder<NumberSequence> map)
    {
        map.ToTable("NumberSequences");
        map.HasKey(s => s.Name);
        map.Property(s => s.Name).HasMaxLength(Limits.Code);
        map.Property(s => s.Version).IsConcurrencyToken();
    }
}

internal sealed class ReminderMap : IEntityTypeConfiguration<Reminder>
{
    public void Configure(EntityTypeBuilder<Reminder> map)
    {
        map.ToTable("Reminders");
        map.HasOne<Person>().WithMany().HasForeignKey(r => r.PersonId);
        map.Property(r => r.RuleKey).HasMaxLength(Limits.Code);
        map.HasIndex(r => new { r.DeadlineId, r.LastDay, r.RuleKey, r.RuleVersion, r.OffsetDays, r.PersonId }).IsUnique();
    }
}

internal sealed class FollowerMap : IEntityTypeConfiguration<Follower>
{
    public void Configure(EntityTypeBuilder<Follower> map)
    {
        map.ToTable("Followers");
        map.HasKey(f => new { f.SubjectType, f.SubjectId, f.PersonId });
        map.Property(f => f.SubjectType).HasMaxLength(TextSizes.TypeName);
        map.HasOne<Person>().WithMany().HasForeignKey(f => f.PersonId);
    }
}

internal sealed class CommitteeAncestorMap : IEntityTypeConfiguration<CommitteeAncestor>
{
    public void Configure(EntityTypeBuilder<CommitteeAncestor> map)
    {
        map.ToTable("CommitteeAncestors");
        map.HasKey(a => new { a.CommitteeId, a.AncestorId });
        map.HasOne<Committee>().WithMany().HasForeignKey(a => a.CommitteeId);
        map.HasOne<Committee>().WithMany().HasForeignKey(a => a.AncestorId);
    }
}

internal sealed class DataProtectionKeyMap : IEntityTypeConfiguration<DataProtectionKey>
{
    public void Configure(EntityTypeBuilder<DataProtectionKey> map)
    {
        map.Property(k => k.FriendlyName).HasMaxLength(Limits.Name);
        map.Property(k => k.Xml).HasMaxLength(TextSizes.Document);
    }
}

internal sealed class UserMap : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> map)
    {
        map.HasIndex(u => u.PersonId).IsUnique();
        map.Property(u => u.PasswordHash).HasMaxLength(1000);
        map.Property(u => u.SecurityStamp).HasMaxLength(Limits.Code);
        map.Property(u => u.ConcurrencyStamp).HasMaxLength(Limits.Code);
        map.Property(u => u.PhoneNumber).HasMaxLength(Limits.Code);
    }
}

internal sealed class RoleMap : IEntityTypeConfiguration<IdentityRole<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityRole<Guid>> map) =>
        map.Property(r => r.ConcurrencyStamp).HasMaxLength(Limits.Code);
}

internal sealed class UserClaimMap : IEntityTypeConfiguration<IdentityUserClaim<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserClaim<Guid>> map)
    {
        map.Property(c => c.ClaimType).HasMaxLength(Limits.Name);
        map.Property(c => c.ClaimValue).HasMaxLength(Limits.Text);
    }
}

internal sealed class RoleClaimMap : IEntityTypeConfiguration<IdentityRoleClaim<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityRoleClaim<Guid>> map)
    {
        map.Property(c => c.ClaimType).HasMaxLength(Limits.Name);
        map.Property(c => c.ClaimValue).HasMaxLength(Limits.Text);
    }
}

internal sealed class UserLoginMap : IEntityTypeConfiguration<IdentityUserLogin<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserLogin<Guid>> map) =>
        map.Property(l => l.ProviderDisplayName).HasMaxLength(Limits.Name);
}

internal sealed class UserTokenMap : IEntityTypeConfiguration<IdentityUserToken<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserToken<Guid>> map) =>
        map.Property(t => t.Value).HasMaxLength(Limits.Text);
}

internal sealed class UserPasskeyMap : IEntityTypeConfiguration<IdentityUserPasskey<Guid>>
{
    // A credential id may have 1,023 bytes; a clustered key of SQL Server holds 900, any other index 1,700.
    public void Configure(EntityTypeBuilder<IdentityUserPasskey<Guid>> map) => map.HasKey(p => p.CredentialId).IsClustered(false);
}
