using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace StdWorkflow.Data.Tests;

public sealed class MigrationsTests
{
    [Theory]
    [MemberData(nameof(Databases.Providers), MemberType = typeof(Databases))]
    public void The_migrations_lead_to_the_model_as_it_is(DatabaseProvider provider)
    {
        using var db = DataSetup.ForTools(provider);

        Assert.NotEmpty(db.Database.GetMigrations());
        Assert.False(db.Database.HasPendingModelChanges(), $"The model moved on: run migrations/add.sh NAME ({provider}).");
    }

    [Fact]
    public void All_three_have_the_same_migrations_by_name()
    {
        var names = Enum.GetValues<DatabaseProvider>().Select(provider =>
        {
            using var db = DataSetup.ForTools(provider);
            return string.Join(' ', db.Database.GetMigrations().Select(migration => migration[(migration.IndexOf('_', StringComparison.Ordinal) + 1)..]));
        });

        Assert.Single(names.Distinct());
    }

    [Theory]
    [MemberData(nameof(Databases.Providers), MemberType = typeof(Databases))]
    public void The_tools_build_the_context_from_the_same_setup(DatabaseProvider provider)
    {
        var factory = Assembly.Load($"StdWorkflow.Migrations.{provider}").GetTypes().Single(type => typeof(IDesignTimeDbContextFactory<AppDbContext>).IsAssignableFrom(type));
        using var db = ((IDesignTimeDbContextFactory<AppDbContext>)Activator.CreateInstance(factory)!).CreateDbContext([]);

        Assert.Equal(provider, db.Provider);
    }
}
