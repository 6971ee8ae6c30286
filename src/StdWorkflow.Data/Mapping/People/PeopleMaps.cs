using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using StdWorkflow.Data.Identity;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;

namespace StdWorkflow.Data.Mapping.People;

internal sealed class OrganizationMap : IEntityTypeConfiguration<Organization>
{
    public void Configure(EntityTypeBuilder<Organization> map)
    {
        map.ToTable("Organizations");
        map.Property(o => o.Code).HasMaxLength(Limits.Code);
        map.Property(o => o.SourceReference).HasMaxLength(Limits.Code);
        map.Localized(o => o.Name, Limits.Name);
        map.HasIndex(o => o.Code).IsUnique();
    }
}

internal sealed class PersonMap : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> map)
    {
        map.ToTable("People");
        map.Property(p => p.FullName).HasMaxLength(Limits.Name);
        map.Property(p => p.Reading).HasMaxLength(Limits.Name);
        map.Property(p => p.Email).HasMaxLength(TextSizes.Address);
        map.Property(p => p.NormalizedEmail).HasMaxLength(TextSizes.Address);
        map.HasOne<Organization>().WithMany().HasForeignKey(p => p.OrganizationId);
        map.HasIndex(p => p.NormalizedEmail).IsUnique();
    }
}

internal sealed class PositionMap : IEntityTypeConfiguration<Position>
{
    public void Configure(EntityTypeBuilder<Position> map)
    {
        map.ToTable("Positions");
        map.Property(p => p.Key).HasMaxLength(Limits.Code);
        map.Property(p => p.PermissionNames).HasMaxLength(Limits.Name);
        map.Property(p => p.SourceReference).HasMaxLength(Limits.Code);
        map.Ignore(p => p.Permissions);
        map.Localized(p => p.Name, Limits.Name);
        map.HasIndex(p => p.Key).IsUnique();
    }
}

internal sealed class MembershipMap : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> map)
    {
        map.ToTable("Memberships");
        map.HasOne<Person>().WithMany().HasForeignKey(m => m.PersonId);
        map.HasOne<Committee>().WithMany().HasForeignKey(m => m.CommitteeId);
        map.HasOne<Position>().WithMany().HasForeignKey(m => m.PositionId);
        map.HasOne<Organization>().WithMany().HasForeignKey(m => m.OrganizationId);
    }
}

internal sealed class UserMap : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> map)
    {
        map.HasOne<Person>().WithOne().HasForeignKey<User>(u => u.PersonId);
        map.HasIndex(u => u.PersonId).IsUnique();
    }
}

internal sealed class AccessTokenMap : IEntityTypeConfiguration<AccessToken>
{
    public void Configure(EntityTypeBuilder<AccessToken> map)
    {
        map.ToTable("AccessTokens");
        map.Property(t => t.Name).HasMaxLength(Limits.Name);
        map.Property(t => t.SecretHash).HasMaxLength(TextSizes.Hash);
        map.HasOne<Person>().WithMany().HasForeignKey(t => t.PersonId);
        map.HasIndex(t => t.SecretHash).IsUnique();
    }
}
