using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;
using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Web.Components;

/// <summary>How large a stage line is drawn.</summary>
public enum StageLineSize
{
    /// <summary>An ordered list of stations with dates, for the item's own page.</summary>
    Large,

    /// <summary>One small picture with its words, for a row.</summary>
    Small,
}

/// <summary>The stage line: the whole way of a piece of work, where it stands, since when and how long still.</summary>
[HtmlTargetElement("stage-line", TagStructure = TagStructure.WithoutEndTag)]
public sealed class StageLineTagHelper(IStringLocalizer<ComponentTexts> texts, HtmlEncoder encoder) : TagHelper
{
    // More stations than this are set in several rows, where arcs over the line would tell nothing.
    private const int InOneRow = 12;

    /// <summary>The way.</summary>
    public StageLineModel Model { get; set; } = null!;

    /// <summary>How large.</summary>
    public StageLineSize Size { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(Model.Stations.Count == 0 ? HtmlString.Empty : Size == StageLineSize.Small ? Small() : Large());
    }

    private HtmlString Large()
    {
        var html = new Markup(encoder);
        var many = Model.Stations.Count > InOneRow;
        var loops = !many && Model.StepsBack.Count > 0;
        html.Add($"<div class=\"line-box\">");
        if (loops) html.Add($"{Loops()}");
        html.Add($"<ol class=\"line{(many ? " many" : loops ? " with-loops" : "")}\" aria-label=\"{texts["Line"].Value}\">");
        for (var index = 0; index < Model.Stations.Count; index++) html.Add($"{Stop(index)}");
        return html.Add($"</ol></div>").ToHtml();
    }

    private HtmlString Stop(int index)
    {
        var station = Model.Stations[index];
        var isLate = station is { State: StationState.Now, DaysLeft: < 0 };
        var html = new Markup(encoder).Add($"<li class=\"stop {ClassOf(station.State)}{(isLate ? " late" : "")} {Markup.ClassOf(station.Phase)}\"{(station.State == StationState.Now ? new HtmlString(" aria-current=\"step\"") : null)}>");
        if (station is { State: StationState.Now, DaysSpent: { } spent } && index < Model.Stations.Count - 1)
            html.Add($"<svg class=\"stop-run\" viewBox=\"0 0 100 6\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect width=\"{Run(spent, station.DaysLeft)}\" height=\"6\"/></svg>");
        if (index == 0 || Model.Stations[index - 1].Phase != station.Phase)
            html.Add($"<span class=\"stop-phase\">{texts[$"Phase.{station.Phase}"].Value}</span>");
        html.Add($"<span class=\"stop-name\"><span class=\"code\">{station.Code}</span> {html.Text(station.Name)}</span>")
            .AddIf(station.IsoCode is not null, $" <span class=\"stop-iso\">ISO {station.IsoCode}</span>")
            .Add($" <span class=\"hidden\">{texts[$"StationState.{station.State}"].Value}</span>");
        if (station is { State: StationState.Now, Steps: [.., var present] }) html.Add($" <span class=\"stop-note\"><span class=\"code\">{present.Code}</span> {html.Text(present.Name)}</span>");
        foreach (var note in NotesOf(station)) html.Add($" <span class=\"stop-note\">{note}</span>");
        foreach (var step in Model.StepsBack.Where(step => step.From == index)) html.Add($" <span class=\"stop-back\">↩ {BackWords(step)}</span>");
        if (station.Steps.Count > (station.State == StationState.Now ? 1 : 0))
        {
            html.Add($" <details class=\"stop-steps\"><summary>{(station.Steps.Count == 1 ? texts["Line.Step"] : texts["Line.Steps", station.Steps.Count]).Value}</summary><ol>");
            foreach (var step in station.Steps)
                html.Add($"<li>{(step.Entered is { } day ? Markup.Day(day) : null)} <span class=\"code\">{step.Code}</span> {html.Text(step.Name)}</li>");
            html.Add($"</ol></details>");
        }

        return html.Add($"</li>").ToHtml();
    }

    private IEnumerable<IHtmlContent> NotesOf(Station station)
    {
        switch (station.State)
        {
            case StationState.Done when station.Entered is null && station.DaysSpent is null:
                yield return Plain(texts["Line.NoDates"]);
                break;
            case StationState.Done:
                if (station.Entered is { } since) yield return Markup.Day(since);
                if (station.DaysSpent is { } days) yield return Plain(station.Visits > 1 ? texts["Line.DaysInVisits", days, station.Visits] : DayWords(days));
                break;
            case StationState.Now:
                if (station.Entered is { } entered) yield return new Markup(encoder).Add($"{Markup.Day(entered)}").ToHtml();
                else yield return Plain(texts["Line.NoDates"]);
                if (station.DaysSpent is { } spent)
                    yield return station.DaysLeft switch
                    {
                        null => Plain(texts["Line.SoFar", DayWords(spent)]),
                        < 0 and var over => new Markup(encoder).Add($"{texts["Line.SoFar", DayWords(spent)].Value} <b>{texts["Line.Over", DayWords(-over)].Value}</b>").ToHtml(),
                        { } left => Plain(texts["Line.SoFarAndLeft", DayWords(spent), DayWords(left)]),
                    };
                break;
            case StationState.Ahead:
                if (station.Forecast is { } forecast) yield return Plain(texts["Line.Forecast", Text(forecast)]);
                if (station.Planned is { } planned) yield return Plain(texts["Line.Planned", Text(planned)]);
                break;
        }
    }

    private string BackWords(StepBack step) => (step.From == step.To, step.On) switch
    {
        (true, { } on) => texts["Line.RepeatedOn", Text(on)],
        (true, null) => texts["Line.Repeated"],
        (false, { } on) => texts["Line.BackOn", Text(on), Model.Stations[step.To].Code],
        (false, null) => texts["Line.Back", Model.Stations[step.To].Code],
    };

    private HtmlString Loops()
    {
        var html = new Markup(encoder).Add($"<svg class=\"line-loops\" viewBox=\"0 0 {Model.Stations.Count * 100} 28\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
        foreach (var (from, to) in Model.StepsBack.Select(step => (step.From, step.To)).Distinct())
        {
            var top = Math.Max(2, 14 - 3 * (from - to));
            var (right, left) = from == to ? (from * 100 + 22, from * 100 - 0) : (from * 100, to * 100);
            html.Add($"<path d=\"M{right} 26V{top + 8}Q{right} {top} {right - 7} {top}H{left + 7}Q{left} {top} {left} {top + 8}V25M{left - 4} 18l4 8 4-8\"/>");
        }

        return html.Add($"</svg>").ToHtml();
    }

    private HtmlString Small()
    {
        var count = Model.Stations.Count;
        var now = Model.Now;
        var step = Math.Min(14, Math.Max(6, 120 / count));
        int At(int index) => 6 + index * step;
        var width = At(count - 1) + 6;
        var reached = now < 0 ? count - 1 : now;
        // Written fifty times on a page: nothing that the outer class or the size says already.
        var outer = Model.Stations[reached].Phase;
        var html = new Markup(encoder)
            .Add($"<span class=\"way {Markup.ClassOf(outer)}\"><svg width=\"{width}\" height=\"12\" role=\"img\" aria-label=\"{texts["Line.Position", reached + 1, count].Value}\">")
            .AddIf(reached < count - 1, $"<path class=\"b\" d=\"M{At(reached)} 6H{At(count - 1)}\"/>");
        for (var start = 0; start <= reached;)
        {
            var end = start;
            while (end < reached && Model.Stations[end + 1].Phase == Model.Stations[start].Phase) end++;
            var (phase, isNow) = (Model.Stations[start].Phase, end == reached && now >= 0);
            html.AddIf(phase != outer, $"<g class=\"{Markup.ClassOf(phase)}\">")
                .AddIf(start < reached, $"<path class=\"w\" d=\"M{At(start)} 6H{At(Math.Min(end + 1, reached))}\"/>");
            if (!isNow || start < end) html.Add($"{Dots("d", start, isNow ? end - 1 : end)}");
            html.AddIf(isNow, $"<path class=\"n\" d=\"M{At(now)} 6h0\"/><path class=\"m\" d=\"M{At(now)} 6h0\"/>").AddIf(phase != outer, $"</g>");
            start = end + 1;
        }

        if (reached < count - 1) html.Add($"{Dots("o", reached + 1, count - 1)}{Dots("i", reached + 1, count - 1)}");
        var station = Model.Stations[reached];
        html.Add($"</svg><span><span class=\"code\">{(station.Steps is [.., var present] ? present.Code : station.Code)}</span> {html.Text(station.Name)}");
        if (station.DaysSpent is { } days) html.Add($" · <span class=\"code\">{DayWords(days)}</span>");
        return html.Add($"</span></span>").ToHtml();

        HtmlString Dots(string kind, int from, int to) => new(string.Create(CultureInfo.InvariantCulture,
            $"<path class=\"{kind}\" d=\"M{At(from)} 6h0{string.Concat(Enumerable.Repeat(string.Create(CultureInfo.InvariantCulture, $"m{step} 0h0"), to - from))}\"/>"));
    }

    private HtmlString Plain(string text) => new(encoder.Encode(text));

    private string DayWords(int days) => days == 1 ? texts["Day"] : texts["Days", days];

    private static int Run(int spent, int? left) => left switch
    {
        null => 50,
        < 0 => 100,
        { } days => spent + days == 0 ? 100 : 100 * spent / (spent + days),
    };

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string ClassOf(StationState state) => state switch
    {
        StationState.Done => "done",
        StationState.Now => "now",
        StationState.Ahead => "ahead",
        _ => "skipped",
    };
}
