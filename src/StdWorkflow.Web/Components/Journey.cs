using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;

namespace StdWorkflow.Web.Components;

/// <summary>A piece of work on the journey.</summary>
/// <param name="Code">Its code or reference.</param>
/// <param name="Href">Its page.</param>
/// <param name="Title">Its title.</param>
/// <param name="Phase">Whose colour its line has.</param>
/// <param name="Stops">Stages entered, in order of time; those without a date are left out of the drawing.</param>
/// <param name="GrewFrom">Index of the line that it grew from, or null.</param>
/// <param name="How">How it grew from that line; null where it did not.</param>
/// <param name="EndedOn">Day on which it ended, or null while it goes on.</param>
/// <param name="IsThis">True for the work whose page this is.</param>
public sealed record JourneyLine(string Code, string Href, LocalizedText Title, Phase Phase, IReadOnlyList<JourneyStop> Stops, int? GrewFrom, LineageKind? How, DateOnly? EndedOn, bool IsThis);

/// <summary>A stage entered on the journey.</summary>
public sealed record JourneyStop(string Code, DateOnly On);

/// <summary>The journey: pre-research, national project and international work as parallel lines over the years, joined where one grew from another.</summary>
[HtmlTargetElement("journey", TagStructure = TagStructure.WithoutEndTag)]
public sealed class JourneyTagHelper(IStringLocalizer<ComponentTexts> texts, HtmlEncoder encoder) : TagHelper
{
    private const int Left = 170, Right = 980, Top = 54, LineHeight = 54;

    /// <summary>The lines, older ones first.</summary>
    public IReadOnlyList<JourneyLine> Model { get; set; } = [];

    /// <summary>Today, in the zone of the committee.</summary>
    public DateOnly Today { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        var html = new Markup(encoder);
        if (Model.Any(line => line.Stops.Count > 0))
            html.Add($"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{texts["Journey"].Value}\">{Drawing()}</div>");
        html.Add($"<ol class=\"plain\">");
        foreach (var line in Model)
        {
            html.Add($"<li><span class=\"phase {Markup.ClassOf(line.Phase)}\">{texts[$"Phase.{line.Phase}"].Value}</span> ")
                .Add(line.IsThis ? $"<b><span class=\"code\">{line.Code}</span> {html.Text(line.Title)}</b>" : (FormattableString)$"<a href=\"{line.Href}\"><span class=\"code\">{line.Code}</span> {html.Text(line.Title)}</a>");
            if (line is { GrewFrom: { } from, How: { } how }) html.Add($" <span class=\"small quiet-text\">{texts[$"Journey.By.{how}", Model[from].Code].Value}</span>");
            html.Add($"</li>");
        }

        output.Content.SetHtmlContent(html.Add($"</ol>").ToHtml());
    }

    private HtmlString Drawing()
    {
        var first = Model.SelectMany(line => line.Stops).Min(stop => stop.On);
        var last = Model.SelectMany(line => line.Stops.Select(stop => stop.On)).Append(Today).Max();
        var (start, end) = (new DateOnly(first.Year, 1, 1), new DateOnly(last.Year + 1, 1, 1));
        int At(DateOnly day) => Left + (Right - Left) * (day.DayNumber - start.DayNumber) / (end.DayNumber - start.DayNumber);
        var height = Top + Model.Count * LineHeight;
        var html = new Markup(encoder).Add($"<svg class=\"drawing\" width=\"1000\" height=\"{height}\" viewBox=\"0 0 1000 {height}\" role=\"img\" aria-label=\"{texts["Journey"].Value}\">");

        var stride = Math.Max(1, (end.Year - start.Year + 11) / 12);
        for (var year = start.Year; year < end.Year; year += stride)
        {
            var x = At(new DateOnly(year, 1, 1));
            html.Add($"<path class=\"grid\" d=\"M{x} 24V{height - 8}\"/><text class=\"soft small\" x=\"{x + 4}\" y=\"16\">{year}</text>");
        }

        html.Add($"<path class=\"today\" d=\"M{At(Today)} 24V{height - 8}\"/><text class=\"small\" x=\"{At(Today) + 4}\" y=\"34\">{texts["Journey.Today"].Value}</text>");

        for (var index = 0; index < Model.Count; index++)
            if (Model[index] is { GrewFrom: { } from, Stops: [{ } begin, ..] } && Model[from].Stops.Count > 0)
            {
                var there = Model[from].Stops.LastOrDefault(stop => stop.On <= begin.On) ?? Model[from].Stops[0];
                var (fromX, toX) = (At(there.On), At(begin.On));
                html.Add($"<path class=\"join\" d=\"M{fromX} {Y(from)}C{fromX + 26} {Y(from)} {toX - 26} {Y(index)} {toX} {Y(index)}\"/>");
            }

        for (var index = 0; index < Model.Count; index++)
        {
            var line = Model[index];
            var y = Y(index);
            html.Add($"<g class=\"{Markup.ClassOf(line.Phase)}\"><text class=\"by-phase\" x=\"0\" y=\"{y}\">{texts[$"Phase.{line.Phase}"].Value}</text><text class=\"soft small\" x=\"0\" y=\"{y + 16}\">{(line.IsThis ? texts["Journey.This", line.Code].Value : line.Code)}</text>");
            if (line.Stops.Count > 0)
            {
                html.Add($"<path class=\"track\" d=\"M{At(line.Stops[0].On)} {y}H{At(line.EndedOn ?? Today)}\"/>");
                var free = 0;
                for (var at = 0; at < line.Stops.Count; at++)
                {
                    var (x, isNow) = (At(line.Stops[at].On), at == line.Stops.Count - 1 && line.EndedOn is null);
                    var half = 4 * line.Stops[at].Code.Length;
                    html.Add($"<circle class=\"node{(isNow ? "" : " done")}\" cx=\"{x}\" cy=\"{y}\" r=\"{(isNow ? 8 : 6)}\"/>");
                    if (x - half < free && !isNow) continue;
                    html.Add($"<text class=\"small number{(isNow ? " strong" : "")}\" text-anchor=\"middle\" x=\"{x}\" y=\"{y + (isNow && x - half < free ? -14 : 25)}\">{line.Stops[at].Code}</text>");
                    free = x + half + 4;
                }
            }

            html.Add($"</g>");
        }

        return html.Add($"</svg>").ToHtml();

        static int Y(int index) => Top + index * LineHeight;
    }
}
