using System.Net;
using StdWorkflow.Web.Features.Members;
using StdWorkflow.Web.Tests.Driver;
using StdWorkflow.Web.Tests.Features.Account;

namespace StdWorkflow.Web.Tests.Features.Members;

/// <summary>Rights follow the term and the tree. These tests move the clock, so they stand apart.</summary>
public class RightsTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task Rights_begin_with_the_first_day_and_end_after_the_last()
    {
        var code = await app.Given.GroupAsync();
        var (person, email) = await app.Given.PersonAsync();
        var today = DateOnly.FromDateTime(app.Clock.GetUtcNow().AddHours(8).UtcDateTime);
        await app.RunAsync(new AppointMember(code, person, null, null, null, null, "secretariat-staff", today.AddDays(1), today.AddDays(2), false));

        Assert.Equal(HttpStatusCode.Forbidden, await TryAsync());
        app.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.OK, await TryAsync());
        app.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.OK, await TryAsync());
        app.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.Forbidden, await TryAsync());

        async Task<HttpStatusCode> TryAsync()
        {
            var browser = app.Visitor();
            await browser.SignInAsync(email);
            return (await browser.OpenAsync($"/committees/{code}/edit")).Status;
        }
    }

    [Fact]
    public async Task Rights_hold_below_the_committee_but_not_above_or_beside_it()
    {
        var (group, beside) = (await app.Given.GroupAsync(), await app.Given.GroupAsync());
        var below = await app.Given.GroupAsync(group);
        var (person, email) = await app.Given.PersonAsync();
        await app.RunAsync(new AppointMember(group, person, null, null, null, null, "secretariat-staff", new DateOnly(2026, 1, 1), null, false));
        var browser = app.Visitor();
        await browser.SignInAsync(email);

        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync($"/committees/{group}/edit")).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync($"/committees/{below}/edit")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.OpenAsync($"/committees/{beside}/edit")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.OpenAsync("/committees/sac-tc28-sc42/edit")).Status);
        Assert.True((await (await browser.OpenAsync($"/committees/{below}/edit")).SubmitAsync(entry => entry.Fill("工作范围（中文）", "由上级写下"))).Says("由上级写下"));
    }
}
