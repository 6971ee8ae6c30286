using System.Net;
using StdWorkflow.Web.Tests.Features.Account;

namespace StdWorkflow.Web.Tests.Security;

public class HeadersTests(App app) : IClassFixture<App>
{
    [Theory]
    [InlineData("/account/sign-in")]
    [InlineData("/site.css")]
    [InlineData("/no-such-page")]
    [InlineData("/health/live")]
    [InlineData("/account")]
    public async Task Every_answer_forbids_script_and_style_that_are_not_files_of_ours(string path)
    {
        using var answer = await app.Visitor().GetAsync(path);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task What_does_not_exist_is_404_in_the_readers_language_for_visitors_and_members()
    {
        var (_, email) = await app.Given.PersonAsync();
        var member = app.Visitor();
        await member.SignInAsync(email);

        var visitors = await app.Visitor().OpenAsync("/no-such-page");
        var english = await app.Visitor().In("en").OpenAsync("/no-such-page");
        var members = await member.OpenAsync("/no-such-page");

        Assert.All([visitors, english, members], page => Assert.Equal(HttpStatusCode.NotFound, page.Status));
        Assert.Equal(["找不到该页面", "Nothing here", "找不到该页面"], [visitors.Heading, english.Heading, members.Heading]);
        Assert.True(visitors.HasLink("登录"));
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused_with_a_page()
    {
        var answer = await app.Visitor().PostAsync("/account/sign-in", KeyValuePair.Create("Form.Email", "a@example.org"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("请求无法处理", answer.Heading);
    }

    [Fact]
    public async Task Pages_are_written_in_letters_not_in_entities()
    {
        var page = await app.Visitor().OpenAsync("/account/sign-in");

        Assert.Contains("登录", page.Source, StringComparison.Ordinal);
        Assert.DoesNotContain("&#x", page.Source, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_program_says_that_it_lives_and_is_ready()
    {
        using var live = await app.Visitor().GetAsync("/health/live");
        using var ready = await app.Visitor().GetAsync("/health/ready");

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], [live.StatusCode, ready.StatusCode]);
    }
}
