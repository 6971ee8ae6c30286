using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Razor.Hosting;
using Microsoft.Playwright;

namespace StdWorkflow.Browser.Tests;

/// <summary>One address for every page of the program, found the way a reader finds it: by following links from the start page.</summary>
internal static partial class Addresses
{
    /// <summary>The routes of all Razor pages, as they were compiled.</summary>
    public static IReadOnlyList<string> Routes { get; } =
    [
        .. typeof(Program).Assembly.GetCustomAttributes<RazorCompiledItemAttribute>()
            .Where(item => item.Kind == "mvc.1.0.razor-page")
            .Select(item => item.Type.GetCustomAttributes<RazorCompiledItemMetadataAttribute>().FirstOrDefault(data => data.Key == "RouteTemplate")?.Value)
            .OfType<string>()
            .Select(route => "/" + route.Trim('/'))
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    public static async Task<IReadOnlyDictionary<string, string>> FollowAsync(IPage page, params IEnumerable<string> starts)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var waiting = new Queue<string>();
        // One start after another: a later one only adds what those before did not lead to.
        foreach (var start in starts)
        {
            if (!Take(start)) waiting.Enqueue(start);
            while (waiting.TryDequeue(out var next))
            {
                var answer = await page.GotoAsync(next);
                if (answer is not { Ok: true }) continue;
                foreach (var link in await page.Locator("a[href^='/']").EvaluateAllAsync<string[]>("all => all.map(one => one.getAttribute('href'))")) Take(link.Split('#')[0]);
            }
        }

        return found;

        bool Take(string address)
        {
            var path = address.Split('?')[0];
            // A literal route wins over one with a parameter, as in the program.
            var route = Routes.Where(route => Fits(route, path)).OrderBy(route => route.Count(letter => letter == '{')).FirstOrDefault();
            if (route is null || !found.TryAdd(route, address)) return false;
            waiting.Enqueue(address);
            return true;
        }
    }

    private static bool Fits(string route, string path) =>
        Regex.IsMatch(
            path, "^" + Parameter().Replace(Regex.Escape(route), part => part.Value.Contains('?', StringComparison.Ordinal) ? "(/[^/]+)?" : "/[^/]+") + "/?$", RegexOptions.IgnoreCase);

    [GeneratedRegex(@"/\\\{[^/}]*\}")]
    private static partial Regex Parameter();
}
