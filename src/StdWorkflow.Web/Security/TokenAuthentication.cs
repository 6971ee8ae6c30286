using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Security;

/// <summary>
/// Knows a program by its access token. It is the only way in for the API: a cookie says nothing there, so no page of another site can
/// make a browser change something.
/// </summary>
internal sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IOptions<IdentityOptions> identity, AppDbContext db, TimeProvider clock, TokenAttempts attempts)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Token";
    public const string ReachClaim = "reach";

    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization.ToString().Length == 0) return AuthenticateResult.NoResult();
        var hash = HashIn(Request);
        // An office has one address: who has shown a good token goes on while a program beside them guesses.
        if (!attempts.WasGood(hash) && attempts.IsBarred(Context)) return AuthenticateResult.Fail("Too many wrong tokens.");

        var found = hash.Length > 0 ? await FindAsync(hash) : null;
        if (found is null)
        {
            attempts.Note(Context, hash);
            return AuthenticateResult.Fail("No valid token.");
        }

        attempts.Remember(hash, found.Language);
        var claims = identity.Value.ClaimsIdentity;
        var who = new ClaimsIdentity(
        [
            new Claim(claims.UserIdClaimType, found.User.ToString()),
            new Claim(claims.SecurityStampClaimType, found.Stamp),
            new Claim(ReachClaim, found.Reach.ToString()),
        ], Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(who), Name));
    }

    /// <summary>Hash of the token that is shown; empty when none is, or something else.</summary>
    internal static string HashIn(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var secret = header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : "";
        return TokenSecret.IsOne(secret) ? TokenSecret.HashOf(secret) : "";
    }

    private async Task<Found?> FindAsync(string hash)
    {
        var now = clock.UtcNow();
        return await (
            from token in db.AccessTokens.AsNoTracking()
            join user in db.Users.AsNoTracking() on token.PersonId equals user.PersonId
            join person in db.People.AsNoTracking() on token.PersonId equals person.Id
            where token.SecretHash == hash && token.RevokedAtUtc == null && token.ExpiresAtUtc > now
            select new Found(user.Id, user.SecurityStamp ?? "", token.Reach, person.Language)).SingleOrDefaultAsync(Context.RequestAborted);
    }

    private sealed record Found(Guid User, string Stamp, TokenReach Reach, Language? Language);
}

/// <summary>Counts wrong tokens per address. Who has tried too many is told to wait before the database is asked again.</summary>
internal sealed class TokenAttempts(IConfiguration configuration) : IDisposable
{
    private const int Remembered = 10_000;

    private readonly ConcurrentDictionary<string, Language?> good = new(StringComparer.Ordinal);

    private readonly PartitionedRateLimiter<HttpContext> wrong = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetFixedWindowLimiter(
        $"{context.Connection.RemoteIpAddress}",
        _ => new FixedWindowRateLimiterOptions { PermitLimit = configuration.GetValue("RateLimits:WrongTokensPerMinute", 20), Window = TimeSpan.FromMinutes(1) }));

    public bool IsBarred(HttpContext context)
    {
        using var asked = wrong.AttemptAcquire(context, 0);
        if (asked.IsAcquired) return false;
        context.Items[typeof(TokenAttempts)] = asked.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromMinutes(1);
        return true;
    }

    public void Note(HttpContext context, string hash)
    {
        good.TryRemove(hash, out _);
        using var noted = wrong.AttemptAcquire(context);
    }

    public bool WasGood(string hash) => good.ContainsKey(hash);

    /// <summary>Only hashes of tokens that were good are kept; whether one still is, the database is asked every time.</summary>
    public void Remember(string hash, Language? language)
    {
        if (good.Count >= Remembered) good.Clear();
        good[hash] = language;
    }

    /// <summary>What the person of the token that is shown reads, as far as it is remembered: who is made to wait costs the database nothing.</summary>
    public Language? LanguageOf(HttpContext context) => good.GetValueOrDefault(TokenAuthentication.HashIn(context.Request));

    /// <summary>How long the asker must wait, in whole seconds; null when they need not.</summary>
    public static string? WaitOf(HttpContext context) =>
        context.Items[typeof(TokenAttempts)] is TimeSpan wait ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture) : null;

    public void Dispose() => wrong.Dispose();
}
