using AngleSharp.Dom;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Web.Components;
using static StdWorkflow.Web.Tests.Components.Rendering;

namespace StdWorkflow.Web.Tests.Components;

public sealed class ProcessDiagramTests
{
    [Fact]
    public void A_stage_that_is_added_to_the_definition_is_drawn()
    {
        var before = Normal();
        var after = before with
        {
            Stages = [.. before.Stages, Stage("35", "数据采集试运行")],
            Transitions = [.. before.Transitions, Step("40", "35", TransitionKind.Back)],
        };

        Assert.DoesNotContain("35 数据采集试运行", Drawn(before));
        Assert.Contains("35 数据采集试运行", Drawn(after));
        Assert.Equal(Shown(before).QuerySelectorAll("path.back").Length + 1, Shown(after).QuerySelectorAll("path.back").Length);
        Assert.Equal(Shown(before).QuerySelectorAll("tbody tr").Length + 1, Shown(after).QuerySelectorAll("tbody tr").Length);
    }

    [Fact]
    public void Every_transition_is_drawn_and_stands_in_the_table_under_the_same_number()
    {
        var page = Shown(Normal());

        Assert.Equal(Normal().Transitions.Count, page.QuerySelectorAll("tbody tr").Length);
        Assert.Equal(4, page.QuerySelectorAll("svg[role=img] path.track").Length);
        Assert.Single(page.QuerySelectorAll("svg[role=img] path.back"));
        Assert.Single(page.QuerySelectorAll("svg[role=img] path.repeat"));
        Assert.Single(page.QuerySelectorAll("svg[role=img] path.forward"));
        Assert.True(page.QuerySelectorAll("svg[role=img] path.abandon").Length >= 2);
        foreach (var number in Enumerable.Range(1, Normal().Transitions.Count))
            Assert.Contains(page.QuerySelectorAll("svg[role=img] text"), text => text.TextContent == $"{number}" || text.TextContent.StartsWith($"{number} ", StringComparison.Ordinal));
    }

    [Fact]
    public void Lanes_that_overlap_lie_beside_each_other()
    {
        var definition = Normal() with { Transitions = [.. Normal().Transitions, Step("40", "10", TransitionKind.Back)] };

        var lanes = Shown(definition).QuerySelectorAll("svg[role=img] path.back, svg[role=img] path.repeat, svg[role=img] path.forward")
            .Select(path => path.GetAttribute("d")!.Split('V')[0].Split(' ')[^2]).ToList();

        Assert.Equal(lanes.Count, lanes.Distinct().Count());
    }

    [Fact]
    public void The_table_names_conditions_and_says_what_is_stated_by_a_person()
    {
        var definition = Process([Stage("10", "立项"), Stage("20", "起草")],
            [Step("10", "20", TransitionKind.Forward, new Gate("leader-named", GateKind.LeaderNamed, Text(""), Text("秘书处")), new Gate("ballot", GateKind.Attestation, Text("表决通过", "Ballot passed"), Text("秘书处")))]);

        var cell = Shown(definition).QuerySelector("tbody td[data-label=条件]")!;

        Assert.Equal("已指定项目负责人 表决通过 声明确认", cell.Words().Replace("负责人表决", "负责人 表决", StringComparison.Ordinal));
    }

    private static string Drawn(ProcessDefinition definition) => Shown(definition).QuerySelector("svg[role=img]")!.TextContent;

    private static IElement Shown(ProcessDefinition definition) => Of<ProcessDiagramTagHelper>(diagram => diagram.Model = definition);
}
