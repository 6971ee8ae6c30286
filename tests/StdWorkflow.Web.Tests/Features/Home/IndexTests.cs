using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Web.Features.Consultations;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Features.Home;

/// <summary>The three front doors.</summary>
public class IndexTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task The_public_sees_what_is_open_for_comment_until_it_is_not()
    {
        var period = await app.Given.OpenConsultationAsync();
        Assert.Contains(period.Path, (await app.Visitor().OpenAsync("/")).Links);

        await app.RunAsync(new EndConsultation(period.Number, "测试：提前结束", await app.Db(db => db.Consultations.Where(known => known.Id == period.Id).Select(known => known.Version).SingleAsync())));

        Assert.DoesNotContain(period.Path, (await app.Visitor().OpenAsync("/")).Links);
    }

    [Fact]
    public async Task The_public_sees_from_when_a_published_standard_is_in_force()
    {
        var page = await app.Visitor().OpenAsync("/");
        var english = await app.Visitor().In("en").OpenAsync("/");
        var (past, future) = await app.Db(async db => (
            await db.WorkItems.Where(item => item.InForceOn <= new DateOnly(2026, 11, 23)).OrderByDescending(item => item.IssuedOn).Select(item => new { item.StandardNumber, item.InForceOn }).FirstAsync(TestContext.Current.CancellationToken),
            await db.WorkItems.Where(item => item.InForceOn > new DateOnly(2026, 11, 23)).OrderByDescending(item => item.IssuedOn).Select(item => new { item.StandardNumber, item.InForceOn }).FirstAsync(TestContext.Current.CancellationToken)));

        Assert.True(page.Says($"{past.InForceOn:yyyy-MM-dd} 起实施") && page.Says($"将于 {future.InForceOn:yyyy-MM-dd} 实施"), page.Text);
        Assert.True(english.Says($"Since {past.InForceOn:yyyy-MM-dd}") && english.Says($"From {future.InForceOn:yyyy-MM-dd}"), english.Text);
    }

    [Fact]
    public async Task The_public_sees_who_sits_where_and_nothing_of_anybodys_duties()
    {
        var page = await app.Visitor().OpenAsync("/");

        Assert.Contains("/committees/sac-tc28-sc42", page.Links);
        Assert.True(page.Says("NIFDC") || page.Says("中国食品药品检定研究院"), page.Text);
        Assert.Null(page.Document.QuerySelector("#late, #near, #mine, #blocked, #comments"));
    }

    [Fact]
    public async Task A_member_sees_what_they_lead_and_not_what_others_have_to_move()
    {
        var page = await app.As("chen.jing").OpenAsync("/");
        var led = await app.Db(db => (
            from item in db.WorkItems
            join person in db.People on item.LeaderId equals person.Id
            where person.Email == "chen.jing@example.org" && item.Tracks.Any(track => track.End == null)
            select item.Code).ToListAsync());

        Assert.NotEmpty(led);
        Assert.Equal(led.Order(StringComparer.Ordinal), Codes(page, "mine").Order(StringComparer.Ordinal));
        Assert.Null(page.Document.QuerySelector("#blocked, #comments"));
    }

    [Theory]
    [InlineData("late")]
    [InlineData("near")]
    public async Task What_the_secretariat_sees_first_is_what_the_list_of_that_name_says(string state)
    {
        var page = await app.As("li.wei").OpenAsync("/");
        var list = await app.As("li.wei").OpenAsync($"/work-items?state={state}&sort=deadline&committee=sac-tc28-sc42");

        var expected = list.Rows().Select(row => row[0]).Take(8).ToList();
        Assert.NotEmpty(expected);
        Assert.Equal(expected, Codes(page, state));
    }

    [Fact]
    public async Task A_comment_on_an_item_of_another_committee_is_no_duty_of_this_one()
    {
        var page = await app.As("zheng.hui").OpenAsync("/");

        Assert.DoesNotContain(Codes(page, "late").Concat(Codes(page, "near")), code => code == "w-1026");
        Assert.DoesNotContain("/work-items/w-1026/comments", page.Links);
    }

    private static IEnumerable<string> Codes(Page page, string section) =>
        page.Document.QuerySelectorAll($"#{section} tbody tr").Select(row => Words.Of(row.QuerySelector("td, th")));
}

/// <summary>More than the page lists; on a database of its own, because it fills the list that others look at.</summary>
public class ManyOpenPeriodsTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task The_secretariat_is_told_of_every_comment_without_a_disposition()
    {
        for (var i = 0; i < 9; i++) await app.Given.CommentsAsync(await app.Given.OpenConsultationAsync(), "一条意见", "又一条意见");
        var open = await app.Db(db => db.Comments.CountAsync(comment => comment.Disposition == null));

        var page = await app.As("li.wei").OpenAsync("/");

        Assert.True(open >= 18);
        Assert.Equal(8, page.Document.QuerySelectorAll("#comments li").Length);
        Assert.Equal($"{open} 待处理的意见", Words.Of(page.Document.QuerySelector(".tally a[href='#comments']")!.ParentElement));
    }
}
