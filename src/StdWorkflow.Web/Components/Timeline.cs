using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;
using StdWorkflow.Domain.Deadlines;

namespace StdWorkflow.Web.Components;

/// <summary>A changed field.</summary>
/// <param name="Field">Its name, in the reader's language where there is one.</param>
/// <param name="Before">Old value, or null when there was none.</param>
/// <param name="After">New value, or null when there is none.</param>
public sealed record TimelineChange(string Field, string? Before, string? After);

/// <summary>An event, told in the reader's language.</summary>
/// <param name="OccurredAt">When it happened (UTC).</param>
/// <param name="Sentence">What happened; plain text, or content that is already encoded.</param>
/// <param name="Who">Who did it.</param>
/// <param name="Reason">Why, in the words of whoever did it, or null.</param>
/// <param name="Changes">Old and new values.</param>
public sealed record TimelineEntry(DateTime OccurredAt, IHtmlContent Sentence, string Who, string? Reason, IReadOnlyList<TimelineChange> Changes)
{
    /// <summary>When it was written down (UTC), if that is another day.</summary>
    public DateTime? RecordedAt { get; init; }

    /// <summary>Address of the page that shows how it was then, or null.</summary>
    public string? AsOf { get; init; }
}

/// <summary>The section on what happened: sentences with who, when and why, old and new values folded away.</summary>
[HtmlTargetElement("timeline", TagStructure = TagStructure.WithoutEndTag)]
public sealed class TimelineTagHelper(IStringLocalizer<ComponentTexts> texts, HtmlEncoder encoder) : TagHelper
{
    /// <summary>The events, in the order in which they are shown.</summary>
    public IReadOnlyList<TimelineEntry> Model { get; set; } = [];

    /// <summary>False for what goes on beneath the newest part.</summary>
    public bool Heading { get; set; } = true;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        var html = new Markup(encoder)
            .AddIf(Heading, $"<h2>{texts["Timeline"].Value} <span>{texts["Timeline.NewestFirst"].Value}</span></h2>").Add($"<ol class=\"timeline\">");
        foreach (var entry in Model)
        {
            var day = Instants.DateIn(entry.OccurredAt);
            html.Add($"<li>{Markup.Day(day)}<div><p>{entry.Sentence}</p>")
                .AddIf(!string.IsNullOrWhiteSpace(entry.Reason), $"<p class=\"why\">{entry.Reason}</p>")
                .Add($"<p class=\"by\">{entry.Who}");
            var isMidnight = Instants.StartOf(day, Instants.China) == entry.OccurredAt || entry.OccurredAt.TimeOfDay == TimeSpan.Zero;
            if (!isMidnight) html.Add($" · {InChina(entry.OccurredAt, "HH:mm")}");
            if (entry.RecordedAt is { } recorded && Instants.DateIn(recorded) != day) html.Add($" · {texts["Timeline.Recorded", InChina(recorded, "yyyy-MM-dd")].Value}");
            html.AddIf(entry.AsOf is not null, $" · <a href=\"{entry.AsOf}\">{texts["Timeline.AsOf"].Value}</a>").Add($"</p>");
            if (entry.Changes.Count > 0)
            {
                html.Add($"<details><summary>{texts["Timeline.Changes", entry.Changes.Count].Value}</summary><table class=\"changes\">");
                foreach (var change in entry.Changes)
                    html.Add($"<tr><th scope=\"row\">{change.Field}</th><td>")
                        .AddIf(change.Before is not null, $"<del>{change.Before}</del> ")
                        .Add($"→ ")
                        .Add(change.After is null ? $"<span class=\"quiet-text\">{texts["Timeline.Nothing"].Value}</span>" : (FormattableString)$"<ins>{change.After}</ins>")
                        .Add($"</td></tr>");
                html.Add($"</table></details>");
            }

            html.Add($"</div></li>");
        }

        output.Content.SetHtmlContent(html.Add($"</ol>").ToHtml());
    }

    private static string InChina(DateTime utc, string format) =>
        TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), TimeZoneInfo.FindSystemTimeZoneById(Instants.China)).ToString(format, CultureInfo.InvariantCulture);
}
