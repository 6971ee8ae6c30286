using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace StdWorkflow.Web.Tests.Driver;

/// <summary>The text of a piece of a page, with white space as a reader sees it.</summary>
internal static partial class Words
{
    public static string Of(INode? node) => node is null ? "" : Spaces().Replace(node.TextContent, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
