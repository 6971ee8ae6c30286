using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.Tests.Processes;
using StdWorkflow.Domain.WorkItems;

namespace StdWorkflow.Domain.Tests.WorkItems;

/// <summary>A request for a step, from asking to what becomes of it.</summary>
public class StepRequestTests
{
    private static readonly WorkingCalendar Calendar = new([], Enumerable.Range(2020, 20));
    private static readonly DateTime Now = new(2026, 11, 23, 2, 0, 0, DateTimeKind.Utc);
    private static readonly DateOnly Today = new(2026, 11, 23);
    private static readonly Guid Asker = Guid.CreateVersion7(), Chair = Guid.CreateVersion7();

    [Theory]
    [MemberData(nameof(ShippedDefinitions.Keys), MemberType = typeof(ShippedDefinitions))]
    public void Every_step_from_the_present_stage_can_be_asked_for_and_no_other(string key)
    {
        var definition = ShippedDefinitions.Of(key);
        foreach (var stage in definition.Stages)
        {
            var item = At(definition, stage.Key);
            foreach (var transition in definition.Transitions)
            {
                var asked = Ask(item, definition, transition.Key);
                if (transition.From == stage.Key) Assert.Equal((StepRequestState.Open, StepRequest.KeyOf(item.Main.Id, transition.Key)), (asked.Value.State, asked.Value.OpenKey));
                else Assert.Equal("workItem.transitionNotFromHere", asked.Problem.Code);
            }
        }
    }

    [Theory]
    [InlineData("20-30", "理由", 0, null)]
    [InlineData("20-30", "理由", StepRequest.FarthestDays, null)]
    [InlineData("20-30", "理由", -1, "stepRequest.dayPast")]
    [InlineData("20-30", "理由", StepRequest.FarthestDays + 1, "stepRequest.dayTooFar")]
    [InlineData("20-30", " ", 7, "validation.required")]
    [InlineData("20-30", null, 7, "validation.required")]
    [InlineData("no-such-step", "理由", 7, "notFound")]
    public void What_is_asked_must_make_sense(string transition, string? reason, int days, string? refusal)
    {
        var definition = ShippedDefinitions.Of("gb-t-normal");
        var asked = StepRequest.Ask(1001, At(definition, "20"), At(definition, "20").Main, definition, transition, Asker, reason, Today.AddDays(days), Now);

        Assert.Equal(refusal, asked.IsOk ? null : asked.Problem.Code);
    }

    [Fact]
    public void It_waits_until_the_end_of_its_day_in_Beijing()
    {
        var request = Open();

        Assert.Equal(("r-1001", Today.AddDays(7), Instants.EndOf(Today.AddDays(7), Instants.China)), (request.Code, request.WantedBy, request.WantedByUtc));
        Assert.Equal("理由", Assert.IsType<StepRequested>(Assert.Single(request.RaisedEvents)).Reason);
    }

    public static TheoryData<string, StepRequestState, Guid?, string?> Ends => new()
    {
        { "grant", StepRequestState.Granted, Chair, "同意" },
        { "decline", StepRequestState.Declined, Chair, "不同意" },
        { "withdraw", StepRequestState.Withdrawn, Asker, null },
        { "overtake", StepRequestState.Overtaken, null, null },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void It_ends_once(string how, StepRequestState state, Guid? by, string? words)
    {
        var request = Open();

        Assert.Null(End(request, how));

        Assert.Equal((state, by, words, Now), (request.State, request.ClosedById, request.Words, request.ClosedAtUtc!.Value));
        Assert.Null(request.OpenKey);
        Assert.Equal(2, request.RaisedEvents.Count);
        foreach (var other in new[] { "grant", "decline", "withdraw" }) Assert.Equal("stepRequest.notOpen", End(request, other));
        End(request, "overtake");
        Assert.Equal(state, request.State);
        Assert.False(request.Remind(request.WantedByUtc));
        Assert.Equal(2, request.RaisedEvents.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    public void Declining_needs_a_reason(string? words)
    {
        var request = Open();

        Assert.Equal(("validation.required", nameof(StepRequest.Words)), (request.Decline(Chair, words, Now).Problem.Code, request.Decline(Chair, words, Now).Problem.Field));
        Assert.Equal(StepRequestState.Open, request.State);
    }

    [Theory]
    [InlineData("20-30", "20-30", "30", true)]
    [InlineData("20-98", "20-30", "30", true)]
    [InlineData("20-30", null, "40", true)]
    [InlineData("20-30", "20-20", "20", false)]
    [InlineData("20-20", "20-20", "20", true)]
    public void A_step_taken_otherwise_overtakes_what_no_longer_leaves_from_there(string asked, string? taken, string to, bool overtaken)
    {
        var definition = ShippedDefinitions.Of("gb-t-normal");
        if (definition.FindTransition("20-20") is null)
            definition = definition with { Transitions = [.. definition.Transitions, definition.FindTransition("20-30")! with { Key = "20-20", To = "20", Kind = TransitionKind.Repeat }] };
        var request = Ask(At(definition, "20"), definition, asked).Value;

        request.Follow(At(definition, to).Main, definition, taken, Now);

        Assert.Equal(overtaken ? StepRequestState.Overtaken : StepRequestState.Open, request.State);
    }

    [Theory]
    [InlineData("grant", true)]
    [InlineData("overtake", true)]
    [InlineData("decline", false)]
    [InlineData("withdraw", false)]
    public void Undoing_the_step_opens_again_what_the_step_closed(string how, bool reopens)
    {
        var request = Open();
        End(request, how);
        var before = request.State;

        request.Reopen(askedAgain: false, Now.AddMinutes(5));

        Assert.Equal(reopens ? StepRequestState.Open : before, request.State);
        Assert.Equal(reopens, request.OpenKey is not null);
        Assert.Equal(reopens, request.ClosedById is null && request.ClosedAtUtc is null && request.Words is null && request.ClosedIn is null);
        if (reopens) Assert.True(request.Decline(Chair, "还不行", Now.AddMinutes(6)).IsOk);
    }

    [Fact]
    public void A_newer_request_for_the_same_step_stays_the_open_one()
    {
        var request = Open();
        End(request, "grant");

        request.Reopen(askedAgain: true, Now);

        Assert.Equal((StepRequestState.Overtaken, null, null), (request.State, request.OpenKey, request.ClosedIn));
    }

    [Fact]
    public void Who_asks_when_the_day_is_near_has_reminded_by_asking()
    {
        var request = Open(days: 2);

        Assert.False(request.Remind(Now));
        Assert.False(request.Remind(request.WantedByUtc));
        Assert.Single(request.RaisedEvents);
    }

    [Fact]
    public void Those_who_decide_are_reminded_once_three_days_before()
    {
        var request = Open();

        Assert.False(request.Remind(request.WantedByUtc - StepRequest.Near - TimeSpan.FromMicroseconds(1)));
        Assert.True(request.Remind(request.WantedByUtc - StepRequest.Near));
        Assert.False(request.Remind(request.WantedByUtc));
        Assert.Single(request.RaisedEvents.OfType<StepRequestDayNear>());
    }

    private static string? End(StepRequest request, string how)
    {
        var definition = ShippedDefinitions.Of("gb-t-normal");
        switch (how)
        {
            case "grant": return CodeOf(request.Grant(Chair, " 同意 ", 2, Now));
            case "decline": return CodeOf(request.Decline(Chair, "不同意", Now));
            case "withdraw": return CodeOf(request.Withdraw(Now));
            default:
                request.Follow(At(definition, "30").Main, definition, null, Now);
                return null;
        }
    }

    private static string? CodeOf(Result<StepRequest> result) => result.IsOk ? null : result.Problem.Code;

    private static StepRequest Open(int days = 7)
    {
        var definition = ShippedDefinitions.Of("gb-t-normal");
        return Ask(At(definition, "20"), definition, "20-30", days).Value;
    }

    private static Result<StepRequest> Ask(WorkItem item, ProcessDefinition definition, string transition, int days = 7) =>
        StepRequest.Ask(1001, item, item.Main, definition, transition, Asker, "理由", Today.AddDays(days), Now);

    private static WorkItem At(ProcessDefinition definition, string stage) =>
        WorkItem.TakeOver(1, new PlanRow(LocalizedText.Of("标题", null), "20260326-T-469", null, null, null, null, null), null, definition, definition.StageOf(stage), Today, Today, Calendar, Now);
}
