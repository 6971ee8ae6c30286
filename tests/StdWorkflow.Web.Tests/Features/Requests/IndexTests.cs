

namespace StdWorkflow.Web.Tests.Features.Requests;

/// <summary>The queue of requests.</summary>
public class IndexTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task The_queue_shows_the_nearest_wish_first_and_duties_and_cockpit_count_it()
    {
        var (_, later) = await app.Given.RequestAsync(days: 20);
        var (_, sooner) = await app.Given.RequestAsync(days: 2);
        var page = await app.As("zhang.min").OpenAsync("/requests");

        var order = page.Rows().Select(row => row[0]).ToList();
        Assert.True(order.IndexOf(sooner) < order.IndexOf(later) && order.Contains(sooner), string.Join(' ', order));
        foreach (var place in new[] { "/", "/cockpit" })
            Assert.True((await app.As("zhang.min").OpenAsync(place)).Says($"{order.Count} 待我决定的申请"), place);
        Assert.DoesNotContain(sooner, (await app.As("zhang.min").OpenAsync("/requests?show=decided")).Rows().Select(row => row[0]));
        Assert.Contains(sooner, (await app.As("zhao.lei").OpenAsync("/requests")).Rows().Select(row => row[0]));
        Assert.Contains(sooner, (await app.As("zhang.min").OpenAsync("/requests?show=no-such-thing")).Rows().Select(row => row[0]));
        using var file = await app.As("zhang.min").GetAsync("/exports/requests/csv?show=waiting");
        Assert.Contains(sooner, await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var none = await app.Visitor().GetAsync("/exports/requests/csv?show=all");
        Assert.DoesNotContain("r-1", await none.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
