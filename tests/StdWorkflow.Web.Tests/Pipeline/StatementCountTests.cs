using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using StdWorkflow.Data;
using StdWorkflow.Testing;
using StdWorkflow.Web.Starter;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Pipeline;

/// <summary>
/// What a page costs does not depend on how much there is: it sends the same number of statements for a few work items and for many, and
/// none of them reads a whole table.
/// </summary>
[Trait("Pace", "slow")]
public sealed partial class StatementCountTests(StatementCountTests.Worlds worlds) : IClassFixture<StatementCountTests.Worlds>
{
    private const string Visitor = "";

    /// <summary>Tables that grow with the work.</summary>
    private static readonly string[] bigTables =
        ["WorkItems", "Tracks", "StageSpans", "PlannedStages", "Attestations", "Deadlines", "DraftingOrganizations", "Lineages", "Consultations", "Submissions", "Comments", "StepRequests", "Events"];

    /// <summary>Who opens what, and how many statements that takes, reading who asks included.</summary>
    public static TheoryData<string, string, int> Reads => new()
    {
        { Visitor, "/", 3 },
        { "liu.yang", "/", 14 },
        { "li.wei", "/", 21 },
        { Visitor, "/work-items", 6 },
        { "li.wei", "/work-items", 8 },
        { "li.wei", "/work-items?sort=-code&page=3", 8 },
        { "li.wei", "/work-items?sort=deadline&state=late", 8 },
        { "li.wei", "/work-items?committee=sac-tc28-sc42", 8 },
        { "li.wei", "/work-items?state=mine", 8 },
        { "li.wei", "/work-items?state=followed", 8 },
        { Visitor, "/work-items/board", 9 },
        { "li.wei", "/work-items/board", 11 },
        { "li.wei", "/work-items/board?process=gb-t-normal&state=running", 10 },
        { "li.wei", "/work-items/board?process=iso-iec-is&committee=sac-tc28-sc42", 10 },
        { "li.wei", "/work-items/filters?state=late", 6 },
        { "li.wei", "/cockpit", 21 },
        { "liu.yang", "/cockpit", 16 },
        { "admin", "/cockpit", 21 },
        { "li.wei", "/requests", 4 },
        { "admin", "/requests?show=decided", 4 },
        { "zhao.lei", "/requests?show=mine", 4 },
        { "li.wei", "/requests?show=all", 4 },
        { Visitor, "/work-items/w-1026", 21 },
        { "li.wei", "/work-items/w-1026", 23 },
        { "li.wei", "/work-items/w-1026/follow", 4 },
        { Visitor, "/work-items/w-1026/journey", 4 },
        { "li.wei", "/work-items/w-1026/journey", 7 },
        { "li.wei", "/work-items/w-1036", 21 },
        { Visitor, "/work-items/w-1026/as-of", 7 },
        { "li.wei", "/work-items/w-1026/as-of?and=2026-11-23", 8 },
        { Visitor, "/work-items/w-1026/plan", 5 },
        { "li.wei", "/work-items/w-1026/plan/edit?suggest=true", 8 },
        { Visitor, "/consultations", 5 },
        { Visitor, "/international", 6 },
        { "li.wei", "/international", 7 },
        { Visitor, "/committees", 5 },
        { Visitor, "/committees/sac-tc28-sc42", 16 },
        { "li.wei", "/committees/sac-tc28-sc42", 17 },
        { Visitor, "/committees/sac-tc28-sc42/as-of", 4 },
        { Visitor, "/committees/sac-tc28-sc42/plan", 9 },
        { "li.wei", "/committees/sac-tc28-sc42/plan?state=late", 10 },
        { Visitor, "/api/v1/committees/sac-tc28-sc42/plan", 6 },
        { Visitor, "/api/v1/work-items/w-1026/plan", 5 },
        { Visitor, "/api/v1/work-items?limit=200", 1 },
        { Visitor, "/api/v1/work-items?sort=-updated", 1 },
        { Visitor, "/api/v1/work-items?sort=deadline&state=late", 1 },
        { Visitor, "/api/v1/work-items/w-1026", 16 },
        { Visitor, "/api/v1/work-items/w-1026/as-of?and=2026-11-23", 7 },
        { Visitor, "/api/v1/work-items/w-1026/journey", 4 },
        { Visitor, "/api/v1/consultations", 1 },
        { Visitor, "/api/v1/consultations?sort=-updated", 1 },
        { Visitor, "/api/v1/deadlines", 1 },
        { Visitor, "/api/v1/deadlines?sort=code", 1 },
        { Visitor, "/api/v1/deadlines?sort=-updated&status=met", 1 },
        { Visitor, "/api/v1/events", 1 },
        { Visitor, "/api/v1/events?sort=code", 1 },
        { Visitor, "/api/v1/events?workItem=w-1026", 1 },
        { "admin", "/api/v1/comments", 3 },
        { "li.wei", "/api/v1/comments?sort=updated", 3 },
        { "admin", "/api/v1/comments?sort=code", 3 },
        { "li.wei", "/api/v1/comments?sort=-deadline", 3 },
        { Visitor, "/api/v1/committees/sac-tc28-sc42/plan?sort=code", 6 },
        { Visitor, "/api/v1/committees/sac-tc28-sc42/plan?sort=-updated", 6 },
        { Visitor, "/api/v1/committees", 1 },
        { Visitor, "/api/v1/committees?q=42&kind=subcommittee&sort=-updated", 1 },
        { Visitor, "/api/v1/foreign-projects", 1 },
    };

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task A_page_sends_the_same_number_of_statements_however_many_items_there_are(string person, string path, int most)
    {
        var (few, many) = (await ReadAsync(worlds.Few, person, path), await ReadAsync(worlds.Many, person, path));

        Assert.True(few.Count == many.Count, $"{few.Count} and {many.Count} statements:\n{string.Join("\n\n", many.Select(statement => statement.Text))}");
        Assert.True(many.Count <= most, $"{many.Count} statements:\n{string.Join("\n\n", many.Select(statement => statement.Text))}");
        Assert.NotEmpty(many);
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task No_statement_reads_a_whole_table_that_grows(string person, string path, int most)
    {
        if (worlds.Many.Database.Provider != DatabaseProvider.Sqlite) Assert.Skip("The plans are those of SQLite.");
        var statements = await ReadAsync(worlds.Many, person, path);

        Assert.InRange(statements.Count, 1, most);
        var whole = new List<string>();
        foreach (var statement in statements)
        {
            var plan = await PlanAsync(statement);
            var scans = plan.Where(line => Scan().Match(line) is { Success: true } found && IsBig(found.Groups[1].Value, statement.Text)).ToList();
            // With a limit, walking along an index or the table ends with the page, unless all of it must be sorted first.
            var isPart = statement.Text.Contains("LIMIT", StringComparison.Ordinal);
            var isSorted = plan.Any(line => line.StartsWith("USE TEMP B-TREE FOR ORDER BY", StringComparison.Ordinal));
            // A list for programs is gone through to its end, so no part of it may cost all the rest, even where an index finds the rest. What is of one item is short.
            var sortsAll = isSorted && path.StartsWith("/api/", StringComparison.Ordinal) && !path.Contains("w-1026", StringComparison.Ordinal) && EndsWithLimit().IsMatch(statement.Text)
                && plan.Any(line => Search().Match(line) is { Success: true } found && IsBig(found.Groups[1].Value, statement.Text));
            if (sortsAll || (scans.Count > 0 && (!isPart || isSorted))) whole.Add($"{string.Join('\n', plan)}\n{statement.Text}");
        }

        Assert.True(whole.Count == 0, string.Join("\n\n", whole));
    }

    private static async Task<IReadOnlyList<SentStatement>> ReadAsync(App app, string person, string path)
    {
        var program = path.StartsWith("/api/", StringComparison.Ordinal) ? person == Visitor ? app.Api() : await app.Given.ProgramOfAsync(person) : null;
        // The first time reads what is then kept: definitions of processes, keys, who signed in.
        await OpenAsync();
        return await app.Statements.DuringAsync(OpenAsync);

        async Task OpenAsync()
        {
            if (program is not null) Assert.Equal(200, (await program.GetAsync(path)).Status);
            else Assert.NotEmpty((await (person == Visitor ? app.Visitor() : app.As(person)).OpenAsync(path)).Heading);
        }
    }

    private async Task<List<string>> PlanAsync(SentStatement statement)
    {
        await using var connection = new SqliteConnection(worlds.Many.Database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {statement.Text}";
        foreach (var (name, value) in statement.Parameters) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        var plan = new List<string>();
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await rows.ReadAsync(TestContext.Current.CancellationToken)) plan.Add(rows.GetString(3));
        return plan;
    }

    private static bool IsBig(string alias, string statement) =>
        bigTables.Any(table => Regex.IsMatch(statement, $"\"{table}\" AS \"{Regex.Escape(alias)}\"(?!\\s+WHERE 0)", RegexOptions.CultureInvariant));

    [GeneratedRegex("^SCAN (\\S+)")]
    private static partial Regex Scan();

    [GeneratedRegex("\\bLIMIT \\S+\\s*$")]
    private static partial Regex EndsWithLimit();

    [GeneratedRegex("^SEARCH (\\S+)")]
    private static partial Regex Search();

    public sealed class Worlds : IAsyncLifetime
    {
        public App Few { get; } = new();

        public App Many { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await Few.InitializeAsync();
            await Many.InitializeAsync();
            await SeedAsync(Few, 250);
            await SeedAsync(Many, 2000);
        }

        public async ValueTask DisposeAsync()
        {
            await Few.DisposeAsync();
            await Many.DisposeAsync();
        }

        private static async Task SeedAsync(App app, int items)
        {
            SeedPart? part = null;
            do part = await app.RunAsync(new SeedWorkItems(items, part?.Run));
            while (part.Before + part.Items < items);
        }
    }
}
