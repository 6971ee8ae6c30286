using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Security;

/// <summary>
/// What a link in a mail carries: signed and sealed with the keys that all nodes share, good for one purpose and until an instant. Nothing
/// of it is stored. The framework's own time-limited protector does not ask the program's clock.
/// </summary>
internal sealed class SignedLinks(IDataProtectionProvider protection, TimeProvider clock)
{
    public string Sign(string purpose, string content, TimeSpan lifetime) =>
        protection.CreateProtector("signed-link", purpose).Protect($"{(clock.UtcNow() + lifetime).Ticks.ToString(CultureInfo.InvariantCulture)}|{content}");

    /// <summary>What was signed, or null when it is forged, for another purpose, or too old.</summary>
    public string? Read(string purpose, string? token)
    {
        if (string.IsNullOrEmpty(token) || token.Length > 4000) return null;
        try
        {
            var parts = protection.CreateProtector("signed-link", purpose).Unprotect(token).Split('|', 2);
            return long.Parse(parts[0], CultureInfo.InvariantCulture) >= clock.UtcNow().Ticks ? parts[1] : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
