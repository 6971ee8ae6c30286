using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using StdWorkflow.Data;
using StdWorkflow.Data.Identity;
using StdWorkflow.Domain.Common;
using StdWorkflow.Testing;
using StdWorkflow.Web.Jobs;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests;

/// <summary>
/// The whole program on a real database of its own, filled with the starter and demo data, with a clock that stands still.
/// Tests come in through its doors; nothing in it is replaced but the time.
/// </summary>
public sealed class App : IAsyncLifetime
{
    /// <summary>Monday, nine o'clock in Beijing: the day that the demo data is written for.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    private static readonly Lazy<Task<TestDatabase>> Filled = new(FillAsync);

    private readonly ConcurrentDictionary<string, SignedIn> people = new();
    private TestDatabase? database;
    private Factory? factory;

    public FakeTimeProvider Clock { get; } = new(Start);

    /// <summary>Settings of this program alone, said before it is started.</summary>
    internal Dictionary<string, string> Settings { get; } = [];

    /// <summary>The database, for a test that starts the program as a process on a copy of it.</summary>
    internal TestDatabase Database => database!;

    /// <summary>What the program sent.</summary>
    public SentMail Mail => new(database!.MailFolder);

    /// <summary>What the program sent to the database.</summary>
    public SentStatements Statements { get; } = new();

    public Given Given => new(this);

    public IServiceProvider Services => Running.Services;

    private Factory Running => factory ?? throw new InvalidOperationException("The program has not been started.");

    public async ValueTask InitializeAsync()
    {
        database = await (await Filled.Value).CopyAsync();
        factory = new Factory(database, Clock, Statements, Settings);
        factory.StartServer();
    }

    public async ValueTask DisposeAsync()
    {
        if (factory is not null) await factory.DisposeAsync();
        if (database is not null) await database.DisposeAsync();
    }

    /// <summary>Somebody from the public, with a browser of their own.</summary>
    public Session Visitor() => new(Running.Door(), Factory.Home, new CookieContainer(), "zh-CN");

    /// <summary>A demo person who signed in, by the name before the @ of their address.</summary>
    public Session As(string person) => people.GetOrAdd(person, name => new SignedIn(name, this)).In("zh-CN");

    /// <summary>A program that shows this access token, or none.</summary>
    public ApiClient Api(string? token = null) => new(Running.Door(), Factory.Home, token);

    /// <summary>Runs a job as Hangfire would: in a scope of its own.</summary>
    public async Task RunJobAsync<TJob>() where TJob : class, IJob
    {
        await using var scope = Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TJob>().RunAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Asserts on what was stored. What a user could notice is asserted on pages instead.</summary>
    public async Task<T> Db<T>(Func<AppDbContext, Task<T>> ask)
    {
        await using var scope = Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<AppDbContext>());
    }

    /// <summary>Carries out a command as an import would, to make the world that a test starts from.</summary>
    public async Task<T> RunAsync<T>(ICommand<T> command)
    {
        await using var scope = Services.CreateAsyncScope();
        var result = await scope.ServiceProvider.GetRequiredService<UseCases>().As(Actor.Starter).RunAsync(command, TestContext.Current.CancellationToken);
        return result.IsOk
            ? result.Value
            : throw new InvalidOperationException($"{command} was refused: {string.Join(", ", result.Problems)}");
    }

    /// <summary>Carries out a command as a demo person, or as a visitor when none is named, past the forms but through the pipeline.</summary>
    public async Task<Result<T>> RunAsAsync<T>(string? person, ICommand<T> command)
    {
        await using var scope = Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        if (person is not null)
        {
            var user = await services.GetRequiredService<UserManager<User>>().FindByEmailAsync($"{person}@example.org");
            var principal = await services.GetRequiredService<SignInManager<User>>().CreateUserPrincipalAsync(user ?? throw new InvalidOperationException($"Nobody is called {person}."));
            await services.GetRequiredService<CurrentUser>().LoadAsync(principal, TestContext.Current.CancellationToken);
        }

        return await services.GetRequiredService<UseCases>().RunAsync(command, TestContext.Current.CancellationToken);
    }

    /// <summary>A copy of the filled database, for a test that runs the program only as a process.</summary>
    internal static async Task<TestDatabase> FilledDatabaseAsync() => await (await Filled.Value).CopyAsync();

    private static async Task<TestDatabase> FillAsync()
    {
        var template = await TestDatabase.CreateAsync();
        await using (var program = new Factory(template, new FakeTimeProvider(Start), new SentStatements(), [])) program.StartServer();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => template.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return template;
    }

    /// <summary>
    /// Signs in before the first request, and again when the clock has moved on so far that the cookie may have run out. A person's language
    /// is kept with the person, so a session in another language chooses it first, as the person would.
    /// </summary>
    private sealed class SignedIn(string person, App app)
    {
        private readonly SemaphoreSlim once = new(1);
        private readonly CookieContainer cookies = new();
        private DateTimeOffset? since;
        private string? language;

        public Session In(string wanted) => new(app.Running.Door(), Factory.Home, cookies, wanted, PrepareAsync);

        private async Task PrepareAsync(string wanted)
        {
            await once.WaitAsync(TestContext.Current.CancellationToken);
            try
            {
                var bare = new Session(app.Running.Door(), Factory.Home, cookies, wanted);
                if (since is null || app.Clock.GetUtcNow() - since > TimeSpan.FromHours(1)) await SignInAsync(bare);
                if (language == wanted) return;
                await bare.PostAsync("/language", KeyValuePair.Create("language", wanted));
                language = wanted;
            }
            finally
            {
                once.Release();
            }
        }

        private async Task SignInAsync(Session browser)
        {
            var page = await browser.In("zh-CN").OpenAsync("/account/sign-in");
            since = app.Clock.GetUtcNow();
            // Who is still signed in is sent on.
            if (!page.Path.StartsWith("/account/sign-in", StringComparison.Ordinal)) return;

            // The page lists the demo people and their password.
            var password = page.Document.QuerySelector("main section .code")?.TextContent ?? "";
            var answer = await page.SubmitAsync(form => form.Fill("电子邮箱", $"{person}@example.org").Fill("密码", password));
            if (answer.Path.StartsWith("/account/sign-in", StringComparison.Ordinal))
                throw new InvalidOperationException($"{person} could not sign in: {string.Join(' ', answer.Problems)}");
        }
    }

    private sealed class Factory(TestDatabase database, FakeTimeProvider clock, SentStatements statements, Dictionary<string, string> settings) : WebApplicationFactory<Program>
    {
        private readonly ProgramLog log = new();

        public static readonly Uri Home = new("http://localhost");

        public HttpMessageHandler Door() => log.Around(Server.CreateHandler());

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment(Environments.Development);
            foreach (var (key, value) in database.Settings) builder.UseSetting(key, value);
            builder.UseSetting("RateLimits:SignInPerMinute", "100000");
            builder.UseSetting("RateLimits:MailPerHour", "100000");
            builder.UseSetting("RateLimits:CommentsPerHour", "100000");
            builder.UseSetting("Jobs:Enabled", "false");
            foreach (var (key, value) in settings) builder.UseSetting(key, value);
            builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(log));
            builder.ConfigureTestServices(services => services
                .Replace(ServiceDescriptor.Singleton<TimeProvider>(clock))
                .ConfigureDbContext<AppDbContext>(options => options.AddInterceptors(statements)));
        }
    }
}
