using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;

namespace StdWorkflow.Domain.Tests.Committees;

public class CommitteeTests
{
    private static readonly Source source = new("S00", true);
    private static readonly LocalizedText name = new("人工智能分技术委员会", "Artificial intelligence");

    [Fact]
    public void A_committee_needs_a_name_and_a_designation()
    {
        Assert.Equal("committee.nameMissing", Added(name: LocalizedText.Empty).Problem.Code);
        Assert.Equal("committee.designationMissing", Added(designation: " ").Problem.Code);
        Assert.Equal("SAC/TC28/SC42", Added(designation: " SAC/TC28/SC42 ").Value.Designation);
    }

    [Theory]
    [InlineData(CommitteeKind.TechnicalCommittee, null, true)]
    [InlineData(CommitteeKind.TechnicalCommittee, CommitteeKind.TechnicalCommittee, false)]
    [InlineData(CommitteeKind.Subcommittee, CommitteeKind.TechnicalCommittee, true)]
    [InlineData(CommitteeKind.Subcommittee, null, false)]
    [InlineData(CommitteeKind.Subcommittee, CommitteeKind.Subcommittee, false)]
    [InlineData(CommitteeKind.WorkingGroup, CommitteeKind.Subcommittee, true)]
    [InlineData(CommitteeKind.WorkingGroup, CommitteeKind.International, true)]
    [InlineData(CommitteeKind.WorkingGroup, null, false)]
    [InlineData(CommitteeKind.ResearchGroup, CommitteeKind.Subcommittee, true)]
    [InlineData(CommitteeKind.ResearchGroup, null, false)]
    [InlineData(CommitteeKind.ExpertGroup, null, true)]
    [InlineData(CommitteeKind.MirrorOrganization, null, true)]
    [InlineData(CommitteeKind.MirrorOrganization, CommitteeKind.TechnicalCommittee, false)]
    [InlineData(CommitteeKind.International, CommitteeKind.International, true)]
    [InlineData(CommitteeKind.International, CommitteeKind.TechnicalCommittee, false)]
    public void The_kind_decides_what_a_committee_may_stand_below(CommitteeKind kind, CommitteeKind? parent, bool may) =>
        Assert.Equal(may, kind.MayStandBelow(parent));

    [Fact]
    public void A_change_of_status_needs_a_reason_and_keeps_it()
    {
        var committee = Added().Value;

        Assert.Equal("committee.reasonRequired", committee.Become(CommitteeStatus.Dormant, " ").Problem.Code);
        Assert.True(committee.Become(CommitteeStatus.Dormant, " 无在研项目 ").IsOk);

        Assert.Equal(CommitteeStatus.Dormant, committee.Status);
        var changed = Assert.IsType<CommitteeStatusChanged>(committee.RaisedEvents[^1]);
        Assert.Equal((CommitteeStatus.Active, CommitteeStatus.Dormant, "无在研项目"), (changed.From, changed.To, changed.Reason));
    }

    [Theory]
    [InlineData(CommitteeStatus.Concluded)]
    [InlineData(CommitteeStatus.Replaced)]
    public void Nothing_follows_the_end(CommitteeStatus end)
    {
        var committee = Added().Value;
        committee.Become(end, "撤销决定");

        Assert.True(committee.HasEnded);
        Assert.Equal("committee.ended", committee.Become(CommitteeStatus.Active, "恢复").Problem.Code);
        Assert.Equal(end, committee.Status);
    }

    [Fact]
    public void What_a_committee_says_about_itself_is_changed_only_when_it_differs()
    {
        var committee = Added().Value;
        var events = committee.RaisedEvents.Count;

        committee.Describe(name, LocalizedText.Empty, LocalizedText.Empty, null, " ");
        Assert.Equal(events, committee.RaisedEvents.Count);

        committee.Describe(name, new LocalizedText("人工智能", null), LocalizedText.Empty, null, " sc42@example.org ");
        Assert.Equal("sc42@example.org", committee.PublicMail);
        Assert.IsType<CommitteeDescribed>(committee.RaisedEvents[^1]);
    }

    [Theory]
    [InlineData("not an address")]
    [InlineData("sc42.example.org")]
    public void A_public_address_must_be_one(string mail) =>
        Assert.Equal("committee.publicMailPattern", Added().Value.Describe(name, LocalizedText.Empty, LocalizedText.Empty, null, mail).Problem.Code);

    [Fact]
    public void A_fact_stands_under_a_key_of_its_own_and_can_be_corrected()
    {
        var committee = Added().Value;
        committee.Declare(null, new LocalizedText("委员51席。", null), 51, null, source, " 45 [S42b] ");
        committee.Declare(null, new LocalizedText("观察员28席。", null), 28, null, source, null);
        var first = committee.Facts[0];
        Assert.NotEqual(first.Key, committee.Facts[1].Key);
        Assert.Equal("45 [S42b]", first.Conflict);

        Assert.True(committee.Declare(first.Key, new LocalizedText("委员53席。", null), 53, null, source, null).IsOk);

        Assert.Equal(2, committee.Facts.Count);
        Assert.Equal((53, null), (first.Number, first.Conflict));
    }

    [Fact]
    public void A_fact_needs_a_sentence_and_a_key_that_is_known()
    {
        var committee = Added().Value;

        Assert.Equal("committee.factTextMissing", committee.Declare(null, LocalizedText.Empty, 51, null, source, null).Problem.Code);
        Assert.Equal(Problem.NotFoundCode, committee.Declare("seats", name, 51, null, source, null).Problem.Code);
        Assert.Empty(committee.Facts);
    }

    [Fact]
    public void A_correction_that_changes_nothing_is_no_event()
    {
        var committee = Added().Value;
        committee.Declare(null, name, 51, null, source, null);
        var events = committee.RaisedEvents.Count;

        committee.Declare(committee.Facts[0].Key, name, 51, null, source, " ");

        Assert.Equal(events, committee.RaisedEvents.Count);
    }

    [Fact]
    public void Lines_of_a_work_plan_keep_their_order_within_the_year()
    {
        var committee = Added().Value;
        committee.PlanFor(2026, new LocalizedText("甲", null), null, source);
        committee.PlanFor(2027, new LocalizedText("乙", null), null, source);
        committee.PlanFor(2026, new LocalizedText("丙", null), new DateOnly(2026, 12, 31), source);

        Assert.Equal([("甲", 1), ("丙", 2)], committee.WorkPlan.Where(entry => entry.Year == 2026).Select(entry => (entry.Text.Zh!, entry.SortOrder)));
        Assert.Equal(1, committee.WorkPlan.Single(entry => entry.Year == 2027).SortOrder);
    }

    [Fact]
    public void A_line_of_a_work_plan_needs_words_and_no_date_before_its_year()
    {
        var committee = Added().Value;

        Assert.Equal("committee.planTextMissing", committee.PlanFor(2026, LocalizedText.Empty, null, source).Problem.Code);
        Assert.Equal("committee.planDueBeforeYear", committee.PlanFor(2026, name, new DateOnly(2025, 12, 31), source).Problem.Code);
        Assert.Empty(committee.WorkPlan);
    }

    [Fact]
    public void A_mirror_is_joined_once()
    {
        var committee = Added().Value;
        var other = Guid.CreateVersion7();

        committee.MirrorTo(other, source);
        committee.MirrorTo(other, source);

        Assert.Equal([other], committee.Mirrors.Select(mirror => mirror.OtherCommitteeId));
        Assert.Single(committee.RaisedEvents.OfType<MirrorJoined>());
    }

    private static Result<Committee> Added(LocalizedText? name = null, string designation = "SAC/TC28/SC42") =>
        Committee.Add("sac-tc28-sc42", designation, CommitteeKind.Subcommittee, CommitteeStatus.Active, name ?? CommitteeTests.name, null, source, isDemo: false);
}
