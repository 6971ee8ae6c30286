using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.DependencyInjection;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Web.Localization;

namespace StdWorkflow.Web.Tests.Components;

/// <summary>Renders one component as a page would, without a page.</summary>
internal static class Rendering
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 2, 0, 0, TimeSpan.Zero);

    public static IElement Of<T>(Action<T> set, string language = "zh-CN") where T : TagHelper
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var services = new ServiceCollection().AddLogging().AddLocalization().AddSingleton<Microsoft.Extensions.Localization.IStringLocalizerFactory, SentenceLocalizers>()
            .AddSingleton<AllTexts>().AddSingleton<ProblemTexts>().AddSingleton<StdWorkflow.Web.Components.DeadlineWords>()
            .AddSingleton<TimeProvider>(new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Now))
            .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All)).BuildServiceProvider();
        var component = ActivatorUtilities.CreateInstance<T>(services);
        set(component);
        var output = new TagHelperOutput("x", [], (_, _) => Task.FromResult<TagHelperContent>(new DefaultTagHelperContent()));
        component.Process(new TagHelperContext([], new Dictionary<object, object>(), "test"), output);
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        output.WriteTo(writer, services.GetRequiredService<HtmlEncoder>());
        return new HtmlParser().ParseDocument(writer.ToString()).Body!;
    }

    public static string Words(this IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public static LocalizedText Text(string zh, string? en = null) => new(zh, en ?? zh);

    public static Stage Stage(string key, string name, Phase phase = Phase.Drafting, TrackEnd? ends = null) =>
        new(key, key, new StageCode(int.Parse(key, CultureInfo.InvariantCulture), 0), Text(name), phase, ends, false, new Source("S06", true));

    public static Transition Step(string from, string to, TransitionKind kind = TransitionKind.Forward, params Gate[] gates) =>
        new($"{from}-{to}", from, to, kind, Text($"从{from}到{to}"), Permission.Advance, Text("秘书处", "secretariat"), gates, new Source("B", false));

    public static ProcessDefinition Process(IReadOnlyList<Stage> stages, IReadOnlyList<Transition> transitions, params Clock[] clocks) =>
        new("gb-t-normal", 1, Text("国家标准", "National standard"), Text("一般程序"), new Source("S06", true), stages, transitions, clocks);

    public static ProcessDefinition Normal(params Clock[] clocks) => Process(
        [Stage("10", "立项"), Stage("20", "起草"), Stage("30", "征求意见"), Stage("40", "审查"), Stage("60", "出版", Phase.Maintenance, TrackEnd.Finished), Stage("98", "终止", Phase.Drafting, TrackEnd.Abandoned)],
        [Step("10", "20"), Step("20", "30"), Step("30", "40"), Step("40", "60"), Step("30", "20", TransitionKind.Back), Step("30", "30", TransitionKind.Repeat), Step("20", "40"), Step("20", "98", TransitionKind.Abandon), Step("40", "98", TransitionKind.Abandon)],
        clocks);
}
