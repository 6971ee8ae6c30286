using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StdWorkflow.Data.Events;
using StdWorkflow.Data.Providers;

namespace StdWorkflow.Data;

/// <summary>The one place that builds the context's options: the host, the tools and the tests all come here.</summary>
public static class DataSetup
{
    // Identity asks the application's services for its schema version; tools and tests have no application.
    private static readonly IServiceProvider ToolServices = new ServiceCollection().Configure<IdentityOptions>(IdentityStores).BuildServiceProvider();

    /// <summary>Decides which of Identity's tables exist. The host calls it too: <c>services.Configure&lt;IdentityOptions&gt;(DataSetup.IdentityStores)</c>.</summary>
    public static void IdentityStores(IdentityOptions options) => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;

    /// <param name="options">Options of <see cref="AppDbContext"/> or of a context made from it.</param>
    /// <param name="provider">Which database.</param>
    /// <param name="connectionString">Where it is.</param>
    /// <param name="batchSize">Greatest number of statements in one round trip; SQL Server only; null leaves it to EF.</param>
    public static DbContextOptionsBuilder Configure(
        DbContextOptionsBuilder options, DatabaseProvider provider, string connectionString, int? batchSize = null)
    {
        if (options.Options.FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider is null)
            options.UseApplicationServiceProvider(ToolServices);

        // Whoever cannot go on logs the exception; a save that lost a race is no error but is done again.
        // A count that ends at a limit is in no order on purpose.
        options.ConfigureWarnings(events => events.Ignore(CoreEventId.RowLimitingOperationWithoutOrderByWarning).Log(
            (RelationalEventId.ConnectionError, LogLevel.Debug), (RelationalEventId.CommandError, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug)));
        options.AddInterceptors(EventStore.Instance);
        ProviderChoice.Use(options, provider, connectionString, batchSize);
        return options;
    }

    /// <summary>Where the database is: as given, files from the content root on. Without a setting SQLite lies in <c>App_Data</c>; a server must be named.</summary>
    public static string Locate(DatabaseProvider provider, string? given, string contentRoot) => ProviderChoice.Locate(provider, given, contentRoot);

    /// <summary>A context for tools that never connect: migrations, scripts, checks of the model.</summary>
    public static AppDbContext ForTools(DatabaseProvider provider) =>
        new(Configure(new DbContextOptionsBuilder<AppDbContext>(), provider, ProviderChoice.ForTools(provider)).Options);
}
