using Microsoft.Playwright;

namespace StdWorkflow.Browser.Tests;

/// <summary>Pages with more in them than usual.</summary>
[Trait("Pace", "slow")]
public class ExtremesTests(Chromium chromium)
{
    private const string LongTitle = "人工智能面向多模态大规模预训练模型与智能体协同推理场景的数据质量安全性鲁棒性可解释性能效综合测试评估方法第一部分总则与术语和分级";

    [Fact]
    public async Task A_title_of_sixty_characters_fits_everywhere()
    {
        await using var site = await Site.StartAsync(chromium);
        var words = new Words("zh-CN");
        var tab = await site.OpenAsync("/work-items/propose", View.Chinese, "li.wei");
        Assert.True(LongTitle.Length >= 60);
        await tab.Page.Locator("select[name='Form.Process']").SelectOptionAsync("pre-research");
        await tab.Page.GetByLabel(words.WorkItem("TitleZh")).FillAsync(LongTitle);
        await tab.Page.GetByLabel(words.WorkItem("TitleEn")).FillAsync("ArtificialIntelligenceInteroperabilityAndTrustworthinessOfAgents");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = words.WorkItem("ProposeVerb") }).ClickAsync();
        var item = new Uri(tab.Page.Url).AbsolutePath;
        Assert.Contains(LongTitle, await tab.Page.Locator("h1").InnerTextAsync(), StringComparison.Ordinal);

        await LookAsync(site, "li.wei", ["/", "/work-items?q=" + LongTitle[..8], item, $"{item}/edit", $"{item}/proposal"]);
    }

    private static async Task LookAsync(Site site, string person, IReadOnlyList<string> addresses)
    {
        var found = new List<string>();
        foreach (var view in new[] { new View("zh-CN", View.Narrow), new View("en", View.Wide), new View("en", View.Narrow) })
        {
            var tab = await site.TabAsync(view, person);
            foreach (var address in addresses)
            {
                await tab.GoAsync(address);
                if (tab.Status != 200) found.Add($"{address}: answered {tab.Status}");
                if (await tab.OverflowAsync() is > 0 and var wider) found.Add($"{address} ({view}): {wider} px wider than the window");
                found.AddRange((await tab.BarriersAsync()).Select(barrier => $"{address} ({view}): {barrier}"));
            }
        }

        Assert.Empty(found);
    }
}
