using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Domain.WorkItems;

/// <summary>A work item was proposed.</summary>
public sealed record WorkItemProposed(string Code, WorkItemKind Kind, LocalizedText Title, string ProcessKey, int ProcessVersion) : DomainEvent;

/// <summary>A work item was taken over from a file.</summary>
public sealed record WorkItemImported(string Code, WorkItemKind Kind, LocalizedText Title, string? PlanNumber, string? StandardNumber) : DomainEvent;

/// <summary>A later file says something else about a work item.</summary>
public sealed record WorkItemRevisedByImport(IReadOnlyList<string> Fields) : DomainEvent;

/// <summary>The track entered its first stage.</summary>
public sealed record TrackStarted(Guid Track, TrackKind Kind, string Stage, DateOnly? On) : DomainEvent;

/// <summary>A step that a person took, or what it decided at once. For <see cref="WorkItem.UndoWindow"/> it can be undone, and the mail that it causes waits so long.</summary>
public interface IStep
{
    /// <summary>The track that moved.</summary>
    Guid Track { get; }
}

/// <summary>The track went on to a later stage.</summary>
public sealed record StageAdvanced(Guid Track, string Transition, string From, string To, DateOnly? On) : DomainEvent, IStep;

/// <summary>The track went back to an earlier stage.</summary>
public sealed record StageReturned(Guid Track, string Transition, string From, string To, DateOnly? On) : DomainEvent, IStep;

/// <summary>The track began the same stage once more.</summary>
public sealed record StageRepeated(Guid Track, string Transition, string Stage, DateOnly? On) : DomainEvent, IStep;

/// <summary>The track was abandoned.</summary>
public sealed record WorkItemAbandoned(Guid Track, string Transition, string From, string To, DateOnly? On) : DomainEvent, IStep;

/// <summary>The track went where no transition leads, because ISO or IEC moved the project so; the event carries the reason.</summary>
public sealed record StageJumped(Guid Track, string From, string To, DateOnly? On) : DomainEvent, IStep;

/// <summary>The newest step was undone: the track stands again where it stood before. The event may carry a reason.</summary>
public sealed record StepUndone(Guid Track, string From, string To) : DomainEvent;

/// <summary>A file shows the track at another stage; the step itself was taken elsewhere.</summary>
public sealed record StageRecorded(Guid Track, string? From, string To, DateOnly? On) : DomainEvent;

/// <summary>The track follows another definition from now on, at the same stage; the event carries the reason.</summary>
public sealed record ProcessChanged(Guid Track, string FromProcess, int FromVersion, string ToProcess, int ToVersion) : DomainEvent;

/// <summary>A person stated that a gate is met.</summary>
public sealed record GateAttested(Guid Track, string Gate, string Paper, DateOnly PaperDate) : DomainEvent;

/// <summary>It was given the committee that manages it, by that designation.</summary>
public sealed record CommitteeGiven(Guid Committee, string Designation) : DomainEvent;

/// <summary>Somebody leads the work item, or nobody any more.</summary>
public sealed record LeaderAssigned(Guid? Person) : DomainEvent;

/// <summary>The drafting organisations were named.</summary>
public sealed record DraftingOrganizationsNamed(IReadOnlyList<Guid> Organizations) : DomainEvent;

/// <summary>Plan number, standard number or international reference changed.</summary>
public sealed record NumbersGiven(string? PlanNumber, string? StandardNumber, string? InternationalReference) : DomainEvent;

/// <summary>Title or proposal changed.</summary>
public sealed record ProposalChanged : DomainEvent;

/// <summary>It became visible to the public, or no longer is.</summary>
public sealed record VisibilityChanged(bool IsPublic) : DomainEvent;

/// <summary>Where it comes from was recorded.</summary>
public sealed record LineageJoined(LineageKind Kind, Guid? FromWorkItem, Guid? FromForeignProject) : DomainEvent;

/// <summary>What stands in the way of the next step changed.</summary>
public sealed record NextStepsChanged(Guid Track, bool IsBlocked, string? BlockedBy) : DomainEvent;

/// <summary>A deadline was moved to another day.</summary>
public sealed record DeadlineMoved(Guid Deadline, DateOnly From, DateOnly To) : DomainEvent;

/// <summary>The comment period was ended before its last day.</summary>
public sealed record CommentPeriodEnded(Guid Deadline, DateOnly LastDay) : DomainEvent;
