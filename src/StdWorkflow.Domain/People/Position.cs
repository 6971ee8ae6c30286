using StdWorkflow.Domain.Common;

namespace StdWorkflow.Domain.People;

/// <summary>What a person is in a committee (chair, member, observer…), and what that allows. Data, not code.</summary>
public sealed class Position : Aggregate
{
    /// <summary>Key of the position that administers the installation.</summary>
    public const string Administrator = "administrator";

    private Position() { }

    /// <summary>Slug, unique, for example <c>secretary-general</c>.</summary>
    public string Key { get; private set; } = "";

    /// <summary>Name in both languages.</summary>
    public LocalizedText Name { get; private set; } = LocalizedText.Empty;

    /// <summary>True when holders belong to the electorate.</summary>
    public bool Votes { get; private set; }

    /// <summary>Order in lists, ascending.</summary>
    public int SortOrder { get; private set; }

    /// <summary>Names of <see cref="Permission"/>, joined by commas, in enum order.</summary>
    public string PermissionNames { get; private set; } = "";

    /// <summary>Source mark.</summary>
    public string SourceReference { get; private set; } = "";

    /// <summary>True when the source was read.</summary>
    public bool SourceVerified { get; private set; }

    /// <summary>What holders may do in their committee and below it.</summary>
    public IReadOnlySet<Permission> Permissions => Parse(PermissionNames);

    /// <summary>Reads the stored form of a set of permissions.</summary>
    public static IReadOnlySet<Permission> Parse(string names) =>
        names.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Permission>).ToHashSet();

    /// <summary>Defines a position.</summary>
    public static Position Define(string key, LocalizedText name, bool votes, int order, IEnumerable<Permission> permissions, Source source)
    {
        var position = new Position
        {
            Key = key,
            Name = name,
            Votes = votes,
            SortOrder = order,
            PermissionNames = Join(permissions),
            SourceReference = source.Reference,
            SourceVerified = source.Verified,
        };
        position.Raise(new PositionDefined(key, position.PermissionNames));
        return position;
    }

    /// <summary>
    /// Changes what the position allows. To administer belongs to the administrator alone and for good: a committee cannot hold it,
    /// and without it nobody could give it back.
    /// </summary>
    public Result<Position> Allow(IEnumerable<Permission> permissions)
    {
        var allowed = permissions.Where(permission => permission != Permission.None).ToHashSet();
        if (allowed.Contains(Permission.Administer) != (Key == Administrator))
            return Problem.On(nameof(Permissions), Key == Administrator ? "position.administratorKeeps" : "position.administratorOnly", Name);
        var names = Join(allowed);
        if (names == PermissionNames) return this;
        PermissionNames = names;
        Raise(new PositionDefined(Key, names));
        return this;
    }

    private static string Join(IEnumerable<Permission> permissions) => string.Join(',', permissions.Distinct().Order());
}

/// <summary>A position was defined, or what it allows changed.</summary>
public sealed record PositionDefined(string Key, string Permissions) : DomainEvent;
