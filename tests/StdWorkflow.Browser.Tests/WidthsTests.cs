using StdWorkflow.Testing;

namespace StdWorkflow.Browser.Tests;

/// <summary>Nobody scrolls sideways: not between telephone and desk either, and not for a number of full length.</summary>
[Trait("Pace", "slow")]
public class WidthsTests(Site site) : IClassFixture<Site>
{
    [Theory]
    [InlineData(320)]
    [InlineData(840)]
    [InlineData(961)]
    [InlineData(1100)]
    public async Task A_list_fits_the_window(int width)
    {
        Needs.Chromium();
        var tab = await site.TabAsync(new View("en", width), "li.wei");
        foreach (var path in new[] { "/", "/work-items", "/consultations", "/processes/gb-t-normal" })
        {
            await tab.GoAsync(path);
            Assert.True(await tab.OverflowAsync() <= 0, $"{path} is too wide at {width} px");
        }
    }

    [Fact]
    public async Task A_receipt_number_fits_a_telephone()
    {
        Needs.Chromium();
        var tab = await site.OpenAsync("/consultations/c-1001", new View("en", View.Narrow));
        await tab.Page.Locator("main textarea").First.FillAsync("The strength of the perturbation needs an upper limit.");
        await tab.Page.Locator("main .form-end button").Last.ClickAsync();
        await tab.Page.WaitForURLAsync("**/consultations/receipts/R-*");

        Assert.True(await tab.OverflowAsync() <= 0);
    }

    [Fact]
    public async Task A_new_access_token_fits_a_telephone()
    {
        Needs.Chromium();
        var tab = await site.OpenAsync("/account/tokens", new View("en", View.Narrow), "li.wei");
        await tab.Page.Locator("input[name='Form.Name']").FillAsync("weekly report");
        await tab.Page.Locator("main .form-end button").ClickAsync();
        await tab.Page.Locator("#secret").WaitForAsync();

        Assert.True(await tab.OverflowAsync() <= 0);
    }
}
