using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Testing;
using StdWorkflow.Web.CommandLine;
using static StdWorkflow.Web.Tests.Features.International.Imports;

namespace StdWorkflow.Web.Tests.Features.International;

/// <summary>Broken and hostile files, as the one who types the command meets them.</summary>
[Trait("Pace", "slow")]
public sealed class BadFilesTests : IAsyncLifetime
{
    private const string StagesHead = "observed_on,iso_id,reference,stage";
    private const string Nothing = "0 read: 0 new, 0 changed, 0 unchanged, 0 refused";

    // Less than a line of 50 MB takes as text, more than the program needs.
    private static readonly Dictionary<string, string> smallMemory = new() { ["DOTNET_GCHeapHardLimit"] = "0x6000000" };

    private readonly SmallFiles files = new();
    private TestDatabase database = null!;

    public async ValueTask InitializeAsync() => database = await App.FilledDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        files.Dispose();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task A_bad_line_is_refused_with_its_number_and_a_reason_and_its_neighbours_are_taken()
    {
        (byte[] Line, string Reason)[] bad =
        [
            ([.. "{\"id\":800100,\"reference\":\""u8, 0xC3, 0x28, .. "\"}"u8], "The line is not valid UTF-8; save the file as UTF-8."),
            (Bytes("{\"id\":800100,\"reference\":\"ISO 2\",\"currentStage\":\"6060\"}"), "currentStage should be a whole number, but is \"6060\"."),
            (Bytes("{\"id\":800100,\"reference\":\"ISO 2\",\"edition\":1.5}"), "edition should be a whole number, but is 1.5."),
            (Bytes("{\"id\":800100,\"reference\":42}"), "reference should be a text, but is 42."),
            (Bytes("{\"id\":800000,\"reference\":\"ISO 2\"}"), "Line 1 already speaks of 800000, and says something else."),
            (Bytes("{\"id\":800100,\"id\":800101,\"reference\":\"ISO 2\"}"), "A field stands there twice."),
            (Bytes("{\"id\":800100,\0\0\0\"reference\":\"ISO 2\"}"), "Not valid JSON (at byte 14), or nested deeper than 32."),
            (Bytes("{\"id\":800100,\"reference\":\"ISO\\u0000 2\"}"), "reference holds characters that cannot be kept."),
            (Bytes("{\"id\":800100,\"reference\":\"ISO 2\",\"title\":{\"en\":\"\\u2800\"}}"), "title.en holds characters that cannot be kept."),
            (Bytes($"{{\"id\":800100,\"reference\":\"ISO 2\",\"scope\":{new string('[', 10_000)}{new string(']', 10_000)}}}"), "Not valid JSON (at byte 73), or nested deeper than 32."),
            (Bytes("{\"id\":800100,\"refer"), "Not valid JSON (at byte 20), or nested deeper than 32."),
            (Bytes("[]"), "The line is not a JSON object."),
        ];

        // With a byte order mark, lines that end in CR LF, and no line end at the last one, as some editors leave them.
        byte[] content = [.. Encoding.UTF8.Preamble, .. Bytes(Good(0))];
        for (var at = 0; at < bad.Length; at++) content = [.. content, .. "\r\n"u8, .. bad[at].Line, .. "\r\n"u8, .. Bytes(Good(at + 1))];
        files.Write("rows.jsonl", content);

        await using var import = await ImportAsync("iso-deliverables", "rows.jsonl");

        Assert.True(import.ExitCode == ExitCode.Ok, import.Everything);
        Assert.Equal(
            [.. bad.Select((one, at) => $"line {2 * at + 2}: {one.Reason}"), $"{2 * bad.Length + 1} read: {bad.Length + 1} new, 0 changed, 0 unchanged, {bad.Length} refused"],
            import.Output);
        Assert.Equal(Enumerable.Range(0, bad.Length + 1).Select(number => $"ISO {number}"), await ReferencesAsync());
        await database.VerifyAsync();

        static string Good(int number) => Deliverable(800000 + number, $"ISO {number}");
    }

    [Fact]
    public async Task A_line_of_50_MB_is_refused_in_little_memory()
    {
        using (var file = new FileInfo(Path.Combine(files.Folder.FullName, "rows.jsonl")).Create())
        using (var gzip = new GZipStream(new FileInfo(Path.Combine(files.Folder.FullName, "rows.jsonl.gz")).Create(), CompressionLevel.Fastest))
            foreach (var stream in new Stream[] { file, gzip })
            {
                stream.Write(Bytes(Deliverable(800001, "ISO 1") + "\n{\"id\":800002,\"reference\":\""));
                var megabyte = Bytes(new string('x', 1_000_000));
                for (var written = 0; written < 50; written++) stream.Write(megabyte);
                stream.Write(Bytes("\"}\n" + Deliverable(800003, "ISO 3") + "\n"));
            }

        await using var plain = await ImportAsync("iso-deliverables", "rows.jsonl", smallMemory);
        await using var packed = await ImportAsync("iso-deliverables", "rows.jsonl.gz", smallMemory);

        Assert.True(plain.ExitCode == ExitCode.Ok, plain.Everything);
        Assert.Equal(["line 2: The line is longer than 1048576 bytes.", "3 read: 2 new, 0 changed, 0 unchanged, 1 refused"], plain.Output);
        Assert.True(packed.ExitCode == ExitCode.Ok, packed.Everything);
        Assert.Equal("3 read: 0 new, 0 changed, 2 unchanged, 1 refused", packed.LastLine);
        await database.VerifyAsync();
    }

    [Theory]
    [InlineData("cut.gz", "The compressed file {0} is cut off or damaged: it can be read only as far as line ")]
    [InlineData("changed.gz", "The compressed file {0} is cut off or damaged: it can be read only as far as line ")]
    [InlineData("missing", "There is no file {0}.")]
    [InlineData("folder", "{0} is a folder, not a file.")]
    [InlineData("", "{0} is a folder, not a file.")]
    [InlineData("/dev/stdin", "{0} is not an ordinary file and cannot be read twice; save it as a file first.")]
    [InlineData("/proc/self/mem", "The file {0} could not be read (")]
    public async Task A_file_that_cannot_be_read_to_its_end_gives_exit_code_2_and_changes_nothing(string name, string reason)
    {
        Assert.SkipWhen(name.StartsWith('/') && !File.Exists(name), "Only Linux has such files.");
        var packed = SmallFiles.Gzip([.. Enumerable.Range(0, 1000).Select(number => Deliverable(800000 + number, $"ISO {number * 7919 % 10007}"))]);
        files.Write("cut.gz", packed[..^700]);
        packed[^6] ^= 0xFF;
        files.Write("changed.gz", packed);
        files.Folder.CreateSubdirectory("folder");
        var before = await database.VerifyAsync();

        await using var import = await ImportAsync("iso-deliverables", name);

        Assert.Equal((ExitCode.CouldNotRun, Nothing), (import.ExitCode, import.LastLine));
        var said = Assert.Single(import.Errors);
        Assert.StartsWith(string.Format(CultureInfo.InvariantCulture, reason, Path.Combine(files.Folder.FullName, name)), said, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed", said, StringComparison.Ordinal);
        Assert.Equal(before.Digest, (await database.VerifyAsync()).Digest);
    }

    [Fact]
    public async Task A_file_without_rows_brings_nothing_and_says_so()
    {
        files.Write("empty.jsonl");
        files.Write("empty.csv");
        files.Write("head.csv", StagesHead);

        await using var json = await ImportAsync("iso-deliverables", "empty.jsonl");
        await using var csv = await ImportAsync("iso-stage-events", "empty.csv");
        await using var head = await ImportAsync("iso-stage-events", "head.csv");

        Assert.Equal((ExitCode.Ok, Nothing, "The file holds no rows."), (json.ExitCode, json.LastLine, json.Errors.Single()));
        Assert.Equal((ExitCode.CouldNotRun, Nothing), (csv.ExitCode, csv.LastLine));
        Assert.Equal(["The file lacks these columns: observed_on, iso_id, reference, stage. Nothing was changed."], csv.Errors);
        Assert.Equal((ExitCode.Ok, Nothing, "The file holds no rows."), (head.ExitCode, head.LastLine, head.Errors.Single()));
    }

    [Fact]
    public async Task A_binary_file_is_refused_line_by_line_or_as_a_whole()
    {
        var bytes = new byte[20_000];
        new Random(42).NextBytes(bytes);
        files.Write("picture.png", [0x89, .. "PNG\r\n"u8, 0x1a, (byte)'\n', .. bytes]);
        var before = await database.VerifyAsync();

        await using var json = await ImportAsync("iso-deliverables", "picture.png");
        await using var csv = await ImportAsync("gb-plans", "picture.png");

        Assert.Equal(ExitCode.Ok, json.ExitCode);
        Assert.StartsWith("line 1: The line is not valid UTF-8", json.Output[0], StringComparison.Ordinal);
        Assert.Matches("^([0-9]+) read: 0 new, 0 changed, 0 unchanged, \\1 refused$", json.LastLine);
        Assert.Equal((ExitCode.CouldNotRun, Nothing), (csv.ExitCode, csv.LastLine));
        Assert.Single(csv.Errors);
        Assert.Equal(before.Digest, (await database.VerifyAsync()).Digest);
    }

    [Fact]
    public async Task A_broken_quotation_mark_costs_only_its_own_line()
    {
        files.Write("rows.csv", StagesHead, "2026-05-01,800001,ISO 1,40.20", "2026-05-01,800002,\"ISO 2,40.20", "2026-05-01,800003,ISO 3,40.20", "2026-05-01,800004,IS\"O 4\",40.20", "2026-05-01,800005,ISO 5");

        await using var import = await ImportAsync("iso-stage-events", "rows.csv");

        Assert.Equal(ExitCode.Ok, import.ExitCode);
        Assert.Equal(
            [
                "line 3: The quotation marks do not pair up.", "line 5: The quotation marks do not pair up.", "line 6: There should be 4 columns, but there are 3.",
                "5 read: 2 new, 0 changed, 0 unchanged, 3 refused",
            ],
            import.Output);
        Assert.Equal(["ISO 1", "ISO 3"], await ReferencesAsync());
        await database.VerifyAsync();
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private Task<ProgramProcess> ImportAsync(string kind, string name, IReadOnlyDictionary<string, string>? settings = null) =>
        ProgramProcess.RunAsync(database, ["import", kind, name, "--as-of", "2026-10-05"], settings, files.Folder.FullName);

    private async Task<List<string>> ReferencesAsync()
    {
        await using var db = database.Open();
        return await db.ForeignProjects.Where(project => project.Number >= 800000).OrderBy(project => project.Number).Select(project => project.Reference).ToListAsync(TestContext.Current.CancellationToken);
    }
}
