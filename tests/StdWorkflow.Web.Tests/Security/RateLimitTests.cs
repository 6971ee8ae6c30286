using System.Net;

namespace StdWorkflow.Web.Tests.Security;

public class RateLimitTests
{
    [Fact]
    public async Task A_program_that_asks_too_often_is_told_so_in_the_language_of_its_person()
    {
        await using var own = new App { Settings = { ["RateLimits:ApiPerMinute"] = "2" } };
        await own.InitializeAsync();
        var known = await own.Given.ProgramOfAsync("li.wei");
        for (var asked = 0; asked < 2; asked++) Assert.Equal(200, (await known.GetAsync("/api/v1/work-items?limit=1")).Status);

        var english = await own.Api().GetAsync("/api/v1/work-items?limit=1");
        var chinese = await own.Api().GetAsync("/api/v1/work-items?limit=1", ("Accept-Language", "zh-CN"));
        var chosen = await own.Api().GetAsync("/api/v1/work-items?limit=1", ("Accept-Language", "zh-CN"), ("Cookie", ".AspNetCore.Culture=c=en|uic=en"));
        // Who it belongs to was known while it was answered: its person reads Chinese, whatever the program accepts.
        var persons = await known.GetAsync("/api/v1/work-items?limit=1");

        Assert.All([english, chinese, chosen, persons], answer => Assert.Equal((429, "application/problem+json", "http.429", true), (answer.Status, answer.MediaType, answer.Code, answer.RetryAfter > TimeSpan.Zero)));
        Assert.Equal(["Too many attempts", "操作过于频繁", "Too many attempts", "操作过于频繁"], new[] { english, chinese, chosen, persons }.Select(answer => answer.Of("title")));
        Assert.Equal(["Wait a little and try again.", "请稍候再试。"], new[] { english, chinese }.Select(answer => answer.Of("detail")));
    }

    [Fact]
    public async Task Who_sends_a_form_too_often_is_told_so_on_a_page_in_their_language()
    {
        await using var own = new App { Settings = { ["RateLimits:SignInPerMinute"] = "1" } };
        await own.InitializeAsync();
        var (chinese, english) = (await own.Visitor().OpenAsync("/account/sign-in"), await own.Visitor().In("en").OpenAsync("/account/sign-in"));
        await chinese.SubmitAsync(form => form.Fill("电子邮箱", "nobody@example.org").Fill("密码", "not the password"));

        var (first, second) = (await chinese.SubmitAsync(form => form.Fill("电子邮箱", "nobody@example.org")), await english.SubmitAsync(form => form.Fill("E-mail", "nobody@example.org")));

        Assert.Equal((HttpStatusCode.TooManyRequests, "操作过于频繁"), (first.Status, first.Heading));
        Assert.Equal((HttpStatusCode.TooManyRequests, "Too many attempts"), (second.Status, second.Heading));
    }
}
