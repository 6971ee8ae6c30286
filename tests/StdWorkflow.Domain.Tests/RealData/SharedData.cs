using System.IO.Compression;
using System.Text.Json;

namespace StdWorkflow.Domain.Tests.RealData;

/// <summary>The real data beside the project's root; a clone without them skips these tests by name.</summary>
internal static class SharedData
{
    public static string Path(params string[] parts)
    {
        var wanted = System.IO.Path.Combine(["shared", "data", .. parts]);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var here = System.IO.Path.Combine(folder.FullName, wanted);
            if (File.Exists(here) || Directory.Exists(here)) return here;
        }
        Assert.Skip($"Real data are not here: {wanted}");
        return wanted;
    }

    public static JsonElement Json(params string[] parts) => JsonDocument.Parse(File.ReadAllText(Path(parts))).RootElement;

    public static IEnumerable<JsonElement> GzippedLines(params string[] parts)
    {
        var path = Path(parts);
        return Lines();

        IEnumerable<JsonElement> Lines()
        {
            using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
            while (reader.ReadLine() is { } line) yield return JsonDocument.Parse(line).RootElement;
        }
    }

    public static IEnumerable<string[]> CsvRows(params string[] parts) => File.ReadAllLines(Path(parts)).Skip(1).Select(line => line.Split(','));
}
