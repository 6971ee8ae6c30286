using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Web.Components;

/// <summary>A deadline as it is shown.</summary>
/// <param name="LocalDate">The last day, in <paramref name="Zone"/>, included.</param>
/// <param name="Zone">IANA name of the zone.</param>
/// <param name="InstantUtc">The last instant of that day.</param>
/// <param name="State">How it stands now.</param>
/// <param name="Provisional">True while a calendar that it depends on is not published.</param>
public sealed record DeadlineView(DateOnly LocalDate, string Zone, DateTime InstantUtc, DeadlineState State, bool Provisional)
{
    /// <summary>A stored deadline as it stands at an instant.</summary>
    public static DeadlineView Of(Deadline deadline, DateTime nowUtc) =>
        new(deadline.LocalDate, deadline.Zone, deadline.InstantUtc, deadline.At(nowUtc), deadline.IsProvisional);

    /// <summary>The parts of a stored deadline, for queries that read only those.</summary>
    public static DeadlineView Of(DateOnly localDate, string zone, DateTime instantUtc, ClockKind kind, DeadlineStatus status, bool provisional, DateTime nowUtc) =>
        new(localDate, zone, instantUtc, DeadlineStates.Of(kind, status, instantUtc, nowUtc, DeadlineStates.Near), provisional);

    /// <summary>What is stored as a running deadline's last instant only, such as a track's nearest deadline.</summary>
    public static DeadlineView Of(DateTime instantUtc, ClockKind kind, DateTime nowUtc) =>
        Of(Instants.DateIn(instantUtc), Instants.China, instantUtc, kind, DeadlineStatus.Running, false, nowUtc);
}

/// <summary>How much of a deadline is shown.</summary>
public enum DeadlineSize
{
    /// <summary>With the zone and the exact instant on demand.</summary>
    Full,

    /// <summary>For a row of a table whose head names the zone.</summary>
    Row,
}

/// <summary>The one wording of a deadline, on pages and in mails.</summary>
public sealed class DeadlineWords(IStringLocalizer<ComponentTexts> texts, TimeProvider clock)
{
    /// <summary>How long it has, or how late it is.</summary>
    public string State(DeadlineView due) => due.State switch
    {
        DeadlineState.Met or DeadlineState.Frozen => texts[$"DeadlineState.{due.State}"],
        _ => (due.LocalDate.DayNumber - Instants.DateIn(clock.GetUtcNow().UtcDateTime, due.Zone).DayNumber) switch
        {
            < -1 and var days => texts["Due.DaysLate", -days],
            -1 => texts["Due.DayLate"],
            0 => texts["Due.Today"],
            1 => texts["Due.Tomorrow"],
            var days => texts["Due.DaysLeft", days],
        },
    };

    /// <summary>The day, that it is included, its zone, and the instant: a sentence.</summary>
    public string Until(DeadlineView due) =>
        texts["Due.Until", Day(due.LocalDate), ZoneName(due.Zone), due.Zone, due.InstantUtc.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)];

    /// <summary>The day as digits.</summary>
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string ZoneName(string zone) => texts[$"Zone.{zone}"] is { ResourceNotFound: false } name ? name : zone;
}

/// <summary>The one rendering of a deadline: day, days left in words, state, and the zone on demand.</summary>
[HtmlTargetElement("deadline", TagStructure = TagStructure.WithoutEndTag)]
public sealed class DeadlineTagHelper(DeadlineWords words, IStringLocalizer<ComponentTexts> texts, HtmlEncoder encoder) : TagHelper
{
    /// <summary>The deadline; a dash is written when there is none.</summary>
    public DeadlineView? Value { get; set; }

    /// <summary>How much of it.</summary>
    public DeadlineSize Size { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        var html = new Markup(encoder);
        if (Value is null) html.Add($"<span class=\"quiet-text\">{texts["Due.None"].Value}</span>");
        else if (Size == DeadlineSize.Row) html.Add($"<span class=\"due {ClassOf(Value.State)}\">{Day()}</span>");
        else
        {
            html.Add($"<details class=\"due {ClassOf(Value.State)}\"><summary>{Day()}</summary><p>")
                .Add($"{words.Until(Value)}")
                .AddIf(Value.Provisional, $"<br>{texts["Due.ProvisionalWhy"].Value}").Add($"</p></details>");
        }

        output.Content.SetHtmlContent(html.ToHtml());
    }

    private HtmlString Day() => new Markup(encoder)
        .Add($"<time datetime=\"{Value!.InstantUtc.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture)}\">{DeadlineWords.Day(Value.LocalDate)}</time> <b>{words.State(Value)}</b>")
        .AddIf(Value.Provisional, $" <span class=\"mark\">{texts["Due.Provisional"].Value}</span>").ToHtml();

    internal static string ClassOf(DeadlineState state) => state switch
    {
        DeadlineState.OnTime => "on-time",
        DeadlineState.Near => "near",
        DeadlineState.Late => "late",
        DeadlineState.Frozen => "frozen",
        _ => "met",
    };
}
