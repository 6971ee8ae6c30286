using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using StdWorkflow.Domain.Consultations;
using StdWorkflow.Domain.International;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;

namespace StdWorkflow.Web.Tests;

/// <summary>Every address that the program itself reports, so that a new page is tested the moment it exists.</summary>
internal static partial class Routes
{
    private const string Committee = "sac-tc28-sc42";

    private static readonly ConditionalWeakTable<App, Task<Examples>> Found = [];

    public static IReadOnlyList<Route> Of(App app) => Of(app.Services);

    public static IReadOnlyList<Route> Of(IServiceProvider services) =>
    [
        .. services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => new Route(
                "/" + (endpoint.RoutePattern.RawText ?? "").Trim('/'),
                endpoint.Metadata.GetMetadata<PageActionDescriptor>()?.ViewEnginePath,
                endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]))
            .Where(route => route.Methods.Contains("GET"))
            .DistinctBy(route => route.Pattern)
            .OrderBy(route => route.Pattern, StringComparer.Ordinal),
    ];

    /// <summary>Method and path of everything that the API offers, as its document writes them.</summary>
    public static IReadOnlyList<string> OfApi(IServiceProvider services) =>
    [
        .. services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.StartsWith("/api/v1/", StringComparison.Ordinal) == true)
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {Constraint().Replace(endpoint.RoutePattern.RawText!.TrimEnd('/'), "}")}"))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Something that exists, for every parameter of every route; what belongs to a committee belongs to SAC/TC28/SC42.</summary>
    public static Task<Examples> ExamplesAsync(App app) => Found.GetValue(app, FindAsync);

    private static async Task<Examples> FindAsync(App app)
    {
        var items = await app.Db(db => (
            from item in db.Set<WorkItem>()
            join committee in db.Committees on item.CommitteeId equals committee.Id
            where committee.Code == Committee && item.IsPublic
            orderby item.Code
            select item.Code).ToListAsync());
        var steps = (await StepsAsync()).ToList();
        var request = await app.Db(db => db.StepRequests.Where(asked => db.WorkItems.Any(item => item.Id == asked.WorkItemId && items.Contains(item.Code))).OrderBy(asked => asked.Code).Select(asked => asked.Code).FirstOrDefaultAsync());
        var membership = await app.Db(async db => $"{await db.Memberships
            .Where(held => db.Committees.Any(committee => committee.Id == held.CommitteeId && committee.Code == Committee)).OrderBy(held => held.Id).Select(held => held.Id).FirstOrDefaultAsync()}");
        var receipt = await app.Db(db => db.Set<Submission>().OrderBy(sent => sent.Receipt).Select(sent => sent.Receipt).FirstOrDefaultAsync());
        var period = await app.Db(db => (
            from known in db.Set<Consultation>()
            join item in db.Set<WorkItem>() on known.WorkItemId equals item.Id
            where items.Contains(item.Code)
            orderby known.Code
            select known.Code).FirstOrDefaultAsync());
        return new(new Dictionary<string, string?>
        {
            ["committees/code"] = Committee,
            ["committees/{code}/members/membership"] = membership,
            ["api/v1/memberships/membership"] = membership,
            ["api/v1/positions/key"] = "member",
            ["admin/positions/key"] = "member",
            ["work-items/code"] = items.FirstOrDefault(),
            ["work-items/{code}/advance/transition"] = steps.FirstOrDefault(step => step.StartsWith("/advance/", StringComparison.Ordinal))?["/advance/".Length..],
            ["work-items/{code}/ask/transition"] = steps.FirstOrDefault(step => step.StartsWith("/advance/", StringComparison.Ordinal))?["/advance/".Length..],
            ["work-items/{code}/attest/gate"] = steps.FirstOrDefault(step => step.StartsWith("/attest/", StringComparison.Ordinal))?["/attest/".Length..],
            ["work-items/{code}/comments/receipt"] = receipt,
            ["api/v1/comments/receipt"] = receipt,
            ["work-items/{code}/comments/{receipt}/ordinal"] = "1",
            ["jobs/path"] = "recurring",
            ["exports/list"] = "work-items",
            ["exports/{list}/format"] = "csv",
            ["feeds/list"] = "work-items",
            ["feeds/work-items/code"] = items.FirstOrDefault(),
            ["api/v1/committees/code"] = Committee,
            ["api/v1/foreign-projects/number"] = await app.Db(async db => $"{await db.Set<ForeignProject>().OrderBy(project => project.Number).Select(project => (int?)project.Number).FirstOrDefaultAsync()}"),
            ["api/v1/processes/key"] = await app.Db(db => db.Set<ProcessRecord>().OrderBy(process => process.Key).Select(process => process.Key).FirstOrDefaultAsync()),
            ["api/v1/work-items/code"] = items.FirstOrDefault(),
            ["requests/request"] = request,
            ["api/v1/requests/request"] = request,
            ["openapi/documentName"] = "v1",
            ["api/docs/documentName"] = "v1",
            ["international/number"] = await app.Db(async db => $"{await db.Set<ForeignProject>().OrderBy(project => project.Number).Select(project => (int?)project.Number).FirstOrDefaultAsync()}"),
            ["admin/processes/key"] = "gb-t-normal",
            ["processes/key"] = await app.Db(db => db.Set<ProcessRecord>().OrderBy(process => process.Key).Select(process => process.Key).FirstOrDefaultAsync()),
            ["consultations/number"] = period,
            ["api/v1/consultations/number"] = period,
            ["consultations/receipts/receipt"] = receipt,
        });

        async Task<IEnumerable<string>> StepsAsync()
        {
            var found = new List<string>();
            foreach (var code in items)
            {
                var page = await app.As("li.wei").OpenAsync($"/work-items/{code}");
                found.AddRange(page.Links.Where(link => link.StartsWith($"/work-items/{code}/", StringComparison.Ordinal)).Select(link => link[$"/work-items/{code}".Length..]));
            }

            return found;
        }
    }

    /// <summary>The parameter with the way that leads to it: <c>work-items/code</c>, wherever in a route of work items it stands.</summary>
    private static string NameOf(string pattern, Match match)
    {
        var before = pattern[1..match.Index];
        return before + match.Groups["name"].Value;
    }

    [GeneratedRegex(@"\{\*{0,2}(?<name>\w+)[^}]*\}")]
    internal static partial Regex Parameter();

    [GeneratedRegex(@":\w+\}")]
    private static partial Regex Constraint();

    /// <param name="Pattern">As the program reports it, with parameters in braces.</param>
    /// <param name="Page">The Razor page behind it, or null.</param>
    internal sealed record Route(string Pattern, string? Page, IReadOnlyList<string> Methods)
    {
        public IEnumerable<string> Parameters =>
            Parameter().Matches(Pattern).Select(match => NameOf(Pattern, match));

        public string WithUnknown => Parameter().Replace(Pattern, "no-such-thing");
    }

    internal sealed class Examples(IReadOnlyDictionary<string, string?> values)
    {
        /// <summary>False for a route whose parameter stands in no line above, or has nothing that exists.</summary>
        public bool Know(Route route) => route.Parameters.All(name => values.GetValueOrDefault(name) is { Length: > 0 });

        public string Of(Route route) =>
            Parameter().Replace(route.Pattern, match => Uri.EscapeDataString(values.GetValueOrDefault(NameOf(route.Pattern, match)) ?? "no-such-thing"));

        public string this[string name] => values[name] ?? throw new InvalidOperationException($"Nothing exists for {name}.");
    }
}
