using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.Tests.Processes;
using StdWorkflow.Domain.WorkItems;

namespace StdWorkflow.Domain.Tests.WorkItems;

/// <summary>What follows a work item: revision, replacement, parts, and what several are merged into.</summary>
public class SuccessionTests
{
    private static readonly ProcessDefinition National = ShippedDefinitions.Of("gb-t-normal");
    private static readonly ProcessDefinition FastB = ShippedDefinitions.Of("gb-t-fast-b");
    private static readonly WorkingCalendar Calendar = new([], Enumerable.Range(2020, 20));
    private static readonly DateTime Now = new(2026, 11, 23, 2, 0, 0, DateTimeKind.Utc);
    private static readonly DateOnly Today = new(2026, 11, 23);
    private static int numbers;

    public static TheoryData<LineageKind, WorkItemKind, TrackEnd?, string?> Table() => new()
    {
        { LineageKind.GrewFrom, WorkItemKind.PreResearch, TrackEnd.Finished, null },
        { LineageKind.GrewFrom, WorkItemKind.PreResearch, null, "succession.preResearchNotFinished" },
        { LineageKind.GrewFrom, WorkItemKind.National, null, "succession.nothingFollows" },
        { LineageKind.Converts, WorkItemKind.National, null, null },
        { LineageKind.Converts, WorkItemKind.National, TrackEnd.Split, "succession.abandoned" },
        { LineageKind.Converts, WorkItemKind.Maintenance, null, "succession.nothingFollows" },
        { LineageKind.Revises, WorkItemKind.National, TrackEnd.Finished, null },
        { LineageKind.Revises, WorkItemKind.National, null, "succession.notPublished" },
        { LineageKind.Revises, WorkItemKind.National, TrackEnd.Abandoned, "succession.notPublished" },
        { LineageKind.Revises, WorkItemKind.PreResearch, TrackEnd.Finished, "succession.notPublished" },
        { LineageKind.Replaces, WorkItemKind.National, TrackEnd.Finished, null },
        { LineageKind.Replaces, WorkItemKind.Conversion, null, null },
        { LineageKind.Replaces, WorkItemKind.Conversion, TrackEnd.Finished, "succession.over" },
        { LineageKind.Replaces, WorkItemKind.National, TrackEnd.Replaced, "succession.over" },
        { LineageKind.Splits, WorkItemKind.PreResearch, null, null },
        { LineageKind.Splits, WorkItemKind.National, TrackEnd.Finished, "succession.over" },
        { LineageKind.Merges, WorkItemKind.National, null, null },
        { LineageKind.Merges, WorkItemKind.National, TrackEnd.Merged, "succession.over" },
        { LineageKind.Adopts, WorkItemKind.National, null, "succession.unknownKind" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void What_may_follow_depends_on_kind_and_end(LineageKind how, WorkItemKind kind, TrackEnd? end, string? refused)
    {
        Assert.Equal(refused, Succession.Refusal(how, kind, end, "w-1")?.Code);
        Assert.Equal(refused is null, Succession.Ways(kind, end).Contains(how));
    }

    [Fact]
    public void A_split_item_ends_and_each_part_goes_on_where_it_stood_with_the_clocks_of_the_older()
    {
        var (older, leader, drafter) = (At(National, "20", Today.AddDays(-100)), Guid.CreateVersion7(), Guid.CreateVersion7());
        older.AssignLeader(leader);
        older.NameDraftingOrganizations([drafter]);
        var due = Due(older);
        Assert.Equal(["approval-file", "drafting"], due.Keys.Order());

        var parts = Open(LineageKind.Splits, [older], National, "第1部分", "第2部分").Value;

        Assert.Equal(2, parts.Count);
        Assert.All(parts, part =>
        {
            Assert.Equal(("20", (DateOnly?)Today, WorkItemKind.National, leader), (part.Main.StageKey, part.Main.Since, part.Kind, part.LeaderId));
            Assert.Equal([drafter], part.DraftingOrganizations.Select(named => named.OrganizationId));
            Assert.Equal(due, Due(part));
            Assert.Equal(due.Values.Min(), Instants.DateIn(part.Main.NextDeadlineUtc!.Value));
            Assert.Equal((LineageKind.Splits, older.Id), (part.Lineages.Single().Kind, part.Lineages.Single().FromWorkItemId));
        });
        Assert.Equal(["第1部分", "第2部分"], parts.Select(part => part.Title.Zh));
        Assert.Equal((TrackEnd.Split, (DateOnly?)Today, (DateTime?)null, true), (older.Main.End, older.Main.Since, older.Main.NextDeadlineUtc, older.Main.WaitingFor.IsEmpty));
        Assert.Empty(Due(older));
        var told = Assert.IsType<SuccessorOpened>(older.RaisedEvents[^1]);
        Assert.Equal((LineageKind.Splits, true), (told.Kind, told.Ends));
        Assert.Equal(parts.Select(part => part.Id), told.Into);
    }

    [Fact]
    public void What_was_split_moves_no_more()
    {
        var older = At(National, "20", Today.AddDays(-100));
        Assert.True(Open(LineageKind.Splits, [older], National, "一", "二").IsOk);
        var facts = older.FactsOf(older.Main, Now, null, 0, 0);

        Assert.Empty(National.Next(facts));
        Assert.False(older.Step(older.Main, National, "20-98", facts, "理由", Today, Calendar).IsOk);
        Assert.Equal("workItem.carriedOn", older.FollowRefusal(older.Main, National with { Version = 9 })?.Code);
        Assert.Equal("workItem.carriedOn", older.PlanStages(older.Main, National, [new PlannedDay("30", Today.AddDays(30))], Now).Problem.Code);
        Assert.Equal("workItem.carriedOn", StepRequest.Ask(1, older, older.Main, National, "20-30", Guid.CreateVersion7(), "理由", Today, Now).Problem.Code);
        Assert.Equal("workItem.carriedOn", older.Jump(older.Main, National, "30", facts, "理由", Today, Calendar).Problem.Code);
        Assert.Equal("succession.over", Open(LineageKind.Merges, [older, At(National, "20", Today)], National, "又").Problem.Code);
        older.LookAgain(older.Main, National, facts);
        Assert.Equal((TrackEnd.Split, false), (older.Main.End, older.Main.IsBlocked));

        var row = new PlanRow(LocalizedText.Of("人工智能 术语", null), null, null, "正在审查", null, null, null);
        older.TakeOverChanges(row, null, National, National.StageOf("40"), Today, Today, Calendar, Now);
        Assert.Equal(("20", TrackEnd.Split), (older.Main.StageKey, older.Main.End));
    }

    [Fact]
    public void What_is_merged_stands_where_the_least_advanced_stood_and_the_earliest_clocks_run_on()
    {
        var (late, early) = (At(National, "20", Today.AddDays(-30)), At(National, "20", Today.AddDays(-200)));
        Assert.True(early.Step(early.Main, National with { Transitions = Ungated }, "20-30", early.FactsOf(early.Main, Now, null, 0, 0), null, Today.AddDays(-100), Calendar).IsOk);
        Assert.True(early.Deadlines.Where(deadline => deadline.Kind == ClockKind.CommentPeriod).All(deadline => deadline.At(Now) == DeadlineState.Met));

        var merged = Open(LineageKind.Merges, [late, early], National, "合并").Value.Single();

        Assert.Equal("20", merged.Main.StageKey);
        Assert.Equal(Today.AddDays(-200), Running(merged, "drafting").Started);
        Assert.Equal(Today.AddDays(-200), Running(merged, "approval-file").Started);
        Assert.Equal([TrackEnd.Merged, TrackEnd.Merged], new[] { late, early }.Select(item => item.Main.End!.Value));
        Assert.Equal([late.Id, early.Id], merged.Lineages.Select(link => link.FromWorkItemId!.Value));
    }

    [Fact]
    public void A_limit_over_several_stages_runs_on_even_where_the_newer_stands_before_it()
    {
        var older = At(FastB, "30", Today.AddDays(-90));
        var limit = Running(older, "approval-file");

        var parts = Open(LineageKind.Splits, [older], FastB, "一", "二").Value;

        Assert.Equal("10", parts[0].Main.StageKey);
        Assert.Equal((limit.Started, limit.LocalDate), (Running(parts[0], "approval-file").Started, Running(parts[0], "approval-file").LocalDate));
    }

    [Fact]
    public void While_a_comment_period_runs_nothing_is_split_merged_or_replaced()
    {
        var open = At(National, "30", Today.AddDays(-10));
        foreach (var how in (LineageKind[])[LineageKind.Splits, LineageKind.Replaces])
            Assert.Equal("succession.periodRuns", Open(how, [open], National, how == LineageKind.Splits ? ["一", "二"] : ["一"]).Problem.Code);
        Assert.Equal("succession.periodRuns", Open(LineageKind.Merges, [At(National, "20", Today), open], National, "一").Problem.Code);
        Assert.Null(open.Main.End);
    }

    [Fact]
    public void A_published_standard_is_revised_by_a_new_project_and_stays_as_it_is()
    {
        var standard = At(National, "60", Today.AddDays(-900));
        Assert.True(standard.GiveNumbers(null, "GB/T 41867-2022", null).IsOk);
        var due = Due(standard);

        var revision = Open(LineageKind.Revises, [standard], National, "术语").Value.Single();

        Assert.Equal(("00", (ProposalNature.Revision, "GB/T 41867-2022")), (revision.Main.StageKey, (revision.Proposal.Nature, revision.Proposal.RevisedStandard)));
        Assert.Null(revision.StandardNumber);
        Assert.Equal(TrackEnd.Finished, standard.Main.End);
        Assert.Equal(due, Due(standard));
        Assert.False(Assert.IsType<SuccessorOpened>(standard.RaisedEvents[^1]).Ends);
    }

    [Fact]
    public void What_is_private_or_invented_stays_so_in_what_follows()
    {
        var hidden = WorkItem.Propose(9, WorkItemKind.National, LocalizedText.Of("甲", null), null, Proposal.Blank, false, true, National, Calendar, Today, Now).Value;
        var merged = Open(LineageKind.Merges, [At(National, "20", Today), hidden], National, "一").Value.Single();
        Assert.Equal(("00", false, true), (merged.Main.StageKey, merged.IsPublic, merged.IsDemo));
    }

    [Fact]
    public void Deviations_from_one_document_do_not_come_under_the_adoption_of_another()
    {
        var (identical, modified) = (At(National, "20", Today), At(National, "20", Today));
        Assert.True(identical.StateAdoption(AdoptionDegree.IDT, "ISO/IEC 42001:2023").IsOk);
        Assert.True(modified.StateAdoption(AdoptionDegree.MOD, "ISO/IEC 42001:2023").IsOk);
        Assert.True(modified.WriteDeviation(null, "4.1", DeviationKind.Technical, "要求不同", null).IsOk);

        var refused = Open(LineageKind.Merges, [identical, modified], National, "合并").Problem;

        Assert.Equal(("succession.otherAdoption", "Others"), (refused.Code, refused.Field));
        Assert.All([identical, modified], item => Assert.Null(item.Main.End));
        Assert.True(identical.StateAdoption(AdoptionDegree.MOD, "ISO/IEC 42001:2023").IsOk);
        var merged = Open(LineageKind.Merges, [identical, modified], National, "合并").Value.Single();
        Assert.Equal((1, 1), (merged.TechnicalDeviations, merged.UnreasonedDeviations));
    }

    [Fact]
    public void Bad_input_is_refused_beside_its_field_and_nothing_ends()
    {
        var (one, two, standard, research) = (At(National, "20", Today), At(National, "20", Today), At(National, "60", Today), Research());
        Assert.Equal(("succession.itself", "Others"), Refused(LineageKind.Merges, [one, one], "一"));
        Assert.Equal(("succession.mergeNeedsTwo", "Others"), Refused(LineageKind.Merges, [one], "一"));
        Assert.Equal(("succession.over", "Others"), Refused(LineageKind.Merges, [one, standard], "一"));
        Assert.Equal(("succession.unlike", "Others"), Refused(LineageKind.Replaces, [one, standard], "一"));
        Assert.Equal(("succession.unlike", "Others"), Refused(LineageKind.Merges, [one, research], "一"));
        Assert.Equal(("succession.otherProcess", "Others"), Refused(LineageKind.Merges, [one, At(FastB, "30", Today.AddDays(-90))], "一"));
        Assert.Equal(("succession.onlyOne", "Others"), Refused(LineageKind.Splits, [one, two], "一", "二"));
        Assert.Equal(("succession.splitNeedsTwo", "Titles"), Refused(LineageKind.Splits, [one], "一"));
        Assert.Equal(("succession.oneTitle", "Titles"), Refused(LineageKind.Merges, [one, two], "一", "二"));
        Assert.Equal(("succession.tooMany", "Titles"), Refused(LineageKind.Splits, [one], [.. Enumerable.Range(1, Succession.MostParts + 1).Select(part => $"第{part}部分")]));
        Assert.Equal(("validation.hidden", "Title"), Refused(LineageKind.Splits, [one], "一", "二\u202Egnp"));
        Assert.Equal(("workItem.titleMissing", "Title"), Refused(LineageKind.Splits, [one], "一", ""));
        Assert.Equal(("workItem.titleTooLong", "Title"), Refused(LineageKind.Splits, [one], "一", new string('长', Limits.Title + 1)));
        Assert.All([one, two], item => Assert.Null(item.Main.End));

        (string, string?) Refused(LineageKind how, WorkItem[] from, params string[] titles)
        {
            var problem = Open(how, from, National, titles).Problem;
            return (problem.Code, problem.Field);
        }
    }

    /// <summary>No definition can let a stage end as split: that comes from outside.</summary>
    [Theory]
    [InlineData("Split")]
    [InlineData("Merged")]
    [InlineData("Replaced")]
    public void A_definition_cannot_end_so(string end)
    {
        var json = DefinitionWriter.Write(National).Replace("\"Abandoned\"", $"\"{end}\"", StringComparison.Ordinal);
        Assert.Contains(DefinitionReader.Read(json).Problems, problem => problem.Code == "definition.unknownWord");
    }

    private static IReadOnlyList<Transition> Ungated => [.. National.Transitions.Select(transition => transition with { Gates = [] })];

    private static Result<IReadOnlyList<WorkItem>> Open(LineageKind how, IReadOnlyList<WorkItem> from, ProcessDefinition definition, params string[] titles) =>
        Succession.Open(how, from, [.. titles.Select((title, index) => (500 + index, LocalizedText.Of(title, null)))], definition, Calendar, Today, Now);

    private static WorkItem At(ProcessDefinition definition, string stage, DateOnly entered) =>
        WorkItem.TakeOver(
            Interlocked.Increment(ref numbers), new PlanRow(LocalizedText.Of("人工智能 术语", "AI terminology"), null, null, "状态", null, null, null), null,
            definition, definition.StageOf(stage), entered, entered, Calendar, Now);

    private static WorkItem Research() =>
        WorkItem.Propose(
            Interlocked.Increment(ref numbers), WorkItemKind.PreResearch, LocalizedText.Of("预研", null), null, Proposal.Blank, true, false, ShippedDefinitions.Of("pre-research"), Calendar, Today, Now).Value;

    private static Dictionary<string, DateOnly> Due(WorkItem item) =>
        item.Deadlines.Where(deadline => deadline.Status == DeadlineStatus.Running).ToDictionary(deadline => deadline.ClockKey, deadline => deadline.LocalDate);

    private static Deadline Running(WorkItem item, string clock) => item.Deadlines.Single(deadline => deadline.ClockKey == clock && deadline.Status == DeadlineStatus.Running);
}
