using System.CommandLine;
using System.Globalization;
using StdWorkflow.Data.Events;
using StdWorkflow.Web.CommandLine;

namespace StdWorkflow.Web.Features.Admin;

/// <summary>Reads the whole history and says whether it is as it was written.</summary>
internal static class VerifyHistory
{
    public static ProgramCommand OnCommandLine() => new(
        new Command("verify-history", "Checks the hash chain of every subject. Exit code 0: sound; 1: broken; 2: could not run."), RunAsync);

    private static async Task<int> RunAsync(CommandRun run, CancellationToken stop)
    {
        var report = await ActivatorUtilities.CreateInstance<HistoryVerification>(run.Services).RunAsync(stop);
        foreach (var found in report.Breaks)
            await run.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"broken: {found.SubjectType} {found.SubjectId}, sequence {found.Sequence}: {NameOf(found.Kind)}"));

        await run.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{report.Subjects} subjects, {report.Events} events, {(report.IsSound ? "sound" : "broken")}"));
        await run.Output.WriteLineAsync($"digest {report.Digest}");
        return report.IsSound ? ExitCode.Ok : ExitCode.Broken;
    }

    private static string NameOf(HistoryBreakKind kind) => kind switch
    {
        HistoryBreakKind.ContentChanged => "content changed",
        HistoryBreakKind.RowMissing => "row missing",
        HistoryBreakKind.TailMissing => "tail missing",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
