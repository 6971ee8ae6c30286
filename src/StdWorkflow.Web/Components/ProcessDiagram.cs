using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Web.Localization;

namespace StdWorkflow.Web.Components;

/// <summary>
/// A process drawn from its definition: stages as stations down one line, steps to the next stage on the line itself, every other
/// step in a lane beside it, ways out to the right; behind it the table of all transitions, with the same numbers.
/// </summary>
[HtmlTargetElement("process-diagram", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ProcessDiagramTagHelper(IStringLocalizer<ComponentTexts> texts, HtmlEncoder encoder) : TagHelper
{
    private const int RowHeight = 62, PhaseHead = 34, Radius = 9;

    /// <summary>The definition.</summary>
    public ProcessDefinition Model { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        var html = new Markup(encoder)
            .Add($"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{texts["Diagram"].Value}\">{Drawing()}</div>")
            .Add($"<ul class=\"legend\">{Key("forward", "Forward")}{Key("back", "Back")}{Key("repeat", "Repeat")}{Key("abandon", "Abandon")}</ul>")
            .Add(Model.Transitions.Count > 40 ? $"<details><summary>{texts["Diagram.Transitions"].Value}</summary>{Table()}</details>" : (FormattableString)$"{Table()}");
        output.Content.SetHtmlContent(html.ToHtml());
    }

    private HtmlString Key(string style, string kind) => new Markup(encoder)
        .Add($"<li><svg class=\"drawing\" width=\"30\" height=\"8\" aria-hidden=\"true\"><path class=\"{style}\" d=\"M0 4H30\"/></svg>{texts[$"TransitionKind.{kind}"].Value}</li>").ToHtml();

    private HtmlString Drawing()
    {
        var column = Model.Stages.Where(stage => stage.Ends != TrackEnd.Abandoned).ToList();
        var ends = Model.Stages.Where(stage => stage.Ends == TrackEnd.Abandoned).ToList();
        var rowOf = column.Select((stage, row) => (stage.Key, row)).ToDictionary(pair => pair.Key, pair => pair.row);
        var numbered = Model.Transitions.Select((transition, index) => (Transition: transition, Number: index + 1)).ToList();

        var lanes = LanesOf([.. numbered.Where(way => IsBeside(way.Transition, rowOf)).Select(way => (way.Transition, way.Number, rowOf[way.Transition.From], rowOf[way.Transition.To]))]);
        var laneCount = lanes.Select(lane => lane.Lane + 1).DefaultIfEmpty(0).Max();
        var laneWidth = laneCount > 8 ? 18 : 26;
        var x = 46 + laneWidth * laneCount;
        var y = RowsOf(column);
        var labelEnd = x + 22 + column.Max(stage => Width(LabelOf(stage)) + 12);
        var stepEnd = x + 22 + numbered.Where(way => IsOnLine(way.Transition, rowOf)).Select(way => Width(StepOf(way.Transition, way.Number)) * 12 / 13).DefaultIfEmpty(0).Max();
        var exitX = Math.Max(labelEnd, stepEnd) + 30;
        var exits = ExitsOf(numbered, ends, rowOf, exitX);
        var width = exits.Select(exit => exit.X + 22 + Width(LabelOf(exit.End))).DefaultIfEmpty(exitX).Max() + 10;
        var height = y[^1] + 44;

        var html = new Markup(encoder).Add($"<svg class=\"drawing\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{texts["Diagram.Of", Model.Name.In(Reader.Language), Model.Stages.Count, Model.Transitions.Count].Value}\">");

        for (var row = 0; row < column.Count; row++)
            if (row == 0 || column[row].Phase != column[row - 1].Phase)
                html.AddIf(row > 0, $"<path class=\"grid\" d=\"M0 {y[row] - PhaseHead - 8}H{width}\"/>")
                    .Add($"<g class=\"{Markup.ClassOf(column[row].Phase)}\"><text class=\"by-phase\" x=\"0\" y=\"{y[row] - 22}\">{texts[$"Phase.{column[row].Phase}"].Value}</text></g>");

        foreach (var (transition, number) in numbered.Where(way => IsOnLine(way.Transition, rowOf)))
        {
            var (from, to) = (y[rowOf[transition.From]], y[rowOf[transition.To]]);
            html.Add($"<g class=\"{Markup.ClassOf(column[rowOf[transition.To]].Phase)}\"><path class=\"track\" d=\"M{x} {from}V{to}\"/></g>");
        }

        // Several steps may lead to the same next stage; each line of words has its own place.
        foreach (var group in numbered.Where(way => IsOnLine(way.Transition, rowOf)).GroupBy(way => way.Transition.From))
        {
            var at = y[rowOf[group.Key]] + 37;
            foreach (var (transition, number) in group)
            {
                html.Add($"<path class=\"tip\" d=\"M{x - 4} {at - 8}l4 7 4-7z\"/><text class=\"soft small\" x=\"{x + 22}\" y=\"{at}\">{StepOf(transition, number)}</text>");
                at += 14;
            }
        }

        foreach (var (transition, number, from, to, lane) in lanes)
        {
            var style = StyleOf(transition.Kind);
            var tip = transition.Kind == TransitionKind.Forward ? "" : " back-tip";
            var left = x - 34 - lane * laneWidth;
            var (start, end) = from == to ? (y[from] - 7, y[from] + 7) : from > to ? (y[from] - 5, y[to] + 5) : (y[from] + 5, y[to] - 5);
            var turn = end > start ? 6 : -6;
            html.Add($"<path class=\"{style}\" d=\"M{x - Radius} {start}H{left + 6}Q{left} {start} {left} {start + turn}V{end - turn}Q{left} {end} {left + 6} {end}H{x - Radius - 4}\"/>")
                .Add($"<path class=\"tip{tip}\" d=\"M{x - Radius - 1} {end}l-8-4v8z\"/><text class=\"small number\" text-anchor=\"middle\" x=\"{left}\" y=\"{(start + end) / 2 + 4}\">{number}</text>");
        }

        foreach (var exit in exits)
        {
            var rows = exit.Ways.Select(way => rowOf[way.Transition.From]).ToList();
            foreach (var (transition, number) in exit.Ways)
            {
                var stage = column[rowOf[transition.From]];
                var row = y[rowOf[transition.From]] - 4;
                html.Add($"<path class=\"abandon\" d=\"M{x + 26 + Width(LabelOf(stage))} {row}H{exit.X}\"/><text class=\"small number\" text-anchor=\"middle\" x=\"{exit.X - 18}\" y=\"{row + 4}\">{number}</text>");
            }

            var (top, bottom) = (y[rows.Min()] - 4, y[rows.Max()] - 4);
            html.AddIf(top != bottom, $"<path class=\"abandon\" d=\"M{exit.X} {top}V{bottom}\"/>")
                .Add($"<rect class=\"end abandoned\" x=\"{exit.X - 5}\" y=\"{bottom - 5}\" width=\"10\" height=\"10\"/><text class=\"small\" x=\"{exit.X + 14}\" y=\"{bottom + 4}\">{LabelOf(exit.End)}</text>");
        }

        for (var row = 0; row < column.Count; row++)
        {
            var stage = column[row];
            html.Add($"<g class=\"{Markup.ClassOf(stage.Phase)}\" data-stage=\"{stage.Key}\"><circle class=\"node{(stage.Ends is null ? "" : " done")}\" cx=\"{x}\" cy=\"{y[row]}\" r=\"{Radius}\"/><text class=\"strong\" x=\"{x + 22}\" y=\"{y[row]}\">{LabelOf(stage)}</text>")
                .AddIf(stage.IsoCode is not null && StageLabel.CodeOf(Model, stage) != stage.IsoCode.ToString(), $"<text class=\"soft small\" x=\"{x + 22}\" y=\"{y[row] + 16}\">ISO {stage.IsoCode.ToString()}</text>").Add($"</g>");
        }

        return html.Add($"</svg>").ToHtml();
    }

    private HtmlString Table()
    {
        var html = new Markup(encoder).Add($"<table class=\"rows\"><caption>{texts["Diagram.Transitions"].Value}</caption><thead><tr>");
        foreach (var head in (string[])["Action", "From", "To", "Kind", "WaitsFor", "Gates", "Source"])
            html.Add($"<th scope=\"col\">{texts[$"Diagram.{head}"].Value}</th>");
        html.Add($"</tr></thead><tbody>");
        foreach (var (transition, index) in Model.Transitions.Select((transition, index) => (transition, index)))
        {
            html.Add($"<tr><th scope=\"row\">{index + 1} <b>{html.Text(transition.Name)}</b></th>")
                .Add($"<td data-label=\"{texts["Diagram.From"].Value}\">{LabelOf(Model.StageOf(transition.From))}</td>")
                .Add($"<td data-label=\"{texts["Diagram.To"].Value}\">{LabelOf(Model.StageOf(transition.To))}</td>")
                .Add($"<td data-label=\"{texts["Diagram.Kind"].Value}\">{texts[$"TransitionKind.{transition.Kind}"].Value}</td>")
                .Add($"<td data-label=\"{texts["Diagram.WaitsFor"].Value}\">{html.Text(transition.WaitsFor)}</td>")
                .Add($"<td data-label=\"{texts["Diagram.Gates"].Value}\">");
            if (transition.Gates.Count == 0) html.Add($"<span class=\"quiet-text\">{texts["Diagram.NoGates"].Value}</span>");
            for (var at = 0; at < transition.Gates.Count; at++)
            {
                var gate = transition.Gates[at];
                html.AddIf(at > 0, $"<br>");
                if (gate.Kind == GateKind.Attestation) html.Add($"{html.Text(gate.Name)} <span class=\"mark\">{texts["Gates.ByStatement"].Value}</span>");
                else html.Add($"{texts[$"GateKind.{gate.Kind}"].Value}");
            }

            html.Add($"</td><td data-label=\"{texts["Diagram.Source"].Value}\">{SourceMarkTagHelper.Html(transition.Source, texts, encoder)}</td></tr>");
        }

        return html.Add($"</tbody></table>").ToHtml();
    }

    private static int[] RowsOf(List<Stage> column)
    {
        var y = new int[column.Count];
        var at = PhaseHead;
        for (var row = 0; row < column.Count; row++)
        {
            if (row > 0 && column[row].Phase != column[row - 1].Phase) at += PhaseHead;
            y[row] = at + 12;
            at += RowHeight;
        }

        return y;
    }

    // Shorter spans lie nearer to the line; two spans that overlap never share a lane.
    private static List<(Transition Transition, int Number, int From, int To, int Lane)> LanesOf(List<(Transition Transition, int Number, int From, int To)> ways)
    {
        var placed = new List<(Transition Transition, int Number, int From, int To, int Lane)>();
        foreach (var (transition, number, from, to) in ways.OrderBy(way => Math.Abs(way.From - way.To)).ThenBy(way => way.Number))
        {
            var (top, bottom) = (Math.Min(from, to), Math.Max(from, to));
            var lane = 0;
            while (placed.Any(other => other.Lane == lane && Math.Min(other.From, other.To) <= bottom && Math.Max(other.From, other.To) >= top)) lane++;
            placed.Add((transition, number, from, to, lane));
        }

        return placed;
    }

    private List<(Stage End, IReadOnlyList<(Transition Transition, int Number)> Ways, int X)> ExitsOf(
        List<(Transition Transition, int Number)> numbered, List<Stage> ends, Dictionary<string, int> rowOf, int left)
    {
        var exits = new List<(Stage End, IReadOnlyList<(Transition Transition, int Number)> Ways, int X)>();
        var taken = new List<(int Top, int Bottom, int Right)>();
        foreach (var end in ends)
        {
            var ways = numbered.Where(way => way.Transition.To == end.Key && rowOf.ContainsKey(way.Transition.From)).ToList();
            if (ways.Count == 0) continue;
            var (top, bottom) = (ways.Min(way => rowOf[way.Transition.From]), ways.Max(way => rowOf[way.Transition.From]));
            var x = taken.Where(other => other.Top <= bottom && other.Bottom >= top).Select(other => other.Right).DefaultIfEmpty(left).Max();
            taken.Add((top, bottom, x + 40 + Width(LabelOf(end))));
            exits.Add((end, ways, x));
        }

        return exits;
    }

    private static bool IsOnLine(Transition transition, Dictionary<string, int> rowOf) =>
        rowOf.TryGetValue(transition.From, out var from) && rowOf.TryGetValue(transition.To, out var to) && to == from + 1;

    private static bool IsBeside(Transition transition, Dictionary<string, int> rowOf) =>
        rowOf.ContainsKey(transition.From) && rowOf.ContainsKey(transition.To) && !IsOnLine(transition, rowOf);

    private static string StyleOf(TransitionKind kind) => kind switch
    {
        TransitionKind.Forward => "forward",
        TransitionKind.Back => "back",
        TransitionKind.Repeat => "repeat",
        _ => "abandon",
    };

    private string LabelOf(Stage stage) => StageLabel.Of(Model, stage, Reader.Language);

    private string StepOf(Transition transition, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {transition.Name.In(Reader.Language)}") + transition.Gates.Count switch
        {
            0 => "",
            1 => $" {texts["Diagram.OneGate"].Value}",
            var count => $" {texts["Diagram.GateCount", count].Value}",
        };

    private static int Width(string label) => (int)label.Sum(sign => sign > 0x2E80 ? 13.2 : 8.2);
}
