using Hangfire;
using Hangfire.Dashboard;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using Hangfire.SqlServer;
using StdWorkflow.Data;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Jobs;

internal static class JobsSetup
{
    public const string Path = "/jobs";

    /// <summary>The dashboard colours its labels by style attributes; see <c>decisions/</c>. Scripts and style elements stay as strict as elsewhere.</summary>
    public const string ContentPolicy =
        "default-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static void AddJobs(this WebApplicationBuilder builder)
    {
        foreach (var job in JobSchedule.All) builder.Services.AddScoped(job.Job);

        var enabled = Enabled(builder.Configuration);
        builder.Services.AddHangfire((services, hangfire) =>
        {
            hangfire.SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
                .UseSimpleAssemblyNameTypeSerializer()
                .UseRecommendedSerializerSettings()
                // What failed is due again at the next run; the mail table has retries of its own.
                .UseFilter(new AutomaticRetryAttribute { Attempts = 0 })
                .UseFilter(new SkipWhileRunning());
            Store(hangfire, services.GetRequiredService<IConfiguration>(), enabled);
        });
        if (!enabled) return;

        builder.Services.AddHangfireServer(server =>
        {
            server.WorkerCount = 4;
            server.SchedulePollingInterval = TimeSpan.FromSeconds(5);
        });
    }

    /// <summary>Tells Hangfire the table, and makes it forget every other recurring job. The database must be ready.</summary>
    public static void UseJobs(this WebApplication app)
    {
        app.MapHangfireDashboard(Path, new DashboardOptions
        {
            AsyncAuthorization = [new AdministratorsOnly()],
            Authorization = [],
            AppPath = "/",
            DashboardTitle = "StdWorkflow",
            DisplayStorageConnectionString = false,
        });
        if (!Enabled(app.Configuration)) return;

        JobSchedule.Apply(app.Services.GetRequiredService<JobStorage>(), app.Services.GetRequiredService<IRecurringJobManager>());
    }

    private static bool Enabled(IConfiguration configuration) => configuration.GetValue("Jobs:Enabled", true);

    // Hangfire holds nothing that matters: due work is a query, outgoing work is the outbox. So the embedded database needs no
    // second storage. Where no jobs run, nothing is asked of the server either.
    private static void Store(IGlobalConfiguration hangfire, IConfiguration configuration, bool enabled)
    {
        var provider = configuration.GetValue<DatabaseProvider>("Database:Provider");
        var connectionString = configuration.GetConnectionString("StdWorkflow");
        if (!enabled || provider == DatabaseProvider.Sqlite) hangfire.UseInMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromHours(3) });
        else if (provider == DatabaseProvider.SqlServer) hangfire.UseSqlServerStorage(connectionString, new SqlServerStorageOptions { SchemaName = "hangfire" });
        else hangfire.UsePostgreSqlStorage(postgres => postgres.UseNpgsqlConnection(connectionString), new PostgreSqlStorageOptions
        {
            SchemaName = "hangfire",
            // What a killed node leaves locked must not stop the others for long.
            DistributedLockTimeout = TimeSpan.FromMinutes(1),
        });
    }

    /// <summary>Visitors go to the sign-in page by the fallback policy; this is about who has signed in.</summary>
    private sealed class AdministratorsOnly : IDashboardAsyncAuthorizationFilter
    {
        public Task<bool> AuthorizeAsync(DashboardContext context) =>
            Task.FromResult(context.GetHttpContext().RequestServices.GetRequiredService<CurrentUser>().MayEverywhere(Permission.Administer));
    }
}
