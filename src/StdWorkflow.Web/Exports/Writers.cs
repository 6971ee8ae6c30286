using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Xml;
using StdWorkflow.Domain.Common;
using StdWorkflow.Web.Localization;

namespace StdWorkflow.Web.Exports;

/// <summary>Writes a list row by row, so that memory does not grow with it.</summary>
internal abstract class ExportWriter(Stream stream) : IAsyncDisposable
{
    protected const int FlushedAt = 32 * 1024;

    protected Stream Stream { get; } = stream;

    public abstract Task BeginAsync(IReadOnlyList<ExportColumn> columns, CancellationToken stop);

    public abstract Task WriteAsync(object?[] values, CancellationToken stop);

    public abstract Task EndAsync(CancellationToken stop);

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>RFC 4180, with the mark at the start by which Excel knows UTF-8.</summary>
internal sealed class CsvExport(Stream stream, AllTexts texts) : ExportWriter(stream)
{
    private readonly StringBuilder text = new("\uFEFF");

    public override Task BeginAsync(IReadOnlyList<ExportColumn> columns, CancellationToken stop) => WriteAsync([.. columns.Select(column => texts.Find(column.Key))], stop);

    public override async Task WriteAsync(object?[] values, CancellationToken stop)
    {
        for (var at = 0; at < values.Length; at++)
        {
            if (at > 0) text.Append(',');
            Cell(ExportValues.InTable(values[at], texts));
        }

        text.Append("\r\n");
        if (text.Length > FlushedAt) await EndAsync(stop);
    }

    public override async Task EndAsync(CancellationToken stop)
    {
        await Stream.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), stop);
        text.Clear();
    }

    private void Cell(object? value)
    {
        var cell = value switch
        {
            null => "",
            string said => ExportValues.Harmless(said),
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime instant => instant.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
        if (cell.AsSpan().IndexOfAny("\",\r\n") < 0) text.Append(cell);
        else text.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }
}

/// <summary>One array of objects.</summary>
internal sealed class JsonExport : ExportWriter
{
    private readonly ArrayBufferWriter<byte> bytes = new(FlushedAt);
    private readonly JsonSerializerOptions options;
    private readonly Utf8JsonWriter json;
    private IReadOnlyList<ExportColumn> columns = [];

    public JsonExport(Stream stream, JsonSerializerOptions options) : base(stream) =>
        (this.options, json) = (options, new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = options.Encoder }));

    public override Task BeginAsync(IReadOnlyList<ExportColumn> columns, CancellationToken stop)
    {
        this.columns = columns;
        json.WriteStartArray();
        return Task.CompletedTask;
    }

    public override async Task WriteAsync(object?[] values, CancellationToken stop)
    {
        json.WriteStartObject();
        for (var at = 0; at < values.Length; at++)
        {
            json.WritePropertyName(columns[at].Name);
            if (ExportValues.InJson(values[at]) is { } value) JsonSerializer.Serialize(json, value, value.GetType(), options);
            else json.WriteNullValue();
        }

        json.WriteEndObject();
        if (bytes.WrittenCount > FlushedAt) await SendAsync(stop);
    }

    public override Task EndAsync(CancellationToken stop)
    {
        json.WriteEndArray();
        return SendAsync(stop);
    }

    public override ValueTask DisposeAsync() => json.DisposeAsync();

    private async Task SendAsync(CancellationToken stop)
    {
        json.Flush();
        await Stream.WriteAsync(bytes.WrittenMemory, stop);
        bytes.ResetWrittenCount();
    }
}

/// <summary>Text as XML can hold it, for workbooks and feeds.</summary>
internal static class XmlText
{
    /// <summary>The text without what XML cannot hold, escaped or not: most control characters.</summary>
    public static string Of(string value) =>
        string.Concat(value.EnumerateRunes().Select(rune => rune.Value > 0xFFFF || XmlConvert.IsXmlChar((char)rune.Value) ? rune.ToString() : "\uFFFD"));
}

/// <summary>
/// The least that is a workbook (ECMA-376): one sheet, its texts in the cells. Why no library does: decision 16.
/// </summary>
internal sealed class XlsxExport(Stream stream, AllTexts texts, string title) : ExportWriter(stream)
{
    // Days since 30 December 1899, as spreadsheets count; the styles are those below.
    private static readonly DateTime Zero = new(1899, 12, 30);

    private const string DayStyle = "1", InstantStyle = "2", HeadStyle = "3";

    private static readonly (string Path, string Text)[] parts =
    [
        ("[Content_Types].xml", """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"""),
        ("_rels/.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"""),
        ("xl/_rels/workbook.xml.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"""),
        ("xl/styles.xml", """<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd\ hh:mm"/></numFmts><fonts count="2"><font/><font><b/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>"""),
    ];

    private readonly StringBuilder text = new();
    private ZipArchive? archive;
    private Stream? sheet;

    public override async Task BeginAsync(IReadOnlyList<ExportColumn> columns, CancellationToken stop)
    {
        archive = await ZipArchive.CreateAsync(Stream, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, stop);
        foreach (var (path, part) in parts) await AddAsync(path, part, stop);
        await AddAsync("xl/workbook.xml",
            $"""<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="{Escape(title)}" sheetId="1" r:id="rId1"/></sheets></workbook>""", stop);
        sheet = await archive.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).OpenAsync(stop);
        text.Append("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>""");
        text.Append("<row>");
        foreach (var column in columns) Cell(texts.Find(column.Key) ?? column.Name, HeadStyle);
        text.Append("</row>");
    }

    public override async Task WriteAsync(object?[] values, CancellationToken stop)
    {
        text.Append("<row>");
        foreach (var value in values)
            switch (ExportValues.InTable(value, texts))
            {
                case null or "":
                    text.Append("<c/>");
                    break;
                case DateOnly day:
                    Number((day.ToDateTime(TimeOnly.MinValue) - Zero).TotalDays, DayStyle);
                    break;
                case DateTime instant:
                    Number((instant - Zero).TotalDays, InstantStyle);
                    break;
                case int number:
                    Number(number, "0");
                    break;
                case { } other:
                    Cell(ExportValues.Harmless(other.ToString() ?? ""), null);
                    break;
            }

        text.Append("</row>");
        if (text.Length > FlushedAt) await FlushAsync(stop);
    }

    public override async Task EndAsync(CancellationToken stop)
    {
        text.Append("</sheetData></worksheet>");
        await FlushAsync(stop);
        await sheet!.DisposeAsync();
        sheet = null;
        await archive!.DisposeAsync();
        archive = null;
    }

    public override async ValueTask DisposeAsync()
    {
        if (sheet is not null) await sheet.DisposeAsync();
        if (archive is not null) await archive.DisposeAsync();
    }

    private async Task AddAsync(string path, string part, CancellationToken stop)
    {
        await using var entry = await archive!.CreateEntry(path, CompressionLevel.Fastest).OpenAsync(stop);
        await entry.WriteAsync(Encoding.UTF8.GetBytes($"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{part}"""), stop);
    }

    private async Task FlushAsync(CancellationToken stop)
    {
        await sheet!.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), stop);
        text.Clear();
    }

    private void Number(double value, string style) => text.Append(CultureInfo.InvariantCulture, $"<c s=\"{style}\"><v>{value}</v></c>");

    private void Cell(string value, string? style) =>
        text.Append("<c t=\"inlineStr\"").Append(style is null ? "" : $" s=\"{style}\"").Append("><is><t xml:space=\"preserve\">").Append(Escape(value)).Append("</t></is></c>");

    // A cell holds 32,767 characters.
    private static string Escape(string value) => System.Security.SecurityElement.Escape(XmlText.Of(value.Length > 32_767 ? value[..32_767] : value));
}
