using System.Text.RegularExpressions;
using Microsoft.Playwright;
using StdWorkflow.Testing;
using StdWorkflow.Web.Features.Requests;
using static Microsoft.Playwright.Assertions;

namespace StdWorkflow.Browser.Tests;

/// <summary>A step that is asked for, and granted from the mail: open the link, press the button. Without a mouse.</summary>
[Trait("Pace", "slow")]
public class RequestTests(Site site) : IClassFixture<Site>
{
    [Theory]
    [InlineData("zh-CN", "w-1036", "20-98")]
    [InlineData("en", "w-1037", "40-20")]
    public async Task The_chair_grants_a_request_in_two_clicks_from_its_mail(string language, string item, string transition)
    {
        var (step, words) = (Words.Step("gb-t-normal", transition), new Words(language));
        var member = await site.OpenAsync($"/work-items/{item}", new View(language, View.Narrow), "liu.yang");
        await member.Page.GetByRole(AriaRole.Link, new() { Name = words.Of<RequestTexts>("AskLink", words.In(step.Transition.Name)), Exact = true }).PressEnterAsync();
        await Expect(member.Page).ToHaveURLAsync(new Regex("/ask/"));
        Assert.Empty(await member.BarriersAsync());
        await member.Page.GetByLabel(words.Of<RequestTexts>("Reason")).WriteAsync("工作组已经同意");
        await member.Page.GetByLabel(words.Of<RequestTexts>("WantedBy")).WriteDayAsync(DateOnly.FromDateTime(DateTime.UtcNow.AddDays(7)));
        await member.Page.GetByRole(AriaRole.Button, new() { Name = words.Of<RequestTexts>("AskVerb"), Exact = true }).PressEnterAsync();
        await Expect(member.Page).ToHaveURLAsync(new Regex("/requests/r-[0-9]+$"));
        Assert.Empty(await member.BarriersAsync());
        var request = new Uri(member.Page.Url).AbsolutePath;

        var chair = await site.OpenAsync("/dev/mail", new View(language, View.Narrow), "zhang.min");
        var page = chair.Page;
        await Eventually.TrueAsync(async () =>
        {
            await chair.GoAsync("/dev/mail");
            var mails = page.Locator("main tbody tr").Filter(new() { HasText = "zhang.min@" }).Filter(new() { HasText = item }).GetByRole(AriaRole.Link);
            foreach (var address in await mails.EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))"))
            {
                await chair.GoAsync(address);
                if (await page.Locator($"a[href='{request}/grant']").CountAsync() == 1) return true;
            }

            return false;
        });
        await page.Locator($"a[href='{request}/grant']").PressEnterAsync();
        var button = page.GetByRole(AriaRole.Button, new() { Name = words.Of<RequestTexts>("GrantVerb"), Exact = true });
        await Expect(button).ToBeFocusedAsync();
        Assert.Empty(await chair.BarriersAsync());
        Assert.True(await chair.OverflowAsync() <= 0);
        await page.Keyboard.PressAsync("Enter");

        await Expect(page).ToHaveURLAsync(new Regex($"{request}$"));
        await Expect(page.Locator("main")).ToContainTextAsync(words.Of<RequestTexts>("StepRequestState.Granted"));
        await chair.GoAsync($"/work-items/{item}");
        await Expect(page.Locator("main .timeline")).ToContainTextAsync("工作组已经同意");
        await chair.GoAsync("/requests?show=decided");
        Assert.Empty(await chair.BarriersAsync());
        Assert.True(await chair.OverflowAsync() <= 0);
        Assert.Empty(chair.Complaints.Concat(member.Complaints));
    }
}
