using StdWorkflow.Domain.Common;

namespace StdWorkflow.Domain.People;

/// <summary>What somebody who holds an access token may do in its owner's name.</summary>
public enum TokenReach
{
    /// <summary>Look at what the owner sees.</summary>
    Read,

    /// <summary>Also do what the owner may do.</summary>
    Write,
}

/// <summary>
/// A personal access token (个人访问令牌): lets a program ask in a person's name until a day, or until it is revoked. Only the
/// hash of the secret is kept; the secret itself is shown once, when the token is made. A decision of this product, no rule of the field.
/// </summary>
public sealed class AccessToken : Aggregate
{
    /// <summary>The longest life, in days.</summary>
    public const int LongestDays = 365;

    private AccessToken() { }

    /// <summary>Whose it is.</summary>
    public Guid PersonId { get; private set; }

    /// <summary>What the person calls it.</summary>
    public string Name { get; private set; } = "";

    /// <summary>What it allows.</summary>
    public TokenReach Reach { get; private set; }

    /// <summary>SHA-256 of the secret, as hexadecimal digits in lower case.</summary>
    public string SecretHash { get; private set; } = "";

    /// <summary>The instant (UTC) from which it is no longer accepted.</summary>
    public DateTime ExpiresAtUtc { get; private set; }

    /// <summary>When it was revoked (UTC), or null.</summary>
    public DateTime? RevokedAtUtc { get; private set; }

    /// <summary>Issues a token for a number of days; refuses an empty name and a life that is not within 1 and <see cref="LongestDays"/>.</summary>
    public static Result<AccessToken> Issue(Guid person, string? name, TokenReach reach, string secretHash, int days, DateTime nowUtc)
    {
        var problems = new List<Problem>();
        var called = name?.Trim() ?? "";
        if (called.Length == 0) problems.Add(Problem.On(nameof(Name), "validation.required"));
        if (called.Length > Limits.Name) problems.Add(Problem.On(nameof(Name), "validation.tooLong", Limits.Name));
        if (days is < 1 or > LongestDays) problems.Add(Problem.On("Days", "validation.range", 1, LongestDays));
        if (problems.Count > 0) return Result<AccessToken>.Fail(problems);

        var token = new AccessToken { PersonId = person, Name = called, Reach = reach, SecretHash = secretHash, ExpiresAtUtc = nowUtc.AddDays(days) };
        token.Raise(new AccessTokenIssued(person, called, reach, token.ExpiresAtUtc));
        return token;
    }

    /// <summary>True when it is accepted at that instant (UTC).</summary>
    public bool IsValidAt(DateTime nowUtc) => RevokedAtUtc is null && nowUtc < ExpiresAtUtc;

    /// <summary>Ends it now (UTC); one that has ended already stays as it is.</summary>
    public void Revoke(DateTime nowUtc)
    {
        if (!IsValidAt(nowUtc)) return;
        RevokedAtUtc = nowUtc;
        Raise(new AccessTokenRevoked(PersonId, Name));
    }
}

/// <summary>An access token was issued.</summary>
public sealed record AccessTokenIssued(Guid Person, string Name, TokenReach Reach, DateTime ExpiresAtUtc) : DomainEvent;

/// <summary>An access token was revoked before its time.</summary>
public sealed record AccessTokenRevoked(Guid Person, string Name) : DomainEvent;
