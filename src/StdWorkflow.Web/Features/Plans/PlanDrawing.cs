using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Localization;

namespace StdWorkflow.Web.Features.Plans;

/// <summary>What both drawings of plans share: planned days as diamonds, what was as a bar, a limit as a post. What is late says so in words.</summary>
internal sealed class PlanPen(IStringLocalizer<PlanTexts> texts, HtmlEncoder encoder)
{
    public const int Left = 6, Right = 880, Width = 1000;

    // A page of paper holds two sheets, and does not break one; on a screen the axis is never far.
    private const int MostRows = 12, RowHeight = 54;

    // Drawn last, so that a window too narrow for the drawing can keep them in sight.
    private Markup names = new(encoder);

    public Markup Html { get; } = new(encoder);

    public void Name(Phase phase, int y, FormattableString words) => names.Add($"<g class=\"{Markup.ClassOf(phase)}\"><text class=\"number\" x=\"0\" y=\"{y}\">").Add(words).Add($"</text></g>");

    public void Diamond(double x, double y) => Html.Add($"<path class=\"node ahead\" d=\"M{x} {y - 5}l5 5-5 5-5-5z\"/>");

    public void Planned(double from, double to, double y)
    {
        Html.AddIf(to > from, $"<path class=\"track ahead\" d=\"M{from} {y}H{to}\"/>");
    }

    public void Behind(double from, double to, double y) =>
        Html.AddIf(to > from, $"<path class=\"back\" d=\"M{from} {y}H{to}\"/><path class=\"tip back-tip\" d=\"M{to + 1} {y}l-8-4v8z\"/>");

    public void Actual(double from, double to, double y) => Html.Add($"<path class=\"track\" d=\"M{from} {y}H{Math.Max(to, from + 2)}\"/><circle class=\"node done\" cx=\"{from}\" cy=\"{y}\" r=\"3\"/>");

    public void Limit(double? from, double to, double y, bool isMissed) =>
        Html.AddIf(from < to, $"<path class=\"forward\" d=\"M{from} {y}H{to}\"/>").Add($"<path class=\"end{(isMissed ? " abandoned" : "")}\" d=\"M{to - 1.5} {y - 6}h3v12h-3z\"/>");

    public void Late(double x, double y, string words) => Html.Add($"<text class=\"small end abandoned\" x=\"{x + 8}\" y=\"{y + 4}\">▲ {words}</text>");

    /// <param name="label">What a sheet of so many rows is of.</param>
    /// <param name="axis">The axis of time of all sheets.</param>
    /// <param name="today">Today.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="draw">Draws the row of that place below that line.</param>
    public HtmlString Box(Func<int, string> label, TimeAxis axis, DateOnly today, int rows, Action<int, int> draw)
    {
        Html.Add($"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{texts["Chart"].Value}\">");
        // No sheet is left with a row or two.
        var sheet = (int)Math.Ceiling(rows / Math.Ceiling(rows / (double)MostRows));
        for (var first = 0; first < rows; first += sheet)
        {
            (var count, names) = (Math.Min(sheet, rows - first), new Markup(encoder));
            var height = axis.Head + (count * RowHeight);
            Html.Add($"<svg class=\"drawing\" width=\"{Width}\" height=\"{height}\" viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{label(count)}\">");
            axis.Draw(Html, height, today, texts["Today"].Value);
            for (var at = 0; at < count; at++) draw(first + at, axis.Head + (at * RowHeight));
            Html.Add($"<g class=\"names\">{names.ToHtml()}</g></svg>");
        }

        Html.Add($"</div><ul class=\"legend\">");
        foreach (var (key, shape) in new (string, FormattableString)[]
        {
            ("Planned", $"<path class=\"track ahead\" d=\"M7 6H40\"/><path class=\"node ahead\" d=\"M7 1l5 5-5 5-5-5z\"/>"),
            ("Actual", $"<path class=\"track\" d=\"M5 6H40\"/><circle class=\"node done\" cx=\"5\" cy=\"6\" r=\"3\"/>"),
            ("Limit", $"<path class=\"forward\" d=\"M0 6H34\"/><path class=\"end\" d=\"M34 0h3v12h-3z\"/>"),
            ("Behind", $"<path class=\"back\" d=\"M0 6H34\"/><path class=\"tip back-tip\" d=\"M41 6l-8-4v8z\"/>"),
        })
            Html.Add($"<li><svg class=\"drawing\" width=\"42\" height=\"12\" aria-hidden=\"true\">").Add(shape).Add($"</svg>{texts[key].Value}</li>");
        return Html.Add($"</ul>").ToHtml();
    }

    private static int WidthOf(string label) => (int)label.Sum(sign => sign > 0x2E80 ? 13.2 : 7.6);

    public static string Cut(string label, int width)
    {
        if (WidthOf(label) <= width) return label;
        var end = label.Length;
        while (end > 1 && WidthOf(label[..end]) > width - 13) end--;
        return label[..(char.IsHighSurrogate(label[end - 1]) ? end - 1 : end)].TrimEnd() + "…";
    }
}

/// <summary>The plan of one item: three lines for each stage on an axis of time.</summary>
[HtmlTargetElement("plan-chart", TagStructure = TagStructure.WithoutEndTag)]
public sealed class PlanChartTagHelper(IStringLocalizer<PlanTexts> texts, HtmlEncoder encoder) : TagHelper
{
    /// <summary>The plan.</summary>
    public PlanView Model { get; set; } = null!;

    /// <summary>Today, in the zone of the committee.</summary>
    public DateOnly Today { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        var (plan, stages) = (Model.Timetable, Model.Timetable.Stages);
        var pen = new PlanPen(texts, encoder);
        var days = stages.SelectMany(row => row.Stays.SelectMany(stay => new[] { stay.Entered, stay.Left }).Concat([row.Planned, row.PlannedUntil, row.Expected, row.Limit])).OfType<DateOnly>().Append(Today);
        var axis = new TimeAxis(days, PlanPen.Left, PlanPen.Right);
        output.Content.SetHtmlContent(pen.Box(count => texts["Chart.Of", Model.Item.Code, count].Value, axis, Today, stages.Count, (at, top) => Row(stages[at], top)));

        void Row(TimetableStage row, int top)
        {
            var label = PlanPen.Cut(StageLabel.Of(Model.Definition, row.Stage, Reader.Language), 250);
            pen.Name(row.Stage.Phase, top + 16, $"<tspan class=\"{(row.Place == TimetablePlace.Present ? "by-phase" : "strong")}\">{label}</tspan> <tspan class=\"soft\">{texts[$"Place.{row.Place}"].Value}</tspan>");
            pen.Html.Add($"<g class=\"{Markup.ClassOf(row.Stage.Phase)}\" data-stage=\"{row.Stage.Key}\"><path class=\"grid\" d=\"M0 {top}H{PlanPen.Width}\"/>");
            if (row.Planned is { } planned)
            {
                var (from, to) = (axis.At(planned), axis.At(row.PlannedUntil ?? planned));
                pen.Planned(from, to, top + 26);
                if (row.Expected is { } expected) pen.Behind(from, axis.At(expected), top + 26);
                pen.Diamond(from, top + 26);
                if (row.EnteredLate is > 0 and var late) pen.Late(Math.Max(from, to), top + 26, texts["Late", late]);
                else if (row.Expected > planned) pen.Late(Math.Max(to, axis.At(row.Expected.Value)), top + 26, texts["Late", plan.Delay]);
            }

            foreach (var stay in row.Stays.Where(stay => stay.Entered is not null))
                pen.Actual(axis.At(stay.Entered!.Value), axis.At(stay.Left ?? (row.Place == TimetablePlace.Present ? Today : stay.Entered.Value)), top + 36);
            if (row.Limit is { } limit)
            {
                var (over, missed) = (PlanSentences.DaysOver(row, Today), plan.Limits.Where(one => one.Until == row.Stage.Key).Max(one => one.MissedBy) ?? 0);
                var from = row.Stays.Select(stay => stay.Entered).LastOrDefault(day => day is not null) ?? row.Expected;
                pen.Limit(from is { } begin ? axis.At(begin) : null, axis.At(limit), top + 46, over > 0 || missed > 0);
                if (over > 0) pen.Late(axis.At(limit), top + 46, texts["Over", over]);
                else if (missed > 0) pen.Late(axis.At(limit), top + 46, texts["WillMiss", missed]);
            }

            pen.Html.Add($"</g>");
        }
    }
}

/// <summary>The plans of many items: a lane for each, on one axis of time.</summary>
[HtmlTargetElement("plan-lanes", TagStructure = TagStructure.WithoutEndTag)]
public sealed class PlanLanesTagHelper(IStringLocalizer<PlanTexts> texts, HtmlEncoder encoder) : TagHelper
{
    /// <summary>The plans; at least one.</summary>
    public IReadOnlyList<PlanView> Model { get; set; } = [];

    /// <summary>What the drawing is of, in words.</summary>
    public string Of { get; set; } = "";

    /// <summary>Today, in the zone of the committee.</summary>
    public DateOnly Today { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        var pen = new PlanPen(texts, encoder);
        var drawn = Model.SelectMany(plan => new[] { plan.Timetable.Began, plan.Timetable.PlannedEnd, plan.Timetable.ExpectedEnd, plan.Timetable.LastLimit }).OfType<DateOnly>().Append(Today);
        var axis = new TimeAxis(drawn, PlanPen.Left, PlanPen.Right);
        output.Content.SetHtmlContent(pen.Box(count => texts["Lanes.Of", Of, count].Value, axis, Today, Model.Count, (at, top) => Lane(Model[at], top)));

        void Lane(PlanView view, int top)
        {
            var plan = view.Timetable;
            var stage = view.Definition.StageOf(view.Item.Stage);
            var (at, title) = (PlanPen.Cut(StageLabel.Of(view.Definition, stage, Reader.Language), 250), PlanPen.Cut(view.Item.Title.In(Reader.Language), 600));
            pen.Name(stage.Phase, top + 16, $"<tspan class=\"strong\">{view.Item.Code}</tspan> {at} <tspan class=\"soft\">{title}</tspan>");
            pen.Html.Add($"<g class=\"{Markup.ClassOf(stage.Phase)}\" data-item=\"{view.Item.Code}\"><path class=\"grid\" d=\"M0 {top}H{PlanPen.Width}\"/>");
            var now = axis.At(Today);
            if (plan.PlannedEnd is { } planned)
            {
                pen.Planned(Math.Min(now, axis.At(planned)), axis.At(planned), top + 26);
                if (plan.ExpectedEnd is { } expected) pen.Behind(axis.At(planned), axis.At(expected), top + 26);
                pen.Diamond(axis.At(planned), top + 26);
            }

            if (plan.Began is { } began) pen.Actual(axis.At(began), now, top + 36);
            if (plan.LastLimit is { } limit)
            {
                var over = Math.Max(0, Today.DayNumber - limit.DayNumber);
                pen.Limit(plan.Began is { } first ? axis.At(first) : null, axis.At(limit), top + 46, over > 0 || plan.Missed?.LastDay == limit);
                // What is missed may be a limit on the way, which then has a post of its own.
                if (plan.Missed is { } missed && missed.LastDay != limit) pen.Limit(null, axis.At(missed.LastDay), top + 46, isMissed: true);
                if (over > 0) pen.Late(axis.At(limit), top + 46, texts["Over", over]);
                else if (plan.Missed is { MissedBy: { } days }) pen.Late(axis.At(limit), top + 46, texts["WillMiss", days]);
            }

            pen.Html.Add($"</g>");
        }
    }
}

/// <summary>What plans say in words.</summary>
internal static class PlanSentences
{
    /// <summary>By how many days a stage was left, or still lasts, after its last day; 0 when it was not.</summary>
    public static int DaysOver(TimetableStage row, DateOnly today) =>
        row.IsOver(today) ? (row.Place == TimetablePlace.Passed ? row.Stays[^1].Left!.Value : today).DayNumber - row.Limit!.Value.DayNumber : 0;
}
