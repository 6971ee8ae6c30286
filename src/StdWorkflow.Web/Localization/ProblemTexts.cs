using System.Globalization;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;

namespace StdWorkflow.Web.Localization;

/// <summary>Turns a problem's code into a sentence in the reader's language.</summary>
internal sealed class ProblemTexts(AllTexts texts)
{
    public string Say(Problem problem)
    {
        var pattern = texts.Find($"problem.{problem.Code}");
        return pattern is null ? problem.Code : string.Format(CultureInfo.CurrentCulture, pattern, [.. problem.Arguments.Select(Word)]);
    }

    private object Word(object? argument) => argument switch
    {
        null => "",
        LocalizedText text => text.In(Reader.Language),
        Enum value => texts.WordFor(value),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime instant => TimeZoneInfo.ConvertTimeFromUtc(instant, TimeZoneInfo.FindSystemTimeZoneById(Instants.China))
            .ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        IEnumerable<string> words => string.Join(Reader.Language == Language.Chinese ? "、" : ", ", words),
        _ => argument,
    };
}

/// <summary>The language in which the present request or mail is answered.</summary>
internal static class Reader
{
    public static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");
    public static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    public static Language Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? Language.Chinese : Language.English;

    public static CultureInfo CultureOf(Language language) => language == Language.Chinese ? Chinese : English;
}
