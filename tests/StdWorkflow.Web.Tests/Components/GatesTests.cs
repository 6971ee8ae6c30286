using StdWorkflow.Domain.Processes;
using StdWorkflow.Web.Components;
using static StdWorkflow.Web.Tests.Components.Rendering;

namespace StdWorkflow.Web.Tests.Components;

public sealed class GatesTests
{
    private static readonly Gate Leader = new("leader-named", GateKind.LeaderNamed, Text(""), Text("秘书处", "the secretariat"));
    private static readonly Gate Ballot = new("ballot-passed", GateKind.Attestation, Text("表决通过", "Ballot passed"), Text("秘书长", "the secretary-general"));

    [Fact]
    public void An_unmet_gate_says_what_is_missing_who_can_supply_it_and_where()
    {
        var unmet = Shown(new TrackFacts { Stage = "10", NowUtc = Now.UtcDateTime }).QuerySelectorAll("li.unmet");

        Assert.Equal(2, unmet.Length);
        Assert.Contains("尚未：已指定项目负责人", unmet[0].Words());
        Assert.Contains("还没有指定项目负责人。", unmet[0].Words());
        Assert.Contains("由秘书处提供。", unmet[0].Words());
        Assert.Equal("/supply/ballot-passed", unmet[1].QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public void A_met_gate_is_quiet_and_says_who_stated_it_on_which_paper()
    {
        var person = Guid.NewGuid();
        var facts = new TrackFacts
        {
            Stage = "10",
            NowUtc = Now.UtcDateTime,
            HasLeader = true,
            Attestations = [new AttestationFact("ballot-passed", person, "函审结论单", new DateOnly(2026, 11, 1), Now.UtcDateTime)],
        };

        var page = Shown(facts, name: id => id == person ? "周敏" : null);

        Assert.Empty(page.QuerySelectorAll(".unmet"));
        Assert.Contains("周敏 声明，依据《函审结论单》（2026-11-01）", page.Words());
    }

    private static AngleSharp.Dom.IElement Shown(TrackFacts facts, Func<Guid, string?>? name = null)
    {
        var definition = Process([Stage("10", "立项"), Stage("20", "起草")], [Step("10", "20", TransitionKind.Forward, Leader, Ballot)]);
        return Of<GatesTagHelper>(gates =>
        {
            gates.Model = Assert.Single(definition.Next(facts));
            gates.Supply = gate => $"/supply/{gate.Key}";
            gates.NameOf = name ?? (_ => null);
        });
    }
}
