using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Features.Account;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Tests;

public sealed partial class Given
{
    public const string Password = "a door that opens for tests";

    /// <summary>A person of their own for a test; with a login unless the test is about getting one.</summary>
    public async Task<(Guid Person, string Email)> PersonAsync(bool withLogin = true, bool confirmed = true)
    {
        var name = $"p{Guid.NewGuid():N}"[..12];
        var email = $"{name}@example.org";
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Acting>().Begin(Actor.Starter, nameof(Given), inCommand: true);
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var person = Person.Add($"测试人员 {name}", null, email, null, null, isDemo: true).Value;
        db.People.Add(person);
        if (withLogin)
        {
            var user = (await scope.ServiceProvider.GetRequiredService<Accounts>().OpenAsync(person, email, Password)).Value;
            user.EmailConfirmed = confirmed;
        }

        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return (person.Id, email);
    }

    /// <summary>The six digits that an authenticator app shows now (RFC 6238, which Identity checks against the machine's clock).</summary>
    public static string CodeOf(string key)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(key.Replace(" ", "", StringComparison.Ordinal).Select(letter => Convert.ToString(alphabet.IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var secret = Enumerable.Range(0, bits.Length / 8).Select(at => Convert.ToByte(bits.Substring(at * 8, 8), 2)).ToArray();
        var step = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(step, DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // The algorithm is the one that authenticator apps use.
        var hash = HMACSHA1.HashData(secret, step);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & 0x7fffffff;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
