using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Web.Localization;

namespace StdWorkflow.Web.Components;

/// <summary>
/// "Not yet, because": the gates of a next step. Met ones are quiet; unmet ones say what is missing, who can supply it, and link
/// to where that is done.
/// </summary>
[HtmlTargetElement("gates", TagStructure = TagStructure.WithoutEndTag)]
public sealed class GatesTagHelper(IStringLocalizer<ComponentTexts> texts, IServiceProvider services, HtmlEncoder encoder) : TagHelper
{
    /// <summary>The step.</summary>
    public NextStep Model { get; set; } = null!;

    /// <summary>Where the reader can supply what a gate lacks; null when it is not the reader's to supply.</summary>
    public Func<Gate, string?> Supply { get; set; } = _ => null;

    /// <summary>Name of who stated an attestation; null when not known.</summary>
    public Func<Guid, string?> NameOf { get; set; } = _ => null;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        if (Model.Gates.Count == 0)
        {
            output.SuppressOutput();
            return;
        }

        var problems = services.GetRequiredService<ProblemTexts>();
        var html = new Markup(encoder).Add($"<ul class=\"gates\">");
        foreach (var result in Model.Gates)
        {
            var gate = result.Gate;
            var name = gate.Kind == GateKind.Attestation ? html.Text(gate.Name) : new(encoder.Encode(GateWords.NameOf(gate, texts)));
            if (result.Met)
            {
                html.Add($"<li class=\"met\">{name}");
                if (result.StatedBy is { } said)
                    html.Add($" <span class=\"who\">{Markup.Unbroken(texts["Gates.StatedBy", said.Person is { } person && NameOf(person) is { } known ? known : texts["Gates.Somebody"].Value, said.Paper, said.PaperDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)].Value)}</span>");
                html.Add($"</li>");
                continue;
            }

            html.Add($"<li class=\"unmet\"><b>{texts["Gates.NotYet"].Value}{name}</b><span class=\"why\">{Markup.Unbroken(gate.Kind == GateKind.Attestation ? texts["Gates.NobodyStated"].Value : problems.Say(result.Reason!))}</span><span class=\"who\">");
            if (!gate.SuppliedBy.IsEmpty) html.Add($"{texts["Gates.SuppliedBy", gate.SuppliedBy.In(Reader.Language)].Value} ");
            if (Supply(gate) is { } href) html.Add($"<a href=\"{href}\">{texts[gate.Kind == GateKind.Attestation ? "Gates.Attest" : "Gates.Supply"].Value}</a>");
            html.Add($"</span></li>");
        }

        output.Content.SetHtmlContent(html.Add($"</ul>").ToHtml());
    }
}

/// <summary>What a gate is called: an attestation by its process, what the program looks at itself by our words.</summary>
internal static class GateWords
{
    public static string NameOf(Gate gate, IStringLocalizer<ComponentTexts> texts) =>
        gate.Kind == GateKind.Attestation ? gate.Name.In(Reader.Language) : texts[$"GateKind.{gate.Kind}"];
}
