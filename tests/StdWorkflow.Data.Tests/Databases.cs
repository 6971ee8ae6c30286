using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using StdWorkflow.Data.Events;
using StdWorkflow.Data.Tests;
using StdWorkflow.Domain.Common;
using StdWorkflow.Testing;

[assembly: AssemblyFixture(typeof(Databases))]

namespace StdWorkflow.Data.Tests;

/// <summary>Which databases the tests run on, and one migrated database of each to copy from.</summary>
public sealed class Databases : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<DatabaseProvider, Lazy<Task<TestDatabase>>> Templates = [];

    private static readonly bool HasSqlServer = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("STDWORKFLOW_TEST_SQLSERVER"));

    /// <summary>SQL Server joins when a server is named; without one a single test is skipped, by name, instead of every row.</summary>
    public static TheoryData<DatabaseProvider> All => HasSqlServer
        ? [DatabaseProvider.Sqlite, DatabaseProvider.PostgreSql, DatabaseProvider.SqlServer]
        : [DatabaseProvider.Sqlite, DatabaseProvider.PostgreSql];

    public static TheoryData<DatabaseProvider> Providers => [DatabaseProvider.Sqlite, DatabaseProvider.SqlServer, DatabaseProvider.PostgreSql];

    internal static void NeedSqlServer()
    {
        if (!HasSqlServer) Assert.Skip("SQL Server is not covered: STDWORKFLOW_TEST_SQLSERVER names no server.");
    }

    internal static async Task<Work> CreateAsync(DatabaseProvider provider)
    {
        var template = await Templates.GetOrAdd(provider, p => new Lazy<Task<TestDatabase>>(() => MigratedAsync(p))).Value;
        var copy = await template.CopyAsync();
        if (provider == DatabaseProvider.SqlServer) await MigrateAsync(copy);
        return new Work(copy);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var template in Templates.Values)
            if (template.Value.IsCompletedSuccessfully) await template.Value.Result.DisposeAsync();
    }

    private static async Task<TestDatabase> MigratedAsync(DatabaseProvider provider)
    {
        var database = await TestDatabase.CreateAsync(provider);
        await MigrateAsync(database);
        return database;
    }

    private static async Task MigrateAsync(TestDatabase database)
    {
        await using var db = new Work(database).Open();
        await DatabaseStart.RunAsync(db, migrate: true, TestContext.Current.CancellationToken);
    }
}

/// <summary>One test's database and the contexts on it.</summary>
internal sealed class Work(TestDatabase database) : IAsyncDisposable
{
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.Zero).AddTicks(1234567));

    public TestDatabase Database => database;

    public AppDbContext Open(Actor? actor = null, string command = "Test", params IEventListener[] listeners) =>
        new(DataSetup.Configure(new DbContextOptionsBuilder<AppDbContext>(), database.Provider, database.ConnectionString).Options,
            new Who(actor ?? Actor.Job("test"), command, "trace-1"), Clock, listeners);

    public async Task SaveAsync(params object[] added)
    {
        await using var db = Open();
        db.AddRange(added);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    public async Task<HistoryReport> VerifyAsync()
    {
        await using var db = Open();
        return await new HistoryVerification(db).RunAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private sealed record Who(Actor Actor, string Command, string? TraceId) : IWhoActs;
}
