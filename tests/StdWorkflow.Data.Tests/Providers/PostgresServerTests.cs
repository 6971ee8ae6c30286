using Npgsql;
using StdWorkflow.Testing;
using Xunit;

namespace StdWorkflow.Data.Tests.Providers;

public class PostgresServerTests
{
    [Fact]
    public async Task A_copied_database_holds_what_its_template_held_and_goes_its_own_way()
    {
        var template = await PostgresServer.CreateDatabaseAsync();
        await AskAsync(template, "CREATE TABLE thing (name text); INSERT INTO thing VALUES ('标准')");
        await using (var connection = new NpgsqlConnection(template)) NpgsqlConnection.ClearPool(connection);

        var copy = await PostgresServer.CreateDatabaseAsync(template);
        await AskAsync(copy, "UPDATE thing SET name = '草案'");

        Assert.Equal("草案", await AskAsync(copy, "SELECT name FROM thing"));
        Assert.Equal("标准", await AskAsync(template, "SELECT name FROM thing"));
        await PostgresServer.DropDatabaseAsync(copy);
        await PostgresServer.DropDatabaseAsync(template);
    }

    private static async Task<object?> AskAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
