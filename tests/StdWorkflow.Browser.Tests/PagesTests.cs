using Microsoft.Playwright;
using StdWorkflow.Testing;

namespace StdWorkflow.Browser.Tests;

/// <summary>Every page, looked at in every way that a reader may.</summary>
[Trait("Pace", "slow")]
public class PagesTests(Site site) : IClassFixture<Site>
{
    /// <summary>Pages that stand at the end of a link in a mail, of a form, or of something gone wrong.</summary>
    private static readonly IReadOnlyDictionary<string, string> NotLinked = new Dictionary<string, string>
    {
        ["/status/{code:int}"] = "/status/404",
        ["/account/confirm-e-mail"] = "/account/confirm-e-mail?token=x",
        ["/account/first-administrator"] = "/account/first-administrator?token=x",
        ["/account/invitation"] = "/account/invitation?token=x",
        ["/account/reset-password"] = "/account/reset-password?token=x",
        ["/account/sign-in/code"] = "/account/sign-in/code",
        ["/account/sign-in/recovery"] = "/account/sign-in/recovery",
        ["/account/sign-out"] = "/account/sign-out",
        ["/dev/mail/{id:guid}"] = "/dev/mail/00000000-0000-0000-0000-000000000000",
    };

    public static TheoryData<string, int, string?> Readers()
    {
        var rows = new TheoryData<string, int, string?>();
        foreach (var person in new[] { null, "li.wei", "admin" })
        {
            rows.Add("zh-CN", View.Wide, person);
            rows.Add("en", View.Narrow, person);
            rows.Add("zh-CN", View.Narrow, person);
            rows.Add("en", View.Wide, person);
        }

        return rows;
    }

    [Fact]
    public async Task Every_page_is_reached_by_links_from_the_start()
    {
        Needs.Chromium();
        var reached = new HashSet<string>(NotLinked.Keys);
        foreach (var person in new[] { null, "li.wei", "admin" }) reached.UnionWith((await AddressesAsync(person)).Keys);

        Assert.NotEmpty(Addresses.Routes);
        Assert.Empty(Addresses.Routes.Except(reached));
    }

    /// <summary>No error, nothing refused by the content policy, no scrolling sideways, no barrier that axe knows.</summary>
    [Theory]
    [MemberData(nameof(Readers))]
    public async Task Every_page_is_whole(string language, int width, string? person)
    {
        var addresses = (await AddressesAsync(person)).Values.Concat(person is null ? NotLinked.Values : []).ToList();
        var tab = await site.TabAsync(new View(language, width), person);
        // Barriers hang on width, colours and structure; half of the views sees every one of each.
        var asksAxe = (language == "en") == (width == View.Narrow);
        var found = new List<string>();
        foreach (var address in addresses)
        {
            await tab.TurnAsync(ColorScheme.Light);
            await tab.GoAsync(address);
            if (tab.Status >= 500) found.Add($"{address}: answered {tab.Status}");
            if (await tab.OverflowAsync() is > 0 and var wider) found.Add($"{address}: {wider} px wider than the window");
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await tab.TurnAsync(scheme);
                if (asksAxe) found.AddRange((await tab.BarriersAsync()).Select(barrier => $"{address} ({scheme}): {barrier}"));
                await tab.PictureAsync($"{person ?? "visitor"}{address}");
            }
        }

        // That a page is not there is what some of these addresses are for.
        found.AddRange(tab.Complaints.Where(text => !text.Contains("Failed to load resource", StringComparison.Ordinal)));
        Assert.NotEmpty(addresses);
        Assert.True(found.Count == 0, string.Join('\n', found.Distinct()));
    }

    private async Task<IReadOnlyDictionary<string, string>> AddressesAsync(string? person)
    {
        var tab = await site.TabAsync(View.WithoutScript, person);
        return await Addresses.FollowAsync(tab.Page, "/", "/account/sign-in", "/committees/sac-tc28-sc42");
    }
}
