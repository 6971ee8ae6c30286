using Microsoft.Playwright;
using StdWorkflow.Browser.Tests;
using StdWorkflow.Testing;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace StdWorkflow.Browser.Tests;

/// <summary>The one browser of a run: the Chromium of the system, never one that Playwright fetches.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Arguments =
    [
        "--headless=new", "--lang=en-US", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--disable-dev-shm-usage",
    ];

    // Milliseconds, as long as Eventually waits: for a machine that does much else at the same time. Who need not wait does not.
    private const int Patience = 60_000;

    private readonly SemaphoreSlim once = new(1);
    private IPlaywright? playwright;
    private IBrowser? browser;

    public async Task<IBrowserContext> NewContextAsync(View view, string address, string? signedIn = null)
    {
        var started = await BrowserAsync();
        var context = await started.NewContextAsync(new()
        {
            BaseURL = address,
            Locale = view.Language,
            ViewportSize = new() { Width = view.Width, Height = View.HeightAt(view.Width) },
            ColorScheme = view.Scheme,
            JavaScriptEnabled = view.Script,
            ReducedMotion = ReducedMotion.Reduce,
            TimezoneId = "Asia/Shanghai",
            StorageState = signedIn,
        });
        context.SetDefaultTimeout(Patience);
        return context;
    }

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.CloseAsync();
        playwright?.Dispose();
        once.Dispose();
    }

    // Not in InitializeAsync: a test without Chromium is skipped by its own name.
    private async Task<IBrowser> BrowserAsync()
    {
        var program = Needs.Chromium();
        Needs.ChineseLetters();
        await once.WaitAsync();
        try
        {
            playwright ??= await Playwright.CreateAsync();
            Assertions.SetDefaultExpectTimeout(Patience);
            return browser ??= await playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = program,
                Args = Arguments,
                IgnoreDefaultArgs = ["--headless"],
                Headless = true,
            });
        }
        finally
        {
            once.Release();
        }
    }
}
