using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace StdWorkflow.Data.Providers;

/// <summary>What each of the three databases needs to be found, opened and recognized.</summary>
internal static class ProviderChoice
{
    // One parameter for a list of keys, however long: then the statement is written once and not anew for every request.
    private const ParameterTranslationMode KeysAsOne = ParameterTranslationMode.Parameter;

    public static void Use(DbContextOptionsBuilder options, DatabaseProvider provider, string connectionString, int? batchSize)
    {
        var migrations = $"StdWorkflow.Migrations.{provider}";
        _ = provider switch
        {
            DatabaseProvider.Sqlite => options
                .UseSqlite(SqliteConnections.Complete(connectionString), sqlite => sqlite.MigrationsAssembly(migrations).UseParameterizedCollectionMode(KeysAsOne))
                .AddInterceptors(SqliteConnections.Settings, SqliteJoinOrder.Instance),
            DatabaseProvider.SqlServer => options.UseSqlServer(connectionString, server =>
            {
                server.MigrationsAssembly(migrations).UseParameterizedCollectionMode(KeysAsOne);
                if (batchSize is { } size) server.MaxBatchSize(size);
            }),
            DatabaseProvider.PostgreSql => options.UseNpgsql(connectionString, server => server.MigrationsAssembly(migrations).UseParameterizedCollectionMode(KeysAsOne)),
            _ => throw new ArgumentOutOfRangeException(nameof(provider)),
        };
    }

    public static string Locate(DatabaseProvider provider, string? given, string contentRoot)
    {
        if (provider != DatabaseProvider.Sqlite)
            return given ?? throw new InvalidOperationException($"Database:Provider is {provider}; say where it is in ConnectionStrings:StdWorkflow.");

        var sqlite = new SqliteConnectionStringBuilder(given ?? "Data Source=App_Data/stdworkflow.db");
        if (sqlite.DataSource is not "" and not ":memory:" && sqlite.Mode != SqliteOpenMode.Memory)
        {
            sqlite.DataSource = Path.GetFullPath(sqlite.DataSource, contentRoot);
            Directory.CreateDirectory(Path.GetDirectoryName(sqlite.DataSource)!);
        }

        return sqlite.ToString();
    }

    public static string ForTools(DatabaseProvider provider) => provider switch
    {
        DatabaseProvider.Sqlite => "Data Source=:memory:",
        DatabaseProvider.SqlServer => "Server=localhost;Database=StdWorkflow;TrustServerCertificate=true",
        _ => "Host=localhost;Database=stdworkflow",
    };

    public static DatabaseProvider Named(string? name) => name switch
    {
        "Microsoft.EntityFrameworkCore.Sqlite" => DatabaseProvider.Sqlite,
        "Microsoft.EntityFrameworkCore.SqlServer" => DatabaseProvider.SqlServer,
        "Npgsql.EntityFrameworkCore.PostgreSQL" => DatabaseProvider.PostgreSql,
        _ => throw new NotSupportedException($"No database of ours: {name}"),
    };

    public static void Convene(ModelConfigurationBuilder conventions, DatabaseProvider provider)
    {
        if (provider == DatabaseProvider.SqlServer) conventions.Properties<Guid>().HaveConversion<SqlServerGuid>();
    }
}
