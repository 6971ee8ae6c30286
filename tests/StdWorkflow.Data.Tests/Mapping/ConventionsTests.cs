using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using StdWorkflow.Data.Events;
using StdWorkflow.Data.Mapping;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Committees;

namespace StdWorkflow.Data.Tests.Mapping;

public sealed class ConventionsTests
{
    [Theory]
    [MemberData(nameof(Databases.Providers), MemberType = typeof(Databases))]
    public void Every_text_has_a_greatest_length(DatabaseProvider provider)
    {
        var texts = PropertiesOf(provider).Where(property => property.ClrType == typeof(string)).ToList();

        Assert.True(texts.Count > 100);
        Assert.Empty(texts.Where(property => property.GetMaxLength() is null).Select(Name));
    }

    [Theory]
    [MemberData(nameof(Databases.Providers), MemberType = typeof(Databases))]
    public void No_key_of_ours_is_made_by_the_database(DatabaseProvider provider)
    {
        var keys = PropertiesOf(provider).Where(property => property.IsKey() && property.ClrType == typeof(Guid)).ToList();

        Assert.True(keys.Count > 30);
        Assert.Empty(keys.Where(property => property.ValueGenerated != ValueGenerated.Never).Select(Name));
    }

    [Theory]
    [MemberData(nameof(Databases.Providers), MemberType = typeof(Databases))]
    public void Every_instant_is_UTC_with_microseconds_and_every_enum_a_word(DatabaseProvider provider)
    {
        var properties = PropertiesOf(provider).ToList();
        var instants = properties.Where(property => Plain(property) == typeof(DateTime)).ToList();
        var enums = properties.Where(property => Plain(property).IsEnum).ToList();

        Assert.True(instants.Count > 10 && enums.Count > 10);
        Assert.Empty(instants.Where(property => property.GetTypeMapping().Converter is not UtcMicroseconds || property.GetPrecision() != 6).Select(Name));
        Assert.Empty(enums.Where(property => property.GetProviderClrType() != typeof(string) && property.GetTypeMapping().Converter?.ProviderClrType != typeof(string)).Select(Name));
        Assert.Empty(enums.Where(property => property.GetMaxLength() != TextSizes.Enum || Enum.GetNames(Plain(property)).Any(name => name.Length > TextSizes.Enum)).Select(Name));
    }

    [Fact]
    public void Every_mapped_type_is_a_root_a_part_or_a_named_record()
    {
        using var db = DataSetup.ForTools(DatabaseProvider.Sqlite);
        var types = db.Model.GetEntityTypes().ToList();

        Assert.True(types.Count > 30);
        Assert.Empty(types.Where(type => !IsRootOrPart(type) && !RecordsWithoutHistory.Contains(type)).Select(type => type.Name));
        Assert.Empty(RecordsWithoutHistory.Types.Where(record => types.All(type => type.ClrType != record)).Select(record => record.Name));
        Assert.DoesNotContain(RecordsWithoutHistory.Types, record => record.IsSubclassOf(typeof(Aggregate)) || record.IsSubclassOf(typeof(Part)));
    }

    [Fact]
    public void Every_root_and_part_of_the_domain_is_mapped()
    {
        using var db = DataSetup.ForTools(DatabaseProvider.Sqlite);
        var domain = typeof(Aggregate).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && (type.IsSubclassOf(typeof(Aggregate)) || type.IsSubclassOf(typeof(Part)))).ToList();

        Assert.True(domain.Count > 20);
        Assert.Empty(domain.Where(type => db.Model.FindEntityType(type) is null).Select(type => type.Name));
    }

    // The history reads columns and complex properties from the change tracker; what else a map may hold it would not see.
    [Fact]
    public void The_history_sees_everything_that_a_root_or_part_holds()
    {
        using var db = DataSetup.ForTools(DatabaseProvider.Sqlite);
        foreach (var type in db.Model.GetEntityTypes().Where(IsRootOrPart))
        {
            Assert.DoesNotContain(type.GetNavigations(), navigation => navigation.ForeignKey.IsOwnership);
            Assert.DoesNotContain(type.GetSkipNavigations(), _ => true);
            Assert.DoesNotContain(type.GetFlattenedComplexProperties(), complex => complex.IsCollection);
        }
    }

    [Fact]
    public void The_version_of_a_root_decides_who_came_first()
    {
        using var db = DataSetup.ForTools(DatabaseProvider.SqlServer);
        var roots = db.Model.GetEntityTypes().Where(type => type.ClrType.IsSubclassOf(typeof(Aggregate))).ToList();

        Assert.NotEmpty(roots);
        Assert.All(roots, type => Assert.Equal([nameof(Aggregate.Version)], type.GetProperties().Where(property => property.IsConcurrencyToken).Select(property => property.Name)));
    }

    [Fact]
    public void A_text_in_two_languages_has_two_columns()
    {
        using var db = DataSetup.ForTools(DatabaseProvider.PostgreSql);
        var name = db.Model.FindEntityType(typeof(Committee))!.FindComplexProperty(nameof(Committee.Name))!.ComplexType;

        Assert.Equal(["NameEn", "NameZh"], name.GetProperties().Select(property => property.GetColumnName()).Order(StringComparer.Ordinal));
        Assert.All(name.GetProperties(), property => Assert.Equal(Limits.Name, property.GetMaxLength()));
    }

    [Fact]
    public void Identity_has_its_passkeys_and_says_so_when_it_was_not_asked_for_them()
    {
        using var db = DataSetup.ForTools(DatabaseProvider.Sqlite);
        Assert.NotNull(db.Model.FindEntityType(typeof(IdentityUserPasskey<Guid>)));

        using var without = new OtherContext(new DbContextOptionsBuilder<OtherContext>().UseSqlite("Data Source=:memory:").Options);
        Assert.Contains(nameof(DataSetup.IdentityStores), Assert.Throws<InvalidOperationException>(() => without.Model).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_local_time_is_a_mistake_of_the_programmer() =>
        Assert.Throws<ArgumentException>(() => UtcMicroseconds.Cut(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Local)));

    private static IEnumerable<IProperty> PropertiesOf(DatabaseProvider provider)
    {
        using var db = DataSetup.ForTools(provider);
        return [.. db.GetService<IDesignTimeModel>().Model.GetEntityTypes().Where(type => !type.IsMappedToJson()).SelectMany(type => type.GetFlattenedProperties())];
    }

    private static bool IsRootOrPart(IReadOnlyEntityType type) => type.ClrType.IsSubclassOf(typeof(Aggregate)) || type.ClrType.IsSubclassOf(typeof(Part));

    private static Type Plain(IProperty property) => Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;

    private static string Name(IProperty property) => $"{property.DeclaringType.DisplayName()}.{property.Name}";

    private sealed class OtherContext(DbContextOptions options) : AppDbContext(options);
}
