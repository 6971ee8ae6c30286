using Microsoft.Playwright;

namespace StdWorkflow.Browser.Tests;

/// <summary>The people that the sign-in page lists in Development.</summary>
internal static class DemoPeople
{
    public static async Task SignInAsync(IPage page, string person)
    {
        await page.Locator("input[name$='Email']").FillAsync(person);
        await page.Locator("input[name$='Password']").FillAsync("");
        await page.Locator("main form button[type=submit]").First.ClickAsync();
    }
}
