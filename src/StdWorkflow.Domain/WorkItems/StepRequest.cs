using System.Globalization;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Domain.WorkItems;

/// <summary>What became of a request for a step.</summary>
public enum StepRequestState
{
    /// <summary>It waits for a decision.</summary>
    Open,

    /// <summary>The step was taken because of it.</summary>
    Granted,

    /// <summary>It was refused, with a reason.</summary>
    Declined,

    /// <summary>The asker took it back.</summary>
    Withdrawn,

    /// <summary>The track moved on otherwise, so that the step is no longer there to be taken for it.</summary>
    Overtaken,
}

/// <summary>
/// 阶段转换申请: somebody who works on a work item but may not move it asks for a step, with a reason and a wish date, and whoever may take the
/// step decides. A root of its own, so that those who ask never contend for the item. A decision of this product, no rule of the field.
/// </summary>
public sealed class StepRequest : Aggregate, IDemoMarked
{
    /// <summary>The farthest wish date, in days from the day on which it is asked.</summary>
    public const int FarthestDays = 366;

    /// <summary>How long before its end the wish date is near: those who decide are then reminded, once.</summary>
    public static readonly TimeSpan Near = TimeSpan.FromDays(3);

    private StepRequest() { }

    /// <summary>Running number.</summary>
    public int Number { get; private set; }

    /// <summary>Stable code, <c>r-1007</c>.</summary>
    public string Code { get; private set; } = "";

    /// <summary>The work item.</summary>
    public Guid WorkItemId { get; private set; }

    /// <summary>The track that is to move.</summary>
    public Guid TrackId { get; private set; }

    /// <summary>Key of the transition asked for.</summary>
    public string TransitionKey { get; private set; } = "";

    /// <summary>Who asked.</summary>
    public Guid AskedById { get; private set; }

    /// <summary>When (UTC).</summary>
    public DateTime AskedAtUtc { get; private set; }

    /// <summary>Why, in the asker's words.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>The day until which the step is wished for, included, in <see cref="Zone"/>.</summary>
    public DateOnly WantedBy { get; private set; }

    /// <summary>IANA name of the zone.</summary>
    public string Zone { get; private set; } = Instants.China;

    /// <summary>The last instant of that day (UTC).</summary>
    public DateTime WantedByUtc { get; private set; }

    /// <summary>What became of it.</summary>
    public StepRequestState State { get; private set; }

    /// <summary>Track and transition while it is open, else null: unique, so that two who ask at once cannot both succeed.</summary>
    public string? OpenKey { get; private set; }

    /// <summary>Who decided or withdrew it; null while it is open, and when a step overtook it.</summary>
    public Guid? ClosedById { get; private set; }

    /// <summary>When it was decided, withdrawn or overtaken (UTC); null while it is open.</summary>
    public DateTime? ClosedAtUtc { get; private set; }

    /// <summary>What was said to the decision, or null.</summary>
    public string? Words { get; private set; }

    /// <summary>Number of the stay of the track whose beginning closed it; null when no step did.</summary>
    public int? ClosedIn { get; private set; }

    /// <summary>When those who decide were reminded of the wish date (UTC), by asking itself when it was near already; or null.</summary>
    public DateTime? RemindedAtUtc { get; private set; }

    /// <inheritdoc/>
    public bool IsDemo { get; private set; }

    /// <summary>The code of a running number.</summary>
    public static string CodeOf(int number) => string.Create(CultureInfo.InvariantCulture, $"r-{number}");

    /// <summary>What is unique among open requests: one for each track and transition.</summary>
    public static string KeyOf(Guid track, string transition) => $"{track:N}/{transition}";

    /// <summary>
    /// Asks for a step. Gates that are not met do not refuse it: who decides sees them. Refuses an item whose work others carry on, a transition
    /// that does not leave the present stage, a missing reason, and a wish date in the past or farther than <see cref="FarthestDays"/>.
    /// </summary>
    /// <param name="number">Running number.</param>
    /// <param name="item">The work item.</param>
    /// <param name="track">Its track that is to move.</param>
    /// <param name="definition">The definition that the track pins.</param>
    /// <param name="transition">Key of the transition.</param>
    /// <param name="asker">Who asks.</param>
    /// <param name="reason">Why.</param>
    /// <param name="wantedBy">The last day on which the step is wished for, in China's zone.</param>
    /// <param name="nowUtc">Now.</param>
    public static Result<StepRequest> Ask(
        int number, WorkItem item, Track track, ProcessDefinition definition, string transition, Guid asker, string? reason, DateOnly wantedBy, DateTime nowUtc)
    {
        if (definition.FindTransition(transition) is not { } way) return Problem.NotFound("transition");
        if (track.IsCarriedOn) return Problem.Of("workItem.carriedOn");
        if (way.From != track.StageKey) return Problem.Of("workItem.transitionNotFromHere", definition.StageOf(track.StageKey).Name);
        if (string.IsNullOrWhiteSpace(reason)) return Problem.On(nameof(Reason), "validation.required");
        var today = Instants.DateIn(nowUtc);
        if (wantedBy < today) return Problem.On(nameof(WantedBy), "stepRequest.dayPast", today);
        if (wantedBy > today.AddDays(FarthestDays)) return Problem.On(nameof(WantedBy), "stepRequest.dayTooFar", today.AddDays(FarthestDays));
        var request = new StepRequest
        {
            Number = number,
            Code = CodeOf(number),
            WorkItemId = item.Id,
            TrackId = track.Id,
            TransitionKey = transition,
            AskedById = asker,
            AskedAtUtc = nowUtc,
            Reason = reason.Trim(),
            WantedBy = wantedBy,
            WantedByUtc = Instants.EndOf(wantedBy, Instants.China),
            OpenKey = KeyOf(track.Id, transition),
            IsDemo = item.IsDemo,
        };
        // Asking so late reminds of the day itself; a second mail within the hour would say the same.
        if (nowUtc >= request.WantedByUtc - Near) request.RemindedAtUtc = nowUtc;
        request.Raise(new StepRequested(request.Code, item.Id, transition, asker, wantedBy) { Reason = request.Reason, OccurredAt = nowUtc });
        return request;
    }

    /// <summary>
    /// The step is taken because of it; the caller takes it in the same transaction. Refuses a request that is not open.
    /// </summary>
    /// <param name="by">Who decides, or null for a program.</param>
    /// <param name="words">What is said to it, or null.</param>
    /// <param name="stay">Number of the stay that the step begins.</param>
    /// <param name="nowUtc">Now.</param>
    public Result<StepRequest> Grant(Guid? by, string? words, int stay, DateTime nowUtc)
    {
        if (NotOpen() is { } refusal) return refusal;
        Close(StepRequestState.Granted, by, words, nowUtc);
        ClosedIn = stay;
        Raise(new StepRequestGranted(Code, WorkItemId, TrackId, TransitionKey) { Reason = Words, OccurredAt = nowUtc });
        return this;
    }

    /// <summary>Refuses the step. Needs a reason; refused when it is not open.</summary>
    public Result<StepRequest> Decline(Guid? by, string? words, DateTime nowUtc)
    {
        if (NotOpen() is { } refusal) return refusal;
        if (string.IsNullOrWhiteSpace(words)) return Problem.On(nameof(Words), "validation.required");
        Close(StepRequestState.Declined, by, words, nowUtc);
        Raise(new StepRequestDeclined(Code, WorkItemId, TransitionKey) { Reason = Words, OccurredAt = nowUtc });
        return this;
    }

    /// <summary>The asker takes it back. Refused when it is not open.</summary>
    public Result<StepRequest> Withdraw(DateTime nowUtc)
    {
        if (NotOpen() is { } refusal) return refusal;
        Close(StepRequestState.Withdrawn, AskedById, null, nowUtc);
        Raise(new StepRequestWithdrawn(Code, WorkItemId, TransitionKey) { OccurredAt = nowUtc });
        return this;
    }

    /// <summary>True when it is open, and the track's standing at a stage overtakes it: the step was taken without it, or leaves another stage than that.</summary>
    /// <param name="stage">Key of the stage.</param>
    /// <param name="definition">The definition that the track pins.</param>
    /// <param name="taken">Key of the transition that led there; null when none did.</param>
    public bool IsOvertakenAt(string stage, ProcessDefinition definition, string? taken) =>
        State == StepRequestState.Open && (TransitionKey == taken || definition.FindTransition(TransitionKey)?.From != stage);

    /// <summary>
    /// Looks whether the track, which has just begun a stay or ended, has overtaken it: the step was taken without it, or leaves another stage than
    /// the present one, or others carry the work on. One that has been closed already stays as it is.
    /// </summary>
    /// <param name="track">The track as it stands now.</param>
    /// <param name="definition">The definition that the track pins.</param>
    /// <param name="taken">Key of the transition that was taken; null when none was.</param>
    /// <param name="nowUtc">Now.</param>
    public void Follow(Track track, ProcessDefinition definition, string? taken, DateTime nowUtc)
    {
        if (!(track.IsCarriedOn && State == StepRequestState.Open) && !IsOvertakenAt(track.StageKey, definition, taken)) return;
        Close(StepRequestState.Overtaken, null, null, nowUtc);
        ClosedIn = track.CurrentOrdinal;
        Raise(new StepRequestOvertaken(Code, WorkItemId, TrackId, TransitionKey) { OccurredAt = nowUtc });
    }

    /// <summary>
    /// The step that closed it was undone: it waits for a decision again, or is overtaken by a newer request for the same step. One that no
    /// step closed stays as it is.
    /// </summary>
    /// <param name="askedAgain">True when the same step was asked for since.</param>
    /// <param name="nowUtc">Now.</param>
    public void Reopen(bool askedAgain, DateTime nowUtc)
    {
        if (ClosedIn is null) return;
        if (askedAgain)
        {
            // The number of the stay will be another's.
            (State, ClosedIn) = (StepRequestState.Overtaken, null);
            Raise(new StepRequestOvertaken(Code, WorkItemId, TrackId, TransitionKey) { OccurredAt = nowUtc });
            return;
        }

        (State, OpenKey) = (StepRequestState.Open, KeyOf(TrackId, TransitionKey));
        (ClosedById, ClosedAtUtc, Words, ClosedIn) = (null, null, null, null);
        Raise(new StepRequestReopened(Code, WorkItemId, TransitionKey) { OccurredAt = nowUtc });
    }

    /// <summary>Notes that the wish date is near, once, while it is open. True when that is news.</summary>
    public bool Remind(DateTime nowUtc)
    {
        if (State != StepRequestState.Open || RemindedAtUtc is not null || nowUtc < WantedByUtc - Near) return false;
        RemindedAtUtc = nowUtc;
        Raise(new StepRequestDayNear(Code, WorkItemId, TransitionKey, AskedById, WantedBy) { OccurredAt = nowUtc });
        return true;
    }

    private Problem? NotOpen() => State == StepRequestState.Open ? null : Problem.Of("stepRequest.notOpen", State);

    private void Close(StepRequestState state, Guid? by, string? words, DateTime nowUtc)
    {
        (State, OpenKey, ClosedById, ClosedAtUtc) = (state, null, by, nowUtc);
        Words = string.IsNullOrWhiteSpace(words) ? null : words.Trim();
    }
}

/// <summary>Somebody asked for a step; the event carries the reason.</summary>
public sealed record StepRequested(string Code, Guid WorkItem, string Transition, Guid Asker, DateOnly WantedBy) : DomainEvent;

/// <summary>A request was granted, and the step taken; the event may carry what was said to it.</summary>
public sealed record StepRequestGranted(string Code, Guid WorkItem, Guid Track, string Transition) : DomainEvent, IStep;

/// <summary>A request was declined; the event carries the reason.</summary>
public sealed record StepRequestDeclined(string Code, Guid WorkItem, string Transition) : DomainEvent;

/// <summary>The asker took the request back.</summary>
public sealed record StepRequestWithdrawn(string Code, Guid WorkItem, string Transition) : DomainEvent;

/// <summary>The track moved without the request.</summary>
public sealed record StepRequestOvertaken(string Code, Guid WorkItem, Guid Track, string Transition) : DomainEvent, IStep;

/// <summary>The step that had closed the request was undone.</summary>
public sealed record StepRequestReopened(string Code, Guid WorkItem, string Transition) : DomainEvent;

/// <summary>The wish date of an open request is near.</summary>
public sealed record StepRequestDayNear(string Code, Guid WorkItem, string Transition, Guid Asker, DateOnly WantedBy) : DomainEvent;
