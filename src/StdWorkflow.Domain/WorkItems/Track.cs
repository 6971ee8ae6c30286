using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Domain.WorkItems;

/// <summary>What runs beside what in one work item.</summary>
public enum TrackKind
{
    /// <summary>The text itself; every item has it.</summary>
    MainText,

    /// <summary>外文版.</summary>
    ForeignLanguageVersion,

    /// <summary>Patent statements.</summary>
    PatentStatements,

    /// <summary>The same work in ISO or IEC.</summary>
    InternationalTwin,
}

/// <summary>One clock and one state of a work item. State stands here, never on the item.</summary>
public sealed class Track : Part
{
    private readonly List<StageSpan> spans = [];
    private readonly List<Attestation> attestations = [];

    private Track() { }

    internal Track(WorkItem item, TrackKind kind, ProcessDefinition definition) =>
        (WorkItemId, CommitteeId, LeaderId, Kind, ProcessKey, ProcessVersion) = (item.Id, item.CommitteeId, item.LeaderId, kind, definition.Key, definition.Version);

    /// <summary>The work item.</summary>
    public Guid WorkItemId { get; private set; }

    /// <summary>The committee of the work item, for lists of what is due in some committees; null when the source does not say.</summary>
    public Guid? CommitteeId { get; private set; }

    /// <summary>The leader of the work item, for lists of what somebody leads; null when nobody is named.</summary>
    public Guid? LeaderId { get; private set; }

    /// <summary>What runs here.</summary>
    public TrackKind Kind { get; private set; }

    /// <summary>Key of the process that drives it.</summary>
    public string ProcessKey { get; private set; } = "";

    /// <summary>Version of the process; a change of rules never changes it silently.</summary>
    public int ProcessVersion { get; private set; }

    /// <summary>Key of the stage where it stands.</summary>
    public string StageKey { get; private set; } = "";

    /// <summary>The stage's phase, for lists.</summary>
    public Phase Phase { get; private set; }

    /// <summary>How it ended, or null while it goes on.</summary>
    public TrackEnd? End { get; private set; }

    /// <summary>True when the work goes on in other items: it was split, merged or replaced, and stands still where it stood.</summary>
    public bool IsCarriedOn => End is TrackEnd.Split or TrackEnd.Merged or TrackEnd.Replaced;

    /// <summary>Day on which the present stage was entered, or on which others carried the work on; null when the source does not say.</summary>
    public DateOnly? Since { get; private set; }

    /// <summary>Who must act now.</summary>
    public LocalizedText WaitingFor { get; private set; } = LocalizedText.Empty;

    /// <summary>True when no step forward is open.</summary>
    public bool IsBlocked { get; private set; }

    /// <summary>Key of the first unmet gate, for lists; null when nothing blocks.</summary>
    public string? BlockedBy { get; private set; }

    /// <summary>Nearest running deadline (UTC), or null.</summary>
    public DateTime? NextDeadlineUtc { get; private set; }

    /// <summary>The same for lists to sort by (UTC): <see cref="NoDeadline"/> where there is none, so that it stands last on every database.</summary>
    public DateTime DeadlineKey { get; private set; } = NoDeadline;

    /// <summary>Later than every deadline (UTC).</summary>
    public static DateTime NoDeadline { get; } = new(9999, 12, 31, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>When a person took the step that led here (UTC); null when a file did, or when it can be undone no more for what came after it.</summary>
    public DateTime? MovedAtUtc { get; private set; }

    /// <summary>True when that step showed the work item to the public.</summary>
    public bool MoveMadePublic { get; private set; }

    /// <summary>Where it stood, in order.</summary>
    public IReadOnlyList<StageSpan> Spans => spans;

    /// <summary>What was stated for its gates.</summary>
    public IReadOnlyList<Attestation> Attestations => attestations;

    /// <summary>Number of the present span.</summary>
    public int CurrentOrdinal => spans.Count == 0 ? 0 : spans.Max(span => span.Ordinal);

    /// <summary>The attestations that count now: those made since the present stage was entered.</summary>
    public IEnumerable<Attestation> CurrentAttestations => attestations.Where(said => said.SpanOrdinal == CurrentOrdinal).OrderBy(said => said.StatedAtUtc);

    /// <inheritdoc/>
    public override Guid RootId => WorkItemId;

    internal void Enter(Stage stage, DateOnly? on)
    {
        spans.MaxBy(span => span.Ordinal)?.Leave(on);
        spans.Add(new StageSpan(WorkItemId, Id, CurrentOrdinal + 1, stage.Key, on));
        (StageKey, Phase, End, Since) = (stage.Key, stage.Phase, stage.Ends, on);
        (MovedAtUtc, MoveMadePublic) = (null, false);
    }

    /// <summary>Ends where it stands, because others carry the work on. That cannot be undone.</summary>
    internal void Close(TrackEnd end, DateOnly on)
    {
        spans.MaxBy(span => span.Ordinal)?.Leave(on);
        (End, Since, IsBlocked, MovedAtUtc) = (end, on, false, null);
    }

    internal void BelongTo(Guid? committee) => CommitteeId = committee;

    internal void BeLedBy(Guid? person) => LeaderId = person;

    internal void Moved(DateTime atUtc) => MovedAtUtc = atUtc;

    internal void MadePublic() => MoveMadePublic = true;

    /// <summary>Takes the newest stay away and stands again in the one before it.</summary>
    internal void Leave(ProcessDefinition definition)
    {
        spans.Remove(spans.MaxBy(span => span.Ordinal)!);
        var before = spans.MaxBy(span => span.Ordinal)!;
        before.Leave(null);
        var stage = definition.StageOf(before.StageKey);
        (StageKey, Phase, End, Since) = (stage.Key, stage.Phase, stage.Ends, before.Entered);
        (MovedAtUtc, MoveMadePublic) = (null, false);
    }

    /// <summary>Stands from now on in the stage of the same key of another definition.</summary>
    internal void Pin(ProcessDefinition definition)
    {
        var stage = definition.StageOf(StageKey);
        (ProcessKey, ProcessVersion, Phase, End) = (definition.Key, definition.Version, stage.Phase, stage.Ends);
        MovedAtUtc = null;
    }

    internal void Attest(Attestation attestation)
    {
        attestations.Add(attestation);
        MovedAtUtc = null;
    }

    internal bool Look(LocalizedText waitingFor, bool blocked, string? blockedBy, DateTime? nextDeadlineUtc)
    {
        if (WaitingFor == waitingFor && IsBlocked == blocked && BlockedBy == blockedBy && NextDeadlineUtc == nextDeadlineUtc) return false;
        (WaitingFor, IsBlocked, BlockedBy, NextDeadlineUtc, DeadlineKey) = (waitingFor, blocked, blockedBy, nextDeadlineUtc, nextDeadlineUtc ?? NoDeadline);
        return true;
    }
}

/// <summary>A stay in one stage.</summary>
public sealed class StageSpan : Part
{
    private StageSpan() { }

    internal StageSpan(Guid workItem, Guid track, int ordinal, string stage, DateOnly? entered) =>
        (WorkItemId, TrackId, Ordinal, StageKey, Entered) = (workItem, track, ordinal, stage, entered);

    /// <summary>The work item.</summary>
    public Guid WorkItemId { get; private set; }

    /// <summary>The track.</summary>
    public Guid TrackId { get; private set; }

    /// <summary>Counts the stays of the track from 1.</summary>
    public int Ordinal { get; private set; }

    /// <summary>Key of the stage.</summary>
    public string StageKey { get; private set; } = "";

    /// <summary>First day, in the zone of the committee; null when the source does not say.</summary>
    public DateOnly? Entered { get; private set; }

    /// <summary>Day of leaving; null while it lasts or when the source does not say.</summary>
    public DateOnly? Left { get; private set; }

    /// <inheritdoc/>
    public override Guid RootId => WorkItemId;

    internal void Leave(DateOnly? on) => Left = on;
}

/// <summary>声明确认: a person states that a gate's condition is met, on a paper of a date.</summary>
public sealed class Attestation : Part
{
    private Attestation() { }

    internal Attestation(Guid workItem, Guid track, int spanOrdinal, string gate, Guid? person, string paper, DateOnly paperDate, DateTime statedAtUtc) =>
        (WorkItemId, TrackId, SpanOrdinal, GateKey, PersonId, Paper, PaperDate, StatedAtUtc) = (workItem, track, spanOrdinal, gate, person, paper, paperDate, statedAtUtc);

    /// <summary>The work item.</summary>
    public Guid WorkItemId { get; private set; }

    /// <summary>The track.</summary>
    public Guid TrackId { get; private set; }

    /// <summary>Number of the stay in the stage for which it counts.</summary>
    public int SpanOrdinal { get; private set; }

    /// <summary>Key of the gate.</summary>
    public string GateKey { get; private set; } = "";

    /// <summary>Who stated it; null when it came with starter data.</summary>
    public Guid? PersonId { get; private set; }

    /// <summary>The paper, in words: title or number.</summary>
    public string Paper { get; private set; } = "";

    /// <summary>The paper's date.</summary>
    public DateOnly PaperDate { get; private set; }

    /// <summary>When it was stated (UTC).</summary>
    public DateTime StatedAtUtc { get; private set; }

    /// <inheritdoc/>
    public override Guid RootId => WorkItemId;
}

/// <summary>起草单位 of a work item.</summary>
public sealed class DraftingOrganization : Part
{
    private DraftingOrganization() { }

    internal DraftingOrganization(Guid workItem, Guid organization, int order) =>
        (WorkItemId, OrganizationId, SortOrder) = (workItem, organization, order);

    /// <summary>The work item.</summary>
    public Guid WorkItemId { get; private set; }

    /// <summary>The organisation.</summary>
    public Guid OrganizationId { get; private set; }

    /// <summary>Place in the list of drafters, from 1.</summary>
    public int SortOrder { get; private set; }

    /// <inheritdoc/>
    public override Guid RootId => WorkItemId;
}

/// <summary>How a work item came from another.</summary>
public enum LineageKind
{
    /// <summary>A national project grew from pre-research.</summary>
    GrewFrom,

    /// <summary>It takes a national project or standard to ISO/IEC.</summary>
    Converts,

    /// <summary>It adopts a foreign project.</summary>
    Adopts,

    /// <summary>It takes the place of another.</summary>
    Replaces,

    /// <summary>It was split off another.</summary>
    Splits,

    /// <summary>It was merged from another.</summary>
    Merges,

    /// <summary>It revises another.</summary>
    Revises,
}

/// <summary>沿革: where a work item comes from. It stands with the newer of the two.</summary>
public sealed class Lineage : Part
{
    private Lineage() { }

    internal Lineage(Guid workItem, LineageKind kind, Guid? fromWorkItem, Guid? fromForeignProject) =>
        (WorkItemId, Kind, FromWorkItemId, FromForeignProjectId) = (workItem, kind, fromWorkItem, fromForeignProject);

    /// <summary>The newer work item.</summary>
    public Guid WorkItemId { get; private set; }

    /// <summary>How.</summary>
    public LineageKind Kind { get; private set; }

    /// <summary>The older work item, or null.</summary>
    public Guid? FromWorkItemId { get; private set; }

    /// <summary>The foreign project, or null.</summary>
    public Guid? FromForeignProjectId { get; private set; }

    /// <inheritdoc/>
    public override Guid RootId => WorkItemId;
}
