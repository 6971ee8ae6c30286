using System.CommandLine;
using System.Globalization;
using StdWorkflow.Web.Features.Account;
using StdWorkflow.Web.Features.Admin;
using StdWorkflow.Web.Features.International;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Localization;
using StdWorkflow.Web.Starter;

namespace StdWorkflow.Web.CommandLine;

/// <summary>
/// The one table of commands. What names none of them goes on to the web program, so that <c>--urls</c> and every setting
/// work as usual. A command also takes settings, written as <c>--Section:Key=value</c>.
/// </summary>
internal static class CommandLineTable
{
    private static ProgramCommand[] Commands() =>
    [
        VerifyHistory.OnCommandLine(),
        TokenCommand.OnCommandLine(),
        SeedCommand.OnCommandLine(),
        ImportCommands.Of(ImportKinds.Deliverables, "ISO Open Data, deliverables: one JSON object per line."),
        ImportCommands.Of(ImportKinds.Committees, "ISO Open Data, technical committees: one JSON object per line."),
        ImportCommands.Of(ImportKinds.StageEvents, "Stages of ISO projects with the days on which they were seen: CSV."),
        ImportCommands.Of(ImportPlans.Import, "Plans and standards of the Chinese national platform: CSV."),
    ];

    public static async Task<int> RunAsync(string[] args, Func<string[], WebApplication> build, Func<WebApplication, Task<int>> serve)
    {
        var isWord = args.Length > 0 && !args[0].StartsWith('-');
        if (!isWord && !args.Any(arg => arg is "--help" or "-h" or "-?"))
        {
            await using var web = build(args);
            return await serve(web);
        }

        // What a script reads must be the same in every culture; what a person reads is in the language of the terminal.
        var language = Reader.Language;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;

        var settings = args.Where(IsSetting).ToArray();
        var root = Root(async (command, typed, stop) =>
        {
            try
            {
                await using var app = build([.. settings, "--Logging:Console:LogToStandardErrorThreshold=Trace"]);
                await app.StartDatabaseAsync(stop);
                await using var scope = app.Services.CreateAsyncScope();
                return await command.Run(new CommandRun(typed, scope.ServiceProvider, Console.Out, Console.Error, language), stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                await Console.Error.WriteLineAsync("Stopped before it was done.");
                return ExitCode.CouldNotRun;
            }
            catch (Exception failure)
            {
                await Console.Error.WriteLineAsync($"Could not run: {failure.GetBaseException().Message}\n{failure}");
                return ExitCode.CouldNotRun;
            }
        });

        var parsed = root.Parse(args.Where(arg => !IsSetting(arg)).ToArray());
        var code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        return parsed.Errors.Count > 0 ? ExitCode.CouldNotRun : code;
    }

    private static RootCommand Root(Func<ProgramCommand, ParseResult, CancellationToken, Task<int>> run)
    {
        var root = new RootCommand("StdWorkflow: follows standards from idea to international standard. Without a command it serves the web pages; --urls says where.");
        foreach (var command in Commands())
        {
            command.Words.SetAction((typed, stop) => run(command, typed, stop));
            if (command.Under is not { } group)
            {
                root.Subcommands.Add(command.Words);
                continue;
            }

            var parent = root.Subcommands.FirstOrDefault(existing => existing.Name == group.Name);
            if (parent is null) root.Subcommands.Add(parent = new Command(group.Name, group.Description));
            parent.Subcommands.Add(command.Words);
        }

        return root;
    }

    /// <summary>A misspelled option must not pass for a setting, so a setting has a section, or is one of the host's own.</summary>
    private static bool IsSetting(string arg) =>
        arg.StartsWith("--", StringComparison.Ordinal) && arg.IndexOf('=', StringComparison.Ordinal) is var equals and > 0
        && (arg[..equals].Contains(':', StringComparison.Ordinal)
            || arg[..equals].Equals("--environment", StringComparison.OrdinalIgnoreCase)
            || arg[..equals].Equals("--contentRoot", StringComparison.OrdinalIgnoreCase));
}
