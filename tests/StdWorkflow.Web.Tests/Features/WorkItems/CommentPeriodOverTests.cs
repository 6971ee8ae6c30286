using StdWorkflow.Web.Features.Consultations;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Features.WorkItems;

/// <summary>This moves the clock, so it has a program of its own.</summary>
public class CommentPeriodOverTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task A_comment_period_that_has_run_its_length_makes_nothing_late()
    {
        var period = await app.Given.OpenConsultationAsync();
        app.Clock.SetUtcNow(period.ClosesAtUtc.AddMinutes(6));
        await app.RunJobAsync<CloseConsultations>();

        var late = await app.As("li.wei").OpenAsync($"/work-items?q={period.WorkItem}&state=late");
        var row = Assert.Single((await app.As("li.wei").OpenAsync($"/work-items?q={period.WorkItem}")).Rows());
        var item = await app.As("li.wei").OpenAsync($"/work-items/{period.WorkItem}");
        var home = await app.As("li.wei").OpenAsync("/");

        Assert.Empty(late.Rows());
        Assert.Equal("2027-01-23 今天到期", row[5]);
        Assert.StartsWith("2027-01-23 今天到期", Words.Of(item.Document.QuerySelector(".standing dd")), StringComparison.Ordinal);
        Assert.DoesNotContain(period.WorkItem, Words.Of(home.Document.QuerySelector("#late")), StringComparison.Ordinal);
        Assert.Contains(period.WorkItem, Words.Of(home.Document.QuerySelector("#near")), StringComparison.Ordinal);

        app.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal([period.WorkItem], (await app.As("li.wei").OpenAsync($"/work-items?q={period.WorkItem}&state=late")).Rows().Select(found => found[0]));
    }
}
