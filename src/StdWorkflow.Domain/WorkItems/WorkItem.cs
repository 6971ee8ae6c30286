using System.Globalization;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Domain.WorkItems;

/// <summary>标准项目: a pre-research project, a national project or a conversion, with its tracks, people and papers.</summary>
public sealed partial class WorkItem : Aggregate, IDemoMarked
{
    private readonly List<Track> tracks = [];
    private readonly List<DraftingOrganization> draftingOrganizations = [];
    private readonly List<Lineage> lineages = [];
    private readonly List<Deadline> deadlines = [];

    private WorkItem() { }

    /// <summary>Running number.</summary>
    public int Number { get; private set; }

    /// <summary>Stable code, <c>w-1042</c>.</summary>
    public string Code { get; private set; } = "";

    /// <summary>What it is.</summary>
    public WorkItemKind Kind { get; private set; }

    /// <summary>Title in both languages; one may be missing.</summary>
    public LocalizedText Title { get; private set; } = LocalizedText.Empty;

    /// <summary>归口: the committee that manages it; null when the source does not say.</summary>
    public Guid? CommitteeId { get; private set; }

    /// <summary>The committee as the source writes it, when no committee of ours is known by that name.</summary>
    public string? CommitteeText { get; private set; }

    /// <summary>Who leads it, or null.</summary>
    public Guid? LeaderId { get; private set; }

    /// <summary>计划号 in canonical form, or null.</summary>
    public string? PlanNumber { get; private set; }

    /// <summary>标准编号 in canonical form, or null.</summary>
    public string? StandardNumber { get; private set; }

    /// <summary>ISO/IEC reference in canonical form, or null.</summary>
    public string? InternationalReference { get; private set; }

    /// <summary>What is proposed and why.</summary>
    public Proposal Proposal { get; private set; } = Proposal.Blank;

    /// <summary>True when visitors may see it.</summary>
    public bool IsPublic { get; private set; }

    /// <inheritdoc/>
    public bool IsDemo { get; private set; }

    /// <summary>Sorts by number: plan, standard, reference or code, digits padded.</summary>
    public string SortKey { get; private set; } = "";

    /// <summary>Titles and numbers in lower case, for looking up by a part of them.</summary>
    public string SearchText { get; private set; } = "";

    /// <summary>Date of the newest file that spoke of it; null when no file did.</summary>
    public DateOnly? ImportedAsOf { get; private set; }

    /// <summary>The status as the file wrote it, or null.</summary>
    public string? ImportedStatus { get; private set; }

    /// <summary>发布日期 of the standard, or null.</summary>
    public DateOnly? IssuedOn { get; private set; }

    /// <summary>实施日期 of the standard, or null.</summary>
    public DateOnly? InForceOn { get; private set; }

    /// <summary>Its states, one per track.</summary>
    public IReadOnlyList<Track> Tracks => tracks;

    /// <summary>起草单位.</summary>
    public IReadOnlyList<DraftingOrganization> DraftingOrganizations => draftingOrganizations;

    /// <summary>Where it comes from.</summary>
    public IReadOnlyList<Lineage> Lineages => lineages;

    /// <summary>Its deadlines, running and done.</summary>
    public IReadOnlyList<Deadline> Deadlines => deadlines;

    /// <summary>The track of the text itself.</summary>
    public Track Main => tracks.Single(track => track.Kind == TrackKind.MainText);

    /// <summary>The kind of work item that a process drives, by the phase in which it begins.</summary>
    public static WorkItemKind KindOf(ProcessDefinition definition) => definition.First.Phase switch
    {
        Phase.PreResearch => WorkItemKind.PreResearch,
        Phase.Conversion => WorkItemKind.Conversion,
        Phase.Maintenance => WorkItemKind.Maintenance,
        _ => WorkItemKind.National,
    };

    /// <summary>The code of a running number.</summary>
    public static string CodeOf(int number) => string.Create(CultureInfo.InvariantCulture, $"w-{number}");

    /// <summary>
    /// Proposes a work item: it enters the first stage of its process on that day. Refuses an empty title, a title of one
    /// language that is longer than <see cref="Limits.Title"/> or may not stand on one line, a proposal that contradicts itself, and a process that drives no text.
    /// </summary>
    public static Result<WorkItem> Propose(
        int number, WorkItemKind kind, LocalizedText title, Guid? committee, Proposal proposal, bool isPublic, bool isDemo,
        ProcessDefinition definition, WorkingCalendar calendar, DateOnly on, DateTime nowUtc)
    {
        var problems = CheckTitle(title).Concat(proposal.Check()).ToList();
        if (problems.Count > 0) return Result<WorkItem>.Fail(problems);
        if (!definition.Drives.Contains(TrackKind.MainText)) return Problem.On("Process", "track.unsuited", definition.Name);
        var item = Make(number, kind, title, committee, isPublic, isDemo);
        item.Proposal = proposal;
        item.Raise(new WorkItemProposed(item.Code, kind, title, definition.Key, definition.Version) { OccurredAt = nowUtc });
        item.Start(TrackKind.MainText, definition, definition.First, on, calendar, nowUtc);
        return item;
    }

    /// <summary>
    /// Takes a step of the process. Refuses a transition that does not leave the present stage, one whose gates are not met
    /// (the problems say which and why), and one that needs a reason and has none.
    /// </summary>
    /// <param name="track">The track that moves.</param>
    /// <param name="definition">The definition that the track pins.</param>
    /// <param name="transitionKey">Key of the transition.</param>
    /// <param name="facts">What the gates look at, of this moment.</param>
    /// <param name="reason">Why; needed for everything but a step forward.</param>
    /// <param name="on">Day of the step, in the zone of the committee; not in the future, not before the present stage was entered.</param>
    /// <param name="calendar">Working days, for the deadlines that start.</param>
    public Result<Transition> Step(Track track, ProcessDefinition definition, string transitionKey, TrackFacts facts, string? reason, DateOnly on, WorkingCalendar calendar)
    {
        var step = definition.Next(facts).FirstOrDefault(next => next.Transition.Key == transitionKey);
        if (step is null)
            return definition.FindTransition(transitionKey) is null ? Problem.NotFound("transition") : Problem.Of("workItem.transitionNotFromHere", definition.StageOf(track.StageKey).Name);
        var transition = step.Transition;
        if (!step.IsOpen) return Result<Transition>.Fail([.. step.Gates.Where(gate => !gate.Met).Select(gate => gate.Reason!)]);
        if (transition.NeedsReason && string.IsNullOrWhiteSpace(reason)) return Problem.On("Reason", "workItem.reasonRequired");
        if (WrongDay(track, on, facts.NowUtc) is { } wrong) return wrong;

        var from = track.StageKey;
        MoveTo(track, definition, definition.StageOf(transition.To), on, calendar);
        var why = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();
        var happened = HappenedAt(on, facts.NowUtc);
        Raise(transition.Kind switch
        {
            TransitionKind.Forward => new StageAdvanced(track.Id, transition.Key, from, transition.To, on) { Reason = why, OccurredAt = happened },
            TransitionKind.Back => new StageReturned(track.Id, transition.Key, from, transition.To, on) { Reason = why, OccurredAt = happened },
            TransitionKind.Repeat => new StageRepeated(track.Id, transition.Key, from, on) { Reason = why, OccurredAt = happened },
            TransitionKind.Abandon => new WorkItemAbandoned(track.Id, transition.Key, from, transition.To, on) { Reason = why, OccurredAt = happened },
            _ => throw new ArgumentOutOfRangeException(nameof(transitionKey), transition.Kind, "Unknown kind of transition."),
        });
        Look(track, definition, FactsOf(track, facts.NowUtc, null, facts.Comments, facts.CommentsWithoutDisposition), facts.NowUtc, raise: false);
        return transition;
    }

    /// <summary>
    /// Records that ISO or IEC moved the project where no transition leads. No gate is asked: it has happened. Refuses what
    /// <see cref="ProcessDefinition.MoveBetween"/> refuses, a move that a transition makes (<c>workItem.jumpIsStep</c>: its gates would be
    /// passed by), a missing reason, and a day as <see cref="Step"/> does.
    /// </summary>
    /// <param name="track">The track that moves.</param>
    /// <param name="definition">The definition that the track pins.</param>
    /// <param name="stage">Key of the stage where the project stands now; may be the same.</param>
    /// <param name="facts">What the gates look at, of this moment.</param>
    /// <param name="reason">What happened, and where that is said.</param>
    /// <param name="on">Day of the move, in the zone of the committee.</param>
    /// <param name="calendar">Working days, for the deadlines that start.</param>
    public Result<Stage> Jump(Track track, ProcessDefinition definition, string stage, TrackFacts facts, string? reason, DateOnly on, WorkingCalendar calendar)
    {
        if (track.IsCarriedOn) return Problem.Of("workItem.carriedOn");
        var move = definition.MoveBetween(track.StageKey, stage);
        if (!move.IsOk) return Result<Stage>.Fail([.. move.Problems.Select(problem => problem with { Field = "Stage" })]);
        if (move.Value.Transition is { } transition) return Problem.On("Stage", "workItem.jumpIsStep", transition.Name);
        if (string.IsNullOrWhiteSpace(reason)) return Problem.On("Reason", "workItem.reasonRequired");
        if (WrongDay(track, on, facts.NowUtc) is { } wrong) return wrong;

        MoveTo(track, definition, move.Value.To, on, calendar);
        Raise(new StageJumped(track.Id, move.Value.From.Key, move.Value.To.Key, on) { Reason = reason.Trim(), OccurredAt = HappenedAt(on, facts.NowUtc) });
        Look(track, definition, FactsOf(track, facts.NowUtc, null, 0, 0), facts.NowUtc, raise: false);
        return move.Value.To;
    }

    /// <summary>States that a gate's condition is met. Refuses a gate that no step from here has, a missing paper, and a paper from the future.</summary>
    public Result<Attestation> Attest(Track track, ProcessDefinition definition, string gate, Guid? person, string paper, DateOnly paperDate, TrackFacts facts)
    {
        var asked = definition.Next(facts).SelectMany(step => step.Transition.Gates).FirstOrDefault(candidate => candidate.Key == gate);
        if (asked is null) return Problem.NotFound("gate");
        if (asked.Kind != GateKind.Attestation) return Problem.Of("attestation.computed", gate);
        if (string.IsNullOrWhiteSpace(paper)) return Problem.On("Paper", "attestation.paperMissing");
        if (paperDate > Instants.DateIn(facts.NowUtc)) return Problem.On("PaperDate", "attestation.paperFromFuture", paperDate);
        var attestation = new Attestation(Id, track.Id, track.CurrentOrdinal, gate, person, paper.Trim(), paperDate, facts.NowUtc);
        track.Attest(attestation);
        Raise(new GateAttested(track.Id, gate, attestation.Paper, paperDate) { OccurredAt = facts.NowUtc });
        var said = facts with { Attestations = [.. facts.Attestations, new AttestationFact(gate, person, attestation.Paper, paperDate, facts.NowUtc)] };
        Look(track, definition, said, facts.NowUtc, raise: false);
        return attestation;
    }

    /// <summary>
    /// Gives it a committee where the source named none that is known here. Refuses an item that has one (<c>workItem.committeeKnown</c>): work goes
    /// to another committee by a decision of those above both, for which there is no step yet.
    /// </summary>
    public Result<WorkItem> GiveCommittee(Guid committee, string designation)
    {
        if (CommitteeId is not null) return Problem.On("Committee", "workItem.committeeKnown");
        BelongTo(committee);
        Raise(new CommitteeGiven(committee, designation));
        return this;
    }

    /// <summary>Names the leader, or nobody.</summary>
    public void AssignLeader(Guid? person, DateTime? at = null)
    {
        if (LeaderId == person) return;
        LeaderId = person;
        foreach (var track in tracks) track.BeLedBy(person);
        Raise(new LeaderAssigned(person) { OccurredAt = at });
    }

    /// <summary>Names the drafting organisations, first drafter first.</summary>
    public void NameDraftingOrganizations(IReadOnlyList<Guid> organizations, DateTime? at = null)
    {
        var wanted = organizations.Distinct().ToList();
        if (wanted.SequenceEqual(draftingOrganizations.OrderBy(named => named.SortOrder).Select(named => named.OrganizationId))) return;
        draftingOrganizations.Clear();
        draftingOrganizations.AddRange(wanted.Select((organization, index) => new DraftingOrganization(Id, organization, index + 1)));
        Raise(new DraftingOrganizationsNamed(wanted) { OccurredAt = at });
    }

    /// <summary>Gives plan number, standard number and reference; refuses what does not fit its pattern. Null or blank takes one away.</summary>
    public Result<WorkItem> GiveNumbers(string? planNumber, string? standardNumber, string? internationalReference, DateTime? at = null)
    {
        var problems = new List<Problem>();
        var plan = Read(planNumber, Processes.PlanNumber.Parse, number => number.Text, nameof(PlanNumber));
        var standard = Read(standardNumber, OwnNumber, number => number, nameof(StandardNumber));
        var reference = Read(internationalReference, IsoReference.Parse, number => number.Text, nameof(InternationalReference));
        if (problems.Count > 0) return Result<WorkItem>.Fail(problems);
        if (plan == PlanNumber && standard == StandardNumber && reference == InternationalReference) return this;
        (PlanNumber, StandardNumber, InternationalReference) = (plan, standard, reference);
        SetKeys();
        Raise(new NumbersGiven(plan, standard, reference) { OccurredAt = at });
        return this;

        string? Read<T>(string? text, Func<string?, Result<T>> parse, Func<T, string> canonical, string field)
        {
            if (string.IsNullOrWhiteSpace(text)) return null;
            var parsed = parse(text);
            if (parsed.IsOk) return canonical(parsed.Value);
            problems.AddRange(parsed.Problems.Select(problem => problem with { Field = field }));
            return null;
        }
    }

    /// <summary>Changes title and proposal.</summary>
    public Result<WorkItem> ChangeProposal(LocalizedText title, Proposal proposal)
    {
        var problems = CheckTitle(title).Concat(proposal.Check()).ToList();
        if (DegreeRefusal(proposal.AdoptionDegree) is { } refusal) problems.Add(refusal);
        if (problems.Count > 0) return Result<WorkItem>.Fail(problems);
        if (Title == title && Proposal == proposal) return this;
        (Title, Proposal) = (title, proposal);
        SetKeys();
        Raise(new ProposalChanged());
        return this;
    }

    /// <summary>Shows it to the public, or no longer.</summary>
    public void Show(bool toThePublic)
    {
        if (IsPublic == toThePublic) return;
        IsPublic = toThePublic;
        Raise(new VisibilityChanged(toThePublic));
    }

    /// <summary>Records where it comes from; twice the same is once.</summary>
    public void ComesFrom(LineageKind kind, Guid? workItem, Guid? foreignProject, DateTime? at = null)
    {
        if (lineages.Any(known => known.Kind == kind && known.FromWorkItemId == workItem && known.FromForeignProjectId == foreignProject)) return;
        lineages.Add(new Lineage(Id, kind, workItem, foreignProject));
        Raise(new LineageJoined(kind, workItem, foreignProject) { OccurredAt = at });
    }

    /// <summary>Looks again at what stands in the way, after something outside changed (comments, the end of a comment period).</summary>
    public void LookAgain(Track track, ProcessDefinition definition, TrackFacts facts) => Look(track, definition, facts, facts.NowUtc, raise: true);

    /// <summary>What the gates of a track look at, of this moment.</summary>
    /// <param name="track">The track.</param>
    /// <param name="nowUtc">Now.</param>
    /// <param name="consultationClosesAtUtc">End of the newest comment period opened since the present stage was entered, or null.</param>
    /// <param name="comments">Comments received in it.</param>
    /// <param name="withoutDisposition">Those of them without a disposition.</param>
    public TrackFacts FactsOf(Track track, DateTime nowUtc, DateTime? consultationClosesAtUtc, int comments, int withoutDisposition) => new()
    {
        Stage = track.StageKey,
        IsCarriedOn = track.IsCarriedOn,
        NowUtc = nowUtc,
        Title = Title,
        HasLeader = LeaderId is not null,
        DraftingOrganizations = draftingOrganizations.Count,
        PlanNumber = PlanNumber,
        StandardNumber = StandardNumber,
        ConsultationClosesAtUtc = consultationClosesAtUtc,
        Comments = comments,
        CommentsWithoutDisposition = withoutDisposition,
        UnreasonedDeviations = Proposal.AdoptionDegree == AdoptionDegree.MOD ? UnreasonedDeviations : 0,
        Attestations = [.. track.CurrentAttestations.Select(said => new AttestationFact(said.GateKey, said.PersonId, said.Paper, said.PaperDate, said.StatedAtUtc))],
    };

    private void BelongTo(Guid? committee)
    {
        CommitteeId = committee;
        foreach (var track in tracks) track.BelongTo(committee);
    }

    private static WorkItem Make(int number, WorkItemKind kind, LocalizedText title, Guid? committee, bool isPublic, bool isDemo)
    {
        var item = new WorkItem { Number = number, Code = CodeOf(number), Kind = kind, Title = title, CommitteeId = committee, IsPublic = isPublic, IsDemo = isDemo };
        item.SetKeys();
        return item;
    }

    private static IEnumerable<Problem> CheckTitle(LocalizedText title)
    {
        if (title.IsEmpty) yield return Problem.On(nameof(Title), "workItem.titleMissing");
        if (title.Zh?.Length > Limits.Title || title.En?.Length > Limits.Title) yield return Problem.On(nameof(Title), "workItem.titleTooLong", Limits.Title);
        if (OneLine.Check(nameof(Title), title) is { } unfit) yield return unfit;
    }

    private static Problem? WrongDay(Track track, DateOnly on, DateTime nowUtc) =>
        on > Instants.DateIn(nowUtc) ? Problem.On("On", "workItem.stepInFuture", on)
        : on < track.Since ? Problem.On("On", "workItem.stepBeforeStage", on, track.Since)
        : null;

    private static DateTime HappenedAt(DateOnly on, DateTime nowUtc) => on == Instants.DateIn(nowUtc) ? nowUtc : Midnight(on);

    private static DateTime Midnight(DateOnly day) => Instants.StartOf(day, Instants.China);

    private Track Start(TrackKind kind, ProcessDefinition definition, Stage stage, DateOnly? on, WorkingCalendar calendar, DateTime nowUtc)
    {
        var track = new Track(this, kind, definition);
        tracks.Add(track);
        track.Enter(stage, on);
        StartClocks(track, definition, stage, on, calendar);
        Raise(new TrackStarted(track.Id, track.Kind, stage.Key, on) { OccurredAt = on is { } day ? Midnight(day) : null });
        Look(track, definition, FactsOf(track, nowUtc, null, 0, 0), nowUtc, raise: false);
        return track;
    }

    private void MoveTo(Track track, ProcessDefinition definition, Stage stage, DateOnly? on, WorkingCalendar calendar)
    {
        track.Enter(stage, on);
        StartClocks(track, definition, stage, on, calendar);
    }

    private void Look(Track track, ProcessDefinition definition, TrackFacts facts, DateTime nowUtc, bool raise)
    {
        var forward = definition.Next(facts).Where(step => step.Transition.Kind == TransitionKind.Forward).ToList();
        var stage = definition.StageOf(track.StageKey);
        var ended = track.End is not null;
        var blocked = !ended && forward.Count > 0 && forward.All(step => !step.IsOpen);
        var blockedBy = blocked ? forward[0].Gates.First(gate => !gate.Met).Gate.Key : null;
        var waitsFor = ended || forward.Count == 0 ? LocalizedText.Empty
            : forward[0].Gates.FirstOrDefault(gate => !gate.Met) is { } unmet && !unmet.Gate.SuppliedBy.IsEmpty ? unmet.Gate.SuppliedBy : forward[0].Transition.WaitsFor;
        if (track.Look(waitsFor, blocked, blockedBy, NextDeadlineOf(track, nowUtc)) && raise) Raise(new NextStepsChanged(track.Id, blocked, blockedBy) { OccurredAt = nowUtc });
    }

    private void SetKeys()
    {
        SortKey = SortKeys.Of(PlanNumber ?? StandardNumber ?? InternationalReference ?? Code);
        DoubleNumber = Adoption.DoubleNumber(StandardNumber, Proposal.AdoptionDegree, Proposal.AdoptedReference);
        SearchText = SortKeys.SearchText(Code, PlanNumber, DoubleNumber ?? StandardNumber, InternationalReference, Title.Zh, Title.En);
    }
}
