using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.Tests.Processes;
using StdWorkflow.Domain.WorkItems;
using Xunit;

namespace StdWorkflow.Domain.Tests.WorkItems;

public class WorkItemTests
{
    private static readonly ProcessDefinition National = ShippedDefinitions.Of("gb-t-normal");
    private static readonly WorkingCalendar Calendar = new([], Enumerable.Range(2020, 20));
    private static readonly DateTime Now = new(2026, 11, 23, 2, 0, 0, DateTimeKind.Utc);
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Fact]
    public void A_proposed_item_stands_in_the_first_stage_and_waits_for_somebody()
    {
        var item = Proposed();
        Assert.Equal(National.First.Key, item.Main.StageKey);
        Assert.Equal(Today, item.Main.Since);
        Assert.False(item.Main.WaitingFor.IsEmpty);
        Assert.Equal(["WorkItemProposed", "TrackStarted"], item.RaisedEvents.Select(happened => happened.GetType().Name));
    }

    [Fact]
    public void A_proposal_without_any_title_is_refused()
    {
        var refused = WorkItem.Propose(1, WorkItemKind.National, LocalizedText.Empty, null, Proposal.Blank, true, false, National, Calendar, Today, Now);
        Assert.Equal("workItem.titleMissing", refused.Problem.Code);
    }

    [Fact]
    public void Everything_that_is_wrong_with_a_proposal_is_said_at_once()
    {
        var proposal = new Proposal { Nature = ProposalNature.Revision, AdoptionDegree = AdoptionDegree.MOD, Months = 61 };
        var refused = WorkItem.Propose(1, WorkItemKind.National, LocalizedText.Of("标题", null), null, proposal, true, false, National, Calendar, Today, Now);
        Assert.Equal(["proposal.revisedStandardMissing", "proposal.adoptedReferenceMissing", "proposal.monthsRange"], refused.Problems.Select(problem => problem.Code));
    }

    [Fact]
    public void A_step_with_unmet_gates_is_refused_with_the_list_that_the_page_shows()
    {
        var item = At("20");
        var facts = Facts(item);
        var shown = National.Next(facts).Single(step => step.Transition.Key == "20-30").Gates.Where(gate => !gate.Met).Select(gate => gate.Reason!.Code).ToList();
        var refused = item.Step(item.Main, National, "20-30", facts, null, Today, Calendar);
        Assert.NotEmpty(shown);
        Assert.Equal(shown, refused.Problems.Select(problem => problem.Code));
        Assert.Equal("20", item.Main.StageKey);
    }

    [Fact]
    public void A_step_whose_gates_are_met_moves_the_track_and_starts_the_clock_of_the_stage()
    {
        var item = At("20");
        MeetGates(item, "20-30");
        item.TakeEvents();
        Assert.True(item.Step(item.Main, National, "20-30", Facts(item), null, Today, Calendar).IsOk);
        Assert.Equal("30", item.Main.StageKey);
        Assert.Equal(Phase.Drafting, item.Main.Phase);
        var period = Assert.Single(item.Deadlines, deadline => deadline is { Kind: ClockKind.CommentPeriod, Status: DeadlineStatus.Running });
        Assert.Equal(Today.AddDays(60), period.LocalDate);
        Assert.Equal(Instants.EndOf(Today.AddDays(60), Instants.China), period.InstantUtc);
        Assert.IsType<StageAdvanced>(Assert.Single(item.RaisedEvents));
        Assert.Equal(item.Deadlines.Where(deadline => deadline.Status == DeadlineStatus.Running).Min(deadline => deadline.InstantUtc), item.Main.NextDeadlineUtc);
    }

    [Fact]
    public void Leaving_a_stage_meets_its_deadline()
    {
        var item = At("20");
        var drafting = Assert.Single(item.Deadlines, deadline => deadline.Status == DeadlineStatus.Running && deadline.Kind == ClockKind.StageLimit);
        MeetGates(item, "20-30");
        Assert.True(item.Step(item.Main, National, "20-30", Facts(item), null, Today, Calendar).IsOk);
        Assert.Equal(DeadlineStatus.Met, drafting.Status);
    }

    [Fact]
    public void Attestations_of_an_earlier_stay_do_not_count_after_going_back()
    {
        var item = At("20");
        MeetGates(item, "20-30");
        Assert.True(item.Step(item.Main, National, "20-30", Facts(item), null, Today, Calendar).IsOk);
        Assert.True(item.Step(item.Main, National, "30-20", Facts(item), "重写", Today, Calendar).IsOk);
        Assert.Empty(Facts(item).Attestations);
        Assert.False(item.Step(item.Main, National, "20-30", Facts(item), null, Today, Calendar).IsOk);
    }

    [Theory]
    [InlineData("30-20")]
    [InlineData("repeat-30")]
    [InlineData("30-98")]
    public void Back_repeat_and_abandon_take_a_reason(string transition)
    {
        var item = At("30");
        var facts = item.FactsOf(item.Main, Now, Now.AddDays(-1), 0, 0);
        Assert.Equal("workItem.reasonRequired", item.Step(item.Main, National, transition, facts, "  ", Today, Calendar).Problem.Code);
        Assert.True(item.Step(item.Main, National, transition, facts, "理由", Today, Calendar).IsOk);
        Assert.Equal("理由", item.RaisedEvents[^1].Reason);
    }

    [Fact]
    public void Abandoning_cancels_the_running_deadlines()
    {
        var item = At("30");
        Assert.True(item.Step(item.Main, National, "30-98", Facts(item), "不再需要", Today, Calendar).IsOk);
        Assert.Equal(TrackEnd.Abandoned, item.Main.End);
        Assert.DoesNotContain(item.Deadlines, deadline => deadline.Status == DeadlineStatus.Running);
        Assert.Contains(item.Deadlines, deadline => deadline.Status == DeadlineStatus.Cancelled);
        Assert.Null(item.Main.NextDeadlineUtc);
    }

    [Fact]
    public void A_transition_from_another_stage_is_refused()
    {
        var item = At("20");
        Assert.Equal("workItem.transitionNotFromHere", item.Step(item.Main, National, "40-50", Facts(item), null, Today, Calendar).Problem.Code);
        Assert.Equal(Problem.NotFoundCode, item.Step(item.Main, National, "no-such", Facts(item), null, Today, Calendar).Problem.Code);
    }

    [Fact]
    public void A_step_lies_neither_in_the_future_nor_before_the_stage_was_entered()
    {
        var item = At("30");
        Assert.Equal("workItem.stepInFuture", item.Step(item.Main, National, "30-20", Facts(item), "理由", Today.AddDays(1), Calendar).Problem.Code);
        Assert.Equal("workItem.stepBeforeStage", item.Step(item.Main, National, "30-20", Facts(item), "理由", item.Main.Since!.Value.AddDays(-1), Calendar).Problem.Code);
    }

    [Fact]
    public void Only_attestation_gates_can_be_stated_and_only_on_a_paper_that_exists()
    {
        var item = At("20");
        Assert.Equal("attestation.computed", item.Attest(item.Main, National, Computed("20-30", GateKind.LeaderNamed), null, "文件", Today, Facts(item)).Problem.Code);
        var gate = National.FindTransition("20-30")!.Gates.First(known => known.Kind == GateKind.Attestation).Key;
        Assert.Equal("attestation.paperMissing", item.Attest(item.Main, National, gate, null, " ", Today, Facts(item)).Problem.Code);
        Assert.Equal("attestation.paperFromFuture", item.Attest(item.Main, National, gate, null, "文件", Today.AddDays(1), Facts(item)).Problem.Code);
        Assert.Equal(Problem.NotFoundCode, item.Attest(item.Main, National, "no-such-gate", null, "文件", Today, Facts(item)).Problem.Code);
    }

    [Theory]
    [InlineData("2026-0326-T-469", null, null, "PlanNumber")]
    [InlineData(null, "GBT 1", null, "StandardNumber")]
    [InlineData(null, null, "ISO eins", "InternationalReference")]
    public void A_number_that_does_not_fit_its_pattern_is_refused_beside_its_field(string? plan, string? standard, string? reference, string field)
    {
        var item = Proposed();
        item.TakeEvents();
        Assert.Equal(field, item.GiveNumbers(plan, standard, reference).Problem.Field);
        Assert.Empty(item.RaisedEvents);
    }

    [Fact]
    public void Giving_the_same_numbers_again_changes_nothing()
    {
        var item = Proposed();
        Assert.True(item.GiveNumbers("20260326-T-469", null, null).IsOk);
        item.TakeEvents();
        Assert.True(item.GiveNumbers(" 20260326-T-469 ", null, "").IsOk);
        Assert.Empty(item.RaisedEvents);
    }

    [Fact]
    public void A_row_that_does_not_say_something_does_not_take_it_away()
    {
        var row = new PlanRow(LocalizedText.Of("智能体", "Agents"), "20265083-Z-469", null, "正在起草", "TC28SC42", null, null);
        var item = WorkItem.TakeOver(7, row, null, National, National.StageOf("20"), null, Today.AddDays(-50), Calendar, Now);
        item.TakeEvents();
        Assert.False(item.TakeOverChanges(new PlanRow(LocalizedText.Of("智能体", null), "20265083-Z-469", null, null, null, null, null), null, National, null, null, Today, Calendar, Now));
        Assert.Equal("Agents", item.Title.En);
        Assert.True(item.TakeOverChanges(row with { Status = "正在审查" }, null, National, National.StageOf("40"), null, Today, Calendar, Now));
        Assert.Equal("40", item.Main.StageKey);
        Assert.Contains(item.RaisedEvents, happened => happened is StageRecorded { From: "20", To: "40" });
    }

    [Fact]
    public void From_finished_pre_research_grows_the_national_project_and_from_that_the_conversion()
    {
        var research = ShippedDefinitions.Of("pre-research");
        var idea = WorkItem.Propose(1, WorkItemKind.PreResearch, LocalizedText.Of("预研", "Research"), null, Proposal.Blank, false, false, research, Calendar, Today, Now).Value;
        Assert.Equal("succession.preResearchNotFinished", Grown(idea, 2, National).Problem.Code);

        var leader = Guid.CreateVersion7();
        idea.AssignLeader(leader);
        Finish(idea, research);
        var project = Grown(idea, 2, National).Value;
        Assert.Equal((WorkItemKind.National, leader), (project.Kind, project.LeaderId));
        Assert.Contains(project.Lineages, link => link.Kind == LineageKind.GrewFrom && link.FromWorkItemId == idea.Id);
        Assert.Equal("succession.otherKind", Grown(project, 3, research).Problem.Code);

        var conversion = Grown(project, 3, ShippedDefinitions.Of("outbound-proposal")).Value;
        Assert.Equal(WorkItemKind.Conversion, conversion.Kind);
        Assert.Contains(conversion.Lineages, link => link.Kind == LineageKind.Converts && link.FromWorkItemId == project.Id);
        Assert.Equal("succession.nothingFollows", Grown(conversion, 4, National).Problem.Code);
    }

    private static Result<WorkItem> Grown(WorkItem from, int number, ProcessDefinition definition) =>
        Succession.Open(Succession.Growing(from.Kind), [from], [(number, from.Title)], definition, Calendar, Today, Now).Map(opened => opened[0]);

    private static WorkItem Proposed() =>
        WorkItem.Propose(1, WorkItemKind.National, LocalizedText.Of("人工智能 术语", "AI terminology"), null, Proposal.Blank, true, false, National, Calendar, Today, Now).Value;

    private static WorkItem At(string stage)
    {
        var row = new PlanRow(LocalizedText.Of("人工智能 术语", "AI terminology"), null, null, "状态", null, null, null);
        return WorkItem.TakeOver(1, row, null, National, National.StageOf(stage), Today.AddDays(-30), Today.AddDays(-30), Calendar, Now);
    }

    private static TrackFacts Facts(WorkItem item) => item.FactsOf(item.Main, Now, null, 0, 0);

    private static string Computed(string transition, GateKind kind) => National.FindTransition(transition)!.Gates.First(gate => gate.Kind == kind).Key;

    private static void MeetGates(WorkItem item, string transition)
    {
        item.AssignLeader(Guid.CreateVersion7());
        item.NameDraftingOrganizations([Guid.CreateVersion7()]);
        Assert.True(item.GiveNumbers("20260326-T-469", "GB/T 41867-2022", null).IsOk);
        State(item, National, transition);
    }

    private static void State(WorkItem item, ProcessDefinition definition, string transition)
    {
        foreach (var gate in definition.FindTransition(transition)!.Gates.Where(gate => gate.Kind == GateKind.Attestation))
            Assert.True(item.Attest(item.Main, definition, gate.Key, null, "文件 1 号", Today, item.FactsOf(item.Main, Now, null, 0, 0)).IsOk);
    }

    private static void Finish(WorkItem item, ProcessDefinition definition)
    {
        item.NameDraftingOrganizations([Guid.CreateVersion7()]);
        for (var steps = 0; item.Main.End is null && steps < 20; steps++)
        {
            var forward = definition.Next(item.FactsOf(item.Main, Now, null, 0, 0)).First(step => step.Transition.Kind == TransitionKind.Forward).Transition;
            State(item, definition, forward.Key);
            Assert.True(item.Step(item.Main, definition, forward.Key, item.FactsOf(item.Main, Now, null, 0, 0), null, Today, Calendar).IsOk);
        }

        Assert.Equal(TrackEnd.Finished, item.Main.End);
    }
}
