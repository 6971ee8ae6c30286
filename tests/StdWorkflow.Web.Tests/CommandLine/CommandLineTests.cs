using System.Text.RegularExpressions;
using StdWorkflow.Data;
using StdWorkflow.Testing;
using StdWorkflow.Web.CommandLine;

namespace StdWorkflow.Web.Tests.CommandLine;

public sealed partial class CommandLineTests : IAsyncLifetime
{
    private TestDatabase database = null!;

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task A_command_creates_the_database_and_says_that_its_history_is_sound()
    {
        await using var program = await ProgramProcess.RunAsync(database, ["verify-history"], new Dictionary<string, string> { ["LANG"] = "de_DE.UTF-8" });

        Assert.True(program.ExitCode == 0, program.Everything);
        Assert.Matches(Sound(), program.Output[^2]);
        Assert.Matches(Digest(), program.LastLine);
    }

    [Fact]
    public async Task The_same_history_has_the_same_digest()
    {
        await using var first = await ProgramProcess.RunAsync(database, ["verify-history"]);
        await using var second = await ProgramProcess.RunAsync(database, ["verify-history"]);

        Assert.Equal(first.LastLine, second.LastLine);
    }

    [Theory]
    [InlineData("verify-histroy", "Unrecognized command or argument 'verify-histroy'.", "[command] [options]")]
    [InlineData("verify-history --fast", "Unrecognized command or argument '--fast'.", "verify-history [options]")]
    [InlineData("verify-history now", "Unrecognized command or argument 'now'.", "verify-history [options]")]
    [InlineData("import", "Required command was not provided.", "import [command] [options]")]
    [InlineData("import iso-deliverable rows.jsonl", "Unrecognized command or argument 'iso-deliverable'.", "import [command] [options]")]
    [InlineData("import iso-deliverables", "Required argument missing for command: 'iso-deliverables'.", "import iso-deliverables <FILE> [options]")]
    [InlineData("import iso-committees rows.jsonl more.jsonl", "Unrecognized command or argument 'more.jsonl'.", "import iso-committees <FILE> [options]")]
    [InlineData("import iso-stage-events rows.csv --asof 2026-10-05", "Unrecognized command or argument '--asof'.", "import iso-stage-events <FILE> [options]")]
    [InlineData("import gb-plans rows.csv --as-of", "Required argument missing for option: '--as-of'.", "import gb-plans <FILE> [options]")]
    public async Task What_was_mistyped_is_named_with_the_usage_and_nothing_is_touched(string typed, string mistake, string usage)
    {
        await using var program = await ProgramProcess.RunAsync(database, typed.Split(' '));

        Assert.Equal(ExitCode.CouldNotRun, program.ExitCode);
        Assert.Contains(mistake, program.Errors);
        Assert.Contains(program.Output, line => line.EndsWith($" {usage}", StringComparison.Ordinal));
        Assert.DoesNotContain(program.Output, line => line.Contains("Now listening", StringComparison.Ordinal));
        if (database.Provider == DatabaseProvider.Sqlite) Assert.False(File.Exists(database.SqliteFile));
    }

    [Theory]
    [InlineData("--help", "verify-history", "import")]
    [InlineData("import --help", "iso-deliverables <FILE>", "iso-committees <FILE>", "iso-stage-events <FILE>", "gb-plans <FILE>")]
    [InlineData("import gb-plans -h", "<FILE>", "--as-of <as-of>")]
    public async Task Help_lists_every_command(string typed, params string[] words)
    {
        await using var program = await ProgramProcess.RunAsync(database, typed.Split(' '));

        Assert.Equal(ExitCode.Ok, program.ExitCode);
        foreach (var word in words) Assert.Contains(program.Output, line => line.StartsWith($"  {word}  ", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^\d+ subjects, \d+ events, sound$")]
    private static partial Regex Sound();

    [GeneratedRegex("^digest [0-9a-f]{64}$")]
    private static partial Regex Digest();
}
