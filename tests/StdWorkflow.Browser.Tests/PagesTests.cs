using Microsoft.Playwright;
using StdWorkflow.Testing;

namespace StdWorkflow.Browser.Tests;

/// <summary>Every page, looked at in every way that a reader may.</summary>
[Trait("Pace", "slow")]
public class PagesTests(Ground ground) : IClassFixture<Ground>
{
    /// <summary>Pages that stand at the end of a link in a mail, of a form, or of something gone wrong.</summary>
    private static readonly IReadOnlyDictionary<string, string> NotLinked = new Dictionary<string, string>
    {
        ["/status/{code:int}"] = "/status/404",
        // Linked for ten minutes after a step; UndoTests walks there.
        ["/work-items/{code}/undo"] = "/work-items/w-1036/undo",
        // Linked for who may not take the step; RequestTests walks there.
        ["/work-items/{code}/ask/{transition}"] = "/work-items/w-1036/ask/20-98",
        // Linked where a work item has relatives; JourneyTests walks there.
        ["/work-items/{code}/journey"] = "/work-items/w-1026/journey",
        // Where the mail about a followed item leads.
        ["/work-items/{code}/follow"] = "/work-items/w-1026/follow",
        ["/account/confirm-e-mail"] = "/account/confirm-e-mail?token=x",
        ["/account/first-administrator"] = "/account/first-administrator?token=x",
        ["/account/invitation"] = "/account/invitation?token=x",
        ["/account/reset-password"] = "/account/reset-password?token=x",
        ["/account/sign-in/code"] = "/account/sign-in/code",
        ["/account/sign-in/recovery"] = "/account/sign-in/recovery",
        ["/account/sign-out"] = "/account/sign-out",
        ["/dev/mail/{id:guid}"] = "/dev/mail/00000000-0000-0000-0000-000000000000",
    };

    [Fact]
    public async Task Every_page_is_reached_by_links_from_the_start()
    {
        Needs.Chromium();
        var reached = new HashSet<string>(NotLinked.Keys);
        foreach (var person in new[] { null, "li.wei", "admin" }) reached.UnionWith((await ground.AddressesAsync(person)).Keys);

        Assert.NotEmpty(Addresses.Routes);
        Assert.Empty(Addresses.Routes.Except(reached));
    }

    /// <summary>No error, nothing refused by the content policy, no scrolling sideways at either width, no barrier that axe knows.</summary>
    [Theory]
    [InlineData("zh-CN", null)]
    [InlineData("zh-CN", "li.wei")]
    [InlineData("zh-CN", "admin")]
    [InlineData("en", null)]
    [InlineData("en", "li.wei")]
    [InlineData("en", "admin")]
    public async Task Every_page_is_whole(string language, string? person)
    {
        var addresses = (await ground.AddressesAsync(person)).Values.Concat(person is null ? NotLinked.Values : []).ToList();
        // Barriers hang on width, colours and structure; one width in each language sees every one of each.
        var widthForAxe = language == "en" ? View.Narrow : View.Wide;
        var tab = await ground.Site.TabAsync(new View(language), person);
        var found = new List<string>();
        foreach (var address in addresses)
        {
            await tab.GoAsync(address);
            if (tab.Status >= 500) found.Add($"{address}: answered {tab.Status}");
            foreach (var width in new[] { View.Wide, View.Narrow })
            {
                var before = found.Count;
                await tab.ResizeAsync(width);
                if (await tab.OverflowAsync() is > 0 and var wider) found.Add($"{address} ({tab.View}): {wider} px wider than the window");
                foreach (var scheme in new[] { ColorScheme.Dark, ColorScheme.Light })
                {
                    await tab.TurnAsync(scheme);
                    if (width == widthForAxe)
                        found.AddRange((await tab.BarriersAsync(scheme == ColorScheme.Light ? Barriers.All : Barriers.OfColour)).Select(barrier => $"{address} ({tab.View}): {barrier}"));
                    if (Tab.PicturesAreAsked || found.Count > before) await tab.PictureAsync($"{person ?? "visitor"}{address}");
                }
            }
        }

        // That a page is not there is what some of these addresses are for.
        found.AddRange(tab.Complaints.Where(text => !text.Contains("Failed to load resource", StringComparison.Ordinal)));
        Assert.NotEmpty(addresses);
        Assert.True(found.Count == 0, string.Join('\n', found.Distinct()));
    }
}

/// <summary>A site to look around in, and what each reader reaches there by following links; followed once.</summary>
public sealed class Ground(Chromium chromium) : IAsyncLifetime
{
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> reached = [];
    private string? international;

    public Site Site { get; } = new(chromium);

    public ValueTask InitializeAsync() => Site.InitializeAsync();

    public ValueTask DisposeAsync() => Site.DisposeAsync();

    public async Task<IReadOnlyDictionary<string, string>> AddressesAsync(string? person)
    {
        if (reached.TryGetValue(person ?? "", out var known)) return known;
        if (international is null)
        {
            // Its process has a page that national ones lack, and the demo data has no such item.
            await using var secretary = await Desk.OpenAsync(Site, View.Chinese, "li.wei");
            international = await secretary.ProposeAsync("人工智能 国际标准项目", "Artificial intelligence — International project", "iso-iec-is");
        }

        var tab = await Site.TabAsync(View.WithoutScript, person);
        return reached[person ?? ""] = await Addresses.FollowAsync(tab.Page, "/", "/account/sign-in", "/committees/sac-tc28-sc42", $"/work-items/{international}");
    }
}
