using Microsoft.Playwright;

namespace StdWorkflow.Browser.Tests;

/// <summary>The people that the sign-in page lists in Development, and the password that it gives with them.</summary>
internal static class DemoPeople
{
    public static async Task SignInAsync(IPage page, string person)
    {
        await page.GotoAsync("/account/sign-in");
        var password = await page.Locator("main section .code").First.InnerTextAsync();
        await page.Locator("main input[type=email]").FillAsync($"{person}@example.org");
        await page.Locator("main input[type=password]").FillAsync(password);
        await page.Locator("main form button").First.ClickAsync();
        if (page.Url.Contains("/account/sign-in", StringComparison.Ordinal))
            throw new InvalidOperationException($"{person} could not sign in: {await page.Locator("main").InnerTextAsync()}");
    }
}
