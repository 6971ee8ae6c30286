using System.Net;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Consultations;
using StdWorkflow.Domain.International;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;

namespace StdWorkflow.Web.Tests.Features.Shared;

public class RoutesTests(App app) : IClassFixture<App>
{
    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task Every_address_answers_a_visitor(string language)
    {
        var routes = Routes.Of(app);
        var examples = await Routes.ExamplesAsync(app);
        var visitor = app.Visitor().In(language);
        var breaches = new List<string>();
        foreach (var path in routes.SelectMany(route => new[] { examples.Of(route), route.WithUnknown }).Distinct())
        {
            using var answer = await visitor.GetAsync(path);
            if ((int)answer.StatusCode >= 500) breaches.Add($"{path}: {(int)answer.StatusCode}");
        }

        Convention.Holds(routes, breaches);
    }

    [Fact]
    public async Task Everything_that_the_starter_data_holds_has_its_page()
    {
        var addresses = new List<string>();
        addresses.AddRange(await app.Db(db => db.Committees.Select(committee => $"/committees/{committee.Code}").ToListAsync()));
        addresses.AddRange(await app.Db(db => db.Set<WorkItem>().Select(item => $"/work-items/{item.Code}").ToListAsync()));
        addresses.AddRange(await app.Db(db => db.Set<ForeignProject>().Select(project => $"/international/{project.Number}").ToListAsync()));
        addresses.AddRange(await app.Db(db => db.Set<ProcessRecord>().Select(process => $"/processes/{process.Key}").ToListAsync()));
        addresses.AddRange(await app.Db(db => db.Set<Consultation>().Select(period => $"/consultations/{period.Code}").ToListAsync()));
        var breaches = new List<string>();
        foreach (var address in addresses)
        {
            using var answer = await app.As("admin").In("en").GetAsync(address);
            if (answer.StatusCode != HttpStatusCode.OK) breaches.Add($"{address}: {(int)answer.StatusCode}");
        }

        Convention.Holds(addresses, breaches);
    }

    [Fact]
    public async Task Every_parameter_has_an_example_that_exists()
    {
        var routes = Routes.Of(app).Where(route => route.Page is not null && route.Parameters.Any()).ToList();
        var examples = await Routes.ExamplesAsync(app);

        Convention.Holds(routes, routes.Where(route => !examples.Know(route) && route.Pattern is not ("/status/{code:int}" or "/dev/mail/{id:guid}" or "/work-items/{code}/{**rest}"))
            .Select(route => $"{route.Pattern}: {string.Join(", ", route.Parameters)}"));
    }

    [Fact]
    public async Task Every_page_says_its_language_and_has_one_heading_and_a_title()
    {
        var routes = Routes.Of(app).Where(route => route.Page is not null).ToList();
        var examples = await Routes.ExamplesAsync(app);
        var breaches = new List<string>();
        foreach (var language in new[] { "zh-CN", "en" })
        {
            foreach (var route in routes)
            {
                var page = await app.As("admin").In(language).OpenAsync(examples.Of(route));
                if (page.MediaType != "text/html") continue;
                if (page.Language != language) breaches.Add($"{page.Path}: lang is {page.Language}, not {language}");
                if (page.Document.QuerySelectorAll("h1").Length != 1) breaches.Add($"{page.Path}: {page.Document.QuerySelectorAll("h1").Length} headings of the first level");
                if (page.Title.Length == 0) breaches.Add($"{page.Path}: no title");
            }
        }

        Convention.Holds(routes, breaches);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task The_program_says_that_it_is_well(string path)
    {
        using var answer = await app.Visitor().GetAsync(path);

        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal("Healthy", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_address_that_leads_nowhere_is_not_found_in_the_readers_language()
    {
        var chinese = await app.Visitor().OpenAsync("/no-such-page");
        var english = await app.Visitor().In("en").OpenAsync("/no-such-page");

        Assert.Equal(HttpStatusCode.NotFound, chinese.Status);
        Assert.Equal("找不到该页面", chinese.Heading);
        Assert.Equal("Nothing here", english.Heading);
    }
}
