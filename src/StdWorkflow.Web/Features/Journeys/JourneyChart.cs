using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Localization;

namespace StdWorkflow.Web.Features.Journeys;

/// <summary>
/// A family on a time axis: a lane for each member, its stays as bars, and a line from where it comes from. The page says the same in a
/// table, so that for a screen reader this is one picture.
/// </summary>
[HtmlTargetElement("journey-chart", TagStructure = TagStructure.WithoutEndTag)]
public sealed class JourneyChartTagHelper(
    IStringLocalizer<JourneyTexts> texts, IStringLocalizer<WorkItemTexts> items, IStringLocalizer<ComponentTexts> pieces, HtmlEncoder encoder) : TagHelper
{
    private const int Width = 1000, Left = 24, Right = 976, LaneHeight = 76, BarTop = 24, BarHeight = 14;

    /// <summary>The family.</summary>
    public JourneyView Model { get; set; } = null!;

    /// <summary>Today, in the zone of the committee.</summary>
    public DateOnly Today { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "scroll");
        output.Attributes.SetAttribute("tabindex", "0");
        output.Attributes.SetAttribute("role", "region");
        output.Attributes.SetAttribute("aria-label", texts["Journey.Drawing"].Value);
        output.Content.SetHtmlContent(Drawing());
    }

    private HtmlString Drawing()
    {
        var axis = new TimeAxis(Model.Members.SelectMany(member => member.Stays).SelectMany(stay => new[] { stay.From, stay.To }).OfType<DateOnly>().Append(Today), Left, Right);
        var top = axis.Head + 4;
        var height = top + Model.Members.Count * LaneHeight;
        var html = new Markup(encoder).Add($"<svg class=\"drawing\" width=\"{Width}\" height=\"{height}\" viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{texts["Journey.DrawingOf", Model.Members.Count].Value}\">");
        axis.Draw(html, height, Today, pieces["Journey.Today"].Value);

        for (var index = 0; index < Model.Members.Count; index++)
            foreach (var origin in Model.Members[index].ComesFrom)
            {
                if (Model.Members[index].Stays.FirstOrDefault(stay => stay.From is not null)?.From is not { } begins) continue;
                var older = Model.Members[origin.Member];
                var left = LastDay(older, begins) is { } last ? At(last) : Left;
                var (fromY, toX, toY) = (BarOf(origin.Member) + BarHeight, At(begins), BarOf(index) + BarHeight / 2);
                if (origin.Member > index) fromY -= BarHeight;
                html.Add($"<path class=\"join\" d=\"M{left} {fromY}V{toY}H{toX}\"/>");
            }

        // Names last, so that a window too narrow for the drawing can keep them in sight.
        var names = new Markup(encoder);
        for (var index = 0; index < Model.Members.Count; index++) html.Add($"{Lane(Model.Members[index], index)}");
        return html.Add($"<g class=\"names\">{names.ToHtml()}</g></svg>").ToHtml();

        int At(DateOnly day) => (int)axis.At(day);

        int BarOf(int index) => top + index * LaneHeight + BarTop;

        HtmlString Lane(JourneyMember member, int index)
        {
            var kind = member.Kind is { } known ? items[$"WorkItemKind.{known}"].Value : texts["Journey.Foreign"].Value;
            var phase = Markup.ClassOf(member.Phase);
            var lane = new Markup(encoder).Add($"<g class=\"{phase}\">");
            var head = $"{(member.IsThis ? pieces["Journey.This", member.Name].Value : member.Name)} · {kind}";
            names.Add($"<g class=\"{phase}\"><text class=\"number {(member.IsThis ? "strong" : "")}\" x=\"0\" y=\"{BarOf(index) - 8}\"><tspan class=\"by-phase\">{head}</tspan> {Shorten(member.Title.In(Reader.Language), Width - LengthOf(head) - 20)}</text></g>");
            var stays = member.Stays.Select((stay, at) => (Stay: stay, Ends: EndOf(member, at))).Where(bar => bar.Stay.From is not null).ToList();
            var free = 0;
            foreach (var (stay, ends) in stays)
            {
                var (x, width) = (At(stay.From!.Value), Math.Max(5, At(ends) - At(stay.From!.Value)));
                var name = $"{stay.Label} {stay.Name.In(Reader.Language)}".Trim();
                lane.Add($"<g class=\"{Markup.ClassOf(stay.Phase)}\"><rect class=\"stay\" x=\"{x}\" y=\"{BarOf(index)}\" width=\"{width}\" height=\"{BarHeight}\"><title>{name} {stay.From.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}</title></rect></g>");
                // What finds no room under its bar stands in the table only, but for where it stands now.
                var isNow = stay == member.Stays[^1];
                var label = LengthOf(name) <= width || (isNow && Beginning(name) >= free) ? name : LengthOf(stay.Label) <= width || isNow ? stay.Label : "";
                var begins = Beginning(label);
                if (label.Length == 0 || begins < free) continue;
                lane.Add($"<text class=\"small number\" x=\"{begins}\" y=\"{BarOf(index) + BarHeight + 14}\">{label}</text>");
                free = begins + LengthOf(label) + 6;

                int Beginning(string words) => Math.Min(x, Width - LengthOf(words));
            }

            if (stays.Count == 0) lane.Add($"<text class=\"small soft\" x=\"0\" y=\"{BarOf(index) + 12}\">{texts["Journey.NoDates"].Value}</text>");
            return lane.Add($"</g>").ToHtml();
        }
    }

    private DateOnly EndOf(JourneyMember member, int at) =>
        member.Stays[at].To ?? member.Stays.Skip(at + 1).Select(stay => stay.From).FirstOrDefault(day => day is not null) ?? member.EndedOn ?? Today;

    /// <summary>From which day of the older one the line starts: where it stood when the newer one began.</summary>
    private DateOnly? LastDay(JourneyMember older, DateOnly begins)
    {
        if (older.Stays.FirstOrDefault(stay => stay.From is not null)?.From is not { } first) return null;
        var last = EndOf(older, older.Stays.Count - 1);
        return begins < first ? first : begins > last ? last : begins;
    }

    /// <summary>A little more than the text takes at 13 px: what is measured here must fit on every machine.</summary>
    private static int LengthOf(string text) => text.Sum(sign => sign < 0x2E80 ? 7 : 13) + 4;

    private static string Shorten(string text, int room)
    {
        if (LengthOf(text) <= room) return text;
        var (length, at) = (20, 0);
        while (at < text.Length && (length += text[at] < 0x2E80 ? 7 : 13) < room) at++;
        return text[..(at > 0 && char.IsHighSurrogate(text[at - 1]) ? at - 1 : at)] + "…";
    }
}
