using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using StdWorkflow.Data.Identity;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;

namespace StdWorkflow.Web.Features.Account;

internal enum Entrance
{
    /// <summary>Wrong, locked, unknown or not confirmed: which of them, nobody is told.</summary>
    Refused,

    /// <summary>The password was right; a code is asked for.</summary>
    NeedsCode,

    Open,
}

/// <summary>Signing in, with every try written down.</summary>
internal sealed class SignInDoor(SignInManager<User> signIn, UserManager<User> users, AccountDiary diary)
{
    private static readonly User Nobody = new();
    private static readonly Lazy<string> NobodysHash = new(() => new PasswordHasher<User>().HashPassword(Nobody, RandomNumberGenerator.GetHexString(32)));

    public async Task<Entrance> WithPasswordAsync(string email, string password, bool remember, CancellationToken stop)
    {
        var asked = Stopwatch.GetTimestamp();
        var user = await users.FindByEmailAsync(email);
        if (user is null || !await signIn.CanSignInAsync(user) || await users.IsLockedOutAsync(user))
        {
            // As long as for a real account: how fast we refuse must not tell whether an address exists.
            users.PasswordHasher.VerifyHashedPassword(Nobody, NobodysHash.Value, password);
            return await RefuseAsync(asked, stop);
        }

        var result = await signIn.PasswordSignInAsync(user, password, remember, lockoutOnFailure: true);
        if (result.RequiresTwoFactor) return Entrance.NeedsCode;
        if (result.Succeeded)
        {
            await diary.WriteAsync(user.PersonId, Actor.OfPerson(user.PersonId), new SignedIn(WithSecondFactor: false), stop);
            return Entrance.Open;
        }

        await NoteFailureAsync(user, result, stop);
        return await RefuseAsync(asked, stop);
    }

    public async Task<Entrance> WithCodeAsync(string code, bool remember, CancellationToken stop)
    {
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { } user) return Entrance.Refused;
        var result = await signIn.TwoFactorAuthenticatorSignInAsync(Digits(code), remember, rememberClient: false);
        if (result.Succeeded)
        {
            await diary.WriteAsync(user.PersonId, Actor.OfPerson(user.PersonId), new SignedIn(WithSecondFactor: true), stop);
            return Entrance.Open;
        }

        await NoteFailureAsync(user, result, stop);
        return Entrance.Refused;
    }

    public async Task<Entrance> WithRecoveryCodeAsync(string code, CancellationToken stop)
    {
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { } user || await users.IsLockedOutAsync(user)) return Entrance.Refused;
        var result = await signIn.TwoFactorRecoveryCodeSignInAsync(code.Trim().ToUpperInvariant());
        if (result.Succeeded)
        {
            var actor = Actor.OfPerson(user.PersonId);
            await diary.WriteAsync(user.PersonId, actor, new RecoveryCodeUsed(await users.CountRecoveryCodesAsync(user)), stop);
            await diary.WriteAsync(user.PersonId, actor, new SignedIn(WithSecondFactor: true), stop);
            return Entrance.Open;
        }

        // Identity counts wrong codes of the app towards the lock, but not wrong recovery codes.
        await users.AccessFailedAsync(user);
        await NoteFailureAsync(user, result, stop);
        return Entrance.Refused;
    }

    /// <summary>True while a password was right and the code is still to come.</summary>
    public async Task<bool> AwaitsCodeAsync() => await signIn.GetTwoFactorAuthenticationUserAsync() is not null;

    internal static string Digits(string code) => string.Concat(code.Where(char.IsAsciiDigit));

    /// <summary>Every refusal takes the same time at least, whatever was looked up and written down for it.</summary>
    internal static async Task EvenOutAsync(long since, CancellationToken stop)
    {
        var left = TimeSpan.FromMilliseconds(300) - Stopwatch.GetElapsedTime(since);
        if (left > TimeSpan.Zero) await Task.Delay(left, stop);
    }

    private static async Task<Entrance> RefuseAsync(long since, CancellationToken stop)
    {
        await EvenOutAsync(since, stop);
        return Entrance.Refused;
    }

    private async Task NoteFailureAsync(User user, SignInResult result, CancellationToken stop)
    {
        await diary.WriteAsync(user.PersonId, Actor.Visitor, new SignInFailed(), stop);
        if (result.IsLockedOut || await users.IsLockedOutAsync(user)) await diary.WriteAsync(user.PersonId, Actor.Visitor, new LockedOut(), stop);
    }
}
