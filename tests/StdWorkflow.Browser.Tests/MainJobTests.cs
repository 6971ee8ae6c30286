using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Browser.Tests;

/// <summary>The main job from idea to international standard, through the browser only: secretary, member, visitor.</summary>
[Trait("Pace", "slow")]
public class MainJobTests(Site site) : IClassFixture<Site>
{
    /// <summary>The comment period ends in one of two ways: somebody ends it early, or its time passes.</summary>
    [Theory]
    [InlineData("zh-CN", false, false)]
    [InlineData("zh-CN", true, true)]
    [InlineData("en", true, false)]
    [InlineData("en", false, true)]
    public async Task A_standard_goes_from_an_idea_through_drafting_into_international_conversion(string language, bool script, bool endsEarly)
    {
        var view = new View(language, Script: script);
        // The walks share one site, so each has names and numbers of its own.
        var walk = $"{(language == "en" ? 1 : 2)}{(script ? 1 : 2)}";
        var (titleZh, titleEn) = ($"人工智能 智能体互操作要求 第{walk}部分", $"Artificial intelligence — Interoperability of agents — Part {walk}");
        var (title, planNumber) = (language == "en" ? titleEn : titleZh, $"202699{walk}-T-469");
        var secretary = await Desk.OpenAsync(site, view, "li.wei");

        var research = await secretary.ProposeAsync(titleZh, titleEn);
        await secretary.SeeNotYetAsync(research, Words.Step("pre-research", "idea-feasibility"), GateKind.LeaderNamed, "leaderNamed");
        await secretary.NameLeaderAndDraftersAsync(research, "刘洋");
        await secretary.SeeNothingFollowsYetAsync(research, "GrewFrom");
        foreach (var step in new[] { "idea-feasibility", "feasibility-report", "report-committee-review", "committee-review-concluded" })
            await secretary.AdvanceAsync(research, Words.Step("pre-research", step));

        var project = await secretary.SucceedAsync(research, "GrewFrom", "gb-t-normal");
        await secretary.AdvanceAsync(project, Words.Step("gb-t-normal", "00-10"));
        await secretary.SeeNotYetAsync(project, Words.Step("gb-t-normal", "10-20"), GateKind.PlanNumberValid, "planNumberMissing");
        await secretary.GivePlanNumberAsync(project, wrong: "2026-T-1", right: planNumber);
        await secretary.AdvanceAsync(project, Words.Step("gb-t-normal", "10-20"));
        await secretary.AdvanceAsync(project, Words.Step("gb-t-normal", "20-30"));

        var visitor = await Desk.OpenAsync(site, view);
        var receipt = await visitor.CommentAsync(title);
        await visitor.SeeUndisposedAsync(receipt);

        // The leader, who is a member of the committee and no more.
        var member = await Desk.OpenAsync(site, view, "liu.yang");
        await member.SeeButNotAdvanceAsync(project, Words.Step("gb-t-normal", "30-40"));

        await secretary.SeeNotYetAsync(project, Words.Step("gb-t-normal", "30-40"), GateKind.CommentsDisposed, "commentsDisposed", 1, 1);
        await secretary.DisposeAsync(project);
        List<Desk> desks = [secretary, visitor, member];
        if (endsEarly)
        {
            await secretary.EndEarlyAsync(project);
        }
        else
        {
            await SeeOneReminderAsync(view, planNumber);
            await site.RestartAsync(TimeSpan.FromDays(24));
            desks.Add(secretary = await Desk.OpenAsync(site, view, "li.wei"));
            desks.Add(visitor = await Desk.OpenAsync(site, view));
        }

        await visitor.SeeClosedAsync(title);
        await secretary.AdvanceAsync(project, Words.Step("gb-t-normal", "30-40"));
        await secretary.AdvanceAsync(project, Words.Step("gb-t-normal", "40-50"));
        await secretary.SeeNotYetAsync(project, Words.Step("gb-t-normal", "50-60"), GateKind.StandardNumberValid, "standardNumberMissing");
        await secretary.GiveStandardNumberAsync(project, $"GB/T 999{walk}-2026");
        await secretary.AdvanceAsync(project, Words.Step("gb-t-normal", "50-60"));

        var conversion = await secretary.SucceedAsync(project, "Converts", "outbound-proposal");
        await secretary.AdvanceAsync(conversion, Words.Step("outbound-proposal", "english-text-form-4"));
        string[] family = [research, project, conversion];
        foreach (var code in family) await secretary.SeeJourneyAsync(code, family);
        await visitor.SeeDisposedAsync(receipt);
        Assert.Empty(desks.SelectMany(desk => desk.Complaints));
        foreach (var desk in desks) await desk.DisposeAsync();
    }

    /// <summary>A fortnight before the last day. The program is killed after it has sent the reminder, starts again and looks again: it stays one.</summary>
    private async Task SeeOneReminderAsync(View view, string planNumber)
    {
        var rule = new Words(view.Language).ReminderRule("comment-period");
        const string leader = "liu.yang@example.org";
        await using var before = await Desk.OpenAsync(site, view);
        Assert.Equal(0, await before.CountMailAsync(leader, planNumber, rule));

        await site.RestartAsync(TimeSpan.FromDays(46));
        await using var reader = await Desk.OpenAsync(site, view);
        await reader.AwaitMailAsync(leader, planNumber, rule);

        await site.RestartAsync(TimeSpan.Zero);
        await using var administrator = await Desk.OpenAsync(site, view, "admin");
        await administrator.SeeDoneAsync("send-reminders");
        Assert.Equal(1, await administrator.CountMailAsync(leader, planNumber, rule));
    }
}
