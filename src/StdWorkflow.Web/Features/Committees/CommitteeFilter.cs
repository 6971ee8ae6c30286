using System.ComponentModel;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;
using StdWorkflow.Web.Features.Shared;

namespace StdWorkflow.Web.Features.Committees;

/// <summary>Which committees a list shows; the same for the page, the API and files. Everything may be missing or nonsense.</summary>
public record CommitteeFilter
{
    [Description("A part of the designation, the code or the name.")]
    public string? Q { get; init; }

    [Description("Kind of committee, such as technicalCommittee.")]
    public string? Kind { get; init; }

    [Description("Where in its life it stands, such as active.")]
    public string? Status { get; init; }

    /// <summary>What of it means something.</summary>
    internal CommitteeFilter Meant => new() { Q = FilterText.Read(Q), Kind = FilterText.ReadName<CommitteeKind>(Kind)?.ToString(), Status = FilterText.ReadName<CommitteeStatus>(Status)?.ToString() };

    /// <summary>True when something is asked for.</summary>
    internal bool IsAny => this is { Q: not null } or { Kind: not null } or { Status: not null };

    /// <summary>What of it cannot be meant; the page shows what the rest of it says, the API refuses.</summary>
    internal IEnumerable<Problem> Check()
    {
        if (!string.IsNullOrWhiteSpace(Q) && FilterText.Read(Q) is null) yield return Problem.On(nameof(Q), "validation.invalid");
        if (!string.IsNullOrWhiteSpace(Kind) && FilterText.ReadName<CommitteeKind>(Kind) is null) yield return Problem.On(nameof(Kind), "filter.unknown", FilterText.NamesOf<CommitteeKind>());
        if (!string.IsNullOrWhiteSpace(Status) && FilterText.ReadName<CommitteeStatus>(Status) is null) yield return Problem.On(nameof(Status), "filter.unknown", FilterText.NamesOf<CommitteeStatus>());
    }

    /// <summary>Whether it leaves a committee; asked of what is <see cref="Meant"/>.</summary>
    internal bool Finds(CommitteeKind kind, CommitteeStatus status, params IEnumerable<string?> texts) =>
        (Kind is null || Kind == kind.ToString()) && (Status is null || Status == status.ToString())
        && (Q is not { } words || texts.Any(text => text?.Contains(words, StringComparison.OrdinalIgnoreCase) == true));
}
