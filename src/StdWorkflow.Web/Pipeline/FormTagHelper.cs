using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace StdWorkflow.Web.Pipeline;

/// <summary>A page whose form shows a certain version of something; the form then carries it.</summary>
public interface IShowsVersion
{
    /// <summary>Version of what the page shows.</summary>
    int SeenVersion { get; }
}

/// <summary>Gives every posted form its key, and the version that it shows.</summary>
[HtmlTargetElement("form", Attributes = "[method=post]")]
public sealed class FormTagHelper : TagHelper
{
    /// <summary>The view in which the form stands.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.PostContent.AppendHtml(Hidden(CommandForm.KeyField, RandomNumberGenerator.GetHexString(32, lowercase: true)));
        if (ViewContext.ViewData.Model is IShowsVersion page)
            output.PostContent.AppendHtml(Hidden(nameof(IShowsVersion.SeenVersion), page.SeenVersion.ToString(CultureInfo.InvariantCulture)));
    }

    private static TagBuilder Hidden(string name, string value)
    {
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        input.Attributes.Add("type", "hidden");
        input.Attributes.Add("name", name);
        input.Attributes.Add("value", value);
        return input;
    }
}
