using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace StdWorkflow.Testing;

/// <summary>Waits for something real, never for time to pass.</summary>
internal static class Eventually
{
    public static Task TrueAsync(
        Func<Task<bool>> condition, TimeSpan? limit = null, [CallerArgumentExpression(nameof(condition))] string what = "")
        => NotNullAsync(async () => await condition() ? "" : null, limit, what);

    public static async Task<T> NotNullAsync<T>(
        Func<Task<T?>> value, TimeSpan? limit = null, [CallerArgumentExpression(nameof(value))] string what = "") where T : class
    {
        var watch = Stopwatch.StartNew();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            if (await value() is { } found) return found;
            if (watch.Elapsed > (limit ?? TimeSpan.FromSeconds(60))) throw new TimeoutException($"Not within {watch.Elapsed.TotalSeconds:F0} s: {what}");
            await pause.WaitForNextTickAsync();
        }
    }
}
