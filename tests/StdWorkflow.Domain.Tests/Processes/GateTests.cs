using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Domain.Tests.Processes;

public class GateTests
{
    private static readonly DateTime now = new(2026, 8, 17, 1, 0, 0, DateTimeKind.Utc);

    private static readonly TrackFacts facts = new() { Stage = "30", NowUtc = now };

    [Fact]
    public void A_leader_is_asked_for()
    {
        Assert.Equal("gate.leaderNamed", Reason(GateKind.LeaderNamed, facts));
        Assert.Null(Reason(GateKind.LeaderNamed, facts with { HasLeader = true }));
    }

    [Fact]
    public void A_drafting_organisation_is_asked_for()
    {
        Assert.Equal("gate.draftingOrganizationsNamed", Reason(GateKind.DraftingOrganizationsNamed, facts));
        Assert.Null(Reason(GateKind.DraftingOrganizationsNamed, facts with { DraftingOrganizations = 1 }));
    }

    [Theory]
    [InlineData(null, "gate.planNumberMissing")]
    [InlineData("2026-T", "gate.planNumberPattern")]
    [InlineData("20260326-T-469", null)]
    public void A_plan_number_is_asked_for_and_read(string? number, string? reason)
    {
        Assert.Equal(reason, Reason(GateKind.PlanNumberValid, facts with { PlanNumber = number }));
    }

    [Theory]
    [InlineData(null, "gate.standardNumberMissing")]
    [InlineData("GB/T 41867", "gate.standardNumberPattern")]
    [InlineData("GB/T 41867-2022", null)]
    public void A_standard_number_is_asked_for_and_read(string? number, string? reason)
    {
        Assert.Equal(reason, Reason(GateKind.StandardNumberValid, facts with { StandardNumber = number }));
    }

    [Fact]
    public void The_comment_period_is_open_until_and_including_its_last_instant()
    {
        Assert.Equal("gate.consultationNotOpened", Reason(GateKind.ConsultationOver, facts));
        Assert.Equal("gate.consultationOpen", Reason(GateKind.ConsultationOver, facts with { ConsultationClosesAtUtc = now.AddDays(1) }));
        Assert.Equal("gate.consultationOpen", Reason(GateKind.ConsultationOver, facts with { ConsultationClosesAtUtc = now }));
        Assert.Null(Reason(GateKind.ConsultationOver, facts with { ConsultationClosesAtUtc = now.AddMicroseconds(-1) }));
    }

    [Fact]
    public void Comments_without_a_disposition_are_counted()
    {
        var refused = Check(GateKind.CommentsDisposed, facts with { Comments = 9, CommentsWithoutDisposition = 2 });

        Assert.Equal("gate.commentsDisposed", refused.Reason?.Code);
        Assert.Equal([2, 9], refused.Reason!.Arguments);
        Assert.Null(Reason(GateKind.CommentsDisposed, facts with { Comments = 9 }));
    }

    [Theory]
    [InlineData(null, null, false)]
    [InlineData("人工智能 术语", null, false)]
    [InlineData(null, "Artificial intelligence - Terminology", false)]
    [InlineData("人工智能 术语", "Artificial intelligence - Terminology", true)]
    public void A_title_is_asked_for_in_both_languages(string? zh, string? en, bool met)
    {
        Assert.Equal(met ? null : "gate.titleInBothLanguages", Reason(GateKind.TitleInBothLanguages, facts with { Title = new LocalizedText(zh, en) }));
    }

    [Fact]
    public void An_attestation_counts_for_its_own_gate_only_and_the_newest_is_shown()
    {
        var other = new AttestationFact("approval-announced", null, "N 1", new DateOnly(2026, 8, 1), now.AddDays(-9));
        var first = new AttestationFact("review-passed", Guid.NewGuid(), "N 12", new DateOnly(2026, 8, 1), now.AddDays(-2));
        var second = first with { Paper = "N 13", StatedAtUtc = now.AddDays(-1) };

        Assert.Equal("gate.attestation", Reason(GateKind.Attestation, facts with { Attestations = [other] }));
        var met = Check(GateKind.Attestation, facts with { Attestations = [other, first, second] });
        Assert.True(met.Met);
        Assert.Equal(second, met.StatedBy);
    }

    [Fact]
    public void Each_technical_deviation_of_a_modified_adoption_needs_its_reason()
    {
        var refused = Check(GateKind.DeviationsReasoned, facts with { UnreasonedDeviations = 2 });
        Assert.Equal(("gate.deviationsReasoned", 2), (refused.Reason?.Code, refused.Reason?.Arguments[0]));
        Assert.Null(Reason(GateKind.DeviationsReasoned, facts));
    }

    [Fact]
    public void Every_kind_of_gate_refuses_a_track_where_nothing_was_done()
    {
        var nothing = facts with { Comments = 1, CommentsWithoutDisposition = 1, UnreasonedDeviations = 1 };

        Assert.All(Enum.GetValues<GateKind>(), kind => Assert.False(Check(kind, nothing).Met));
    }

    private static GateResult Check(GateKind kind, TrackFacts now) =>
        new Gate(DefinitionChecks.KeyOf(kind) ?? "review-passed", kind, new LocalizedText("条件", "Condition"), new LocalizedText("秘书处", "secretariat")).Check(now);

    private static string? Reason(GateKind kind, TrackFacts now) => Check(kind, now).Reason?.Code;
}
