using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using StdWorkflow.Data.Providers;
using StdWorkflow.Web.Localization;

namespace StdWorkflow.Web.Components;

/// <summary>A page of a list, as pager and count see it.</summary>
public interface IPage
{
    /// <summary>Number of the page, from 1.</summary>
    int Number { get; }

    /// <summary>Rows on a full page.</summary>
    int Size { get; }

    /// <summary>How many rows there are, counted to <see cref="Paging.CountedTo"/>.</summary>
    int Total { get; }

    /// <summary>True when there are more rows than were counted.</summary>
    bool IsMore { get; }

    /// <summary>Rows on this page.</summary>
    int Shown { get; }

    /// <summary>True when another page follows.</summary>
    bool HasNext { get; }
}

/// <summary>A page of a list.</summary>
public sealed record Page<T>(IReadOnlyList<T> Rows, int Number, int Size, int Total, bool IsMore, bool HasNext) : IPage
{
    /// <inheritdoc/>
    public int Shown => Rows.Count;
}

/// <summary>Cuts a query into pages.</summary>
public static class Paging
{
    /// <summary>Counts are exact up to here; beyond it is "more than".</summary>
    public const int CountedTo = 1000;

    /// <summary>Counts of a page that only gives an overview are exact up to here.</summary>
    public const int OverviewTo = 100;

    /// <summary>A number of an overview, which was counted to <see cref="OverviewTo"/> and one more.</summary>
    public static string Counted(this IStringLocalizer<CommonTexts> common, int count) =>
        count > OverviewTo ? common["MoreThan", OverviewTo] : count.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// Reads one page of an ordered query, and counts no further than <see cref="CountedTo"/>. A number below 1 is 1, one past the end is the
    /// last, as far as was counted.
    /// </summary>
    public static Task<Page<T>> ToPageAsync<T>(this IQueryable<T> ordered, int number, CancellationToken stop, int size = 50) => ordered.ToPageAsync(ordered, number, stop, size);

    /// <summary>The same; the rows to count are given before they are sorted, because only so the count ends early.</summary>
    public static async Task<Page<T>> ToPageAsync<T, TRow>(this IQueryable<T> ordered, IQueryable<TRow> found, int number, CancellationToken stop, int size = 50)
    {
        var counted = await found.Take(CountedTo + 1).CountAsync(stop);
        number = Math.Clamp(number, 1, counted > CountedTo ? 1_000_000 : Math.Max(1, (counted + size - 1) / size));
        var rows = await ordered.InThisOrder().Skip((number - 1) * size).Take(size + 1).ToListAsync(stop);
        var hasNext = rows.Count > size;
        if (hasNext) rows.RemoveAt(size);
        return new Page<T>(rows, number, size, Math.Min(counted, CountedTo), counted > CountedTo, hasNext);
    }
}

/// <summary>How many there are, and which of them are shown.</summary>
[HtmlTargetElement("row-count", TagStructure = TagStructure.WithoutEndTag)]
public sealed class RowCountTagHelper(IStringLocalizer<ComponentTexts> texts, HtmlEncoder encoder) : TagHelper
{
    /// <summary>The page.</summary>
    public IPage Model { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "count");
        var first = (Model.Number - 1) * Model.Size + 1;
        var html = new Markup(encoder).Add($"<b>{texts[Model.IsMore ? "Count.More" : "Count", Model.Total].Value}</b>");
        if (Model.Shown > 0 && (Model.Number > 1 || Model.HasNext)) html.Add($"{texts["Count.Shown", first, first + Model.Shown - 1].Value}");
        output.Content.SetHtmlContent(html.ToHtml());
    }
}

/// <summary>Links to the other pages of a list; every other part of the address stays. Nothing when one page holds all.</summary>
[HtmlTargetElement("pager", TagStructure = TagStructure.WithoutEndTag)]
public sealed class PagerTagHelper(IStringLocalizer<ComponentTexts> texts, HtmlEncoder encoder) : TagHelper
{
    /// <summary>The page.</summary>
    public IPage Model { get; set; } = null!;

    /// <summary>Name of the page number in the address.</summary>
    public string Parameter { get; set; } = "page";

    /// <summary>The view in which it stands.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        if (Model is { Number: 1, HasNext: false })
        {
            output.SuppressOutput();
            return;
        }

        var last = Math.Max((Model.Total + Model.Size - 1) / Model.Size, Model.Number);
        var html = new Markup(encoder).Add($"<nav class=\"pager\" aria-label=\"{texts["Pager"].Value}\"><ul>");
        var before = 0;
        foreach (var number in Enumerable.Range(1, last).Where(number => number == 1 || number == last || Math.Abs(number - Model.Number) <= 2))
        {
            html.AddIf(number > before + 1, $"<li>…</li>")
                .Add(number == Model.Number ? $"<li><span aria-current=\"page\">{number}</span></li>" : (FormattableString)$"<li><a href=\"{Address(number)}\">{number}</a></li>");
            before = number;
        }

        html.AddIf(Model.IsMore && Model.Number <= last, $"<li>…</li>").Add($"</ul><span class=\"actions\">");
        if (Model.Number > 1) html.Add($"<a href=\"{Address(Model.Number - 1)}\" rel=\"prev\">{texts["Pager.Previous"].Value}</a> ");
        if (Model.HasNext) html.Add($"<a href=\"{Address(Model.Number + 1)}\" rel=\"next\">{texts["Pager.Next"].Value}</a>");
        output.Content.SetHtmlContent(html.Add($"</span></nav>").ToHtml());
    }

    private string Address(int number)
    {
        var request = ViewContext.HttpContext.Request;
        var kept = request.Query.Where(part => part.Key != Parameter).ToDictionary(part => part.Key, part => part.Value);
        if (number > 1) kept[Parameter] = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return QueryHelpers.AddQueryString(request.PathBase + request.Path, kept);
    }
}

/// <summary>A head of a column that sorts by a link: once up, once more down.</summary>
[HtmlTargetElement("th", Attributes = "sort")]
public sealed class SortHeadTagHelper(HtmlEncoder encoder) : TagHelper
{
    /// <summary>What it sorts by.</summary>
    public string Sort { get; set; } = "";

    /// <summary>What the list is sorted by now: a name, with <c>-</c> before it when descending.</summary>
    public string? SortedBy { get; set; }

    /// <summary>The view in which it stands.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc/>
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var (up, down) = (SortedBy == Sort, SortedBy == $"-{Sort}");
        output.Attributes.SetAttribute("scope", "col");
        if (up || down) output.Attributes.SetAttribute("aria-sort", up ? "ascending" : "descending");
        var request = ViewContext.HttpContext.Request;
        var kept = request.Query.Where(part => part.Key is not ("page" or "sort")).ToDictionary(part => part.Key, part => part.Value);
        kept["sort"] = up ? $"-{Sort}" : Sort;
        var inside = await output.GetChildContentAsync();
        output.Content.SetHtmlContent(new Markup(encoder).Add($"<a href=\"{QueryHelpers.AddQueryString(request.PathBase + request.Path, kept)}\">{inside}</a>").ToHtml());
    }
}
