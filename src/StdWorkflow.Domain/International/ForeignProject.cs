using System.Globalization;
using StdWorkflow.Domain.Common;

namespace StdWorkflow.Domain.International;

/// <summary>
/// 国际项目: an item of another body, imported and mirrored, keyed by that body's own number. No process of ours drives it; its
/// stage comes from files and is checked against the harmonized matrix.
/// </summary>
public sealed class ForeignProject : Aggregate
{
    private readonly List<ForeignStageEvent> stageEvents = [];

    private ForeignProject() { }

    /// <summary>The body's own number; it stays while the reference changes.</summary>
    public int Number { get; private set; }

    /// <summary>Reference as the body writes it now.</summary>
    public string Reference { get; private set; } = "";

    /// <summary>Sorts by reference, digits padded.</summary>
    public string SortKey { get; private set; } = "";

    /// <summary>Number, reference and titles in lower case, for looking up by a part of them.</summary>
    public string SearchText { get; private set; } = "";

    /// <summary>Title; the body gives English, Chinese may be added later.</summary>
    public LocalizedText Title { get; private set; } = LocalizedText.Empty;

    /// <summary>Kind of document as the body writes it (IS, TS, TR, PAS…), or null when not said.</summary>
    public string? DeliverableType { get; private set; }

    /// <summary>Kind of supplement (Amd, Cor, Add), or null.</summary>
    public string? SupplementType { get; private set; }

    /// <summary>Edition, or null.</summary>
    public int? Edition { get; private set; }

    /// <summary>Publication date as written: a day, a month (<c>2024-07</c>) or a year; null when not said.</summary>
    public string? PublicationDate { get; private set; }

    /// <summary>ICS codes, joined by a comma and a blank.</summary>
    public string? Ics { get; private set; }

    /// <summary>Owning committee as the body writes it, or null when not said.</summary>
    public string? OwnerCommittee { get; private set; }

    /// <summary>Our record of that committee, or null.</summary>
    public Guid? CommitteeId { get; private set; }

    /// <summary>Stage: <c>60.60</c>; a lone sub-stage of old rows as <c>.98</c>; null when not said.</summary>
    public string? Stage { get; private set; }

    /// <summary>Day on which the present stage was first seen in a stage-event file, or null.</summary>
    public DateOnly? StageSince { get; private set; }

    /// <summary>References or numbers that it replaces, as written; null when not said.</summary>
    public string? Replaces { get; private set; }

    /// <summary>References or numbers that replace it, as written; null when not said.</summary>
    public string? ReplacedBy { get; private set; }

    /// <summary>Date of the newest snapshot that spoke of it; null when only stage events did.</summary>
    public DateOnly? AsOf { get; private set; }

    /// <summary>Stages seen, by date.</summary>
    public IReadOnlyList<ForeignStageEvent> StageEvents => stageEvents;

    /// <summary>Takes over an item that was not known.</summary>
    public static ForeignProject TakeOver(ForeignSnapshot snapshot, Guid? committee, DateOnly asOf)
    {
        var project = new ForeignProject { Number = snapshot.Number, AsOf = asOf };
        project.Fill(snapshot, committee);
        project.Raise(new ForeignProjectImported(snapshot.Number, project.Reference, project.Stage) { OccurredAt = Deadlines.Instants.StartOf(asOf, "UTC") });
        return project;
    }

    /// <summary>Makes an item known of which only a stage event was seen.</summary>
    public static ForeignProject FromStageEvent(int number, string reference, string? ownerCommittee, Guid? committee, DateOnly on)
    {
        var project = new ForeignProject
        {
            Number = number,
            OwnerCommittee = ownerCommittee,
            CommitteeId = committee,
        };
        project.Name(reference);
        project.Raise(new ForeignProjectImported(number, reference, null) { OccurredAt = Deadlines.Instants.StartOf(on, "UTC") });
        return project;
    }

    /// <summary>
    /// Compares with a newer snapshot and takes over what it says; what it does not say stays, and so do stage and reference when a
    /// stage was seen after the snapshot was taken. True when something changed.
    /// </summary>
    public bool TakeOverChanges(ForeignSnapshot snapshot, Guid? committee, DateOnly asOf)
    {
        if (stageEvents.Any(seen => seen.ObservedOn > asOf)) snapshot = snapshot with { Stage = null, Reference = Reference };
        var before = (Reference, Title, DeliverableType, SupplementType, Edition, PublicationDate, Ics, OwnerCommittee, CommitteeId, Replaces, ReplacedBy);
        var stageBefore = Stage;
        Fill(snapshot, committee);
        var after = (Reference, Title, DeliverableType, SupplementType, Edition, PublicationDate, Ics, OwnerCommittee, CommitteeId, Replaces, ReplacedBy);
        var stageMoved = Stage != stageBefore;
        if (before.Equals(after) && !stageMoved) return false;
        AsOf = asOf;
        if (!before.Equals(after)) Raise(new ForeignProjectChanged(before.Reference, Reference) { OccurredAt = Deadlines.Instants.StartOf(asOf, "UTC") });
        if (stageMoved)
        {
            StageSince = stageEvents.MaxBy(seen => seen.ObservedOn) is { } newest && newest.Stage == Stage ? newest.ObservedOn : null;
            Raise(new ForeignStageMoved(stageBefore, Stage!, asOf) { OccurredAt = Deadlines.Instants.StartOf(asOf, "UTC") });
        }

        return true;
    }

    /// <summary>Notes a stage seen on a day; false when it was known.</summary>
    public bool Observe(DateOnly on, string stage, string? previous, string? reference)
    {
        if (stageEvents.Any(known => known.ObservedOn == on && known.Stage == stage)) return false;
        stageEvents.Add(new ForeignStageEvent(Id, on, stage, previous, reference));
        if (Stage is null || Stage == stage || AsOf is null || on > AsOf)
        {
            var newest = stageEvents.OrderBy(known => known.ObservedOn).Last();
            if (newest.Stage == stage && newest.ObservedOn == on)
            {
                (Stage, StageSince) = (stage, on);
                if (reference is not null && reference != Reference && (AsOf is null || on > AsOf))
                {
                    var before = Reference;
                    Name(reference);
                    Raise(new ForeignProjectChanged(before, reference) { OccurredAt = Deadlines.Instants.StartOf(on, "UTC") });
                }
            }
        }

        Raise(new ForeignStageObserved(on, stage, previous) { OccurredAt = Deadlines.Instants.StartOf(on, "UTC") });
        return true;
    }

    private void Fill(ForeignSnapshot snapshot, Guid? committee)
    {
        Title = new LocalizedText(snapshot.Title?.Zh ?? Title.Zh, snapshot.Title?.En ?? Title.En);
        DeliverableType = snapshot.DeliverableType ?? DeliverableType;
        SupplementType = snapshot.SupplementType ?? SupplementType;
        Edition = snapshot.Edition ?? Edition;
        PublicationDate = snapshot.PublicationDate ?? PublicationDate;
        Ics = snapshot.Ics ?? Ics;
        OwnerCommittee = snapshot.OwnerCommittee ?? OwnerCommittee;
        CommitteeId = committee ?? CommitteeId;
        Replaces = snapshot.Replaces ?? Replaces;
        ReplacedBy = snapshot.ReplacedBy ?? ReplacedBy;
        Stage = snapshot.Stage ?? Stage;
        Name(snapshot.Reference);
    }

    private void Name(string reference)
    {
        Reference = reference;
        SortKey = SortKeys.Of(reference);
        SearchText = SortKeys.SearchText(Number.ToString(CultureInfo.InvariantCulture), reference, Title.Zh, Title.En);
    }
}

/// <summary>What one row of a snapshot says; null means: not said, never "empty".</summary>
public sealed record ForeignSnapshot(
    int Number,
    string Reference,
    LocalizedText? Title,
    string? DeliverableType,
    string? SupplementType,
    int? Edition,
    string? PublicationDate,
    string? Ics,
    string? OwnerCommittee,
    string? Stage,
    string? Replaces,
    string? ReplacedBy);

/// <summary>A stage of a foreign project, seen on a day.</summary>
public sealed class ForeignStageEvent : Part
{
    private ForeignStageEvent() { }

    internal ForeignStageEvent(Guid project, DateOnly on, string stage, string? previous, string? reference) =>
        (ForeignProjectId, ObservedOn, Stage, PreviousStage, Reference) = (project, on, stage, previous, reference);

    /// <summary>The foreign project.</summary>
    public Guid ForeignProjectId { get; private set; }

    /// <summary>Day on which it was seen.</summary>
    public DateOnly ObservedOn { get; private set; }

    /// <summary>Harmonized stage code.</summary>
    public string Stage { get; private set; } = "";

    /// <summary>The stage before, if the source says so.</summary>
    public string? PreviousStage { get; private set; }

    /// <summary>The reference on that day, or null.</summary>
    public string? Reference { get; private set; }

    /// <inheritdoc/>
    public override Guid RootId => ForeignProjectId;
}

/// <summary>The newest file of one kind that was imported, and what it brought.</summary>
public sealed class ImportedFile : Aggregate
{
    private ImportedFile() { }

    /// <summary>Kind of import, for example <c>iso-deliverables</c>; one row per kind.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>The newest date that a file of this kind spoke of.</summary>
    public DateOnly AsOf { get; private set; }

    /// <summary>Starts the record of a kind.</summary>
    public static ImportedFile First(string kind, DateOnly asOf)
    {
        var file = new ImportedFile { Kind = kind, AsOf = asOf };
        file.Raise(new FileImported(kind, asOf));
        return file;
    }

    /// <summary>A newer file came; an older one is no change.</summary>
    public void Newer(DateOnly asOf)
    {
        if (asOf <= AsOf) return;
        AsOf = asOf;
        Raise(new FileImported(Kind, asOf));
    }
}

/// <summary>A foreign project became known.</summary>
public sealed record ForeignProjectImported(int Number, string Reference, string? Stage) : DomainEvent;

/// <summary>A newer snapshot says something else about a foreign project.</summary>
public sealed record ForeignProjectChanged(string ReferenceBefore, string Reference) : DomainEvent;

/// <summary>A newer snapshot shows a foreign project at another stage.</summary>
public sealed record ForeignStageMoved(string? From, string To, DateOnly AsOf) : DomainEvent;

/// <summary>A stage of a foreign project was seen on a day.</summary>
public sealed record ForeignStageObserved(DateOnly On, string Stage, string? Previous) : DomainEvent;

/// <summary>The first or a newer file of a kind was imported.</summary>
public sealed record FileImported(string Kind, DateOnly AsOf) : DomainEvent;
