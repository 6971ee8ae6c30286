using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace StdWorkflow.Web.Security;

/// <summary>The secret of an access token: shown once, kept only as a hash. Its beginning lets scanners of leaked secrets know it.</summary>
internal static class TokenSecret
{
    private const string Beginning = "stdw_";
    private const int Bytes = 32;

    public static string New() => Beginning + WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(Bytes));

    public static bool IsOne(string text) => text.Length is > 20 and < 100 && text.StartsWith(Beginning, StringComparison.Ordinal);

    // A secret of 256 random bits needs no salt and no slow hash: there is nothing to guess.
    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
