using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace StdWorkflow.Browser.Tests;

/// <summary>A step taken by mistake and undone, without a mouse.</summary>
[Trait("Pace", "slow")]
public class UndoTests(Site site) : IClassFixture<Site>
{
    [Theory]
    [InlineData("zh-CN", true)]
    [InlineData("en", true)]
    [InlineData("en", false)]
    public async Task The_keyboard_takes_a_step_and_undoes_it(string language, bool script)
    {
        const string item = "/work-items/w-1036";
        var (step, words) = (Words.Step("gb-t-normal", "20-98"), new Words(language));
        var tab = await site.OpenAsync($"{item}/advance/{step.Transition.Key}", new View(language, View.Narrow, Script: script), "li.wei");
        var page = tab.Page;

        await page.GetByLabel(words.WorkItem("Reason")).FillAsync("误操作");
        await page.GetByRole(AriaRole.Button, new() { Name = words.In(step.Transition.Name), Exact = true }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex($"{item}$"));

        await page.GetByRole(AriaRole.Link, new() { Name = words.WorkItem("UndoLink"), Exact = true }).FocusAsync();
        if (script) Assert.Empty(await tab.BarriersAsync());
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".effects")).ToContainTextAsync(words.In(step.From.Name));
        if (script) Assert.Empty(await tab.BarriersAsync());
        Assert.True(await tab.OverflowAsync() <= 0);
        await page.GetByRole(AriaRole.Button, new() { Name = words.WorkItem("UndoVerb"), Exact = true }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(page).ToHaveURLAsync(new Regex($"{item}$"));
        await Expect(page.Locator("main li.stop[aria-current=step]")).ToContainTextAsync(words.In(step.From.Name));
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = words.WorkItem("UndoLink"), Exact = true })).ToHaveCountAsync(0);
        Assert.Empty(tab.Complaints);
    }
}
