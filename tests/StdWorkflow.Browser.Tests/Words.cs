using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;
using System.Text.Json;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Testing;
using StdWorkflow.Web.Features.Relations;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Localization;

namespace StdWorkflow.Browser.Tests;

/// <summary>The program's own words, so that one journey is walked in either language. A missing word is a failure, never a blank.</summary>
internal sealed class Words(string language)
{
    private static readonly ConcurrentDictionary<Type, ResourceManager> Known = new();

    private readonly CultureInfo culture = CultureInfo.GetCultureInfo(language);

    public Language Language { get; } = language == "en" ? Language.English : Language.Chinese;

    /// <summary>A sentence of a feature, by the class that its texts are called after.</summary>
    public string Of<TTexts>(string key, params object[] arguments)
    {
        var text = Known.GetOrAdd(typeof(TTexts), texts => new(texts)).GetString(key, culture) ?? throw new KeyNotFoundException($"{typeof(TTexts).Name} has no {key} in {culture.Name}.");
        return Sentence.Of(text, arguments);
    }

    public string WorkItem(string key, params object[] arguments) => Of<WorkItemTexts>(key, arguments);

    public string Relation(string key, params object[] arguments) => Of<RelationTexts>(key, arguments);

    public string In(LocalizedText text) => text.In(Language);

    /// <summary>What a rule of reminding is called.</summary>
    public string ReminderRule(string key)
    {
        using var rules = JsonDocument.Parse(File.ReadAllText(Repository.PathTo("src", "StdWorkflow.Web", "Starter", "reminder-rules.json")));
        return rules.RootElement.EnumerateArray().Single(rule => rule.GetProperty("key").GetString() == key)
            .GetProperty("name").GetProperty(Language == Language.English ? "en" : "zh").GetString()!;
    }

    /// <summary>A step of a process that the program starts with.</summary>
    public static ProcessStep Step(string process, string transition)
    {
        var definition = DefinitionReader.Read(File.ReadAllText(Repository.PathTo("src", "StdWorkflow.Web", "Starter", "processes", $"{process}.json"))).Value;
        var step = definition.FindTransition(transition) ?? throw new KeyNotFoundException($"{process} has no {transition}.");
        return new(step, definition.StageOf(step.From), definition.StageOf(step.To));
    }
}

/// <summary>A transition with the stages on either side.</summary>
internal sealed record ProcessStep(Transition Transition, Stage From, Stage To);
