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
        var (verb, from, to) = (words.In(step.Transition.Name), words.In(step.From.Name), words.In(step.To.Name));
        var back = new Regex($"{Regex.Escape(to)}.*{Regex.Escape(from)}");
        var tab = await site.OpenAsync(item, new View(language, View.Narrow, Script: script), "li.wei");
        var page = tab.Page;

        // Before: all that it will do, with the count of mails, and the whole way to the button.
        await Link($"{verb}…").PressEnterAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync(verb);
        await Expect(page.Locator(".effects")).ToContainTextAsync(words.WorkItem("EffectStage", from, to));
        await Expect(page.Locator(".effects")).ToContainTextAsync(new Regex(Regex.Escape(words.WorkItem("EffectMail", "NN", 10)).Replace("NN", "[1-9][0-9]*", StringComparison.Ordinal)));
        if (script) Assert.Empty(await tab.BarriersAsync());
        Assert.True(await tab.OverflowAsync() <= 0);
        await page.GetByLabel(words.WorkItem("Reason")).WriteAsync("误操作");
        await page.GetByRole(AriaRole.Button, new() { Name = verb, Exact = true }).PressEnterAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"{item}$"));
        await Expect(page.Locator("main li.stop[aria-current=step]")).Not.ToContainTextAsync(from);

        await Link(words.WorkItem("UndoLink")).TabToAsync();
        if (script) Assert.Empty(await tab.BarriersAsync());
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".effects")).ToContainTextAsync(back);
        if (script) Assert.Empty(await tab.BarriersAsync());
        Assert.True(await tab.OverflowAsync() <= 0);
        await page.GetByRole(AriaRole.Button, new() { Name = words.WorkItem("UndoVerb"), Exact = true }).PressEnterAsync();

        await Expect(page).ToHaveURLAsync(new Regex($"{item}$"));
        await Expect(page.Locator("main li.stop[aria-current=step]")).ToContainTextAsync(from);
        await Expect(Link(words.WorkItem("UndoLink"))).ToHaveCountAsync(0);
        await Expect(page.Locator("main .timeline")).ToContainTextAsync(back);
        Assert.Empty(tab.Complaints);

        ILocator Link(string name) => page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });
    }
}
