using System.Collections.Concurrent;
using System.Globalization;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using StdWorkflow.Testing;

namespace StdWorkflow.Browser.Tests;

/// <summary>The program as a process of its own with the starter and demo data, and browsers that look at it.</summary>
public sealed class Site(Chromium chromium) : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, Task<string>> signedIn = new();
    private readonly ConcurrentBag<IBrowserContext> contexts = [];
    private TestDatabase? database;
    private ProgramProcess? program;
    private TimeSpan offset;

    /// <summary>Where the program serves; <c>localhost</c>, because passkeys refuse an address.</summary>
    public string Url { get; private set; } = "";

    /// <summary>One of a test's own, for a test that changes what others look at.</summary>
    /// <param name="settings">How this one is set up; null for Development with all that it is filled with.</param>
    public static async Task<Site> StartAsync(Chromium chromium, IReadOnlyDictionary<string, string>? settings = null)
    {
        var site = new Site(chromium);
        try
        {
            site.database = await TestDatabase.CreateAsync();
            site.program = await ProgramProcess.ServeAsync(site.database, settings);
            site.Url = site.program.Url;
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills the program and starts it again on the same database, so much later than it was.</summary>
    public async Task RestartAsync(TimeSpan later)
    {
        await program!.DisposeAsync();
        program = null;
        offset += later;
        program = await ProgramProcess.ServeAsync(database!, new Dictionary<string, string> { ["Clock:Offset"] = offset.ToString("c", CultureInfo.InvariantCulture) });
        Url = program.Url;
        signedIn.Clear();
    }

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("STDWORKFLOW_LOOK_URL") is { Length: > 0 } running)
        {
            Url = running;
            return;
        }

        database = await TestDatabase.CreateAsync();
        program = await ProgramProcess.ServeAsync(database);
        Url = program.Url;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var context in contexts) await context.CloseAsync();
        if (program is not null) await program.DisposeAsync();
        if (database is not null) await database.DisposeAsync();
    }

    /// <summary>A new tab, signed in as this demo person when one is named.</summary>
    public async Task<Tab> TabAsync(View view, string? person = null)
    {
        var state = person is null ? null : await signedIn.GetOrAdd(person, SignInAsync);
        var context = await chromium.NewContextAsync(view, Url, state);
        contexts.Add(context);
        // A person's language is kept with the person, and comes before the browser's.
        if (person is not null) await context.APIRequest.PostAsync("/language", new() { Form = context.APIRequest.CreateFormData().Append("language", view.Language), MaxRedirects = 0 });
        return new Tab(await context.NewPageAsync(), view);
    }

    public async Task<Tab> OpenAsync(string path, View view, string? person = null)
    {
        var tab = await TabAsync(view, person);
        await tab.GoAsync(path);
        return tab;
    }

    private async Task<string> SignInAsync(string person)
    {
        var context = await chromium.NewContextAsync(View.WithoutScript, Url);
        contexts.Add(context);
        var page = await context.NewPageAsync();
        await DemoPeople.SignInAsync(page, person);
        return await context.StorageStateAsync();
    }
}

/// <summary>A browser tab that remembers what the page complained of.</summary>
public sealed class Tab
{
    private static readonly string? Asked = Environment.GetEnvironmentVariable("STDWORKFLOW_LOOK_FOLDER") is { Length: > 0 } named ? named : null;
    private static readonly string Folder = Asked ?? Repository.PathTo("artifacts", "screenshots");
    private static readonly Lazy<string> Axe = new(() => new BundledAxeScriptProvider().GetScript());

    private readonly List<string> complaints = [];

    internal Tab(IPage page, View view)
    {
        Page = page;
        View = view;
        page.Console += (_, message) => Remember(message.Type == "error", message.Text);
        page.PageError += (_, error) => Remember(true, error);
    }

    /// <summary>Whether somebody wants to see the pages; else there is a picture only of what is wrong.</summary>
    public static bool PicturesAreAsked => Asked is not null;

    public IPage Page { get; }

    public View View { get; private set; }

    public int Status { get; private set; }

    /// <summary>Errors of scripts, and what the content security policy refused.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (complaints) return [.. complaints];
        }
    }

    public async Task GoAsync(string path)
    {
        var answer = await Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Load });
        Status = answer?.Status ?? 0;
    }

    /// <summary>The same page in the other colours, without asking for it again.</summary>
    public async Task TurnAsync(ColorScheme scheme)
    {
        await Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        View = View with { Scheme = scheme };
    }

    /// <summary>The same page in a window of another width, without asking for it again.</summary>
    public async Task ResizeAsync(int width)
    {
        await Page.SetViewportSizeAsync(width, View.HeightAt(width));
        View = View with { Width = width };
    }

    /// <summary>What axe finds against WCAG 2.2 AA, one line per rule.</summary>
    public async Task<IReadOnlyList<string>> BarriersAsync(Barriers which = Barriers.All)
    {
        // Once per page: it is as much script as many of our pages together.
        if (!await Page.EvaluateAsync<bool>("() => 'axe' in window")) await Page.EvaluateAsync(Axe.Value);
        object rules = which == Barriers.All
            ? new { type = "tag", values = new[] { "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice" } }
            : new { type = "rule", values = new[] { "color-contrast", "link-in-text-block" } };
        return await Page.EvaluateAsync<string[]>(
            """
            async rules => {
              const found = await axe.run(document, { runOnly: rules, resultTypes: ['violations'] });
              return found.violations.map(rule => `${rule.id}: ${rule.help}: ${rule.nodes.slice(0, 3).map(node => node.html).join(' | ')}`);
            }
            """, rules);
    }

    /// <summary>How many pixels the page is wider than the window: a reader must never scroll sideways.</summary>
    public Task<int> OverflowAsync() => Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

    /// <summary>Takes a picture of the whole page and answers the file.</summary>
    public async Task<string> PictureAsync(string name, bool wholePage = true)
    {
        Directory.CreateDirectory(Folder);
        var scheme = View.Scheme == ColorScheme.Dark ? "dark" : "light";
        var safe = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-' ? letter : '_')).Trim('_');
        var file = Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"{(safe.Length == 0 ? "home" : safe)}.{View.Width}.{View.Language}.{scheme}.png"));
        await Page.ScreenshotAsync(new() { Path = file, FullPage = wholePage });
        return file;
    }

    private void Remember(bool isComplaint, string text)
    {
        if (!isComplaint) return;
        lock (complaints) complaints.Add(text);
    }
}

/// <summary>What to ask axe for.</summary>
public enum Barriers
{
    All,

    /// <summary>What can be otherwise when a page has other colours and nothing else.</summary>
    OfColour,
}
