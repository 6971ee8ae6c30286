using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;

namespace StdWorkflow.Benchmarks;

/// <summary>What those who read and write notice while the whole list of work items is taken as a file, and what that costs.</summary>
internal sealed class ExportLoad(Served program, HttpClient signedIn, HttpClient api, string? log, double seconds)
{
    private static readonly string[] pages = ["/work-items", "/work-items/w-1026", "/work-items?page=3"];

    public async Task PrintAsync()
    {
        await MeasureAsync(Task.Delay(TimeSpan.FromSeconds(seconds)));
        Console.WriteLine($"\nmemory before: {program.Memory} MB\n\n| file | MB | s | page alone, ms | beside it | ratio | write alone, ms | beside it | ratio | memory, at most MB | SQLite's log, at most MB |\n|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var (path, client) in new[] { ("/exports/work-items/csv", signedIn), ("/exports/work-items/json", signedIn), ("/exports/work-items/xlsx", signedIn), ("/api/v1/work-items?format=csv", api), ("/feeds/work-items", signedIn) })
        {
            var alone = await MeasureAsync(Task.Delay(TimeSpan.FromSeconds(seconds)));
            var watch = Stopwatch.StartNew();
            var taking = TakeAsync(client, path);
            var beside = await MeasureAsync(taking);
            var (bytes, files) = await taking;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| `{path}` | {bytes / 1e6:0} | {watch.Elapsed.TotalSeconds / files:0.0} | {alone.Page:0} | {beside.Page:0} | {beside.Page / alone.Page:0.00} | {alone.Write:0} | {beside.Write:0} | {beside.Write / alone.Write:0.00} | {beside.Memory} | {beside.Log} |"));
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>One after another, as long as there is something to measure beside them.</summary>
    private async Task<(long Bytes, int Files)> TakeAsync(HttpClient client, string path)
    {
        var (watch, files, bytes, piece) = (Stopwatch.StartNew(), 0, 0L, new byte[64 * 1024]);
        while (files == 0 || watch.Elapsed.TotalSeconds < seconds)
        {
            (files, bytes) = (files + 1, 0);
            using var answer = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
            answer.EnsureSuccessStatusCode();
            await using var file = await answer.Content.ReadAsStreamAsync();
            while (await file.ReadAsync(piece) is > 0 and var read) bytes += read;
        }

        return (bytes, files);
    }

    /// <summary>One reads pages and one writes, both steadily, until the other task is done.</summary>
    private async Task<(double Page, double Write, long Memory, long Log)> MeasureAsync(Task until)
    {
        var (read, written, memory, grown) = (new List<double>(), new List<double>(), 0L, 0L);
        await Task.WhenAll(ReadAsync(), WriteAsync(), WatchAsync());
        await until;
        return (Median(read), Median(written), memory, grown);

        async Task ReadAsync()
        {
            do
                foreach (var page in pages)
                {
                    var watch = Stopwatch.StartNew();
                    _ = await signedIn.GetStringAsync(page);
                    read.Add(watch.Elapsed.TotalMilliseconds);
                }
            while (!until.IsCompleted);
        }

        async Task WriteAsync()
        {
            const string path = "/api/v1/work-items/w-1026";
            using var first = await api.GetAsync(path);
            var tag = first.Headers.ETag;
            do
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, path + "/proposal")
                {
                    Content = JsonContent.Create(new { titleZh = "人工智能 同时写入的项目", titleEn = $"Artificial intelligence — Written meanwhile, {Stopwatch.GetTimestamp()}" }),
                };
                request.Headers.IfMatch.Add(tag!);
                var watch = Stopwatch.StartNew();
                using var answer = await api.SendAsync(request);
                answer.EnsureSuccessStatusCode();
                written.Add(watch.Elapsed.TotalMilliseconds);
                tag = answer.Headers.ETag;
                await Task.Delay(20);
            }
            while (!until.IsCompleted);
        }

        async Task WatchAsync()
        {
            while (!until.IsCompleted)
            {
                memory = Math.Max(memory, program.Memory);
                if (log is not null && new FileInfo(log) is { Exists: true } file) grown = Math.Max(grown, file.Length >> 20);
                await Task.Delay(50);
            }
        }
    }
}
