using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;

namespace StdWorkflow.Web.Localization;

/// <summary>
/// Finds a key over the texts of all features: for words that any page may have to say (problems, events, the words of an enum),
/// whichever feature owns them.
/// </summary>
internal sealed class AllTexts
{
    private readonly ConcurrentDictionary<(string Key, string Culture), string?> found = new();

    /// <summary>The class of every feature's texts, with its resources.</summary>
    public IReadOnlyList<(Type Owner, ResourceManager Texts)> Owners { get; } =
    [
        .. typeof(AllTexts).Assembly.GetTypes()
            .Where(type => type.IsClass && type.Name.EndsWith("Texts", StringComparison.Ordinal)
                && type.Assembly.GetManifestResourceInfo($"{type.FullName}.resources") is not null)
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (type, new ResourceManager(type.FullName!, type.Assembly))),
    ];

    /// <summary>The text in the reader's language, or null when no feature has the key.</summary>
    public string? Find(string key) => found.GetOrAdd((key, CultureInfo.CurrentUICulture.Name), static (asked, owners) =>
    {
        foreach (var (_, texts) in owners)
            if (texts.GetString(asked.Key, CultureInfo.GetCultureInfo(asked.Culture)) is { } text)
                return text;

        return null;
    }, Owners);

    /// <summary>The sentence under a key with what it mentions; null when no feature has the key.</summary>
    public string? Say(string key, IEnumerable<object?> mentions) =>
        Find(key) is { } pattern ? Sentence.Of(pattern, [.. mentions.Select(Word)]) : null;

    /// <summary>The word for a value of an enum, under the key <c>Type.Value</c>.</summary>
    public string WordFor(Enum value) => Find($"{value.GetType().Name}.{value}") ?? value.ToString();

    private object Word(object? mention) => mention switch
    {
        null => "",
        LocalizedText text => text.In(Reader.Language),
        Enum value => WordFor(value),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime instant => TimeZoneInfo.ConvertTimeFromUtc(instant, TimeZoneInfo.FindSystemTimeZoneById(Instants.China))
            .ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        IEnumerable<string> words => string.Join(Reader.Language == Language.Chinese ? "、" : ", ", words),
        _ => mention,
    };
}
