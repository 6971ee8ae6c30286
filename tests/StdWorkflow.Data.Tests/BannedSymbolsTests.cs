using Microsoft.EntityFrameworkCore;
using StdWorkflow.Testing;

namespace StdWorkflow.Data.Tests;

/// <summary>The analyzer says nothing about a line that names no symbol, so that a new overload would slip through.</summary>
public sealed class BannedSymbolsTests
{
    [Theory]
    [InlineData(typeof(DbContext), "SaveChanges")]
    [InlineData(typeof(EntityFrameworkQueryableExtensions), "ExecuteUpdate")]
    [InlineData(typeof(EntityFrameworkQueryableExtensions), "ExecuteDelete")]
    [InlineData(typeof(RelationalQueryableExtensions), "FromSql")]
    [InlineData(typeof(RelationalDatabaseFacadeExtensions), "ExecuteSql")]
    [InlineData(typeof(RelationalDatabaseFacadeExtensions), "SqlQuery")]
    public void Every_overload_is_banned_in_the_program(Type type, string start)
    {
        var methods = type.GetMethods().Where(method => method.Name.StartsWith(start, StringComparison.Ordinal)).ToList();
        var banned = File.ReadLines(Repository.PathTo("src", "StdWorkflow.Web", "BannedSymbols.Data.txt"))
            .Count(line => line.StartsWith($"M:{type.FullName}.{start}", StringComparison.Ordinal));

        Assert.NotEmpty(methods);
        Assert.Equal(methods.Count, banned);
    }
}
