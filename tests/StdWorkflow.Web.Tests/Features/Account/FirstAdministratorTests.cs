using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using StdWorkflow.Data;
using StdWorkflow.Domain.People;
using StdWorkflow.Testing;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Features.Account;

/// <summary>A new installation: Production, no account.</summary>
public sealed class FirstAdministratorTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private Installation program = null!;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        program = new Installation(database);
        program.StartServer();
    }

    public async ValueTask DisposeAsync()
    {
        await program.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task The_link_in_the_log_makes_the_first_administrator_once()
    {
        var browser = program.Browser();

        var made = await FillInAsync(await browser.OpenAsync(program.Link), "first@example.org");

        Assert.Equal("/account/sign-in", made.Path);
        await browser.SignInAsync("first@example.org");
        Assert.True(await browser.IsInsideAsync());
        await using var scope = program.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var membership = await db.Memberships.SingleAsync(held => held.CommitteeId == null, TestContext.Current.CancellationToken);
        Assert.Equal(Position.Administrator, (await db.Positions.SingleAsync(position => position.Id == membership.PositionId, TestContext.Current.CancellationToken)).Key);
        Assert.Equal(HttpStatusCode.NotFound, (await program.Browser().OpenAsync(program.Link)).Status);
    }

    [Fact]
    public async Task Two_who_use_the_link_at_once_make_one_administrator()
    {
        var pages = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => program.Browser().OpenAsync(program.Link)));

        var answers = await Task.WhenAll(pages.Select((page, number) => FillInAsync(page, $"first{number}@example.org")));

        Assert.Single(answers, answer => answer.Path == "/account/sign-in");
        Assert.Equal(2, answers.Count(answer => answer.Status == HttpStatusCode.NotFound));
        await using var scope = program.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        Assert.Equal(1, await db.Users.CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1, await db.Memberships.CountAsync(held => held.CommitteeId == null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task After_an_hour_the_link_leads_nowhere()
    {
        program.Clock.Advance(TimeSpan.FromMinutes(61));

        Assert.Equal(HttpStatusCode.NotFound, (await program.Browser().OpenAsync(program.Link)).Status);
    }

    [Fact]
    public async Task Nobody_gets_in_without_the_link()
    {
        foreach (var path in new[] { "/account/first-administrator", "/account/first-administrator?token=x", program.Link[..^5] })
            Assert.Equal(HttpStatusCode.NotFound, (await program.Browser().OpenAsync(path)).Status);
    }

    [Fact]
    public async Task A_weak_password_leaves_nothing_behind_and_keeps_what_was_typed()
    {
        var page = await program.Browser().OpenAsync(program.Link);

        var answer = await page.SubmitAsync(form => form.Fill("姓名", "王一").Fill("电子邮箱", "first@example.org").Fill("新密码", "short").Fill("再次输入新密码", "short"));

        Assert.Equal("密码至少 12 个字符。", answer.ErrorOf("新密码"));
        Assert.Equal("王一", answer.ValueOf("姓名"));
        await using var scope = program.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        Assert.False(await db.People.AnyAsync(person => person.NormalizedEmail == "FIRST@EXAMPLE.ORG", TestContext.Current.CancellationToken));
        Assert.False(await db.Users.AnyAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task In_Production_cookies_travel_over_TLS_only_and_no_demo_person_is_shown()
    {
        using var answer = await program.Browser().GetAsync("/account/sign-in");

        Assert.NotEmpty(answer.Headers.GetValues("Set-Cookie"));
        Assert.All(answer.Headers.GetValues("Set-Cookie"), cookie => Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("演示人员", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_tries_passwords_without_end_is_made_to_wait()
    {
        var page = await program.Browser().OpenAsync("/account/sign-in");
        var answers = new List<Page>();
        for (var attempt = 0; attempt < 6; attempt++) answers.Add(await page.SubmitAsync(form => form.Fill("电子邮箱", "nobody@example.org").Fill("密码", "not the password")));

        Assert.All(answers[..5], answer => Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status));
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[5].Status);
        Assert.Equal("操作过于频繁", answers[5].Heading);
    }

    [Fact]
    public async Task Visitors_share_a_page_for_some_seconds_in_their_own_language()
    {
        using var first = await program.Browser().GetAsync("/work-items");
        using var second = await program.Browser().GetAsync("/work-items");
        using var english = await program.Browser().In("en").GetAsync("/work-items");
        using var form = await program.Browser().GetAsync("/account/sign-in");
        using var again = await program.Browser().GetAsync("/account/sign-in");

        Assert.Equal([false, true, false, false, false], new[] { first, second, english, form, again }.Select(answer => answer.Headers.Age is not null));
        Assert.Contains("lang=\"en\"", await english.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static Task<Page> FillInAsync(Page page, string email) => page.SubmitAsync(form => form
        .Fill("姓名", "王一").Fill("电子邮箱", email).Fill("新密码", Given.Password).Fill("再次输入新密码", Given.Password));

    private sealed class Installation(TestDatabase database) : WebApplicationFactory<Program>, ILoggerProvider
    {
        private static readonly Uri Home = new("https://localhost");
        private readonly ConcurrentQueue<string> log = new();

        public FakeTimeProvider Clock { get; } = new(App.Start);

        /// <summary>Path and query of the link that the log shows.</summary>
        public string Link
        {
            get
            {
                var line = log.Single(said => said.Contains("/account/first-administrator", StringComparison.Ordinal));
                return line[line.IndexOf("/account/first-administrator", StringComparison.Ordinal)..];
            }
        }

        public Session Browser() => new(Server.CreateHandler(), Home, new CookieContainer(), "zh-CN");

        public ILogger CreateLogger(string categoryName) => new Lines(log);

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment(Environments.Production);
            foreach (var (key, value) in database.Settings) builder.UseSetting(key, value);
            builder.UseSetting("Database:Migrate", "true");
            builder.UseSetting("Jobs:Enabled", "false");
            builder.UseSetting("RateLimits:SignInPerMinute", "5");
            builder.UseSetting("Pages:CacheSeconds", "60");
            builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(this));
            builder.ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock)));
        }

        private sealed class Lines(ConcurrentQueue<string> log) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                log.Enqueue(formatter(state, exception));
        }
    }
}
