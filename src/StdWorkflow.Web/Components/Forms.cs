using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace StdWorkflow.Web.Components;

/// <summary>Above a form: how many places need a change, each a link to its field. Nothing when all is well.</summary>
[HtmlTargetElement("error-summary", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ErrorSummaryTagHelper(IStringLocalizer<ComponentTexts> texts, HtmlEncoder encoder) : TagHelper
{
    /// <summary>The view in which it stands.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        var wrong = ViewContext.ModelState.Where(entry => entry.Value?.ValidationState == ModelValidationState.Invalid)
            .SelectMany(entry => entry.Value!.Errors.Select(error => (entry.Key, error.ErrorMessage))).Distinct().ToList();
        if (wrong.Count == 0)
        {
            output.SuppressOutput();
            return;
        }

        // Written only when the whole page is: the fields below tell their labels first.
        output.Content.SetHtmlContent(new Later(() =>
        {
            var labels = FieldTagHelper.LabelsOf(ViewContext.HttpContext);
            var html = new Markup(encoder).Add($"<div class=\"problems\" role=\"alert\" tabindex=\"-1\"><h2>{(!wrong.Any(one => labels.ContainsKey(one.Key)) ? texts["Problems.Refused"] : texts["Problems", wrong.Count]).Value}</h2><ul>");
            foreach (var (key, message) in wrong)
                html.Add(labels.TryGetValue(key, out var label) ? $"<li><a href=\"#{label.Id}\">{Markup.Unbroken(texts["Problems.Labelled", label.Words, message])}</a></li>" : (FormattableString)$"<li>{Markup.Unbroken(message)}</li>");
            return html.Add($"</ul></div>").ToHtml();
        }));
    }

    internal static string IdOf(string name) => TagBuilder.CreateSanitizedId(name, "_");

    private sealed class Later(Func<IHtmlContent> write) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder) => write().WriteTo(writer, encoder);
    }
}

/// <summary>
/// A labelled field: label, hint, error, then what stands inside. What stands inside takes its <c>asp-for</c> as usual; hint and
/// error are tied to it.
/// </summary>
[HtmlTargetElement("field", Attributes = "for,label")]
public sealed class FieldTagHelper(IStringLocalizer<ComponentTexts> texts, HtmlEncoder encoder) : TagHelper
{
    /// <summary>The property.</summary>
    public ModelExpression For { get; set; } = null!;

    /// <summary>The label, in the reader's language.</summary>
    public string Label { get; set; } = "";

    /// <summary>What helps to fill it in, or null.</summary>
    public string? Hint { get; set; }

    /// <summary>The unit beside the input, or null.</summary>
    public string? Unit { get; set; }

    /// <summary>True when it may stay empty.</summary>
    public bool Optional { get; set; }

    /// <summary>The view in which it stands.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc/>
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var name = ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);
        var id = ErrorSummaryTagHelper.IdOf(name);
        var errors = ViewContext.ModelState.TryGetValue(name, out var entry) ? entry.Errors.Select(error => error.ErrorMessage).Distinct().ToList() : [];
        var described = string.Join(' ', new[] { Hint is null ? null : $"{id}-hint", errors.Count == 0 ? null : $"{id}-error" }.Where(part => part is not null));
        context.Items[typeof(FieldTagHelper)] = (id, described, errors.Count > 0);
        LabelsOf(ViewContext.HttpContext)[name] = (id, Label);
        var inside = await output.GetChildContentAsync();

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", errors.Count > 0 ? "field bad" : "field");
        var html = new Markup(encoder).Add($"<label for=\"{id}\">{Label}")
            .AddIf(Optional, $" <span class=\"optional\">{texts["Optional"].Value}</span>").Add($"</label>")
            .AddIf(Hint is not null, $"<p class=\"hint\" id=\"{id}-hint\">{Markup.Unbroken(Hint ?? "")}</p>");
        for (var at = 0; at < errors.Count; at++)
            html.Add(at == 0 ? $"<p class=\"error\" id=\"{id}-error\">{Markup.Unbroken(errors[at])}</p>" : (FormattableString)$"<p class=\"error\">{Markup.Unbroken(errors[at])}</p>");
        output.Content.SetHtmlContent(html
            .AddIf(Unit is not null, $"<div class=\"with-unit\">").Add($"{inside}")
            .AddIf(Unit is not null, $"<span>{Unit}</span></div>").ToHtml());
    }

    /// <summary>Id and label of every field by its name. Errors may name it in other letters: a handler's <c>form</c> is the page's <c>Form</c>.</summary>
    internal static Dictionary<string, (string Id, string Words)> LabelsOf(HttpContext http)
    {
        if (http.Items.TryGetValue(typeof(FieldTagHelper), out var found)) return (Dictionary<string, (string, string)>)found!;
        var labels = new Dictionary<string, (string, string)>(StringComparer.OrdinalIgnoreCase);
        http.Items[typeof(FieldTagHelper)] = labels;
        return labels;
    }
}

/// <summary>Ties an input in a <see cref="FieldTagHelper"/> to its hint and error.</summary>
[HtmlTargetElement("input", Attributes = "asp-for")]
[HtmlTargetElement("select", Attributes = "asp-for")]
[HtmlTargetElement("textarea", Attributes = "asp-for")]
public sealed class FieldInputTagHelper : TagHelper
{
    /// <summary>After the framework's own, which sets the id.</summary>
    public override int Order => 1000;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (!context.Items.TryGetValue(typeof(FieldTagHelper), out var found)) return;
        var (id, described, isWrong) = ((string, string, bool))found;
        if (output.Attributes["id"]?.Value?.ToString() != id) return;
        if (described.Length > 0) output.Attributes.SetAttribute("aria-describedby", described);
        if (isWrong) output.Attributes.SetAttribute("aria-invalid", "true");
    }
}
