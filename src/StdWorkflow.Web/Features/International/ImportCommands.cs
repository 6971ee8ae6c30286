using System.CommandLine;
using System.Globalization;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
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
        CultureInfo.CurrentUICulture = Reader.CultureOf(run.Language);
        var terminal = new Terminal(run, run.Services.GetRequiredService<ProblemTexts>());
        var import = new ImportRun(run.Services.GetRequiredService<UseCases>().As(Actor.Import(kind.Name)), terminal);
        var problem = await ProblemOfAsync();
        if (problem is not null) terminal.Say(problem);
        await run.Output.WriteLineAsync(import.Done.Line);
        return problem is null ? ExitCode.Ok : ExitCode.CouldNotRun;

        async Task<Problem?> ProblemOfAsync()
        {
            var day = IsoRows.Day(asOf);
            if (asOf is not null && day is null) return Problem.Of("import.asOf", asOf);
            // Everything that comes until that day would be old news.
            if (day > Instants.DateIn(run.Services.GetRequiredService<TimeProvider>().UtcNow())) return Problem.Of("import.future", asOf!);
            try
            {
                var sum = await import.RunAsync(kind, file, day, ImportRun.BatchSize, stop);
                if (sum is { Read: 0, CutOff: null }) terminal.Say(Problem.Of("import.empty"));
                return sum.CutOff is { } cutOff ? Problem.Of("import.cutOff", file.FullName, cutOff.Message) : null;
            }
            catch (WrongFileException wrong)
            {
                return wrong.Problem;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return Problem.Of("import.stopped");
            }
        }
    }

    private sealed class Terminal(CommandRun run, ProblemTexts texts) : IImportReport
    {
        private const int Longest = 300;

        public void Say(Problem problem) => run.Error.WriteLine(Printable(problem));

        public void Progress(int read) => Say(Problem.Of("import.progress", read));

        public void Refused(RefusedRow row) =>
            run.Output.WriteLine(texts.Say(Problem.Of("import.line", row.Line, string.Join(" ", row.Problems.Select(Printable)))));

        public void OldNews(DateOnly file, DateOnly newer) => Say(Problem.Of("import.oldNews", file, newer));

        // A sentence repeats what the file says, and a hostile file would otherwise command the terminal or forge a line of ours.
        private string Printable(Problem problem)
        {
            var text = texts.Say(problem);
            return string.Concat((text.Length <= Longest ? text : text[..Longest] + "…").Select(
                character => char.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format
                    or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? '\uFFFD' : character));
        }
    }
}
