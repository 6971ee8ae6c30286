using Microsoft.EntityFrameworkCore.Design;
using StdWorkflow.Data;

namespace StdWorkflow.Migrations.Sqlite;

internal sealed class DesignTime : IDesignTimeDbContextFactory<AppDbContext>
{
    public AppDbContext CreateDbContext(string[] args) => DataSetup.ForTools(DatabaseProvider.Sqlite);
}
