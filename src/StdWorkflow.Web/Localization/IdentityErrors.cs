using Microsoft.AspNetCore.Identity;

namespace StdWorkflow.Web.Localization;

/// <summary>What Identity says of passwords and addresses, in the reader's language.</summary>
internal sealed class IdentityErrors : IdentityErrorDescriber
{
    public override IdentityError DefaultError() => Say(nameof(DefaultError));

    public override IdentityError ConcurrencyFailure() => Say(nameof(ConcurrencyFailure));

    public override IdentityError PasswordMismatch() => Say(nameof(PasswordMismatch));

    public override IdentityError InvalidToken() => Say(nameof(InvalidToken));

    public override IdentityError RecoveryCodeRedemptionFailed() => Say(nameof(RecoveryCodeRedemptionFailed));

    public override IdentityError LoginAlreadyAssociated() => Say(nameof(LoginAlreadyAssociated));

    public override IdentityError InvalidUserName(string? userName) => Say(nameof(InvalidEmail), userName ?? "");

    public override IdentityError InvalidEmail(string? email) => Say(nameof(InvalidEmail), email ?? "");

    public override IdentityError DuplicateUserName(string userName) => Say(nameof(DuplicateEmail), userName);

    public override IdentityError DuplicateEmail(string email) => Say(nameof(DuplicateEmail), email);

    public override IdentityError UserAlreadyHasPassword() => Say(nameof(UserAlreadyHasPassword));

    public override IdentityError UserLockoutNotEnabled() => Say(nameof(DefaultError));

    public override IdentityError PasswordTooShort(int length) => Say(nameof(PasswordTooShort), length);

    public override IdentityError PasswordRequiresUniqueChars(int uniqueChars) => Say(nameof(PasswordRequiresUniqueChars), uniqueChars);

    private static IdentityError Say(string code, params object[] arguments) =>
        new() { Code = code, Description = CommonText.Of($"identity.{code}", arguments) };
}
