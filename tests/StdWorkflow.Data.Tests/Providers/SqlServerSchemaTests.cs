using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace StdWorkflow.Data.Tests.Providers;

/// <summary>SQL Server cannot run where these tests do, so what would run on it is read by Microsoft's own parser and model.</summary>
public sealed partial class SqlServerSchemaTests
{
    private const int LargestClusteredKey = 900, LargestIndexKey = 1700;

    public static TheoryData<string, string> Steps
    {
        get
        {
            using var db = DataSetup.ForTools(DatabaseProvider.SqlServer);
            var data = new TheoryData<string, string>();
            var before = Migration.InitialDatabase;
            foreach (var migration in db.Database.GetMigrations())
            {
                data.Add(before, migration);
                before = migration;
            }

            data.Add(Migration.InitialDatabase, before);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Every_migration_script_is_sound_TSQL_plain_and_idempotent(string from, string to)
    {
        using var db = DataSetup.ForTools(DatabaseProvider.SqlServer);
        var migrator = db.GetService<IMigrator>();
        foreach (var options in new[] { MigrationsSqlGenerationOptions.Default, MigrationsSqlGenerationOptions.Idempotent })
        {
            var script = migrator.GenerateScript(from, to, options);
            Assert.Contains("__EFMigrationsHistory", script, StringComparison.Ordinal);
            Assert.Empty(ErrorsOf(script));
        }

        Assert.Empty(ErrorsOf(migrator.GenerateScript(to, from)));
    }

    [Fact]
    public void The_parser_does_refuse_what_is_not_TSQL() => Assert.NotEmpty(ErrorsOf("CREATE TABLE [A] ([Id] int NOT NULL GENERATED ALWAYS);"));

    [Fact]
    public void The_whole_schema_is_a_valid_model_of_SQL_Server()
    {
        using var db = DataSetup.ForTools(DatabaseProvider.SqlServer);
        using var model = Load(db.Database.GenerateCreateScript());

        Assert.True(model.GetObjects(DacQueryScopes.UserDefined, ModelSchema.Table).Count() > 30);
        Assert.Empty(model.Validate().Select(message => message.ToString()));
    }

    [Fact]
    public void The_model_does_refuse_a_reference_to_nothing()
    {
        using var model = Load("CREATE TABLE [A] ([Id] int NOT NULL PRIMARY KEY, [B] int NOT NULL REFERENCES [Missing] ([Id]));\nGO\n");

        Assert.NotEmpty(model.Validate());
    }

    [Fact]
    public void No_table_is_reached_by_two_cascades()
    {
        using var db = DataSetup.ForTools(DatabaseProvider.SqlServer);
        Assert.NotEmpty(CascadesOf(db));
        Assert.Empty(ReachedTwice(CascadesOf(db)));
    }

    [Fact]
    public void Two_cascades_and_a_cascade_in_a_circle_would_be_seen()
    {
        Assert.Equal(["Item to Span"], ReachedTwice([("Item", "Track"), ("Track", "Span"), ("Item", "Span")]));
        Assert.Equal(["Tree to Tree"], ReachedTwice([("Tree", "Tree")]));
        Assert.Empty(ReachedTwice([("Item", "Track"), ("Track", "Span"), ("Other", "Span")]));
    }

    [Fact]
    public void Every_index_key_fits_into_SQL_Server()
    {
        using var db = DataSetup.ForTools(DatabaseProvider.SqlServer);
        var keys = KeysOf(db).ToList();

        Assert.True(keys.Count > 80);
        Assert.DoesNotContain(keys, key => key.Bytes > (key.Clustered ? LargestClusteredKey : LargestIndexKey));
    }

    [Theory]
    [InlineData("nvarchar(300)", 600)]
    [InlineData("varbinary(1024)", 1024)]
    [InlineData("nvarchar(max)", int.MaxValue)]
    [InlineData("uniqueidentifier", 16)]
    [InlineData("datetime2(6)", 8)]
    public void The_size_of_a_key_is_known(string type, int bytes) => Assert.Equal(bytes, BytesOf(type));

    [Fact]
    public async Task The_suite_ran_on_a_real_SQL_Server()
    {
        Databases.NeedSqlServer();
        await using var work = await Databases.CreateAsync(DatabaseProvider.SqlServer);

        Assert.True((await work.VerifyAsync()).IsSound);
    }

    private static IEnumerable<string> ErrorsOf(string script)
    {
        using var reader = new StringReader(script);
        new TSql160Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        return errors.Select(error => string.Create(CultureInfo.InvariantCulture, $"line {error.Line}: {error.Message}"));
    }

    private static TSqlModel Load(string script)
    {
        var model = new TSqlModel(SqlServerVersion.Sql160, new TSqlModelOptions());
        foreach (var batch in Go().Split(script).Where(batch => !string.IsNullOrWhiteSpace(batch))) model.AddObjects(batch);
        return model;
    }

    private static List<(string From, string To)> CascadesOf(AppDbContext db) =>
    [
        .. from table in db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables
           from key in table.ForeignKeyConstraints
           where key.OnDeleteAction is not (ReferentialAction.NoAction or ReferentialAction.Restrict)
           select (key.PrincipalTable.Name, table.Name),
    ];

    // SQL Server counts paths, not tables: what is deleted may reach any other table in one way only.
    private static IEnumerable<string> ReachedTwice(List<(string From, string To)> cascades)
    {
        foreach (var start in cascades.Select(cascade => cascade.From).Distinct().ToList())
        {
            var reached = new HashSet<string> { start };
            var open = new Queue<string>([start]);
            while (open.TryDequeue(out var table))
                foreach (var (_, to) in cascades.Where(cascade => cascade.From == table))
                    if (reached.Add(to)) open.Enqueue(to);
                    else yield return $"{start} to {to}";
        }
    }

    private static IEnumerable<(string Name, int Bytes, bool Clustered)> KeysOf(AppDbContext db)
    {
        foreach (var table in db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables)
        {
            foreach (var constraint in table.UniqueConstraints)
                yield return (constraint.Name, constraint.Columns.Sum(column => Size(column)), constraint == table.PrimaryKey && constraint["SqlServer:Clustered"] is not false);
            foreach (var index in table.Indexes) yield return (index.Name, index.Columns.Sum(column => Size(column)), index["SqlServer:Clustered"] is true);
        }

        static int Size(IColumn column) => Math.Min(BytesOf(column.StoreType), 1_000_000);
    }

    private static int BytesOf(string type)
    {
        var sized = Sized().Match(type);
        if (sized.Success)
            return sized.Groups["size"].Value == "max" ? int.MaxValue : int.Parse(sized.Groups["size"].Value, CultureInfo.InvariantCulture) * (type[0] == 'n' ? 2 : 1);
        return type.Split('(')[0] switch
        {
            "bit" => 1,
            "date" => 3,
            "int" => 4,
            "bigint" or "float" or "datetime2" => 8,
            "datetimeoffset" => 10,
            "uniqueidentifier" => 16,
            "decimal" => 17,
            _ => throw new NotSupportedException($"How large is {type}?"),
        };
    }

    [GeneratedRegex(@"^n?var(char|binary)\((?<size>max|\d+)\)$")]
    private static partial Regex Sized();

    [GeneratedRegex(@"^GO\s*$", RegexOptions.Multiline)]
    private static partial Regex Go();
}
