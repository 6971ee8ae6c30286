using System.Text.RegularExpressions;
using StdWorkflow.Testing;

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

    [Fact]
    public async Task What_cannot_run_says_so_with_its_own_exit_code()
    {
        await using var program = await ProgramProcess.RunAsync(
            database, ["verify-history", "--Database:Provider=PostgreSql", "--ConnectionStrings:StdWorkflow=Host=127.0.0.1;Port=1;Database=none;Timeout=2"]);

        Assert.Equal(2, program.ExitCode);
        Assert.NotEmpty(program.Errors);
    }

    [Theory]
    [InlineData("verify-histroy")]
    [InlineData("verify-history --fast")]
    public async Task A_misspelled_word_is_refused_and_serves_no_pages(string typed)
    {
        await using var program = await ProgramProcess.RunAsync(database, typed.Split(' '));

        Assert.Equal(2, program.ExitCode);
        Assert.DoesNotContain(program.Output, line => line.Contains("Now listening", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Help_lists_every_command()
    {
        await using var program = await ProgramProcess.RunAsync(database, ["--help"]);

        Assert.Equal(0, program.ExitCode);
        Assert.Contains(program.Output, line => line.Contains("verify-history", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^\d+ subjects, \d+ events, sound$")]
    private static partial Regex Sound();

    [GeneratedRegex("^digest [0-9a-f]{64}$")]
    private static partial Regex Digest();
}
