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
    /// language that is longer than <see cref="Limits.Title"/> or holds hidden characters, a proposal that contradicts itself, and a process that drives no text.
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
    /// Takes over a plan or standard from a file, at the stage that the file shows. <paramref name="entered"/> is null when the
    /// file does not say since when.
    /// </summary>
    public static WorkItem TakeOver(
        int number, PlanRow row, Guid? committee, ProcessDefinition definition, Stage stage, DateOnly? entered, DateOnly asOf, WorkingCalendar calendar, DateTime nowUtc)
    {
        var item = Make(number, WorkItemKind.National, row.Title, committee, isPublic: true, isDemo: false);
        (item.PlanNumber, item.StandardNumber, item.CommitteeText) = (row.PlanNumber, row.StandardNumber, row.CommitteeText);
        (item.IssuedOn, item.InForceOn, item.ImportedStatus, item.ImportedAsOf) = (row.IssuedOn, row.InForceOn, row.Status, asOf);
        item.SetKeys();
        item.Raise(new WorkItemImported(item.Code, item.Kind, item.Title, item.PlanNumber, item.StandardNumber) { OccurredAt = Midnight(asOf) });
        item.Start(TrackKind.MainText, definition, stage, entered, calendar, nowUtc);
        return item;
    }

    /// <summary>
    /// Compares with a newer row of a file and takes over what it says; what it does not say stays. <paramref name="stage"/> is null when
    /// the file says nothing new about it: a step that was taken here stays taken. True when something changed.
    /// </summary>
    public bool TakeOverChanges(PlanRow row, Guid? committee, ProcessDefinition definition, Stage? stage, DateOnly? entered, DateOnly asOf, WorkingCalendar calendar, DateTime nowUtc)
    {
        var fields = new List<string>();
        var title = new LocalizedText(row.Title.Zh ?? Title.Zh, row.Title.En ?? Title.En);
        Take(nameof(Title), Title, title, value => Title = value);
        Take(nameof(PlanNumber), PlanNumber, row.PlanNumber ?? PlanNumber, value => PlanNumber = value);
        Take(nameof(StandardNumber), StandardNumber, row.StandardNumber ?? StandardNumber, value => StandardNumber = value);
        Take(nameof(CommitteeId), CommitteeId, committee ?? CommitteeId, BelongTo);
        Take(nameof(CommitteeText), CommitteeText, row.CommitteeText ?? CommitteeText, value => CommitteeText = value);
        Take(nameof(IssuedOn), IssuedOn, row.IssuedOn ?? IssuedOn, value => IssuedOn = value);
        Take(nameof(InForceOn), InForceOn, row.InForceOn ?? InForceOn, value => InForceOn = value);
        Take(nameof(ImportedStatus), ImportedStatus, row.Status ?? ImportedStatus, value => ImportedStatus = value);
        var track = Main;
        var moves = stage is not null && stage.Key != track.StageKey && !track.IsCarriedOn;
        if (fields.Count == 0 && !moves) return false;
        ImportedAsOf = asOf;
        SetKeys();
        if (fields.Count > 0) Raise(new WorkItemRevisedByImport(fields) { OccurredAt = Midnight(asOf) });
        if (moves)
        {
            var from = track.StageKey;
            MoveTo(track, definition, stage!, entered, calendar);
            Raise(new StageRecorded(track.Id, from, stage!.Key, entered) { OccurredAt = Midnight(entered ?? asOf) });
            Look(track, definition, FactsOf(track, nowUtc, null, 0, 0), nowUtc, raise: false);
        }

        return true;

        void Take<T>(string field, T before, T after, Action<T> set)
        {
            if (Equals(before, after)) return;
            set(after);
            fields.Add(field);
        }
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

    /// <summary>How long a step can be undone, and the mail that it causes is held. A decision of this product, no rule of the field.</summary>
    public static readonly TimeSpan UndoWindow = TimeSpan.FromMinutes(10);

    /// <summary>The step just taken was a person's, at that instant (UTC): it can be undone for a while.</summary>
    public static void AllowUndo(Track track, DateTime nowUtc) => track.Moved(nowUtc);

    /// <summary>
    /// Why the newest step of a track cannot be undone now, or null when it can: no person took one, or something was done since
    /// (<c>undo.nothing</c>), or its time is over (<c>undo.tooLate</c>).
    /// </summary>
    public static Problem? UndoRefusal(Track track, DateTime nowUtc) =>
        track.MovedAtUtc is not { } moved || track.CurrentOrdinal < 2 ? Problem.Of("undo.nothing")
        : nowUtc >= moved + UndoWindow ? Problem.Of("undo.tooLate", (int)UndoWindow.TotalMinutes)
        : null;

    /// <summary>How many minutes, begun ones included, the newest step can still be undone; 0 when it cannot.</summary>
    public static int MinutesToUndo(Track track, DateTime nowUtc) =>
        UndoRefusal(track, nowUtc) is null ? (int)Math.Ceiling((track.MovedAtUtc!.Value + UndoWindow - nowUtc).TotalMinutes) : 0;

    /// <summary>
    /// Undoes the newest step of a track: it stands again in the stage before, whose deadlines run on as if it had not been left, and those
    /// that the step set apply no longer. If the step showed the item to the public, it is hidden again. Refused as
    /// <see cref="UndoRefusal"/> says. Answers whether a comment period that the step had ended runs again. The caller looks
    /// at the gates again.
    /// </summary>
    /// <param name="track">The track.</param>
    /// <param name="definition">The definition that the track pins.</param>
    /// <param name="reason">Why, or null.</param>
    /// <param name="nowUtc">Now.</param>
    public Result<bool> Undo(Track track, ProcessDefinition definition, string? reason, DateTime nowUtc)
    {
        if (UndoRefusal(track, nowUtc) is { } refusal) return refusal;
        var (from, stay, hide) = (track.StageKey, track.CurrentOrdinal, track.MoveMadePublic);
        track.Leave(definition);
        var resumed = false;
        foreach (var deadline in deadlines.Where(deadline => deadline.TrackId == track.Id))
        {
            if (deadline.StartedIn == stay)
            {
                deadline.Cancel();
            }
            else if (deadline.EndedIn == stay)
            {
                deadline.Resume();
                resumed |= deadline.Kind == ClockKind.CommentPeriod;
            }
        }

        Raise(new StepUndone(track.Id, from, track.StageKey) { Reason = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim(), OccurredAt = nowUtc });
        if (hide) Show(toThePublic: false);
        return resumed;
    }

    /// <summary>
    /// Why a track cannot follow another definition where it stands, or null when it can: it follows it already
    /// (<c>process.same</c>), the definition drives another kind of track (<c>track.unsuited</c>) or work item (<c>process.otherKind</c>) or has no stage of that key
    /// (<c>process.stageMissing</c>), or a comment period runs, whose last day the public was told (<c>process.periodRuns</c>).
    /// </summary>
    public Problem? FollowRefusal(Track track, ProcessDefinition definition)
    {
        if (track.ProcessKey == definition.Key && track.ProcessVersion == definition.Version) return Problem.Of("process.same", definition.Name, definition.Version);
        if (!definition.Drives.Contains(track.Kind)) return Problem.Of("track.unsuited", definition.Name);
        if (track.Kind == TrackKind.MainText && KindOf(definition) != Kind) return Problem.Of("process.otherKind", definition.Name);
        if (track.IsCarriedOn) return Problem.Of("workItem.carriedOn");
        if (definition.FindStage(track.StageKey) is null) return Problem.Of("process.stageMissing", definition.Name, definition.Version, track.StageKey);
        return RunningOf(track).FirstOrDefault(deadline => deadline.Kind == ClockKind.CommentPeriod) is { } period ? Problem.Of("process.periodRuns", period.LocalDate) : null;
    }

    /// <summary>
    /// Lets a track follow another definition from now on, at the stage where it stands. Running deadlines are counted anew from their
    /// own first day by the clocks of the same keys; those whose clock is gone no longer apply, and clocks that are new start on the day on
    /// which the first of their stages was entered. What was stated for gates still counts for gates of the same keys. Refused as
    /// <see cref="FollowRefusal"/> says, and without a reason.
    /// </summary>
    /// <param name="track">The track.</param>
    /// <param name="definition">The definition that it is to follow.</param>
    /// <param name="facts">What the gates look at, of this moment.</param>
    /// <param name="reason">Why.</param>
    /// <param name="calendar">Working days, for the deadlines.</param>
    public Result<Track> Follow(Track track, ProcessDefinition definition, TrackFacts facts, string? reason, WorkingCalendar calendar)
    {
        if (FollowRefusal(track, definition) is { } refusal) return refusal;
        if (string.IsNullOrWhiteSpace(reason)) return Problem.On("Reason", "workItem.reasonRequired");
        var (process, version) = (track.ProcessKey, track.ProcessVersion);
        track.Pin(definition);
        Raise(new ProcessChanged(track.Id, process, version, definition.Key, definition.Version) { Reason = reason.Trim(), OccurredAt = facts.NowUtc });

        var clocks = definition.Clocks.Where(clock => clock.Stages.Contains(track.StageKey)).ToList();
        foreach (var running in RunningOf(track).ToList())
        {
            if (clocks.Find(clock => clock.Key == running.ClockKey && clock.Kind == running.Kind) is not { } clock)
            {
                running.Cancel();
                continue;
            }

            var due = DueDate.From(clock, running.Started, calendar);
            running.Follow(definition.Version);
            if (due.Date == running.LocalDate) continue;
            var before = running.LocalDate;
            running.Move(due.Date, Instants.EndOf(due.Date, running.Zone), due.Provisional);
            Raise(new DeadlineMoved(running.Id, before, due.Date) { OccurredAt = facts.NowUtc });
        }

        foreach (var clock in clocks.Where(clock => clock.Kind != ClockKind.CommentPeriod && !RunningOf(track).Any(running => running.ClockKey == clock.Key)))
        {
            var entered = track.Spans.OrderBy(span => span.Ordinal).LastOrDefault(span => span.StageKey == clock.Stages[0])?.Entered;
            if (entered is { } start) StartClock(track, definition, clock, start, calendar);
        }

        Look(track, definition, facts, facts.NowUtc, raise: false);
        return track;
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

    /// <summary>Shows it to the public because a comment period opens; undoing the step that opened it hides it again.</summary>
    public void ShowForComments(Track track)
    {
        if (IsPublic) return;
        track.MadePublic();
        Show(toThePublic: true);
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

    /// <summary>Moves the end of a running comment period to a later day.</summary>
    public Result<Deadline> Lengthen(Deadline deadline, DateOnly to, WorkingCalendar calendar, string reason)
    {
        if (to <= deadline.LocalDate) return Problem.On("To", "deadline.notLater", deadline.LocalDate);
        if (string.IsNullOrWhiteSpace(reason)) return Problem.On("Reason", "workItem.reasonRequired");
        var from = deadline.LocalDate;
        deadline.Move(to, Instants.EndOf(to, deadline.Zone), !calendar.Covers(to.Year));
        Raise(new DeadlineMoved(deadline.Id, from, to) { Reason = reason.Trim() });
        foreach (var track in tracks.Where(track => track.Id == deadline.TrackId))
            track.Look(track.WaitingFor, track.IsBlocked, track.BlockedBy, NextDeadlineOf(track));
        return deadline;
    }

    /// <summary>Notes that a comment period was ended before its last day, so that nothing reminds of that day any more.</summary>
    public void EndCommentPeriod(Deadline deadline, string reason)
    {
        if (deadline.Status != DeadlineStatus.Running) return;
        deadline.Meet();
        Raise(new CommentPeriodEnded(deadline.Id, deadline.LocalDate) { Reason = reason.Trim() });
        foreach (var track in tracks.Where(track => track.Id == deadline.TrackId))
            track.Look(track.WaitingFor, track.IsBlocked, track.BlockedBy, NextDeadlineOf(track));
    }

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
        if (title.HasHiddenCharacters()) yield return Problem.On(nameof(Title), "workItem.titleHidden");
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

    /// <summary>The clocks that start when a track enters a stage; one over several stages that already runs goes on.</summary>
    public IEnumerable<Clock> ClocksStartingIn(Track track, ProcessDefinition definition, string stage) =>
        from clock in definition.Clocks
        where clock.Stages[0] == stage
        where clock.Stages.Count == 1 || !RunningOf(track).Any(known => known.ClockKey == clock.Key)
        select clock;

    private void MoveTo(Track track, ProcessDefinition definition, Stage stage, DateOnly? on, WorkingCalendar calendar)
    {
        track.Enter(stage, on);
        StartClocks(track, definition, stage, on, calendar);
    }

    private void StartClocks(Track track, ProcessDefinition definition, Stage stage, DateOnly? on, WorkingCalendar calendar)
    {
        foreach (var running in RunningOf(track))
        {
            var clock = definition.Clocks.FirstOrDefault(known => known.Key == running.ClockKey);
            var stays = clock is not null && clock.Stages.Count > 1 && clock.Stages.Contains(stage.Key);
            if (stays) continue;
            if (stage.Ends == TrackEnd.Abandoned) running.Cancel(track.CurrentOrdinal);
            else running.Meet(track.CurrentOrdinal);
        }

        if (on is not { } start) return;
        foreach (var clock in ClocksStartingIn(track, definition, stage.Key)) StartClock(track, definition, clock, start, calendar).StartIn(track.CurrentOrdinal);
    }

    private Deadline StartClock(Track track, ProcessDefinition definition, Clock clock, DateOnly start, WorkingCalendar calendar)
    {
        var due = DueDate.From(clock, start, calendar);
        var deadline = new Deadline(Id, track.Id, clock.Kind, clock.Key, definition.Version, start, due.Date, Instants.China, Instants.EndOf(due.Date, Instants.China), due.Provisional);
        deadlines.Add(deadline);
        return deadline;
    }

    private IEnumerable<Deadline> RunningOf(Track track) => deadlines.Where(deadline => deadline.TrackId == track.Id && deadline.Status == DeadlineStatus.Running);

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

    /// <summary>A comment period that has run its length still runs for the reminder of the day after, but nobody is late for it.</summary>
    private DateTime? NextDeadlineOf(Track track, DateTime? nowUtc = null) =>
        deadlines.Where(deadline => deadline.TrackId == track.Id && deadline.Status == DeadlineStatus.Running && (nowUtc is not { } now || deadline.At(now) != DeadlineState.Met))
            .Min(deadline => (DateTime?)deadline.InstantUtc);

    private void SetKeys()
    {
        SortKey = SortKeys.Of(PlanNumber ?? StandardNumber ?? InternationalReference ?? Code);
        DoubleNumber = Adoption.DoubleNumber(StandardNumber, Proposal.AdoptionDegree, Proposal.AdoptedReference);
        SearchText = SortKeys.SearchText(Code, PlanNumber, DoubleNumber ?? StandardNumber, InternationalReference, Title.Zh, Title.En);
    }
}

/// <summary>What one row of a list of plans and standards says; null means: not said.</summary>
/// <param name="Title">Title in one or both languages.</param>
/// <param name="PlanNumber">计划号 in canonical form.</param>
/// <param name="StandardNumber">标准编号 in canonical form.</param>
/// <param name="Status">Status word of the platform.</param>
/// <param name="CommitteeText">Committee as written, when none of ours is known by it.</param>
/// <param name="IssuedOn">Day of issue of the standard.</param>
/// <param name="InForceOn">Day of entry into force.</param>
public sealed record PlanRow(
    LocalizedText Title, string? PlanNumber, string? StandardNumber, string? Status, string? CommitteeText, DateOnly? IssuedOn, DateOnly? InForceOn);
