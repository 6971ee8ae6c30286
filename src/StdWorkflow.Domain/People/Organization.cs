using StdWorkflow.Domain.Common;

namespace StdWorkflow.Domain.People;

/// <summary>An organisation in whatever role: employer, drafting organisation, secretariat, authority.</summary>
public sealed class Organization : Aggregate, IDemoMarked
{
    private Organization() { }

    /// <summary>Lower-case slug, unique.</summary>
    public string Code { get; private set; } = "";

    /// <summary>Name in both languages; one may be missing.</summary>
    public LocalizedText Name { get; private set; } = LocalizedText.Empty;

    /// <summary>Source mark of the name, or null when a person entered it.</summary>
    public string? SourceReference { get; private set; }

    /// <summary>True when the source was read.</summary>
    public bool SourceVerified { get; private set; }

    /// <inheritdoc/>
    public bool IsDemo { get; private set; }

    /// <summary>Adds an organisation; refuses one without a name.</summary>
    public static Result<Organization> Add(string code, LocalizedText name, Source? source, bool isDemo)
    {
        if (name.IsEmpty) return Problem.On(nameof(Name), "organization.nameMissing");
        var organization = new Organization
        {
            Code = code,
            Name = name,
            SourceReference = source?.Reference,
            SourceVerified = source?.Verified ?? false,
            IsDemo = isDemo,
        };
        organization.Raise(new OrganizationAdded(code, name));
        return organization;
    }
}

/// <summary>An organisation became known.</summary>
public sealed record OrganizationAdded(string Code, LocalizedText Name) : DomainEvent;
