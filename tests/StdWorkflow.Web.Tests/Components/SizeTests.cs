using System.Text.RegularExpressions;
using StdWorkflow.Testing;

namespace StdWorkflow.Web.Tests.Components;

public sealed partial class SizeTests
{
    private static readonly string Web = Repository.PathTo("src", "StdWorkflow.Web");

    [Theory]
    [InlineData("*.css", 30_000)]
    [InlineData("*.js", 15_000)]
    public void What_every_page_loads_stays_small(string kind, long limit)
    {
        var files = Directory.GetFiles(Path.Combine(Web, "wwwroot"), kind, SearchOption.AllDirectories);

        Assert.NotEmpty(files);
        Assert.InRange(files.Sum(file => new FileInfo(file).Length), 1, limit);
    }

    [Fact]
    public void No_view_holds_what_the_content_security_policy_refuses()
    {
        var views = Directory.GetFiles(Web, "*.cshtml", SearchOption.AllDirectories);

        Assert.NotEmpty(views);
        Assert.Empty(views.Where(view => Refused().IsMatch(File.ReadAllText(view))).Select(Path.GetFileName));
    }

    [GeneratedRegex(@"\sstyle\s*=\s*[""']|\son[a-z]+\s*=\s*[""']|<style|<script(?![^>]*\ssrc=)", RegexOptions.IgnoreCase)]
    private static partial Regex Refused();
}
