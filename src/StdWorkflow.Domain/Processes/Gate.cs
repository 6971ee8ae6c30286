using StdWorkflow.Domain.Common;

namespace StdWorkflow.Domain.Processes;

/// <summary>The kinds of gate; each one can refuse.</summary>
public enum GateKind
{
    /// <summary>Somebody leads the work item.</summary>
    LeaderNamed,

    /// <summary>At least one drafting organisation is named.</summary>
    DraftingOrganizationsNamed,

    /// <summary>A plan number of the right pattern is there.</summary>
    PlanNumberValid,

    /// <summary>A standard number of the right pattern is there.</summary>
    StandardNumberValid,

    /// <summary>The public comment period has ended.</summary>
    ConsultationOver,

    /// <summary>Every comment has a disposition.</summary>
    CommentsDisposed,

    /// <summary>The title is there in both languages.</summary>
    TitleInBothLanguages,

    /// <summary>Every technical deviation of a modified adoption has a reason (GB/T 1.2-2020, sources S24, S25a).</summary>
    DeviationsReasoned,

    /// <summary>A person stated it, on a paper of a date, since the stage was entered.</summary>
    Attestation,
}

/// <summary>A condition on a transition.</summary>
/// <param name="Key">Names the attestation (<c>committee-ballot-passed</c>); for computed gates the kind's name in kebab case.</param>
/// <param name="Kind">What is looked at.</param>
/// <param name="Name">What must hold, in both languages; shown for attestations, computed kinds have their own texts.</param>
/// <param name="SuppliedBy">Who can supply it, in both languages.</param>
public sealed record Gate(string Key, GateKind Kind, LocalizedText Name, LocalizedText SuppliedBy)
{
    /// <summary>Looks at the facts and says met, or not yet and why. Pure.</summary>
    public GateResult Check(TrackFacts facts)
    {
        var missing = Missing(facts);
        return new GateResult(this, missing is null, missing, Kind == GateKind.Attestation ? facts.Attestations.LastOrDefault(said => said.Gate == Key) : null);
    }

    private Problem? Missing(TrackFacts facts) => Kind switch
    {
        GateKind.LeaderNamed => facts.HasLeader ? null : Problem.Of("gate.leaderNamed"),
        GateKind.DraftingOrganizationsNamed => facts.DraftingOrganizations > 0 ? null : Problem.Of("gate.draftingOrganizationsNamed"),
        GateKind.PlanNumberValid => facts.PlanNumber is null ? Problem.Of("gate.planNumberMissing")
            : PlanNumber.Parse(facts.PlanNumber).IsOk ? null : Problem.Of("gate.planNumberPattern", facts.PlanNumber),
        GateKind.StandardNumberValid => facts.StandardNumber is null ? Problem.Of("gate.standardNumberMissing")
            : StandardNumber.Parse(facts.StandardNumber).IsOk ? null : Problem.Of("gate.standardNumberPattern", facts.StandardNumber),
        GateKind.ConsultationOver => facts.ConsultationClosesAtUtc is not { } closes ? Problem.Of("gate.consultationNotOpened")
            : facts.NowUtc > closes ? null : Problem.Of("gate.consultationOpen", closes),
        GateKind.CommentsDisposed => facts.CommentsWithoutDisposition == 0 ? null
            : Problem.Of("gate.commentsDisposed", facts.CommentsWithoutDisposition, facts.Comments),
        GateKind.TitleInBothLanguages => facts.Title is { Zh: not null, En: not null } ? null : Problem.Of("gate.titleInBothLanguages"),
        GateKind.DeviationsReasoned => facts.UnreasonedDeviations == 0 ? null : Problem.Of("gate.deviationsReasoned", facts.UnreasonedDeviations),
        GateKind.Attestation => facts.Attestations.Any(said => said.Gate == Key) ? null : Problem.Of("gate.attestation", Name),
        _ => throw new ArgumentOutOfRangeException(nameof(facts), Kind, "Unknown kind of gate."),
    };
}

/// <summary>What one gate says now.</summary>
/// <param name="Gate">The gate.</param>
/// <param name="Met">True when the condition holds.</param>
/// <param name="Reason">Why not yet; null when met.</param>
/// <param name="StatedBy">The attestation that met it, for <see cref="GateKind.Attestation"/>.</param>
public sealed record GateResult(Gate Gate, bool Met, Problem? Reason, AttestationFact? StatedBy);

/// <summary>Everything that gates look at, as it is now. No database, no clock of its own.</summary>
public sealed record TrackFacts
{
    /// <summary>Key of the stage where the track stands.</summary>
    public required string Stage { get; init; }

    /// <summary>True when other items carry the work on, so that no step is left.</summary>
    public bool IsCarriedOn { get; init; }

    /// <summary>Now, in UTC.</summary>
    public required DateTime NowUtc { get; init; }

    /// <summary>The work item's title.</summary>
    public LocalizedText Title { get; init; } = LocalizedText.Empty;

    /// <summary>True when a leader is named.</summary>
    public bool HasLeader { get; init; }

    /// <summary>How many drafting organisations are named.</summary>
    public int DraftingOrganizations { get; init; }

    /// <summary>Plan number as it was given, or null.</summary>
    public string? PlanNumber { get; init; }

    /// <summary>Standard number as it was given, or null.</summary>
    public string? StandardNumber { get; init; }

    /// <summary>When the newest comment period since the stage was entered ends (UTC, still open at that instant); null when none was opened.</summary>
    public DateTime? ConsultationClosesAtUtc { get; init; }

    /// <summary>How many comments came in.</summary>
    public int Comments { get; init; }

    /// <summary>How many of them have no disposition yet.</summary>
    public int CommentsWithoutDisposition { get; init; }

    /// <summary>How many technical deviations of a modified adoption have no reason; 0 for what is not a modified adoption.</summary>
    public int UnreasonedDeviations { get; init; }

    /// <summary>Attestations made on this track since its stage was entered.</summary>
    public IReadOnlyList<AttestationFact> Attestations { get; init; } = [];
}

/// <summary>An attestation as a gate sees it.</summary>
/// <param name="Gate">Key of the gate.</param>
/// <param name="Person">Who stated it.</param>
/// <param name="Paper">On which paper.</param>
/// <param name="PaperDate">The paper's date.</param>
/// <param name="StatedAtUtc">When it was stated (UTC).</param>
public sealed record AttestationFact(string Gate, Guid? Person, string Paper, DateOnly PaperDate, DateTime StatedAtUtc);
