using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using StdWorkflow.Data;

namespace StdWorkflow.Testing;

/// <summary>A database of a test's own, gone when the test is done.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private static int databases;

    private TestDatabase(DatabaseProvider provider, string connectionString, DirectoryInfo folder) =>
        (Provider, ConnectionString, Folder) = (provider, connectionString, folder);

    /// <summary>The database that this run is about: <c>tests/run</c> runs the web suite once for each.</summary>
    public static DatabaseProvider ProviderOfThisRun { get; } =
        Environment.GetEnvironmentVariable("STDWORKFLOW_TEST_DATABASE") is { Length: > 0 } named ? Enum.Parse<DatabaseProvider>(named) : DatabaseProvider.Sqlite;

    public DatabaseProvider Provider { get; }

    public string ConnectionString { get; }

    /// <summary>A folder that goes with it.</summary>
    public DirectoryInfo Folder { get; }

    public string MailFolder => Path.Combine(Folder.FullName, "mail");

    /// <summary>How the program is told about it, as settings.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Database:Provider"] = Provider.ToString(),
        ["ConnectionStrings:StdWorkflow"] = ConnectionString,
        ["Mail:Folder"] = MailFolder,
    };

    /// <summary>What is stored, for a test that runs the program only as a process.</summary>
    public AppDbContext Open() => new(DataSetup.Configure(new DbContextOptionsBuilder<AppDbContext>(), Provider, ConnectionString).Options);

    /// <summary>The file, for a test that looks at what a kill left behind.</summary>
    public string SqliteFile => new SqliteConnectionStringBuilder(ConnectionString).DataSource;

    public static async Task<TestDatabase> CreateAsync(DatabaseProvider? provider = null) => (provider ?? ProviderOfThisRun) switch
    {
        DatabaseProvider.Sqlite => InFolder(),
        DatabaseProvider.PostgreSql => new(DatabaseProvider.PostgreSql, await PostgresServer.CreateDatabaseAsync(), TemporaryFolder.Create()),
        DatabaseProvider.SqlServer => await OnSqlServerAsync(),
        var unknown => throw new InvalidOperationException($"No such database: {unknown}."),
    };

    /// <summary>
    /// A copy. Nothing may be connected to this one meanwhile. SQL Server copies no database in one statement, so there the copy is empty,
    /// and the program fills it as it fills this one.
    /// </summary>
    public async Task<TestDatabase> CopyAsync()
    {
        CloseConnections();
        switch (Provider)
        {
            case DatabaseProvider.Sqlite:
                var copy = InFolder();
                foreach (var ending in new[] { "", "-wal" })
                    if (File.Exists(SqliteFile + ending))
                        File.Copy(SqliteFile + ending, copy.SqliteFile + ending);
                return copy;
            case DatabaseProvider.PostgreSql:
                return new(Provider, await PostgresServer.CreateDatabaseAsync(ConnectionString), TemporaryFolder.Create());
            default:
                return await CreateAsync(Provider);
        }
    }

    public async ValueTask DisposeAsync()
    {
        CloseConnections();
        switch (Provider)
        {
            case DatabaseProvider.PostgreSql:
                await PostgresServer.DropDatabaseAsync(ConnectionString);
                break;
            case DatabaseProvider.SqlServer:
                var name = new SqlConnectionStringBuilder(ConnectionString).InitialCatalog;
                await OnSqlServerAsync($"ALTER DATABASE [{name}] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE [{name}]");
                break;
        }

        Folder.Delete(recursive: true);
    }

    private void CloseConnections()
    {
        switch (Provider)
        {
            case DatabaseProvider.Sqlite:
                SqliteConnection.ClearAllPools();
                break;
            case DatabaseProvider.PostgreSql:
                using (var connection = new NpgsqlConnection(ConnectionString)) NpgsqlConnection.ClearPool(connection);
                break;
            default:
                using (var connection = new SqlConnection(ConnectionString)) SqlConnection.ClearPool(connection);
                break;
        }
    }

    private static TestDatabase InFolder()
    {
        var folder = TemporaryFolder.Create();
        return new(DatabaseProvider.Sqlite, $"Data Source={Path.Combine(folder.FullName, "stdworkflow.db")}", folder);
    }

    private static async Task<TestDatabase> OnSqlServerAsync()
    {
        var name = $"stdworkflow_t{Environment.ProcessId}_{Interlocked.Increment(ref databases)}";
        await OnSqlServerAsync($"CREATE DATABASE [{name}]");
        return new(DatabaseProvider.SqlServer, new SqlConnectionStringBuilder(SqlServer()) { InitialCatalog = name }.ConnectionString, TemporaryFolder.Create());
    }

    private static async Task OnSqlServerAsync(string sql)
    {
        await using var connection = new SqlConnection(SqlServer());
        await connection.OpenAsync();
        await using var command = new SqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string SqlServer() =>
        Environment.GetEnvironmentVariable("STDWORKFLOW_TEST_SQLSERVER") is { Length: > 0 } given
            ? given
            : throw new InvalidOperationException("STDWORKFLOW_TEST_SQLSERVER names no server.");
}
