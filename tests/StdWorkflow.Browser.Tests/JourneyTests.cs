using System.Text.RegularExpressions;
using Microsoft.Playwright;
using StdWorkflow.Web.Features.Following;
using StdWorkflow.Web.Features.Journeys;
using static Microsoft.Playwright.Assertions;

namespace StdWorkflow.Browser.Tests;

/// <summary>From an item to the journey of its family and on to a relative, and following it, without a mouse.</summary>
[Trait("Pace", "slow")]
public class JourneyTests(Site site) : IClassFixture<Site>
{
    private const string Project = "/work-items/w-1026";

    [Theory]
    [InlineData("zh-CN", View.Wide, ColorScheme.Light, true)]
    [InlineData("zh-CN", View.Narrow, ColorScheme.Dark, true)]
    [InlineData("en", View.Wide, ColorScheme.Dark, true)]
    [InlineData("en", View.Narrow, ColorScheme.Light, false)]
    public async Task The_keyboard_walks_from_an_item_along_its_family(string language, int width, ColorScheme scheme, bool script)
    {
        var words = new Words(language);
        var tab = await site.OpenAsync(Project, new View(language, width, scheme, script), "li.wei");
        var page = tab.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = words.Of<JourneyTexts>("Journey.Whole"), Exact = true }).PressEnterAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"{Project}/journey$"));

        await Expect(page.Locator("main h1")).ToHaveTextAsync(words.Of<JourneyTexts>("Journey"));
        await Expect(page.Locator("svg.drawing .today")).ToHaveCountAsync(1);
        await Expect(page.Locator("main tbody").First.Locator("tr")).ToHaveCountAsync(3);
        if (script) Assert.Empty(await tab.BarriersAsync());
        // The page itself never scrolls sideways; the drawing does, by the keyboard too.
        Assert.True(await tab.OverflowAsync() <= 0);
        var drawing = page.GetByRole(AriaRole.Region, new() { Name = words.Of<JourneyTexts>("Journey.Drawing"), Exact = true });
        await drawing.TabToAsync();
        if (width == View.Narrow)
        {
            await page.Keyboard.PressAsync("End");
            await page.Keyboard.PressAsync("ArrowRight");
            await Expect(page.Locator("main tbody tr").First).ToBeVisibleAsync();
            if (script) await page.WaitForFunctionAsync("() => document.querySelector('main .scroll').scrollLeft > 0");
        }

        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator("main tbody a:focus")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).Not.ToHaveURLAsync(new Regex("journey$"));
        await Expect(page).ToHaveURLAsync(new Regex("/work-items/w-[0-9]+$"));
        Assert.Empty(tab.Complaints);
    }

    [Theory]
    [InlineData("zh-CN", true)]
    [InlineData("en", false)]
    public async Task The_keyboard_follows_an_item_and_stops(string language, bool script)
    {
        var words = new Words(language);
        var tab = await site.OpenAsync(Project, new View(language, View.Narrow, Script: script), "chen.jing");
        var page = tab.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = words.Of<FollowingTexts>("Follow.Start"), Exact = true }).PressEnterAsync();
        await Expect(page.Locator("main .actions")).ToContainTextAsync(words.Of<FollowingTexts>("Follow.Following"));
        if (script) Assert.Empty(await tab.BarriersAsync());

        await page.GetByRole(AriaRole.Link, new() { Name = words.Of<FollowingTexts>("Follow.Stop") + "…", Exact = true }).PressEnterAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"{Project}/follow$"));
        if (script) Assert.Empty(await tab.BarriersAsync());
        Assert.True(await tab.OverflowAsync() <= 0);
        await page.GetByRole(AriaRole.Button, new() { Name = words.Of<FollowingTexts>("Follow.Stop"), Exact = true }).PressEnterAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = words.Of<FollowingTexts>("Follow.Start"), Exact = true })).ToBeVisibleAsync();
        Assert.Empty(tab.Complaints);
    }
}
