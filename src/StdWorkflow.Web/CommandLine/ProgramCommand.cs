using System.CommandLine;
using StdWorkflow.Domain.Common;

namespace StdWorkflow.Web.CommandLine;

/// <summary>
/// What a command works with: what was typed, the program's services in a scope of its own, where to write, and the language of
/// whoever sits at the terminal. What scripts read is the same in both.
/// </summary>
internal sealed record CommandRun(ParseResult Typed, IServiceProvider Services, TextWriter Output, TextWriter Error, Language Language)
{
    /// <summary>The file that was named, relative to where the command was typed.</summary>
    public FileInfo FileOf(Argument<string> argument) => new(Path.GetFullPath(Path.Combine(Environment.CurrentDirectory, Typed.GetRequiredValue(argument))));
}

/// <summary>One line of the table of commands: the words, and what they do. The answer is the exit code.</summary>
internal sealed record ProgramCommand(Command Words, Func<CommandRun, CancellationToken, Task<int>> Run)
{
    /// <summary>Groups the command under a first word, as in <c>import iso-deliverables</c>.</summary>
    public (string Name, string Description)? Under { get; init; }
}

/// <summary>Exit codes that every command shares.</summary>
internal static class ExitCode
{
    public const int Ok = 0;
    public const int Broken = 1;
    public const int CouldNotRun = 2;
}
