using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Providers;
using StdWorkflow.Testing;

namespace StdWorkflow.Data.Tests;

public sealed class DatabaseStartTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_first_start_makes_the_folder_the_file_and_every_table_and_keeps_its_settings()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var file = Path.Combine(Path.GetDirectoryName(database.SqliteFile)!, "new", "folder", "stdworkflow.db");
        await using (var db = Open($"Data Source={file}"))
        {
            await DatabaseStart.RunAsync(db, migrate: false, Stop);

            Assert.Empty(await db.Database.GetPendingMigrationsAsync(Stop));
            await db.Database.OpenConnectionAsync(Stop);
            Assert.Equal(("wal", 2L, 1L, 15000L), (await AskAsync(db, "PRAGMA journal_mode"), await AskAsync(db, "PRAGMA synchronous"), await AskAsync(db, "PRAGMA foreign_keys"), await AskAsync(db, "PRAGMA busy_timeout")));
        }

        SqliteConnection.ClearAllPools();
    }

    [Fact]
    public async Task A_lock_left_by_a_killed_migration_does_not_hold_the_next_start()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await using (var db = Open(database.ConnectionString))
        {
            await db.Database.OpenConnectionAsync(Stop);
            await AskAsync(db, """CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL)""");
            await AskAsync(db, """INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01 00:00:00+00:00')""");
        }

        await using var next = Open(database.ConnectionString);
        await DatabaseStart.RunAsync(next, migrate: true, Stop).WaitAsync(TimeSpan.FromMinutes(2), Stop);

        Assert.Empty(await next.Database.GetPendingMigrationsAsync(Stop));
    }

    [Fact]
    public async Task A_start_waits_while_another_process_migrates()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await using var db = Open(database.ConnectionString);
        Task start;
        using (new FileStream(database.SqliteFile + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            start = DatabaseStart.RunAsync(db, migrate: true, Stop);
            await Assert.ThrowsAsync<TimeoutException>(() => start.WaitAsync(TimeSpan.FromMilliseconds(300), Stop));
            Assert.False(File.Exists(database.SqliteFile));
        }

        await start;
        Assert.NotEmpty(await db.Database.GetAppliedMigrationsAsync(Stop));
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Several_may_start_at_once(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            await using var db = Open(database.ConnectionString, provider);
            await DatabaseStart.RunAsync(db, migrate: true, Stop);
        }, Stop)));

        await using var read = Open(database.ConnectionString, provider);
        Assert.Empty(await read.Database.GetPendingMigrationsAsync(Stop));
        Assert.Equal(0, await read.People.CountAsync(Stop));
    }

    [Fact]
    public async Task A_server_that_must_not_be_migrated_refuses_the_start_and_names_what_it_lacks()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql);
        await using var db = Open(database.ConnectionString, DatabaseProvider.PostgreSql);

        Assert.Contains("Initial", (await Assert.ThrowsAsync<InvalidOperationException>(() => DatabaseStart.RunAsync(db, migrate: false, Stop))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_database_of_a_newer_version_is_left_alone(DatabaseProvider provider)
    {
        await using var work = await Databases.CreateAsync(provider);
        await using var db = work.Open();
        await db.Database.ExecuteSqlRawAsync("""INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('99990101000000_Future', '99.0')""", Stop);

        Assert.Contains("Future", (await Assert.ThrowsAsync<InvalidOperationException>(() => DatabaseStart.RunAsync(db, migrate: true, Stop))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite, false, true)]
    [InlineData(DatabaseProvider.PostgreSql, true, true)]
    [InlineData(DatabaseProvider.PostgreSql, false, false)]
    [InlineData(DatabaseProvider.SqlServer, false, false)]
    public void A_server_in_production_is_migrated_only_when_somebody_says_so(DatabaseProvider provider, bool isDevelopment, bool migrates) =>
        Assert.Equal(migrates, DatabaseStart.MigratesByDefault(provider, isDevelopment));

    private static AppDbContext Open(string connectionString, DatabaseProvider provider = DatabaseProvider.Sqlite) =>
        new(DataSetup.Configure(new DbContextOptionsBuilder<AppDbContext>(), provider, connectionString).Options);

    private static async Task<object?> AskAsync(AppDbContext db, string sql)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(Stop);
    }
}
