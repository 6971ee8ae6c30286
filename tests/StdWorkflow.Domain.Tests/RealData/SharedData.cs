using System.IO.Compression;
using System.Text.Json;
using StdWorkflow.Testing;

namespace StdWorkflow.Domain.Tests.RealData;

/// <summary>Reads the real data beside the clone; without them these tests are skipped by name.</summary>
internal static class SharedData
{
    public static JsonElement Json(params string[] parts) => JsonDocument.Parse(File.ReadAllText(Needs.RealData(parts))).RootElement;

    public static IEnumerable<JsonElement> GzippedLines(params string[] parts)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Needs.RealData(parts)), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line) yield return JsonDocument.Parse(line).RootElement;
    }

    public static IEnumerable<string[]> CsvRows(params string[] parts) => File.ReadAllLines(Needs.RealData(parts)).Skip(1).Select(line => line.Split(','));
}
