using StdWorkflow.Domain.Common;

namespace StdWorkflow.Domain.People;

// What happens at the sign-in belongs to the person's history. No event holds an address, a code or where somebody came from.

/// <summary>A person got a login.</summary>
public sealed record AccountOpened : DomainEvent;

/// <summary>A person was invited to open a login.</summary>
public sealed record PersonInvited : DomainEvent;

/// <summary>A person signed in.</summary>
/// <param name="WithSecondFactor">True when a code was asked for too.</param>
public sealed record SignedIn(bool WithSecondFactor) : DomainEvent;

/// <summary>Somebody gave a wrong password or code for this person's login.</summary>
public sealed record SignInFailed : DomainEvent;

/// <summary>After too many failures the login was locked for a while.</summary>
public sealed record LockedOut : DomainEvent;

/// <summary>A recovery code was used up in place of the authenticator app.</summary>
public sealed record RecoveryCodeUsed(int Left) : DomainEvent;

/// <summary>Somebody asked for a link to set a new password.</summary>
public sealed record PasswordResetAsked : DomainEvent;

/// <summary>A new password was set.</summary>
public sealed record PasswordChanged : DomainEvent;

/// <summary>The mail address was changed, and the new one confirmed.</summary>
public sealed record EmailChanged : DomainEvent;

/// <summary>Signing in now asks for a code of the authenticator app.</summary>
public sealed record TwoFactorEnabled : DomainEvent;

/// <summary>Signing in asks for the password only.</summary>
public sealed record TwoFactorDisabled : DomainEvent;

/// <summary>New recovery codes were made; the old ones are void.</summary>
public sealed record RecoveryCodesRenewed : DomainEvent;
