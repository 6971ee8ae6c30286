using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Net.Http.Headers;
using System.Reflection;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StdWorkflow.Data;
using StdWorkflow.Data.Identity;
using StdWorkflow.Domain.Common;
using StdWorkflow.Testing;
using StdWorkflow.Web.Features.Account;
using StdWorkflow.Web.Jobs;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;
using StdWorkflow.Web.Starter;

namespace StdWorkflow.Web.Tests.SqlServer;

/// <summary>
/// What pages, commands and jobs would say to SQL Server, read by Microsoft's own parser, as no server can run where these tests do. Each
/// is answered with a row of made-up values, with one that lacks what may be missing, and with nothing, so that it goes different ways.
/// What comes of it is of no interest here.
/// </summary>
public sealed class StatementsTests(StatementsTests.Program program) : IClassFixture<StatementsTests.Program>
{
    private static readonly Answer[] Answers = Enum.GetValues<Answer>();

    private static readonly Dictionary<string, string> PagesWithoutDatabase = new(StringComparer.Ordinal)
    {
        ["/account/confirm-e-mail"] = "a form that shows nothing stored; what it sends is a command or goes through Identity",
        ["/account/e-mail"] = "a form that shows nothing stored; what it sends is a command or goes through Identity",
        ["/account/forgot-password"] = "a form that shows nothing stored; what it sends is a command or goes through Identity",
        ["/account/invitation"] = "a form that shows nothing stored; what it sends is a command or goes through Identity",
        ["/account/password"] = "a form that shows nothing stored; what it sends is a command or goes through Identity",
        ["/account/reset-password"] = "a form that shows nothing stored; what it sends is a command or goes through Identity",
        ["/account/sign-in/code"] = "a form that shows nothing stored; what it sends is a command or goes through Identity",
        ["/account/sign-in/recovery"] = "a form that shows nothing stored; what it sends is a command or goes through Identity",
        ["/account/sign-out"] = "a form that shows nothing stored; what it sends is a command or goes through Identity",
        ["/dev/mail"] = "reads the folder of sent mail",
        ["/status/{code:int}"] = "shows a status, nothing stored",
    };

    private static readonly Dictionary<string, string> CommandsWithoutDatabase = new(StringComparer.Ordinal)
    {
    };

    public enum Asker
    {
        Visitor,

        /// <summary>Somebody who may do everything in one committee and those below it.</summary>
        Member,

        Administrator,
    }

    [Fact]
    public async Task Every_page_speaks_sound_TSQL()
    {
        var routes = Routes.Of(program.Services).Where(route => route.Page is not null || route.Pattern.StartsWith("/api/v1/", StringComparison.Ordinal)).ToList();
        var silent = new List<string>();
        foreach (var route in routes)
        {
            var count = 0;
            foreach (var asker in Enum.GetValues<Asker>())
                foreach (var answer in Answers)
                    count += await program.OpenAsync(Address(route.Pattern), asker, answer);
            if (Wrong(route.Pattern, count, PagesWithoutDatabase) is { } wrong) silent.Add(wrong);
        }

        Convention.Holds(routes, [.. silent, .. program.Breaches]);
    }

    [Fact]
    public async Task Every_command_speaks_sound_TSQL()
    {
        var commands = PipelineSetup.Handlers().Select(handler => (handler.Command, handler.Value)).ToList();
        var silent = new List<string>();
        foreach (var (command, value) in commands)
        {
            var count = 0;
            foreach (var answer in Answers) count += await program.RunAsync(command, value, answer, formKey: null);
            await program.RunAsync(command, value, Answer.Filled, formKey: "key");
            if (Wrong(command.Name, count, CommandsWithoutDatabase) is { } wrong) silent.Add(wrong);
        }

        Convention.Holds(commands, [.. silent, .. program.Breaches]);
    }

    [Fact]
    public async Task Every_job_speaks_sound_TSQL()
    {
        var silent = new List<string>();
        foreach (var job in JobSchedule.All)
        {
            var count = 0;
            foreach (var answer in Answers) count += await program.RunAsync(job.Job, answer);
            if (Wrong(job.Key, count, []) is { } wrong) silent.Add(wrong);
        }

        Convention.Holds(JobSchedule.All, [.. silent, .. program.Breaches]);
    }

    [Fact]
    public void A_statement_of_another_database_is_refused()
    {
        Assert.NotEmpty(NoServer.Script.Of("SELECT \"Id\" FROM \"People\" LIMIT 1").Errors);
        Assert.Empty(NoServer.Script.Of("SELECT TOP(1) [p].[Id] FROM [People] AS [p]").Errors);
    }

    // An exception that has lost its reason must go, too.
    private static string? Wrong(string name, int statements, Dictionary<string, string> exceptions) => (statements, exceptions.ContainsKey(name)) switch
    {
        (0, false) => $"{name}: no statement",
        ( > 0, true) => $"{name}: has statements, and stands among those without",
        _ => null,
    };

    private static string Address(string pattern) => Routes.Parameter().Replace(pattern, parameter => parameter.Value switch
    {
        var typed when typed.Contains(":guid", StringComparison.Ordinal) => Samples.Key.ToString(),
        var typed when typed.Contains(":int", StringComparison.Ordinal) => "404",
        _ when pattern.StartsWith("/international/", StringComparison.Ordinal) => "1",
        "{key}" when pattern.StartsWith("/processes/", StringComparison.Ordinal) => Samples.Process,
        _ => "x",
    });

    /// <summary>The program on SQL Server without SQL Server. It starts on an embedded database, as its start is tested elsewhere.</summary>
    public sealed class Program : IAsyncLifetime
    {
        private static readonly MethodInfo Run = typeof(Program).GetMethod(nameof(RunCommandAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

        private readonly NoServer server = new();
        private readonly ConcurrentQueue<string> untranslated = new();
        private TestDatabase? start;
        private Factory? factory;
        private HttpClient? browser;

        public IServiceProvider Services => factory!.Services;

        /// <summary>What the parser refuses and what EF could not write down at all.</summary>
        public IEnumerable<string> Breaches => [.. server.Errors, .. untranslated];

        private bool IsStarted { get; set; }

        private (Asker Asker, Answer Answer) Next { get; set; }

        public async ValueTask InitializeAsync()
        {
            start = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
            factory = new Factory(this, start);
            factory.StartServer();
            browser = factory.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
            browser.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue("zh-CN"));
            IsStarted = true;
        }

        public async ValueTask DisposeAsync()
        {
            browser?.Dispose();
            if (factory is not null) await factory.DisposeAsync();
            if (start is not null) await start.DisposeAsync();
        }

        internal async Task<int> OpenAsync(string address, Asker asker, Answer answer)
        {
            Next = (asker, answer);
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using var _ = await browser!.SendAsync(request, TestContext.Current.CancellationToken);
            return server.Take().Count;
        }

        internal Task<int> RunAsync(Type job, Answer answer) => CountAsync(answer, async services =>
            await ((IJob)services.GetRequiredService(job)).RunAsync(TestContext.Current.CancellationToken));

        internal Task<int> RunAsync(Type command, Type value, Answer answer, string? formKey)
        {
            using var scope = Services.CreateScope();
            var made = Arguments.For(command, scope.ServiceProvider);
            return CountAsync(answer, services => (Task)Run.MakeGenericMethod(value).Invoke(null, [made, services, formKey])!);
        }

        private static async Task RunCommandAsync<T>(ICommand<T> command, IServiceProvider services, string? formKey) =>
            await new UseCases(services.GetRequiredService<IServiceScopeFactory>(), CurrentUser.System(Actor.OfPerson(Samples.Key)), new CommandForm { Key = formKey })
                .RunAsync(command, TestContext.Current.CancellationToken);

        private async Task<int> CountAsync(Answer answer, Func<IServiceProvider, Task> run)
        {
            await using var scope = Services.CreateAsyncScope();
            server.Take();
            server.Answer = answer;
            try
            {
                await run(scope.ServiceProvider);
            }
            catch (Exception failure)
            {
                // Made-up rows break many a rule; what was said before is what counts.
                Note(failure);
            }

            return server.Take().Count;
        }

        private void Note(Exception failure)
        {
            if (failure.ToString() is var all && all.Contains("could not be translated", StringComparison.Ordinal)) untranslated.Enqueue(all);
        }

        private async Task EnterAsync(HttpContext context)
        {
            var (asker, answer) = Next;
            if (asker != Asker.Visitor)
            {
                server.Answer = asker == Asker.Member ? Answer.Filled : Answer.Sparse;
                context.User = new ClaimsPrincipal(new ClaimsIdentity(
                    [new Claim(ClaimTypes.NameIdentifier, Samples.Key.ToString()), new Claim("AspNet.Identity.SecurityStamp", "x")], "test"));
                var me = context.RequestServices.GetRequiredService<CurrentUser>();
                if (asker == Asker.Administrator) me.BecomeAs(CurrentUser.System(Domain.Common.Actor.OfPerson(Samples.Key)));
                else Assert.True(await me.LoadAsync(context.User, context.RequestAborted));
            }

            // Who asks is read for every page; a page must say something of its own.
            server.Take();
            server.Answer = answer;
        }

        private sealed class Factory(Program program, TestDatabase start) : WebApplicationFactory<global::Program>
        {
            protected override void ConfigureWebHost(IWebHostBuilder builder)
            {
                builder.UseEnvironment(Environments.Development);
                foreach (var (key, value) in start.Settings) builder.UseSetting(key, value);
                builder.UseSetting("Starter:DemoPassword", "");
                builder.UseSetting("RateLimits:SignInPerMinute", "100000");
                builder.UseSetting("RateLimits:MailPerHour", "100000");
                builder.UseSetting("Jobs:Enabled", "false");
                builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(new Failures(program)));
                builder.ConfigureTestServices(services =>
                {
                    services.RemoveAll<IDbContextOptionsConfiguration<AppDbContext>>().RemoveAll<DbContextOptions<AppDbContext>>().RemoveAll<AppDbContext>();
                    services.AddDbContext<AppDbContext>(options =>
                    {
                        if (program.IsStarted) DataSetup.Configure(options, DatabaseProvider.SqlServer, "Server=none.invalid;Database=none").AddInterceptors(program.server);
                        else DataSetup.Configure(options, DatabaseProvider.Sqlite, start.ConnectionString);
                    });
                    services.Replace(ServiceDescriptor.Scoped(provider =>
                    {
                        var db = ActivatorUtilities.CreateInstance<AppDbContext>(provider, provider.GetRequiredService<DbContextOptions<AppDbContext>>());
                        // Without a connection there is no transaction.
                        if (program.IsStarted) db.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
                        return db;
                    }));
                    services.AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>();
                    services.AddSingleton<IStartupFilter>(new Door(program));
                });
            }
        }

        private sealed class Door(Program program) : IStartupFilter
        {
            public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
            {
                app.Use(async (context, rest) =>
                {
                    await program.EnterAsync(context);
                    await rest(context);
                });
                next(app);
            };
        }

        private sealed class Failures(Program program) : ILoggerProvider, ILogger
        {
            public ILogger CreateLogger(string categoryName) => this;

            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                if (exception is not null) program.Note(exception);
            }

            public void Dispose()
            {
            }
        }
    }

    /// <summary>Makes any command, with values that its own rules let through.</summary>
    private static class Arguments
    {
        public static object For(Type command, IServiceProvider services) => Make(command, command.Name, [], services, 0);

        private static object Make(Type type, string name, IReadOnlyList<ValidationAttribute> rules, IServiceProvider services, int depth)
        {
            type = Nullable.GetUnderlyingType(type) ?? type;
            if (type == typeof(string)) return Text(name, rules);
            if (type == typeof(int) && rules.OfType<RangeAttribute>().FirstOrDefault() is { Minimum: int least }) return Math.Max(1, least);
            if (type.IsGenericType && type.GetGenericArguments() is [var element] && type.IsAssignableFrom(element.MakeArrayType()))
            {
                var one = Array.CreateInstance(element, 1);
                one.SetValue(Make(element, name, [], services, depth + 1), 0);
                return one;
            }

            if (type.Namespace?.StartsWith("StdWorkflow", StringComparison.Ordinal) != true || type.IsEnum) return Samples.Of(name, type);
            if (depth > 8) throw new InvalidOperationException($"{type} holds itself.");

            var constructor = type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
                .Where(one => !one.GetParameters().Any(parameter => parameter.ParameterType == type)).OrderByDescending(one => one.IsPublic).ThenByDescending(one => one.GetParameters().Length).First();
            return constructor.Invoke([.. constructor.GetParameters().Select(parameter =>
                parameter.Name == "Token" && parameter.ParameterType == typeof(string) ? Token(type, services) : Make(parameter.ParameterType, parameter.Name!, RulesOf(type, parameter), services, depth + 1))]);
        }

        private static List<ValidationAttribute> RulesOf(Type type, ParameterInfo parameter) =>
            [.. parameter.GetCustomAttributes<ValidationAttribute>(), .. type.GetProperty(parameter.Name!)?.GetCustomAttributes<ValidationAttribute>() ?? []];

        private static string Text(string name, IReadOnlyList<ValidationAttribute> rules)
        {
            if (rules.OfType<EmailAddressAttribute>().Any()) return "x@example.org";
            return rules.OfType<StringLengthAttribute>().FirstOrDefault() is { MinimumLength: > 1 } length ? new string('x', length.MinimumLength) : name switch
            {
                "Password" or "NewPassword" => "every demo door opens",
                "Process" => Samples.Process,
                // The text, which every item has.
                "Track" => "",
                "Definitions" or "Json" => (string)Samples.Of("Json", typeof(string)),
                _ => "x",
            };
        }

        /// <summary>What a link in a mail would have carried.</summary>
        private static string Token(Type command, IServiceProvider services)
        {
            var tokens = services.GetRequiredService<AccountTokens>();
            var user = new User { Id = Samples.Key, SecurityStamp = "x" };
            return command.Name switch
            {
                nameof(AcceptInvitation) => tokens.ForInvitation(Samples.Key),
                nameof(ConfirmEmail) => tokens.ForEmail(user, "x@example.org"),
                var name when name.Contains("FirstAdministrator", StringComparison.Ordinal) => tokens.ForFirstAdministrator(),
                _ => tokens.ForReset(user),
            };
        }
    }
}
