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
    public static IReadOnlyList<Route> Of(App app) =>
    [
        .. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => new Route(
                "/" + (endpoint.RoutePattern.RawText ?? "").TrimStart('/'),
                endpoint.Metadata.GetMetadata<PageActionDescriptor>()?.ViewEnginePath,
                endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]))
            .Where(route => route.Methods.Contains("GET"))
            .DistinctBy(route => route.Pattern)
            .OrderBy(route => route.Pattern, StringComparer.Ordinal),
    ];

    /// <summary>Something that exists, for every parameter of every route.</summary>
    public static async Task<Examples> ExamplesAsync(App app) => new(new Dictionary<string, string?>
    {
        ["committees/code"] = "sac-tc28-sc42",
        ["work-items/code"] = await app.Db(db => db.Set<WorkItem>().Where(item => item.IsPublic).OrderBy(item => item.Code).Select(item => item.Code).FirstOrDefaultAsync()),
        ["international/number"] = await app.Db(async db => $"{await db.Set<ForeignProject>().OrderBy(project => project.Number).Select(project => (int?)project.Number).FirstOrDefaultAsync()}"),
        ["processes/key"] = await app.Db(db => db.Set<ProcessRecord>().OrderBy(process => process.Key).Select(process => process.Key).FirstOrDefaultAsync()),
        ["consultations/number"] = await app.Db(db => db.Set<Consultation>().OrderBy(period => period.Code).Select(period => period.Code).FirstOrDefaultAsync()),
        ["consultations/receipt"] = await app.Db(db => db.Set<Submission>().OrderBy(sent => sent.Receipt).Select(sent => sent.Receipt).FirstOrDefaultAsync()),
        ["status/code"] = "404",
    });

    [GeneratedRegex(@"\{\*{0,2}(?<name>\w+)[^}]*\}")]
    internal static partial Regex Parameter();

    /// <param name="Pattern">As the program reports it, with parameters in braces.</param>
    /// <param name="Page">The Razor page behind it, or null.</param>
    internal sealed record Route(string Pattern, string? Page, IReadOnlyList<string> Methods)
    {
        public IEnumerable<string> Parameters =>
            Parameter().Matches(Pattern).Select(match => $"{Pattern.Split('/')[1]}/{match.Groups["name"].Value}");

        public string WithUnknown => Parameter().Replace(Pattern, "no-such-thing");
    }

    internal sealed class Examples(IReadOnlyDictionary<string, string?> values)
    {
        /// <summary>False for a route whose parameter stands in no line above, or has nothing that exists.</summary>
        public bool Know(Route route) => route.Parameters.All(name => values.GetValueOrDefault(name) is { Length: > 0 });

        public string Of(Route route) =>
            Parameter().Replace(route.Pattern, match => Uri.EscapeDataString(values.GetValueOrDefault($"{route.Pattern.Split('/')[1]}/{match.Groups["name"].Value}") ?? "no-such-thing"));
    }
}
