using System.Diagnostics;
using Xunit;

namespace StdWorkflow.Testing;

/// <summary>
/// What a test needs from the machine. Where it is missing the test counts as skipped, by name; with <c>CI=true</c> it fails.
/// </summary>
internal static class Needs
{
    private static readonly Lazy<bool> ChineseFont = new(() => Answers("fc-list", ":lang=zh-cn"));

    public static bool OnCi { get; } = Environment.GetEnvironmentVariable("CI") is "true" or "1";

    public static string Chromium() => BrowserPath() ?? Missing("Chromium is missing: apt-get install chromium");

    public static void ChineseLetters()
    {
        if (!ChineseFont.Value) Missing("a font with Chinese letters is missing: apt-get install fontconfig fonts-noto-cjk");
    }

    /// <summary>The hand-out with real data, which stands above or beside the clone; a clone alone is fully tested without it.</summary>
    public static string RealData(params string[] parts)
    {
        var wanted = Path.Combine(["shared", "data", .. parts]);
        for (var folder = new DirectoryInfo(Repository.Root); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, wanted);
            if (Path.Exists(path)) return path;
        }

        Assert.Skip($"The real data is not beside the clone: ../{wanted}");
        return wanted;
    }

    public static string Missing(string what)
    {
        if (OnCi) Assert.Fail(what);
        Assert.Skip(what);
        return what;
    }

    private static string? BrowserPath() =>
        new[] { Environment.GetEnvironmentVariable("STDWORKFLOW_TEST_CHROMIUM"), "/usr/bin/chromium", "/usr/bin/google-chrome", "/opt/google/chrome/chrome" }
            .FirstOrDefault(File.Exists);

    private static bool Answers(string program, string argument)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, [argument]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var said = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 && said.Length > 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
