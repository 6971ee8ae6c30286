using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore.Metadata;
using StdWorkflow.Data.Identity;
using StdWorkflow.Data.Outbox;
using StdWorkflow.Data.Records;

namespace StdWorkflow.Data.Events;

/// <summary>The one list of mapped types that are neither a root nor a part, and therefore may change without an event.</summary>
public static class RecordsWithoutHistory
{
    public static IReadOnlySet<Type> Types { get; } = new HashSet<Type>
    {
        typeof(User),
        typeof(IdentityRole<Guid>),
        typeof(IdentityUserRole<Guid>),
        typeof(IdentityUserClaim<Guid>),
        typeof(IdentityRoleClaim<Guid>),
        typeof(IdentityUserLogin<Guid>),
        typeof(IdentityUserToken<Guid>),
        typeof(IdentityUserPasskey<Guid>),
        typeof(DataProtectionKey),
        typeof(EventRecord),
        typeof(OutboxMessage),
        typeof(CommandReceipt),
        typeof(NumberSequence),
        typeof(Reminder),
        typeof(Follower),
        typeof(CommitteeAncestor),
    };

    public static bool Contains(IReadOnlyEntityType type) =>
        Types.Contains(type.ClrType) || (type.FindOwnership() is { } ownership && Contains(ownership.PrincipalEntityType));
}
