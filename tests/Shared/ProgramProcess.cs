using System.Diagnostics;
using System.Globalization;

namespace StdWorkflow.Testing;

/// <summary>The built program as a process of its own, for what only a process shows: command lines, exit codes, being killed.</summary>
internal sealed class ProgramProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly Process process;
    private readonly List<string> output = [];
    private readonly List<string> errors = [];
    private readonly Task readers;
    private readonly DateTime deadline;

    private ProgramProcess(Process process, TimeSpan limit)
    {
        this.process = process;
        deadline = DateTime.UtcNow + limit;
        readers = Task.WhenAll(ReadAsync(process.StandardOutput, output), ReadAsync(process.StandardError, errors));
    }

    /// <summary>Where it serves, under the name <c>localhost</c>: passkeys refuse an address.</summary>
    public string Url { get; private set; } = "";

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    public IReadOnlyList<string> Output => Copy(output);

    public IReadOnlyList<string> Errors => Copy(errors);

    public string LastLine => Output.LastOrDefault(line => line.Length > 0) ?? "";

    public string Everything => string.Join('\n', [.. Output, .. Errors]);

    /// <summary>The program's own file, in the configuration that the tests were built in.</summary>
    public static string Dll
    {
        get
        {
            var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
            return Repository.PathTo("src", "StdWorkflow.Web", "bin", framework.Parent!.Name, framework.Name, "StdWorkflow.Web.dll");
        }
    }

    /// <summary>Starts it and goes on at once.</summary>
    public static ProgramProcess Start(
        TestDatabase database, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? settings = null, string? folder = null, TimeSpan? limit = null)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet", [Dll, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment.Remove("ASPNETCORE_URLS");
        foreach (var (key, value) in database.Settings.Concat(settings ?? new Dictionary<string, string>()))
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new ProgramProcess(process, limit ?? TimeSpan.FromMinutes(5));
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<ProgramProcess> RunAsync(
        TestDatabase database, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? settings = null, string? folder = null)
    {
        var program = Start(database, arguments, settings, folder);
        await program.WaitForExitAsync();
        return program;
    }

    /// <summary>Starts the web program on a free port and waits until it is ready.</summary>
    public static async Task<ProgramProcess> ServeAsync(
        TestDatabase database, IReadOnlyDictionary<string, string>? settings = null, IEnumerable<string>? arguments = null)
    {
        var program = Start(database, [.. arguments ?? [], "--urls", "http://127.0.0.1:0"], settings);
        try
        {
            await program.WaitUntilReadyAsync();
            return program;
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    public async Task WaitUntilReadyAsync()
    {
        var line = await WaitForLineAsync(text => text.Contains(Listening, StringComparison.Ordinal));
        var address = new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..].Trim());
        Url = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{address.Port}");

        using var client = new HttpClient { BaseAddress = new Uri(Url) };
        await Eventually.TrueAsync(async () =>
        {
            if (HasExited) throw Failed("ended before it was ready");
            using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }, deadline - DateTime.UtcNow);
    }

    /// <summary>Waits for a line of its output or its errors.</summary>
    public Task<string> WaitForLineAsync(Func<string, bool> wanted) => Eventually.NotNullAsync(
        () =>
        {
            // Asked before the lines are read: what was written just before the end must still be found.
            var ended = readers.IsCompleted;
            var line = Output.Concat(Errors).FirstOrDefault(wanted);
            if (line is null && ended) throw Failed("ended without saying what was waited for");
            return Task.FromResult(line);
        },
        deadline - DateTime.UtcNow);

    public async Task WaitForExitAsync()
    {
        using var stop = new CancellationTokenSource(deadline - DateTime.UtcNow is { Ticks: > 0 } left ? left : TimeSpan.Zero);
        try
        {
            await process.WaitForExitAsync(stop.Token);
            await readers.WaitAsync(stop.Token);
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
            throw Failed("did not end in time");
        }
    }

    /// <summary>As <c>kill -9</c>: it gets no chance to tidy up.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        await readers;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) await KillAsync();
        process.Dispose();
    }

    private InvalidOperationException Failed(string how) =>
        new($"The program {how} (exit code {(process.HasExited ? process.ExitCode : null)}):\n{Everything}");

    private static async Task ReadAsync(StreamReader reader, List<string> lines)
    {
        while (await reader.ReadLineAsync() is { } line)
            lock (lines)
                lines.Add(line);
    }

    private static string[] Copy(List<string> lines)
    {
        lock (lines) return [.. lines];
    }
}
