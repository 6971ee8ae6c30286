using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;

namespace StdWorkflow.Web.Starter;

internal static class DatabaseSetup
{
    /// <summary>Reads which database and where. Without a setting it is SQLite, in <c>App_Data</c> under the content root.</summary>
    public static void AddData(this WebApplicationBuilder builder)
    {
        var provider = builder.Configuration.GetValue<DatabaseProvider>("Database:Provider");
        var batchSize = builder.Configuration.GetValue<int?>("Database:BatchSize");
        var connection = DataSetup.Locate(provider, builder.Configuration.GetConnectionString("StdWorkflow"), builder.Environment.ContentRootPath);
        builder.Services.AddSingleton<StarterFiles>();
        builder.Services.AddScoped<StarterData>();
        builder.Services.AddDbContext<AppDbContext>(options => DataSetup.Configure(options, provider, connection, batchSize));
    }

    /// <summary>Creates and migrates the database and fills what is missing; every command does it, as the web program does.</summary>
    public static async Task StartDatabaseAsync(this WebApplication app, CancellationToken stop = default)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var migrate = app.Configuration.GetValue<bool?>("Database:Migrate") ?? DatabaseStart.MigratesByDefault(db.Provider, app.Environment.IsDevelopment());
        await DatabaseStart.RunAsync(db, migrate, stop);
        await scope.ServiceProvider.GetRequiredService<StarterData>().EnsureAsync(stop);
    }
}
