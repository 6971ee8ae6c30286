using System.Text.RegularExpressions;
using Microsoft.Playwright;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Features.Committees;
using StdWorkflow.Web.Features.Plans;
using static Microsoft.Playwright.Assertions;

namespace StdWorkflow.Browser.Tests;

/// <summary>An item is planned and its forecast read, without a mouse.</summary>
[Trait("Pace", "slow")]
public class PlanTests(Site site) : IClassFixture<Site>
{
    [Theory]
    [InlineData("zh-CN", true)]
    [InlineData("en", true)]
    [InlineData("en", false)]
    public async Task The_keyboard_plans_an_item_and_reads_what_will_be_missed(string language, bool script)
    {
        const string item = "/work-items/w-1036";
        var (step, words) = (Words.Step("gb-t-normal", "20-30"), new Words(language));
        var tab = await site.OpenAsync(item, new View(language, View.Narrow, Script: script), "li.wei");
        var page = tab.Page;

        await FollowAsync(words.WorkItem("PlannedStages"), $"{item}/plan$");
        await FollowAsync(words.Of<PlanTexts>("PlanVerb"), $"{item}/plan/edit$");
        await page.GetByLabel(words.In(step.To.Name)).WriteDayAsync(new(2060, 1, 1));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".problems")).ToBeVisibleAsync();
        await Expect(page.GetByLabel(words.In(step.To.Name))).ToHaveValueAsync("2060-01-01");
        if (script) Assert.Empty(await tab.BarriersAsync());
        Assert.True(await tab.OverflowAsync() <= 0);

        await page.GetByLabel(words.In(step.To.Name)).WriteDayAsync(new(2026, 12, 2));
        await page.GetByRole(AriaRole.Button, new() { Name = words.Of<PlanTexts>("SavePlan"), Exact = true }).PressEnterAsync();

        await Expect(page).ToHaveURLAsync(new Regex($"{item}/plan$"));
        await Expect(page.Locator(".refusal")).ToContainTextAsync("2026-12-02");
        await Expect(page.Locator("svg.drawing[role=img]")).ToBeVisibleAsync();
        await page.Locator(".scroll").TabToAsync();
        if (script) Assert.Empty(await tab.BarriersAsync());
        Assert.True(await tab.OverflowAsync() <= 0);
        // The refused day is answered with 422, which the browser notes.
        Assert.DoesNotContain(tab.Complaints, said => !said.Contains("status of 422", StringComparison.Ordinal));

        async Task FollowAsync(string link, string to)
        {
            await page.Locator("main").GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).PressEnterAsync();
            await Expect(page).ToHaveURLAsync(new Regex(to));
        }
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task The_keyboard_leads_from_a_committee_to_the_plan_of_its_items(string language)
    {
        var (tab, words) = (await site.OpenAsync("/committees/sac-tc28-sc42", new View(language, View.Narrow)), new Words(language));
        var page = tab.Page;

        await page.Locator("main").GetByRole(AriaRole.Link, new() { Name = words.Of<CommitteeTexts>("ToPlan"), Exact = true }).PressEnterAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync(words.Of<PlanTexts>("Plan"));
        Assert.Empty(await tab.BarriersAsync());
        Assert.True(await tab.OverflowAsync() <= 0);
        await page.Locator(".rows").GetByRole(AriaRole.Link, new() { Name = "w-1036", Exact = true }).PressEnterAsync();

        await Expect(page).ToHaveURLAsync(new Regex("/work-items/w-1036/plan$"));
        Assert.Empty(tab.Complaints);
    }
}
