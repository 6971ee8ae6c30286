using System.Text;
using StdWorkflow.Web.Features.International;

namespace StdWorkflow.Web.Tests.Features.International;

public sealed class ImportFileTests : IDisposable
{
    private readonly SmallFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task Lines_are_counted_as_an_editor_counts_them()
    {
        var file = files.Write("rows", [.. Encoding.UTF8.GetPreamble(), .. "one\r\n\n  \ntwo\n三"u8]);

        Assert.Equal([(1, "one"), (4, "two"), (5, "三")], (await ReadAsync(file)).Select(line => (line.Number, line.Text)));
    }

    [Fact]
    public async Task Gzip_is_told_by_the_content_and_not_by_the_name()
    {
        var packed = files.Write("rows.jsonl", SmallFiles.Gzip("one", "two"));
        var plain = files.Write("rows.jsonl.gz", "one", "two");

        Assert.Equal(["one", "two"], (await ReadAsync(packed)).Select(line => line.Text));
        Assert.Equal(["one", "two"], (await ReadAsync(plain)).Select(line => line.Text));
    }

    [Fact]
    public async Task Gzip_files_joined_into_one_are_read_to_the_end()
    {
        var file = files.Write("rows", [.. SmallFiles.Gzip("one"), .. SmallFiles.Gzip("two")]);

        Assert.Equal(["one", "two"], (await ReadAsync(file)).Select(line => line.Text));
    }

    [Fact]
    public async Task A_line_of_50_MB_is_refused_as_that_line()
    {
        var file = new FileInfo(Path.Combine(files.Folder.FullName, "rows"));
        await using (var stream = file.Create())
        {
            await stream.WriteAsync("one\n"u8.ToArray(), TestContext.Current.CancellationToken);
            var megabyte = Enumerable.Repeat((byte)'x', 1_000_000).ToArray();
            for (var written = 0; written < 50; written++) await stream.WriteAsync(megabyte, TestContext.Current.CancellationToken);
            await stream.WriteAsync("\nthree\n"u8.ToArray(), TestContext.Current.CancellationToken);
        }

        var lines = await ReadAsync(file);

        Assert.Equal([null, "import.lineTooLong", null], lines.Select(line => line.Problem?.Code));
        Assert.Equal([1, 2, 3], lines.Select(line => line.Number));
    }

    [Fact]
    public async Task A_line_that_is_not_UTF_8_is_refused_and_the_next_one_is_read()
    {
        var file = files.Write("rows", [.. "one\n"u8, 0xC3, 0x28, (byte)'\n', .. "three\n"u8]);

        var lines = await ReadAsync(file);

        Assert.Equal([(1, null), (2, "import.notUtf8"), (3, null)], lines.Select(line => (line.Number, line.Problem?.Code)));
    }

    [Theory]
    [InlineData(1, 2001)]
    [InlineData(4, 2001)]
    [InlineData(8, 2001)]
    [InlineData(9, 2001)]
    [InlineData(500, null)]
    [InlineData(int.MaxValue, 1)]
    public async Task A_gzip_file_that_was_cut_off_is_told_from_a_whole_one_and_the_line_is_named(int missing, int? line)
    {
        var packed = SmallFiles.Gzip(Rows());
        var file = files.Write("rows", packed[..Math.Max(2, packed.Length - missing)]);

        var wrong = await Assert.ThrowsAsync<WrongFileException>(() => new ImportFile(file).CheckAsync(TestContext.Current.CancellationToken));

        Assert.Equal("import.brokenGzip", wrong.Problem.Code);
        var named = Assert.IsType<int>(wrong.Problem.Arguments[1]);
        if (line is not null) Assert.Equal(line, named);
        else Assert.InRange(named, 1000, 1999);
    }

    [Fact]
    public async Task A_gzip_file_with_a_changed_byte_is_told_from_a_sound_one()
    {
        var packed = SmallFiles.Gzip(Rows());
        packed[^6] ^= 0xFF;

        var wrong = await Assert.ThrowsAsync<WrongFileException>(() => new ImportFile(files.Write("rows", packed)).CheckAsync(TestContext.Current.CancellationToken));

        Assert.Equal("import.brokenGzip", wrong.Problem.Code);
    }

    [Fact]
    public async Task A_whole_file_passes()
    {
        await new ImportFile(files.Write("plain", Rows())).CheckAsync(TestContext.Current.CancellationToken);
        await new ImportFile(files.Write("packed", SmallFiles.Gzip(Rows()))).CheckAsync(TestContext.Current.CancellationToken);
        await new ImportFile(files.Write("empty")).CheckAsync(TestContext.Current.CancellationToken);
        await new ImportFile(files.Write("joined", [.. SmallFiles.Gzip(Rows()), .. SmallFiles.Gzip("two")])).CheckAsync(TestContext.Current.CancellationToken);
    }

    private static string[] Rows() => [.. Enumerable.Range(1, 2000).Select(number => $"row {number} {number * 7919 % 10007}")];

    private static async Task<List<FileLine>> ReadAsync(FileInfo file) =>
        await new ImportFile(file).LinesAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
}
