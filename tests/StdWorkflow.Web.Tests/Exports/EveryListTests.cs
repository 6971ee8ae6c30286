using System.Net;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using StdWorkflow.Testing;
using StdWorkflow.Web.Api;
using StdWorkflow.Web.Exports;

namespace StdWorkflow.Web.Tests.Exports;

/// <summary>Every list, at its page and in the API, as a file in every format and as a feed.</summary>
public class EveryListTests(App app) : IClassFixture<App>
{
    private const string Person = "li.wei", Committee = "sac-tc28-sc42", WorkItem = "w-1026";

    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    /// <summary>Where each list is seen; null for one that is in the API only.</summary>
    private static readonly Dictionary<string, string?> pages = new()
    {
        ["work-items"] = "/work-items?state=running",
        ["saved-filters"] = "/work-items/filters",
        ["deadlines"] = null,
        ["events"] = $"/work-items/{WorkItem}",
        ["foreign-projects"] = "/international?q=42001",
        ["committees"] = "/committees",
        ["members"] = $"/committees/{Committee}",
        ["plans"] = $"/committees/{Committee}/plan?state=late",
        ["consultations"] = "/consultations",
        ["comments"] = $"/work-items/{WorkItem}/comments",
        ["requests"] = "/requests?show=all",
        ["processes"] = "/processes",
    };

    /// <summary>Views with a table that is no list of its own, and why.</summary>
    private static readonly Dictionary<string, string> noLists = new()
    {
        ["Committees/_Seats.cshtml"] = "part of the committee's page, which offers them",
        ["Journeys/Index.cshtml"] = "one family",
        ["Journeys/_Papers.cshtml"] = "part of one family or item",
        ["History/_AsOf.cshtml"] = "one thing at one moment",
        ["Plans/Item.cshtml"] = "one plan",
        ["Relations/Adoption.cshtml"] = "one item's deviations, with their form",
        ["WorkItems/_Lines.cshtml"] = "part of the pages that list, which offer them",
        ["Cockpit/_CockpitLines.cshtml"] = "part of an overview",
        ["Cockpit/Index.cshtml"] = "an overview; each figure leads to the list behind it",
        ["Home/Index.cshtml"] = "an overview; each part leads to the list behind it",
        ["Processes/Details.cshtml"] = "one process",
        ["Processes/Items.cshtml"] = "a form to move items",
        ["Processes/Publish.cshtml"] = "a comparison",
        ["Members/Positions.cshtml"] = "settings",
        ["Admin/Outbox/Index.cshtml"] = "mail and addresses leave the program as mail only",
        ["DevMail/Index.cshtml"] = "a developer's mailbox",
        ["Account/Tokens.cshtml"] = "what opens an account leaves the program never",
        ["Account/SignIn.cshtml"] = "who can be tried out",
    };

    /// <summary>Lists of the API that are no files, and why.</summary>
    private static readonly Dictionary<string, string> noFiles = new()
    {
        ["/api/v1/mails"] = "mail and addresses leave the program as mail only",
        ["/api/v1/committees/{code}/members"] = "what who manages members works with; who sits there is the file of the committee",
    };

    public static TheoryData<string> Lists => new(ExportSetup.Lists.Select(list => list.Name));

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task The_page_of_a_list_offers_it_with_its_filter_in_every_format_and_as_a_feed(string list)
    {
        if (pages[list] is not { } path) return;
        var page = await app.As(Person).OpenAsync(path);
        var query = path.Contains('?', StringComparison.Ordinal) ? path[(path.IndexOf('?', StringComparison.Ordinal) + 1)..] : "";

        foreach (var (format, type) in ExportSetup.Formats)
        {
            var link = Assert.Single(page.Links, link => link.StartsWith($"/exports/{list}/{format}", StringComparison.Ordinal));
            Assert.Contains(query, link, StringComparison.Ordinal);
            using var file = await app.As(Person).GetAsync(link);
            Assert.Equal((HttpStatusCode.OK, type.Split(';')[0]), (file.StatusCode, file.Content.Headers.ContentType!.MediaType));
        }

        var address = Assert.Single(page.Links, link => link.StartsWith("/feeds/", StringComparison.Ordinal));
        Assert.Contains(query, address, StringComparison.Ordinal);
        foreach (var feed in new[] { address, $"/feeds/{list}?{query}{(Own(list) is { } own ? $"&{own}" : "")}" })
        {
            using var answer = await app.As(Person).GetAsync(feed);
            Assert.Equal((HttpStatusCode.OK, Feeds.Type), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
            var root = XDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Root!;
            Assert.NotEqual("", root.Element(Atom + "title")!.Value);
            foreach (var link in root.Descendants(Atom + "link").Where(link => link.Attribute("rel")!.Value == "alternate").Take(2))
                Assert.NotEmpty((await app.As(Person).OpenAsync(new Uri(link.Attribute("href")!.Value).PathAndQuery)).Heading);
        }
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task The_api_gives_a_list_in_every_format_and_as_a_feed(string list)
    {
        if (ExportSetup.Find(list)!.Api is not { } api) return;
        var program = await app.Given.ProgramOfAsync(Person);
        var path = "/api/v1" + api.Replace("{committee}", Committee, StringComparison.Ordinal);

        foreach (var (format, type) in ExportSetup.Formats.Append(new(Feeds.Format, Feeds.Type)))
        {
            var named = await program.GetAsync($"{path}?format={format}");
            Assert.Equal((200, type.Split(';')[0]), (named.Status, named.MediaType));
            if (format != "json") Assert.Equal(named.MediaType, (await program.GetAsync(path, ("Accept", type.Split(';')[0]))).MediaType);
        }

        var refused = await program.GetAsync($"{path}?format=exe");
        Assert.Equal((422, "filter.unknown"), (refused.Status, refused.Code));
        Assert.Equal("application/json", (await program.GetAsync(path)).MediaType);
    }

    [Fact]
    public void Every_list_of_the_api_can_be_had_whole()
    {
        var lists = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.OfType<IProducesResponseTypeMetadata>().Any(answer => answer.Type is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ListAnswer<>)))
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.Trim('/')).ToList();
        var known = ExportSetup.Lists.Select(list => $"/api/v1{list.Api?.Replace("{committee}", "{code}", StringComparison.Ordinal)}").ToList();

        Convention.Holds(lists, lists.Except(known).Except(noFiles.Keys).Concat(noFiles.Keys.Except(lists)));
    }

    [Fact]
    public void Every_view_with_a_table_offers_it_as_a_file_or_is_no_list()
    {
        var root = Repository.PathTo("src", "StdWorkflow.Web", "Features");
        var views = Directory.EnumerateFiles(root, "*.cshtml", SearchOption.AllDirectories)
            .Select(file => (Name: Path.GetRelativePath(root, file).Replace('\\', '/'), Text: File.ReadAllText(file)))
            .Where(view => view.Text.Contains("<table class=\"rows", StringComparison.Ordinal) || view.Text.Contains("<pager", StringComparison.Ordinal)).ToList();

        Convention.Holds(views, views.Where(view => noLists.ContainsKey(view.Name) == view.Text.Contains("<export-menu list=", StringComparison.Ordinal)).Select(view => view.Name)
            .Concat(noLists.Keys.Except(views.Select(view => view.Name))));
        Assert.Equal(ExportSetup.Lists.Select(list => list.Name).Order(StringComparer.Ordinal), pages.Keys.Order(StringComparer.Ordinal));
    }

    private static string? Own(string list) => list switch
    {
        "events" => $"workItem={WorkItem}",
        "members" or "plans" => $"committee={Committee}",
        _ => null,
    };
}
