using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.History;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>What is shown of a work item as it was: what its page and its proposal show, under the same names.</summary>
internal static class WorkItemPast
{
    public static PastSubject Subject { get; } = new(nameof(WorkItem), nameof(WorkItem.IsPublic),
        new(nameof(WorkItem), null, null,
            new("Title", PastKind.Words, "Title"), new("Kind", PastKind.Word, "Kind", nameof(WorkItemKind)), new("IsPublic", PastKind.Flag, "IsPublic"),
            new("PlanNumber", PastKind.Plain, "PlanNumber"), new("StandardNumber", PastKind.Plain, "StandardNumber"), new("DoubleNumber", PastKind.Plain, "DoubleNumber"), new("InternationalReference", PastKind.Plain, "InternationalReference"),
            new("CommitteeId", PastKind.Committee, "Committee"), new("CommitteeText", PastKind.Plain, "Committee"), new("LeaderId", PastKind.Person, "Leader"),
            new("IssuedOn", PastKind.Plain, "IssuedOn"), new("InForceOn", PastKind.Plain, "InForceOn"), new("ImportedStatus", PastKind.Plain, "ImportedStatus")),
        new(nameof(Track), null, null,
            new("Kind", PastKind.Word, "Track", nameof(TrackKind)), new("ProcessKey", PastKind.Process, "Process"), new("StageKey", PastKind.Stage, "StandsAt"), new("Phase", PastKind.Word, "Phase", nameof(Phase)), new("Since", PastKind.Plain, "field.Since"),
            new("WaitingFor", PastKind.Words, "WaitsForNow"), new("BlockedBy", PastKind.Gate, "UnmetGate"), new("End", PastKind.Word, "Outcome", nameof(TrackEnd)))
        { NamedBy = "Kind" },
        new(nameof(Deadline), "Due", "InstantUtc",
            new("ClockKey", PastKind.Clock), new("LocalDate", PastKind.Plain), new("Status", PastKind.Word, Of: nameof(DeadlineStatus))),
        new(nameof(StageSpan), "StageLine", "Ordinal",
            new("StageKey", PastKind.Stage), new("Entered", PastKind.Plain, Of: "Entered"), new("Left", PastKind.Plain, Of: "Left")),
        new(nameof(PlannedStage), "PlannedStages", "On",
            new("StageKey", PastKind.Stage), new("On", PastKind.Plain)),
        new(nameof(Attestation), "Attestations", "StatedAtUtc",
            new("GateKey", PastKind.Gate), new("Paper", PastKind.Plain), new("PaperDate", PastKind.Plain), new("PersonId", PastKind.Person)),
        new(nameof(DraftingOrganization), "DraftingOrganizations", "SortOrder", new PastColumn("OrganizationId", PastKind.Organization)),
        new(nameof(Deviation), "Deviations", "Ordinal",
            new("Clause", PastKind.Plain), new("Kind", PastKind.Word, Of: nameof(DeviationKind)), new("Text", PastKind.Plain), new("Reason", PastKind.Plain)),
        new(nameof(Lineage), "Lineage", null,
            new("Kind", PastKind.Word, Of: nameof(LineageKind), Variant: "FromWorkItemId"), new("FromWorkItemId", PastKind.WorkItem), new("FromForeignProjectId", PastKind.ForeignProject)),
        new(nameof(WorkItem), null, null,
            new("Nature", PastKind.Word, "Nature", nameof(ProposalNature)), new("RevisedStandard", PastKind.Plain, "RevisedStandard"),
            new("AdoptionDegree", PastKind.Word, "Adoption", nameof(AdoptionDegree)), new("AdoptedReference", PastKind.Plain, "AdoptedReference"),
            new("Purpose", PastKind.Plain, "Purpose"), new("Content", PastKind.Plain, "Content"), new("Situation", PastKind.Plain, "Situation"), new("LegalRelation", PastKind.Plain, "LegalRelation"),
            new("Category", PastKind.Plain, "Category"), new("Ics", PastKind.Plain, "Ics"), new("CompetentAuthority", PastKind.Plain, "CompetentAuthority"), new("Months", PastKind.Plain, "Months", "MonthsOf"),
            new("ForeignLanguage", PastKind.Plain, "ForeignLanguage"), new("Budget", PastKind.Plain, "Budget"), new("Patents", PastKind.Plain, "Patents"), new("Remarks", PastKind.Plain, "Remarks")));
}
