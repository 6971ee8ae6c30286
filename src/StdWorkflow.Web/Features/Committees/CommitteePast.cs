using StdWorkflow.Domain.Committees;
using StdWorkflow.Web.Features.History;

namespace StdWorkflow.Web.Features.Committees;

/// <summary>What is shown of a committee as it was, under the names that its page uses.</summary>
internal static class CommitteePast
{
    public static PastSubject Subject { get; } = new(nameof(Committee), null,
        new(nameof(Committee), null, null,
            new("Designation", PastKind.Plain, "Designation"), new("Name", PastKind.Words, "Name"), new("Kind", PastKind.Word, "Kind", nameof(CommitteeKind)),
            new("Status", PastKind.Word, "Status", nameof(CommitteeStatus)), new("ParentId", PastKind.Committee, "Parent"), new("SecretariatId", PastKind.Organization, "Secretariat"),
            new("PublicMail", PastKind.Plain, "PublicMail"), new("Scope", PastKind.Words, "Scope"), new("Charter", PastKind.Words, "Charter"),
            new("SourceReference", PastKind.Plain, "Source"), new("SourceVerified", PastKind.Flag, "SourceVerified")),
        new(nameof(CommitteeFact), "Facts", "SortOrder",
            new("Text", PastKind.Words), new("SourceReference", PastKind.Plain), new("Conflict", PastKind.Plain, Of: "Facts.Conflict")),
        new(nameof(WorkPlanEntry), "WorkPlan", "SortOrder",
            new("Year", PastKind.Plain, Of: "WorkPlan.Year"), new("Text", PastKind.Words), new("Due", PastKind.Plain, Of: "WorkPlan.Until"), new("SourceReference", PastKind.Plain)),
        new(nameof(Mirror), "Mirrors", null, new("OtherCommitteeId", PastKind.Committee), new("SourceReference", PastKind.Plain)));
}
