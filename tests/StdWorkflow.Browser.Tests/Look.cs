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
}
