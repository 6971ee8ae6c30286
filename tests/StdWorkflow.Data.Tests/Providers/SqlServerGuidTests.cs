using System.Data.SqlTypes;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Providers;

namespace StdWorkflow.Data.Tests.Providers;

public sealed class SqlServerGuidTests
{
    [Fact]
    public void Keys_of_later_milliseconds_sort_later_in_SQL_Server()
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var keys = Enumerable.Range(0, 2000).Select(i => Guid.CreateVersion7(start.AddMilliseconds((long)i * i * 977))).ToList();

        var stored = keys.Select(key => new SqlGuid(SqlServerGuid.ToStore(key))).ToList();

        Assert.Equal(stored.Order(), stored);
        Assert.NotEqual(keys.Select(key => new SqlGuid(key)).Order(), keys.Select(key => new SqlGuid(key)));
    }

    [Fact]
    public void Any_two_keys_compare_in_SQL_Server_as_their_texts_do()
    {
        var random = new Random(7);
        for (var i = 0; i < 5000; i++)
        {
            var (a, b) = (Any(random), Any(random));
            if (i % 2 == 0) b = Near(a, random);
            Assert.Equal(
                Math.Sign(string.CompareOrdinal(a.ToString(), b.ToString())),
                Math.Sign(new SqlGuid(SqlServerGuid.ToStore(a)).CompareTo(new SqlGuid(SqlServerGuid.ToStore(b)))));
        }
    }

    [Fact]
    public void A_key_comes_back_as_it_was()
    {
        var random = new Random(11);
        for (var i = 0; i < 1000; i++)
        {
            var key = Any(random);
            Assert.Equal(key, SqlServerGuid.FromStore(SqlServerGuid.ToStore(key)));
        }
    }

    [Fact]
    public void Every_key_and_reference_to_one_is_stored_that_way_on_SQL_Server_only()
    {
        using var server = DataSetup.ForTools(DatabaseProvider.SqlServer);
        var properties = server.Model.GetEntityTypes().SelectMany(type => type.GetProperties())
            .Where(property => (Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType) == typeof(Guid)).ToList();
        Assert.True(properties.Count > 50);
        Assert.All(properties, property => Assert.IsType<SqlServerGuid>(property.GetTypeMapping().Converter));

        using var postgres = DataSetup.ForTools(DatabaseProvider.PostgreSql);
        Assert.Null(postgres.Model.FindEntityType(typeof(Domain.People.Person))!.FindProperty("Id")!.GetTypeMapping().Converter);
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Rows_come_in_the_order_of_their_keys_and_a_key_can_be_compared(DatabaseProvider provider)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var work = await Databases.CreateAsync(provider);
        await work.SaveAsync([.. Enumerable.Range(0, 40).Select(i => Domain.People.Person.Add($"P{i}", null, null, null, null, isDemo: false).Value)]);
        await using var db = work.Open();

        var ids = await db.People.OrderBy(p => p.Id).Select(p => p.Id).ToListAsync(stop);
        Assert.Equal(ids.OrderBy(id => id.ToString(), StringComparer.Ordinal), ids);
        var middle = ids[19];
        Assert.Equal(20, await db.People.CountAsync(p => p.Id > middle, stop));
        Assert.Equal(20, await db.People.CountAsync(p => p.Id <= middle, stop));
    }

    private static Guid Any(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private static Guid Near(Guid key, Random random)
    {
        var bytes = key.ToByteArray(bigEndian: true);
        bytes[random.Next(16)] ^= (byte)(1 << random.Next(8));
        return new Guid(bytes, bigEndian: true);
    }
}
