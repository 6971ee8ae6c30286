using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using StdWorkflow.Data.Events;
using StdWorkflow.Domain.Common;
using StdWorkflow.Testing;
using StdWorkflow.Web.Features.International;
using StdWorkflow.Web.Localization;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Tests.Features.International;

/// <summary>Files of a test's own, gone when the test is done.</summary>
internal sealed class SmallFiles : IDisposable
{
    public DirectoryInfo Folder { get; } = TemporaryFolder.Create();

    public FileInfo Write(string name, params string[] lines) => Write(name, Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));

    public FileInfo Write(string name, byte[] content)
    {
        var file = new FileInfo(Path.Combine(Folder.FullName, name));
        File.WriteAllBytes(file.FullName, content);
        return file;
    }

    public static byte[] Gzip(params string[] lines)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));
        return packed.ToArray();
    }

    public void Dispose() => Folder.Delete(recursive: true);
}

/// <summary>What an import brought and said.</summary>
internal sealed record Brought(ImportSum Sum, IReadOnlyList<string> Refused, (DateOnly File, DateOnly Newer)? OldNews);

internal static class Imports
{
    /// <summary>Imports as the command line does, without a process of its own.</summary>
    public static async Task<Brought> ImportAsync<TRow>(this App app, ImportKind<TRow> kind, FileInfo file, string? asOf = null, int batchSize = ImportRun.BatchSize)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var scope = app.Services.CreateAsyncScope();
        var report = new Report(scope.ServiceProvider.GetRequiredService<ProblemTexts>());
        var import = new ImportRun(scope.ServiceProvider.GetRequiredService<UseCases>().As(Actor.Import(kind.Name)), report);
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = Reader.English;
        try
        {
            return new Brought(await import.RunAsync(kind, file, IsoRows.Day(asOf), batchSize, stop), report.Lines, report.Old);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    /// <summary>Reads the whole history: whether it is sound, and by its digest whether anything was added to it.</summary>
    public static async Task<HistoryReport> VerifyAsync(this TestDatabase database)
    {
        await using var db = database.Open();
        var report = await new HistoryVerification(db).RunAsync(TestContext.Current.CancellationToken);
        Assert.Empty(report.Breaks);
        return report;
    }

    /// <summary>A row of ISO's deliverables; further fields take the place of these.</summary>
    public static string Deliverable(int id, string reference, string more = "") =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"id":{{id}},"reference":"{{reference}}"{{(more.Length > 0 ? "," : "")}}{{more}}}""");

    private sealed class Report(ProblemTexts texts) : IImportReport
    {
        public List<string> Lines { get; } = [];

        public (DateOnly, DateOnly)? Old { get; private set; }

        public void Progress(int read)
        {
        }

        public void Refused(RefusedRow row) => Lines.Add(string.Create(CultureInfo.InvariantCulture, $"line {row.Line}: {string.Join(" ", row.Problems.Select(texts.Say))}"));

        public void OldNews(DateOnly file, DateOnly newer) => Old = (file, newer);
    }
}
