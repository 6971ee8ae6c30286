using System.Buffers;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using StdWorkflow.Domain.Common;

namespace StdWorkflow.Web.Features.International;

/// <summary>A line of a file, or why it could not be read.</summary>
internal sealed record FileLine(int Number, string Text, Problem? Problem = null);

/// <summary>
/// A file that somebody else wrote, plain or gzip by its content. It is read line by line; however long a line is, no more
/// than <see cref="LongestLine"/> of it is held.
/// </summary>
internal sealed class ImportFile(FileInfo file)
{
    public const int LongestLine = 1 << 20;

    /// <summary>
    /// Reads it once to its end, so that a file of which only a part can be had changes nothing. Throws
    /// <see cref="WrongFileException"/>, which names the line where a compressed file breaks off.
    /// </summary>
    public async Task CheckAsync(CancellationToken stop)
    {
        if (Directory.Exists(file.FullName)) throw new WrongFileException(Problem.Of("import.folder", file.FullName));
        if (!file.Exists) throw new WrongFileException(Problem.Of("import.noFile", file.FullName));
        try
        {
            await using var plain = OpenPlain();
            if (!plain.CanSeek) throw new WrongFileException(Problem.Of("import.notAFile", file.FullName));
            if (!IsGzip(plain)) await plain.CopyToAsync(Stream.Null, stop);
            else if (!await IsWholeAsync(plain, stop)) throw new WrongFileException(Problem.Of("import.brokenGzip", file.FullName, await LastLineAsync(stop)));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new WrongFileException(Problem.Of("import.unreadable", file.FullName, failure.Message));
        }
    }

    /// <summary>Empty lines are passed over, but counted. Call <see cref="CheckAsync"/> before.</summary>
    public async IAsyncEnumerable<FileLine> LinesAsync([EnumeratorCancellation] CancellationToken stop)
    {
        await using var plain = OpenPlain();
        await using var stream = IsGzip(plain) ? new GZipStream(plain, CompressionMode.Decompress) : (Stream)plain;

        var buffer = new byte[1 << 16];
        var line = new ArrayBufferWriter<byte>();
        var (number, tooLong) = (1, false);
        for (var read = await stream.ReadAsync(buffer, stop); read > 0; read = await stream.ReadAsync(buffer, stop))
        {
            for (var at = 0; at < read;)
            {
                var rest = buffer.AsMemory(at, read - at);
                var end = rest.Span.IndexOf((byte)'\n');
                var piece = end < 0 ? rest : rest[..end];
                tooLong |= line.WrittenCount + piece.Length > LongestLine;
                if (!tooLong) line.Write(piece.Span);
                at += piece.Length + 1;
                if (end < 0) continue;

                if (Line(number, line.WrittenSpan, tooLong) is { } full) yield return full;
                line.ResetWrittenCount();
                (number, tooLong) = (number + 1, false);
            }
        }

        if (Line(number, line.WrittenSpan, tooLong) is { } last) yield return last;
    }

    private static FileLine? Line(int number, ReadOnlySpan<byte> bytes, bool tooLong)
    {
        if (tooLong) return new FileLine(number, "", Problem.Of("import.lineTooLong", LongestLine));
        if (number == 1 && bytes.StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[Encoding.UTF8.Preamble.Length..];
        if (bytes.EndsWith("\r"u8)) bytes = bytes[..^1];
        if (!Utf8.IsValid(bytes)) return new FileLine(number, "", Problem.Of("import.notUtf8"));
        return bytes.Trim(" \t"u8).IsEmpty ? null : new FileLine(number, Encoding.UTF8.GetString(bytes));
    }

    private FileStream OpenPlain() => new(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, useAsync: true);

    private static bool IsGzip(FileStream stream)
    {
        Span<byte> magic = stackalloc byte[2];
        var read = stream.ReadAtLeast(magic, 2, throwOnEndOfStream: false);
        stream.Position = 0;
        return read == 2 && magic.SequenceEqual((ReadOnlySpan<byte>)[0x1f, 0x8b]);
    }

    /// <summary>
    /// .NET takes a gzip file that was cut off for a whole one. So the end of the file is followed by a small member of our own:
    /// only behind a whole file does its content come out.
    /// </summary>
    private static async Task<bool> IsWholeAsync(FileStream plain, CancellationToken stop)
    {
        var mark = RandomNumberGenerator.GetBytes(16);
        using var member = new MemoryStream();
        await using (var gzip = new GZipStream(member, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(mark);

        await using var marked = new GZipStream(new Followed(plain, member.ToArray()), CompressionMode.Decompress);
        var buffer = new byte[1 << 16];
        byte[] tail = [];
        try
        {
            for (var read = await marked.ReadAsync(buffer, stop); read > 0; read = await marked.ReadAsync(buffer, stop))
                tail = [.. tail.Concat(buffer.AsSpan(Math.Max(0, read - mark.Length), Math.Min(read, mark.Length)).ToArray()).TakeLast(mark.Length)];
        }
        catch (InvalidDataException)
        {
            return false;
        }

        return tail.AsSpan().SequenceEqual(mark);
    }

    /// <summary>The line in which a broken compressed file ends.</summary>
    private async Task<int> LastLineAsync(CancellationToken stop)
    {
        await using var plain = OpenPlain();
        await using var stream = new GZipStream(plain, CompressionMode.Decompress);
        var buffer = new byte[1 << 16];
        var line = 1;
        try
        {
            for (var read = await stream.ReadAsync(buffer, stop); read > 0; read = await stream.ReadAsync(buffer, stop))
                line += buffer.AsSpan(0, read).Count((byte)'\n');
        }
        catch (InvalidDataException)
        {
            // This is the place that was asked for.
        }

        return line;
    }

    /// <summary>A stream with some bytes more at its end.</summary>
    private sealed class Followed(Stream first, byte[] then) : Stream
    {
        private readonly MemoryStream rest = new(then);

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await first.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : await rest.ReadAsync(buffer, cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) =>
            first.Read(buffer, offset, count) is > 0 and var read ? read : rest.Read(buffer, offset, count);

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
