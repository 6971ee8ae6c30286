using Microsoft.Playwright;
using StdWorkflow.Web.Components;
using IPage = Microsoft.Playwright.IPage;
using static Microsoft.Playwright.Assertions;

namespace StdWorkflow.Browser.Tests;

/// <summary>Cards of the board taken to other columns: by mouse, by keyboard, and without script.</summary>
[Trait("Pace", "slow")]
public class BoardTests(Site site) : IClassFixture<Site>
{
    private const string Board = "/work-items/board?process=pre-research";

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task A_dragged_card_leads_to_the_page_of_its_step_and_a_column_out_of_reach_says_why(string language)
    {
        var (page, card, words) = await OpenAsync(new View(language));

        await card.DragToAsync(Column(page, "idea"), new() { TargetPosition = new() { X = 20, Y = 20 } });
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/work-items/board"));

        await card.DragToAsync(Column(page, "feasibility"), new() { TargetPosition = new() { X = 20, Y = 20 } });
        await Expect(page.Locator("h1")).ToHaveTextAsync(words.In(Words.Step("pre-research", "idea-feasibility").Transition.Name));
        await Expect(page.Locator("main .unmet").First).ToContainTextAsync(words.Of<ComponentTexts>("GateKind.LeaderNamed"));

        await page.GoBackAsync();
        await card.DragToAsync(Column(page, "committee-review"), new() { TargetPosition = new() { X = 20, Y = 20 } });
        var (from, to) = (Words.Step("pre-research", "idea-feasibility").From, Words.Step("pre-research", "committee-review-concluded").From);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync(words.WorkItem("problem.move.noTransition", words.In(from.Name), words.In(to.Name)));
        await page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync(words.WorkItem("Board"));
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task The_keyboard_leads_from_the_list_to_the_board_and_takes_a_card_to_the_next_column(string language)
    {
        var words = new Words(language);
        var (page, code) = await ProposeAsync(new View(language), leader: "刘洋");
        var step = Words.Step("pre-research", "idea-feasibility");
        await page.GotoAsync("/work-items");
        await page.Locator("main").GetByRole(AriaRole.Link, new() { Name = words.WorkItem("Board"), Exact = true }).PressEnterAsync();
        var process = page.GetByLabel(words.WorkItem("Process"));
        await process.TabToAsync();
        await page.Keyboard.PressAsync("Home");
        for (var known = await process.Locator("option").CountAsync(); known > 0 && await process.InputValueAsync() != "pre-research"; known--) await page.Keyboard.PressAsync("ArrowDown");
        await page.GetByRole(AriaRole.Button, new() { Name = words.WorkItem("Filter.Apply"), Exact = true }).PressEnterAsync();
        await Expect(page.GetByText(words.WorkItem("Board.Keys"))).ToBeVisibleAsync();

        var first = Column(page, "idea").Locator("[data-code]").First.Locator("a").First;
        await first.TabToAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(Column(page, "idea").Locator("[data-code]").Nth(1).Locator("a").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(first).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.NotEqual("idea", await page.EvaluateAsync<string>("document.activeElement.closest('[data-stage]').dataset.stage"));

        await Card(page, code).Locator("a").First.TabToAsync();
        await page.Keyboard.PressAsync("Shift+ArrowRight");
        await Expect(page.Locator("h1")).ToHaveTextAsync(words.In(step.Transition.Name));
        await page.GetByRole(AriaRole.Button, new() { Name = words.In(step.Transition.Name), Exact = true }).PressEnterAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"/work-items/{code}$"));
        await page.GotoAsync(Board);
        await Expect(Column(page, "feasibility").Locator($"[data-code={code}]")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task Without_script_the_menu_of_a_card_leads_to_the_same_page(string language)
    {
        var (page, card, words) = await OpenAsync(new View(language, Script: false));
        var step = Words.Step("pre-research", "idea-feasibility");
        await Expect(page.GetByText(words.WorkItem("Board.Keys"))).ToBeHiddenAsync();

        await card.Locator("summary").Filter(new() { HasText = words.WorkItem("Board.MoveTo") }).PressEnterAsync();
        await card.GetByRole(AriaRole.Link, new() { Name = words.In(step.To.Name), Exact = true }).PressEnterAsync();

        await Expect(page.Locator("h1")).ToHaveTextAsync(words.In(step.Transition.Name));
    }

    /// <summary>The board of pre-research with two new ideas on it, the second of which is the card.</summary>
    private async Task<(IPage Page, ILocator Card, Words Words)> OpenAsync(View view)
    {
        var (page, code) = await ProposeAsync(view);
        await page.GotoAsync(Board);
        return (page, Card(page, code), new Words(view.Language));
    }

    private async Task<(IPage Page, string Code)> ProposeAsync(View view, string? leader = null)
    {
        await using var secretary = await Desk.OpenAsync(site, view, "li.wei");
        await secretary.ProposeAsync("人工智能 看板想法一", "Artificial intelligence — First idea");
        var code = await secretary.ProposeAsync("人工智能 看板想法二", "Artificial intelligence — Second idea");
        if (leader is not null) await secretary.NameLeaderAndDraftersAsync(code, leader);
        return ((await site.TabAsync(view, "li.wei")).Page, code);
    }

    private static ILocator Card(IPage page, string code) => page.Locator($"[data-code={code}]");

    private static ILocator Column(IPage page, string stage) => page.Locator($"[data-stage={stage}]");
}
