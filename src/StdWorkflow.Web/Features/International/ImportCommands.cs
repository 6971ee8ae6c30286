using System.CommandLine;
using System.Globalization;
using StdWorkflow.Domain.Common;
using StdWorkflow.Web.CommandLine;
using StdWorkflow.Web.Localization;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.International;

/// <summary>The words <c>import …</c> of the command line.</summary>
internal static class ImportCommands
{
    private static readonly (string, string) group = ("import", "Takes over what a file says: what is new, and every difference.");

    public static ProgramCommand Of<TRow>(ImportKind<TRow> kind, string description)
    {
        var file = new Argument<string>("FILE") { Description = "The file, plain or gzip." };
        var asOf = new Option<string?>("--as-of") { Description = "The day of which the file is, YYYY-MM-DD." };
        var words = new Command(kind.Name, description) { file, asOf };
        return new ProgramCommand(words, (run, stop) => RunAsync(kind, run, run.FileOf(file), run.Typed.GetValue(asOf), stop)) { Under = group };
    }

    private static async Task<int> RunAsync<TRow>(ImportKind<TRow> kind, CommandRun run, FileInfo file, string? asOf, CancellationToken stop)
    {
        // The terminal has no reader whose language is known.
        CultureInfo.CurrentUICulture = Reader.English;
        var texts = run.Services.GetRequiredService<ProblemTexts>();
        try
        {
            var day = IsoRows.Day(asOf);
            if (asOf is not null && day is null) throw new WrongFileException(Problem.Of("import.asOf", asOf));
            var import = new ImportRun(run.Services.GetRequiredService<UseCases>().As(Actor.Import(kind.Name)), new Terminal(run, texts));
            var sum = await import.RunAsync(kind, file, day, ImportRun.BatchSize, stop);
            if (sum.CutOff is { } cutOff)
                await run.Error.WriteLineAsync(texts.Say(WhyCutOff(file, cutOff)));
            await run.Output.WriteLineAsync(sum.Line);
            return sum.CutOff is null ? ExitCode.Ok : ExitCode.CouldNotRun;
        }
        catch (WrongFileException wrong)
        {
            await run.Error.WriteLineAsync(texts.Say(wrong.Problem));
            return ExitCode.CouldNotRun;
        }
    }

    private static Problem WhyCutOff(FileInfo file, Exception cutOff) => cutOff switch
    {
        EndOfStreamException => Problem.Of("import.cutOff", file.FullName),
        InvalidDataException => Problem.Of("import.damaged", file.FullName),
        _ => Problem.Of("import.unreadable", file.FullName, cutOff.Message),
    };

    private sealed class Terminal(CommandRun run, ProblemTexts texts) : IImportReport
    {
        public void Progress(int read) => run.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{read} …"));

        public void Refused(RefusedRow row) =>
            run.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"line {row.Line}: {string.Join(" ", row.Problems.Select(texts.Say))}"));

        public void OldNews(DateOnly file, DateOnly newer) => run.Error.WriteLine(texts.Say(Problem.Of("import.oldNews", file, newer)));
    }
}
