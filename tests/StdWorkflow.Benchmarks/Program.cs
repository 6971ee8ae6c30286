using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Npgsql;
using StdWorkflow.Benchmarks;
using StdWorkflow.Testing;

// Prints how many requests the program and a bare endpoint answer, as medians and ratios.
// dotnet run -c Release --project tests/StdWorkflow.Benchmarks -- [--items 2000,200000] [--rounds 5] [--seconds 3] [--database Sqlite,PostgreSql]
// [--keep FOLDER]: SQLite databases stay there, and are used again
// [--exports]: instead, how long others wait while the whole list is taken as a file
if (args is ["bare", var provider, var connection, var url])
{
    await BareServer.RunAsync(provider, connection, url);
    return 0;
}

var sizes = Option("--items", "2000,200000").Split(',').Select(size => int.Parse(size, CultureInfo.InvariantCulture)).ToList();
var (rounds, seconds) = (int.Parse(Option("--rounds", "5"), CultureInfo.InvariantCulture), double.Parse(Option("--seconds", "3"), CultureInfo.InvariantCulture));
Console.WriteLine($"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GB; medians of {rounds} alternating rounds of {seconds} s each, 4 requests at once");
foreach (var database in Option("--database", "Sqlite,PostgreSql").Split(','))
{
    await using var server = new DatabaseServer(database, Option("--keep", ""));
    var found = new Dictionary<(int Size, string Page), double>();
    foreach (var size in sizes)
    {
        var watch = Stopwatch.StartNew();
        var connectionString = await server.CreateAsync(size);
        var settings = SettingsOf(database, connectionString);
        if (!server.IsFilled(size)) await RunAsync(settings, "seed", "--work-items", $"{size}");
        Console.WriteLine($"\n{database}, {size} items (ready after {watch.Elapsed.TotalSeconds:0} s)\n");
        var exports = args.Contains("--exports");
        string[] reach = exports ? [] : ["--read-only"];
        var token = (await RunAsync(settings, ["token", "create", "li.wei@example.org", .. reach])).Trim().Split('\n')[^1].Trim();

        await using var program = await Served.StartAsync(settings, "/health/ready", [BuiltProgram.Dll]);
        using var signedIn = await SignInAsync(program.Url);
        using var api = new HttpClient { BaseAddress = program.Url };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (exports)
        {
            await new ExportLoad(program, signedIn, api, database == "Sqlite" ? connectionString["Data Source=".Length..] + "-wal" : null, seconds).PrintAsync();
            continue;
        }

        await using var bare = await Served.StartAsync(settings, "/work-items", [typeof(BareServer).Assembly.Location, "bare", database, connectionString]);
        using var plain = new HttpClient { BaseAddress = bare.Url };
        Console.WriteLine("| page | program, requests/s | bare, requests/s | ratio | ms per request |\n|---|---|---|---|---|");
        foreach (var (page, client) in new[] { ("/", signedIn), ("/work-items", signedIn), ("/work-items/w-1026", signedIn), ("/api/v1/work-items", api), ("/work-items/board", signedIn), ("/cockpit", signedIn), ("/work-items/w-1026/journey", signedIn) })
        {
            var (ours, theirs) = (new List<double>(), new List<double>());
            await LoadAsync(client, page, 1);
            var compared = BareServer.Knows(page);
            if (compared) await LoadAsync(plain, page, 1);
            for (var round = 0; round < rounds; round++)
            {
                ours.Add(await LoadAsync(client, page, seconds));
                if (compared) theirs.Add(await LoadAsync(plain, page, seconds));
            }

            found[(size, page)] = Median(ours);
            var beside = compared ? string.Create(CultureInfo.InvariantCulture, $"{Median(theirs):0} | {Median(ours) / Median(theirs):0.00}") : "– | –";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| `{page}` | {Median(ours):0} | {beside} | {4000 / Median(ours):0.0} |"));
        }

        Console.WriteLine($"\nmemory of the whole program: {program.Memory} MB, at most {program.MostMemory} MB; of the bare one: {bare.Memory} MB");
    }

    if (sizes.Count < 2 || found.Count == 0) continue;
    Console.WriteLine($"\n{database}: time with {sizes[^1]} items against {sizes[0]}");
    foreach (var page in found.Keys.Select(key => key.Page).Distinct())
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {page}: {found[(sizes[0], page)] / found[(sizes[^1], page)]:0.00}"));
}

return 0;

string Option(string name, string usual) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : usual;

static Dictionary<string, string> SettingsOf(string database, string connectionString) => new()
{
    ["ASPNETCORE_ENVIRONMENT"] = "Development",
    ["Database__Provider"] = database,
    ["ConnectionStrings__StdWorkflow"] = connectionString,
    ["Jobs__Enabled"] = "false",
    ["Logging__LogLevel__Default"] = "Warning",
    ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information",
    ["RateLimits__ApiPerMinute"] = "100000000",
};

static async Task<string> RunAsync(Dictionary<string, string> settings, params string[] words)
{
    using var process = Process.Start(Served.Of(settings, [BuiltProgram.Dll, .. words]))!;
    var errors = process.StandardError.ReadToEndAsync();
    var output = await process.StandardOutput.ReadToEndAsync();
    await process.WaitForExitAsync();
    return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{string.Join(' ', words)}: {await errors}");
}

static async Task<HttpClient> SignInAsync(Uri url)
{
    var client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = url };
    var page = await client.GetStringAsync("/account/sign-in");
    var token = BuiltProgram.Token().Match(page).Groups[1].Value;
    using var answer = await client.PostAsync("/account/sign-in", new FormUrlEncodedContent(
        [new("Form.Email", "li.wei@example.org"), new("Form.Password", "every demo door opens"), new("__RequestVerificationToken", WebUtility.HtmlDecode(token))]));
    var home = await client.GetStringAsync("/");
    return home.Contains("/account/sign-out", StringComparison.Ordinal) ? client : throw new InvalidOperationException("Nobody signed in.");
}

// Requests per second.
static async Task<double> LoadAsync(HttpClient client, string page, double seconds)
{
    var watch = Stopwatch.StartNew();
    var done = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
    {
        var count = 0;
        while (watch.Elapsed.TotalSeconds < seconds)
        {
            using var answer = await client.GetAsync(page);
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadAsByteArrayAsync();
            count++;
        }

        return count;
    }));
    return done.Sum() / watch.Elapsed.TotalSeconds;
}

static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

/// <summary>A process that serves.</summary>
internal sealed class Served(Process process, Uri url) : IAsyncDisposable
{
    public Uri Url => url;

    public long Memory => Read("VmRSS:");

    public long MostMemory => Read("VmHWM:");

    public static ProcessStartInfo Of(Dictionary<string, string> settings, IEnumerable<string> words)
    {
        var start = new ProcessStartInfo("dotnet", words) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        foreach (var (key, value) in settings) start.Environment[key] = value;
        return start;
    }

    public static async Task<Served> StartAsync(Dictionary<string, string> settings, string ready, IReadOnlyList<string> words)
    {
        var url = new Uri($"http://localhost:{FreePort()}");
        var start = Of(settings, words.Count == 1 ? [.. words, "--urls", url.ToString()] : [.. words, url.ToString()]);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (false, false);
        var process = Process.Start(start)!;
        using var client = new HttpClient { BaseAddress = url };
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var answer = await client.GetAsync(ready);
                if (answer.IsSuccessStatusCode) return new Served(process, url);
            }
            catch (HttpRequestException) when (!process.HasExited && attempt < 600)
            {
                await Task.Delay(100);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private long Read(string name) =>
        long.Parse(File.ReadLines($"/proc/{process.Id}/status").Single(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) >> 10;
}

/// <summary>Databases that are gone afterwards.</summary>
internal sealed class DatabaseServer(string database, string keep) : IAsyncDisposable
{
    private readonly DirectoryInfo folder = keep.Length > 0 ? Directory.CreateDirectory(keep) : Directory.CreateTempSubdirectory("stdworkflow-benchmark-");
    private Process? postgres;
    private string? connection;

    public async Task<string> CreateAsync(int size)
    {
        if (database == "Sqlite") return $"Data Source={FileOf(size)}";
        connection ??= Environment.GetEnvironmentVariable("STDWORKFLOW_TEST_POSTGRES") is { Length: > 0 } given ? given : await StartAsync();
        var name = $"benchmark_{Environment.ProcessId}_{size}";
        await using var open = new NpgsqlConnection(connection);
        await open.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE DATABASE \"{name}\"", open);
        await create.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(connection) { Database = name }.ConnectionString;
    }

    public bool IsFilled(int size) => database == "Sqlite" && File.Exists(FileOf(size));

    public async ValueTask DisposeAsync()
    {
        if (keep.Length == 0) folder.Delete(recursive: true);
        if (postgres is null) return;
        // The script ends its server when its standard input ends.
        postgres.StandardInput.Close();
        await postgres.WaitForExitAsync();
        postgres.Dispose();
    }

    private string FileOf(int size) => Path.Combine(folder.FullName, $"{size}.db");

    private async Task<string> StartAsync()
    {
        postgres = Process.Start(new ProcessStartInfo("bash", [Repository.PathTo("tests", "postgres")]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        return await postgres.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("PostgreSQL did not start.");
    }
}

internal static partial class BuiltProgram
{
    /// <summary>The program, built as this was.</summary>
    public static string Dll
    {
        get
        {
            var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
            return Repository.PathTo("src", "StdWorkflow.Web", "bin", framework.Parent!.Name, framework.Name, "StdWorkflow.Web.dll");
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    public static partial Regex Token();
}
