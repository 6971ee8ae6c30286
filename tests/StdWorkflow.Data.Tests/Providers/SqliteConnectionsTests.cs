using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Providers;
using StdWorkflow.Testing;

namespace StdWorkflow.Data.Tests.Providers;

public class SqliteConnectionsTests
{
    private const int Blob = 12 * 1024 * 1024;

    [Fact]
    public async Task What_a_long_reader_made_of_the_log_is_given_back_when_it_is_gone()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await using (var start = database.Open()) await SqliteStart.PrepareAsync(start, stop);
        await using var writing = database.Open();
        await writing.Database.OpenConnectionAsync(stop);
        await RunAsync(writing, "CREATE TABLE Filled (Bytes BLOB)");

        await using (var reading = database.Open())
        {
            await reading.Database.OpenConnectionAsync(stop);
            await RunAsync(reading, "BEGIN; SELECT COUNT(*) FROM Filled");
            for (var times = 0; times < 3; times++) await RunAsync(writing, $"INSERT INTO Filled VALUES (ZEROBLOB({Blob}))");
            Assert.True(Log() > 2 * Blob, $"{Log()} bytes");
            await RunAsync(reading, "COMMIT");
        }

        for (var times = 0; times < 3; times++) await RunAsync(writing, "INSERT INTO Filled VALUES (NULL)");

        Assert.InRange(Log(), 1, 8 * 1024 * 1024);

        long Log() => new FileInfo(database.SqliteFile + "-wal").Length;

        async Task RunAsync(AppDbContext db, string sql)
        {
            await using DbCommand command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync(stop);
        }
    }
}
