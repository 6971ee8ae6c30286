using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Domain.WorkItems;

/// <summary>What a deviation from the adopted document touches.</summary>
public enum DeviationKind
{
    /// <summary>技术性差异: what is required differs. Only a modified adoption may have it, with a reason (sources S24, S25a).</summary>
    Technical,

    /// <summary>编辑性改动: only the wording or layout differs.</summary>
    Editorial,
}

/// <summary>One row of the table in which a national standard lists how it differs from what it adopts.</summary>
public sealed class Deviation : Part
{
    private Deviation() { }

    internal Deviation(Guid workItem, int ordinal) => (WorkItemId, Ordinal) = (workItem, ordinal);

    /// <summary>The work item.</summary>
    public Guid WorkItemId { get; private set; }

    /// <summary>Place in the table, from 1; the number of one that was removed is not given again while later ones are there.</summary>
    public int Ordinal { get; private set; }

    /// <summary>The clause, as it is numbered in the national text.</summary>
    public string Clause { get; private set; } = "";

    /// <summary>Technical or editorial.</summary>
    public DeviationKind Kind { get; private set; }

    /// <summary>What differs.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Why, or null while nobody has said.</summary>
    public string? Reason { get; private set; }

    /// <inheritdoc/>
    public override Guid RootId => WorkItemId;

    internal void Write(string clause, DeviationKind kind, string text, string? reason) => (Clause, Kind, Text, Reason) = (clause, kind, text, reason);
}

/// <summary>The degree of adoption was stated, or taken away.</summary>
public sealed record AdoptionStated(AdoptionDegree? Degree, string? Reference) : DomainEvent;

/// <summary>A deviation was added to the table or written anew.</summary>
public sealed record DeviationWritten(Guid Deviation, string Clause, DeviationKind Kind, bool IsNew) : DomainEvent;

/// <summary>A deviation was taken out of the table.</summary>
public sealed record DeviationRemoved(Guid Deviation, string Clause) : DomainEvent;

/// <summary>The number of a standard that adopts an international one.</summary>
public static class Adoption
{
    /// <summary>
    /// The double number of an identical adoption, <c>GB/T 45081-2024/ISO/IEC 42001:2023</c> (sources S25a, S25c). Null for every other degree, and
    /// while one of the halves is not there: the standard has no number, or what it adopts is no published document of ISO or IEC.
    /// </summary>
    /// <param name="standardNumber">Number of the national standard, or null.</param>
    /// <param name="degree">Degree of adoption, or null.</param>
    /// <param name="reference">Reference of what is adopted, or null.</param>
    public static string? DoubleNumber(string? standardNumber, AdoptionDegree? degree, string? reference)
    {
        if (degree != AdoptionDegree.IDT || StandardNumber.Parse(standardNumber) is not { IsOk: true } own || IsoReference.Parse(reference) is not { IsOk: true } adopted) return null;
        return own.Value.IdenticalTo is null && adopted.Value is { Year: not null, Stage: null } ? $"{own.Value.Text}/{adopted.Value.Text}" : null;
    }
}

public sealed partial class WorkItem
{
    /// <summary>The most deviations of one item. A decision of this product, no rule of the field.</summary>
    public const int MostDeviations = 300;

    private readonly List<Deviation> deviations = [];

    /// <summary>How it differs from what it adopts; only there when they were loaded.</summary>
    public IReadOnlyList<Deviation> Deviations => deviations;

    /// <summary>How many of them are technical.</summary>
    public int TechnicalDeviations { get; private set; }

    /// <summary>How many of those have no reason yet.</summary>
    public int UnreasonedDeviations { get; private set; }

    /// <summary>The double number that an identical adoption carries (<see cref="Adoption.DoubleNumber"/>), or null.</summary>
    public string? DoubleNumber { get; private set; }

    /// <summary>Why that degree cannot be stated, or null: what has technical deviations is not identical.</summary>
    public Problem? DegreeRefusal(AdoptionDegree? degree) =>
        degree == AdoptionDegree.IDT && TechnicalDeviations > 0 ? Problem.On(nameof(Proposal.AdoptionDegree), "adoption.notIdentical", TechnicalDeviations) : null;

    /// <summary>
    /// States how far it adopts which document; null and blank for nothing adopted. Refuses the one without the other, a reference that is too
    /// long, and what <see cref="DegreeRefusal"/> refuses.
    /// </summary>
    public Result<WorkItem> StateAdoption(AdoptionDegree? degree, string? reference)
    {
        var written = string.IsNullOrWhiteSpace(reference) ? null : IsoReference.Parse(reference) is { IsOk: true } read ? read.Value.Text : reference.Trim();
        var proposal = Proposal with { AdoptionDegree = degree, AdoptedReference = written };
        var problems = proposal.Check().Where(problem => problem.Field is nameof(Proposal.AdoptionDegree) or nameof(Proposal.AdoptedReference)).ToList();
        if (written?.Length > Limits.Name) problems.Add(Problem.On(nameof(Proposal.AdoptedReference), "validation.tooLong", Limits.Name));
        if (DegreeRefusal(degree) is { } refusal) problems.Add(refusal);
        if (problems.Count > 0) return Result<WorkItem>.Fail(problems);
        if (proposal == Proposal) return this;
        Proposal = proposal;
        SetKeys();
        Raise(new AdoptionStated(degree, written));
        return this;
    }

    /// <summary>
    /// Adds a deviation, or writes the one with that key anew. Its deviations must be loaded. Refuses an item that adopts nothing, a technical
    /// deviation of an identical adoption, a missing clause or text, and one more than <see cref="MostDeviations"/>.
    /// </summary>
    public Result<Deviation> WriteDeviation(Guid? key, string? clause, DeviationKind kind, string? text, string? reason)
    {
        var known = key is null ? null : deviations.Find(one => one.Id == key);
        if (key is not null && known is null) return Problem.NotFound("deviation");
        var problems = new List<Problem>();
        if (Proposal.AdoptionDegree is not (AdoptionDegree.IDT or AdoptionDegree.MOD)) problems.Add(Problem.Of("deviation.noAdoption"));
        if (Proposal.AdoptionDegree == AdoptionDegree.IDT && kind == DeviationKind.Technical) problems.Add(Problem.On("Kind", "deviation.identical"));
        if (!Enum.IsDefined(kind)) problems.Add(Problem.On("Kind", "validation.invalid"));
        if (string.IsNullOrWhiteSpace(clause)) problems.Add(Problem.On("Clause", "validation.required"));
        if (string.IsNullOrWhiteSpace(text)) problems.Add(Problem.On("Text", "validation.required"));
        if (known is null && deviations.Count >= MostDeviations) problems.Add(Problem.Of("deviation.tooMany", MostDeviations));
        if (problems.Count > 0) return Result<Deviation>.Fail(problems);

        var why = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();
        if (known is not null && (known.Clause, known.Kind, known.Text, known.Reason) == (clause!.Trim(), kind, text!.Trim(), why)) return known;
        var written = known ?? new Deviation(Id, deviations.Count == 0 ? 1 : deviations.Max(one => one.Ordinal) + 1);
        written.Write(clause!.Trim(), kind, text!.Trim(), why);
        if (known is null) deviations.Add(written);
        CountDeviations();
        Raise(new DeviationWritten(written.Id, written.Clause, kind, known is null));
        return written;
    }

    /// <summary>Takes a deviation out of the table. Its deviations must be loaded.</summary>
    public Result<Deviation> RemoveDeviation(Guid key)
    {
        if (deviations.Find(one => one.Id == key) is not { } known) return Problem.NotFound("deviation");
        deviations.Remove(known);
        CountDeviations();
        Raise(new DeviationRemoved(known.Id, known.Clause));
        return known;
    }

    private void CountDeviations() =>
        (TechnicalDeviations, UnreasonedDeviations) = (deviations.Count(one => one.Kind == DeviationKind.Technical), deviations.Count(one => one is { Kind: DeviationKind.Technical, Reason: null }));

    /// <summary>True when both adopt the same document in the same degree.</summary>
    internal bool AdoptsAs(WorkItem other) => (Proposal.AdoptionDegree, Proposal.AdoptedReference) == (other.Proposal.AdoptionDegree, other.Proposal.AdoptedReference);

    /// <summary>Goes on adopting what the older adopted, with the same deviations.</summary>
    private void AdoptAs(IReadOnlyList<WorkItem> older)
    {
        foreach (var one in older.SelectMany(item => item.deviations.OrderBy(one => one.Ordinal)))
        {
            var carried = new Deviation(Id, deviations.Count + 1);
            carried.Write(one.Clause, one.Kind, one.Text, one.Reason);
            deviations.Add(carried);
        }

        CountDeviations();
        foreach (var link in older.SelectMany(item => item.lineages).Where(link => link.Kind == LineageKind.Adopts)) ComesFrom(link.Kind, link.FromWorkItemId, link.FromForeignProjectId);
    }

    /// <summary>
    /// A standard number as it is kept: that of the national standard alone. A double number is taken when it says what the adoption says, and
    /// refused otherwise; one that came so from a file stays.
    /// </summary>
    private Result<string> OwnNumber(string? text) => Processes.StandardNumber.Parse(text).Bind<string>(number =>
        number.IdenticalTo is not { } identical || number.Text == StandardNumber ? number.Text
        : Adoption.DoubleNumber(number.Own, Proposal.AdoptionDegree, Proposal.AdoptedReference) == number.Text ? number.Own
        : Problem.Of("standardNumber.notIdentical", identical.Text));
}
