using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Security;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Features.Processes;

public class PagesTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task The_list_shows_every_process_and_how_many_items_run_in_it()
    {
        var page = await app.Visitor().OpenAsync("/processes");
        var running = await app.Db(db => (
            from item in db.WorkItems
            where item.IsPublic
            from track in item.Tracks
            where track.Kind == TrackKind.MainText && track.End == null && track.ProcessKey == "gb-t-normal"
            select track).CountAsync());
        var definitions = await DefinitionsAsync();

        Assert.Equal(definitions.Count, page.Rows().Count);
        var row = Assert.Single(page.Rows(), row => row[0].StartsWith(definitions.Single(known => known.Key == "gb-t-normal").Name.Zh!, StringComparison.Ordinal));
        Assert.True(running > 0);
        Assert.Equal($"{running}", row[3]);
    }

    [Fact]
    public async Task Each_process_is_drawn_with_every_stage_and_lists_every_clock_in_both_languages()
    {
        foreach (var definition in await DefinitionsAsync())
        {
            foreach (var (language, culture) in new[] { (Language.Chinese, "zh-CN"), (Language.English, "en") })
            {
                var page = await app.Visitor().In(culture).OpenAsync($"/processes/{definition.Key}");
                var drawing = Words.Of(page.Document.QuerySelector("main .diagram, main svg, main figure"));

                Assert.Equal(HttpStatusCode.OK, page.Status);
                Assert.All(definition.Stages, stage => Assert.Contains(stage.Name.In(language), page.Text, StringComparison.Ordinal));
                Assert.NotEmpty(drawing);
                Assert.Equal(definition.Clocks.Select(clock => clock.Name.In(language)), page.Document.QuerySelectorAll("h2 + table tbody th[scope=row]").Select(Words.Of));
                Assert.DoesNotContain("（S", page.Text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Where_sources_disagree_the_clock_says_so()
    {
        var definition = (await DefinitionsAsync()).First(known => known.Clocks.Any(clock => clock.Conflict is not null));
        var page = await app.Visitor().In("en").OpenAsync($"/processes/{definition.Key}");

        Assert.True(page.Says(definition.Clocks.First(clock => clock.Conflict is not null).Conflict!.In(Language.English)), page.Text);
    }

    [Theory]
    [InlineData("/processes/none-such")]
    [InlineData("/processes/gb-t-normal?version=99")]
    [InlineData("/processes/gb-t-normal?version=one")]
    [InlineData("/processes/gb-t-normal?version=99999999999999")]
    [InlineData("/processes/GB%1FT")]
    [InlineData("/processes/%E4%B8%AD")]
    public async Task What_is_not_there_is_not_found(string address) => Assert.Equal(HttpStatusCode.NotFound, (await app.Visitor().OpenAsync(address)).Status);

    private async Task<IReadOnlyList<ProcessDefinition>> DefinitionsAsync()
    {
        await using var scope = app.Services.CreateAsyncScope();
        return [.. await scope.ServiceProvider.GetRequiredService<ProcessCatalog>().CurrentAsync(scope.ServiceProvider.GetRequiredService<Visible>().Processes, TestContext.Current.CancellationToken)];
    }
}
