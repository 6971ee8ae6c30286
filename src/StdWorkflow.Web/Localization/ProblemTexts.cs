using System.Globalization;
using StdWorkflow.Domain.Common;

namespace StdWorkflow.Web.Localization;

/// <summary>Turns a problem's code into a sentence in the reader's language.</summary>
internal sealed class ProblemTexts(AllTexts texts)
{
    public string Say(Problem problem) => texts.Say($"problem.{problem.Code}", problem.Arguments) ?? problem.Code;
}

/// <summary>The language in which the present request or mail is answered.</summary>
internal static class Reader
{
    public static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");
    public static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    public static Language Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? Language.Chinese : Language.English;

    public static CultureInfo CultureOf(Language language) => language == Language.Chinese ? Chinese : English;
}
