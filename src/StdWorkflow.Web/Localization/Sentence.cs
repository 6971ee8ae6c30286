using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace StdWorkflow.Web.Localization;

/// <summary>
/// A text with what it mentions. Where English has a form of its own for one of a thing, the text holds both: <c>{0} {0:mail|mails}</c>.
/// Chinese needs none of it.
/// </summary>
public static class Sentence
{
    public static string Of(string text, params object?[] mentions) => string.Format(Counting.Words, text, mentions);

    private sealed class Counting : IFormatProvider, ICustomFormatter
    {
        public static Counting Words { get; } = new();

        public object? GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : CultureInfo.CurrentCulture.GetFormat(formatType);

        public string Format(string? format, object? arg, IFormatProvider? formatProvider)
        {
            if (format?.IndexOf('|', StringComparison.Ordinal) is { } between and >= 0) return arg is 1 or 1L ? format[..between] : format[(between + 1)..];
            return arg is IFormattable value ? value.ToString(format, CultureInfo.CurrentCulture) : arg?.ToString() ?? "";
        }
    }
}

/// <summary>The texts as the framework finds them, put together by <see cref="Sentence"/>.</summary>
internal sealed class SentenceLocalizers(IOptions<LocalizationOptions> options, ILoggerFactory logs) : IStringLocalizerFactory
{
    private readonly ResourceManagerStringLocalizerFactory resources = new(options, logs);

    public IStringLocalizer Create(Type resourceSource) => new Localizer(resources.Create(resourceSource));

    public IStringLocalizer Create(string baseName, string location) => new Localizer(resources.Create(baseName, location));

    private sealed class Localizer(IStringLocalizer texts) : IStringLocalizer
    {
        // The resource manager takes a lock for every text of every page. Only texts that are there are kept, so that nobody can fill this.
        private readonly ConcurrentDictionary<(CultureInfo Language, string Name), LocalizedString> known = new();

        public LocalizedString this[string name] => Find(name);

        public LocalizedString this[string name, params object[] arguments] =>
            Find(name) is { ResourceNotFound: false } found ? new LocalizedString(name, Sentence.Of(found.Value, arguments)) : texts[name];

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => texts.GetAllStrings(includeParentCultures);

        private LocalizedString Find(string name)
        {
            var key = (CultureInfo.CurrentUICulture, name);
            if (known.TryGetValue(key, out var found)) return found;
            found = texts[name];
            if (!found.ResourceNotFound) known[key] = found;
            return found;
        }
    }
}
