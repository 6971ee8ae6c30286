using System.Text.Json;
using StdWorkflow.Domain.People;
using StdWorkflow.Testing;

namespace StdWorkflow.Web.Tests.Security;

/// <summary>
/// One demo person for each way to stand towards SAC/TC28/SC42, and what the table of positions in the starter data allows them there.
/// </summary>
internal static class Roles
{
    public const string Visitor = "visitor";
    public const string Elsewhere = "member elsewhere";
    public const string Observer = "observer";
    public const string Member = "member";
    public const string Secretariat = "secretariat";
    public const string Administrator = "administrator";

    private static readonly Dictionary<string, IReadOnlySet<Permission>> Positions =
        JsonDocument.Parse(File.ReadAllText(Repository.PathTo("src", "StdWorkflow.Web", "Starter", "positions.json"))).RootElement.EnumerateArray().ToDictionary(
            position => position.GetProperty("key").GetString()!,
            IReadOnlySet<Permission> (position) => position.GetProperty("permissions").EnumerateArray().Select(one => Enum.Parse<Permission>(one.GetString()!)).ToHashSet());

    /// <summary>The demo person, null for a visitor.</summary>
    public static IReadOnlyDictionary<string, string?> People { get; } = new Dictionary<string, string?>
    {
        [Visitor] = null,
        [Elsewhere] = "huang.bo",
        [Observer] = "sun.li",
        [Member] = "zhao.lei",
        [Secretariat] = "li.wei",
        [Administrator] = "admin",
    };

    /// <summary>Whether the role holds the permission in the committee, or at least in some committee.</summary>
    public static bool May(string role, Permission permission, bool somewhere = false) => permission == Permission.None || (role switch
    {
        Visitor => false,
        Elsewhere => somewhere && Positions["member"].Contains(permission),
        Observer => Positions["observer"].Contains(permission),
        Member => Positions["member"].Contains(permission),
        Secretariat => Positions["secretariat-staff"].Contains(permission),
        Administrator => Positions["administrator"].Contains(permission),
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    });
}
