using StdWorkflow.Testing;

namespace StdWorkflow.Browser.Tests;

/// <summary>Not a test: what <c>tests/look</c> runs, to see pages the way every reader sees them.</summary>
public class Look(Site site) : IClassFixture<Site>
{
    [Fact(Explicit = true)]
    public async Task Take_pictures()
    {
        var person = Environment.GetEnvironmentVariable("STDWORKFLOW_LOOK_AS") is { Length: > 0 } named ? named : null;
        var paths = (Environment.GetEnvironmentVariable("STDWORKFLOW_LOOK_PATHS") ?? "/").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var view in View.All)
        {
            var tab = await site.TabAsync(view, person);
            foreach (var path in paths)
            {
                await tab.GoAsync(path);
                var overflow = await tab.OverflowAsync();
                var file = await tab.PictureAsync(path);
                TestContext.Current.SendDiagnosticMessage($"{tab.Status} {file}{(overflow > 0 ? $" — {overflow} px wider than the window" : "")}");
            }

            foreach (var complaint in tab.Complaints) TestContext.Current.SendDiagnosticMessage($"  {complaint}");
            await tab.Page.Context.CloseAsync();
        }
    }

    /// <summary>The pictures of the README; <c>pngquant 64</c> makes them small afterwards.</summary>
    [Fact(Explicit = true)]
    public async Task Take_the_pictures_of_the_readme()
    {
        var folder = Repository.PathTo("deploy", "screenshots");
        Directory.CreateDirectory(folder);
        var mine = await site.TabAsync(View.Chinese, "li.wei");
        await TakeAsync(mine, "/", "duties");
        await TakeAsync(mine, "/work-items/w-1026", "work-item");
        await TakeAsync(mine, "/cockpit", "cockpit");
        await TakeAsync(mine, "/committees/sac-tc28-sc42/plan", "plan");
        await TakeAsync(await site.TabAsync(View.English), "/processes/gb-t-normal", "process");
        var visitor = await site.TabAsync(View.Chinese);
        await visitor.GoAsync("/consultations");
        await TakeAsync(visitor, await visitor.Page.Locator("main a[href^='/consultations/c-']").First.GetAttributeAsync("href") ?? "/consultations", "consultation");

        async Task TakeAsync(Tab tab, string path, string name)
        {
            await tab.GoAsync(path);
            await tab.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true, Clip = new() { X = 0, Y = 0, Width = 1440, Height = 1000 } });
        }
    }
}
