using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;
using StdWorkflow.Web.Features.WorkItems;

namespace StdWorkflow.Browser.Tests;

/// <summary>The program's own words, so that one journey is walked in either language. A missing word is a failure, never a blank.</summary>
internal sealed class Words(string language)
{
    private static readonly ConcurrentDictionary<string, ResourceManager> Known = new();

    private readonly CultureInfo culture = CultureInfo.GetCultureInfo(language);

    /// <summary>A sentence of a feature, as in <c>WorkItems.Propose</c>.</summary>
    public string Of(string room, string key, params object[] arguments)
    {
        var texts = Known.GetOrAdd(room, named => new($"StdWorkflow.Web.{named}", typeof(WorkItemTexts).Assembly));
        var text = texts.GetString(key, culture) ?? throw new KeyNotFoundException($"{room} has no {key} in {culture.Name}.");
        return string.Format(culture, text, arguments);
    }

    public string WorkItem(string key, params object[] arguments) => Of("Features.WorkItems.WorkItemTexts", key, arguments);
}
