using System.Text.RegularExpressions;
using Microsoft.Playwright;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Features.Cockpit;
using static Microsoft.Playwright.Assertions;

namespace StdWorkflow.Browser.Tests;

/// <summary>The cockpit, without a mouse.</summary>
[Trait("Pace", "slow")]
public class CockpitTests(Site site) : IClassFixture<Site>
{
    [Theory]
    [InlineData("zh-CN", true)]
    [InlineData("en", true)]
    [InlineData("en", false)]
    public async Task The_keyboard_leads_from_the_menu_through_the_cockpit_to_a_late_item(string language, bool script)
    {
        var (tab, words) = (await site.OpenAsync("/", new View(language, Script: script), "li.wei"), new Words(language));
        var page = tab.Page;

        await page.Locator("nav").GetByRole(AriaRole.Link, new() { Name = words.Of<ComponentTexts>("Nav.cockpit"), Exact = true }).PressEnterAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync(words.Of<CockpitTexts>("Cockpit"));

        await page.Locator(".tally").GetByRole(AriaRole.Link, new() { Name = words.Of<CockpitTexts>("Part.late"), Exact = true }).PressEnterAsync();
        await Expect(page).ToHaveURLAsync(new Regex("#late$"));
        var first = page.Locator("#late a.title").First;
        var address = await first.GetAttributeAsync("href") ?? "";
        await page.Keyboard.PressAsync("Tab");
        await Expect(first).ToBeFocusedAsync();
        await first.PressEnterAsync();
        await Expect(page).ToHaveURLAsync(new Regex(Regex.Escape(address) + "$"));
        Assert.Empty(tab.Complaints);
    }
}
