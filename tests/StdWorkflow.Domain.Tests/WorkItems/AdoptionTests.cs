using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.Tests.Processes;
using StdWorkflow.Domain.WorkItems;

namespace StdWorkflow.Domain.Tests.WorkItems;

/// <summary>Degree of adoption, deviations, double numbers.</summary>
public class AdoptionTests
{
    private static readonly ProcessDefinition National = ShippedDefinitions.Of("gb-t-normal");
    private static readonly WorkingCalendar Calendar = new([], Enumerable.Range(2020, 20));
    private static readonly DateTime Now = new(2026, 11, 23, 2, 0, 0, DateTimeKind.Utc);
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Theory]
    [InlineData("GB/T 45081-2024", AdoptionDegree.IDT, "ISO/IEC 42001:2023", "GB/T 45081-2024/ISO/IEC 42001:2023")]
    [InlineData("GB/T 20485.16-2018", AdoptionDegree.IDT, "iso 16063-16:2014", "GB/T 20485.16-2018/ISO 16063-16:2014")]
    [InlineData("GB/T 45081-2024", AdoptionDegree.MOD, "ISO/IEC 42001:2023", null)]
    [InlineData("GB/T 45081-2024", AdoptionDegree.NEQ, "ISO/IEC 42001:2023", null)]
    [InlineData("GB/T 45081-2024", null, null, null)]
    [InlineData(null, AdoptionDegree.IDT, "ISO/IEC 42001:2023", null)]
    [InlineData("GB/T 45081-2024", AdoptionDegree.IDT, "ISO/IEC 42001", null)]
    [InlineData("GB/T 45081-2024", AdoptionDegree.IDT, "ISO/IEC DIS 42001:2023", null)]
    [InlineData("GB/T 45081-2024", AdoptionDegree.IDT, "WCAG 2.2", null)]
    [InlineData("GB/T 45081-2024/ISO/IEC 42001:2023", AdoptionDegree.IDT, "ISO/IEC 42001:2023", null)]
    public void Only_an_identical_adoption_of_a_published_document_has_a_double_number(string? standard, AdoptionDegree? degree, string? reference, string? number) =>
        Assert.Equal(number, Adoption.DoubleNumber(standard, degree, reference));

    [Fact]
    public void The_double_number_follows_number_and_adoption_and_either_half_finds_the_item()
    {
        var item = Adopting(AdoptionDegree.IDT);
        Assert.Null(item.DoubleNumber);
        Assert.True(item.GiveNumbers(null, "GB/T 45081-2024", null).IsOk);
        Assert.Equal("GB/T 45081-2024/ISO/IEC 42001:2023", item.DoubleNumber);
        Assert.All((string[])["gb/t 45081-2024", "iso/iec 42001:2023", "gb/t 45081-2024/iso/iec 42001:2023"], half => Assert.Contains(half, item.SearchText, StringComparison.Ordinal));

        Assert.True(item.StateAdoption(AdoptionDegree.MOD, "ISO/IEC 42001:2023").IsOk);
        Assert.Equal((null, "GB/T 45081-2024"), (item.DoubleNumber, item.StandardNumber));
        Assert.True(item.ChangeProposal(item.Title, item.Proposal with { AdoptionDegree = AdoptionDegree.IDT }).IsOk);
        Assert.NotNull(item.DoubleNumber);
    }

    [Theory]
    [InlineData(AdoptionDegree.IDT, "GB/T 45081—2024/ISO/IEC 42001:2023", null)]
    [InlineData(AdoptionDegree.IDT, "GB/T 45081-2024/ISO/IEC 22989:2022", "standardNumber.notIdentical")]
    [InlineData(AdoptionDegree.MOD, "GB/T 45081-2024/ISO/IEC 42001:2023", "standardNumber.notIdentical")]
    [InlineData(null, "GB/T 45081-2024/ISO/IEC 42001:2023", "standardNumber.notIdentical")]
    public void A_double_number_is_taken_only_if_it_says_what_the_adoption_says(AdoptionDegree? degree, string typed, string? refused)
    {
        var item = Adopting(degree);
        var given = item.GiveNumbers(null, typed, null);
        Assert.Equal(refused, given.Problems.FirstOrDefault()?.Code);
        Assert.Equal(refused is null ? null : "StandardNumber", given.Problems.FirstOrDefault()?.Field);
        Assert.Equal(refused is null ? "GB/T 45081-2024" : null, item.StandardNumber);
    }

    [Fact]
    public void A_double_number_that_came_from_a_file_stays_when_the_form_is_saved()
    {
        var item = WorkItem.TakeOver(
            1, new PlanRow(LocalizedText.Of("管理体系", null), null, "GB/T 45081-2024/ISO/IEC 42001:2023", "现行", null, null, null), null, National, National.StageOf("60"), Today, Today, Calendar, Now);
        Assert.True(item.GiveNumbers(null, item.StandardNumber, null).IsOk);
        Assert.Equal(("GB/T 45081-2024/ISO/IEC 42001:2023", null), (item.StandardNumber, item.DoubleNumber));
    }

    [Fact]
    public void A_modified_adoption_does_not_go_to_review_while_a_technical_deviation_lacks_a_reason()
    {
        var item = Adopting(AdoptionDegree.MOD);
        Assert.True(Gate(item).Met);
        var one = item.WriteDeviation(null, " 5.2 ", DeviationKind.Technical, "增加中文标识", " ").Value;
        Assert.True(item.WriteDeviation(null, "6", DeviationKind.Editorial, "删除国际前言", null).IsOk);
        Assert.Equal(("5.2", null, 1, 1, 1), (one.Clause, one.Reason, one.Ordinal, item.TechnicalDeviations, item.UnreasonedDeviations));
        Assert.Equal("gate.deviationsReasoned", Gate(item).Reason?.Code);

        Assert.True(item.WriteDeviation(one.Id, "5.2", DeviationKind.Technical, "增加中文标识", "适应国内法规").IsOk);
        Assert.True(Gate(item).Met);
        Assert.True(item.WriteDeviation(one.Id, "5.2", DeviationKind.Technical, "增加中文标识", null).IsOk);
        Assert.False(Gate(item).Met);
        Assert.True(item.StateAdoption(AdoptionDegree.NEQ, "ISO/IEC 42001:2023").IsOk);
        Assert.True(Gate(item).Met);
        Assert.True(item.StateAdoption(AdoptionDegree.MOD, "ISO/IEC 42001:2023").IsOk);
        Assert.True(item.RemoveDeviation(one.Id).IsOk);
        Assert.True(Gate(item).Met);
        Assert.Equal((0, 0), (item.TechnicalDeviations, item.UnreasonedDeviations));
    }

    [Fact]
    public void What_has_technical_deviations_is_not_identical_whichever_way_it_is_said()
    {
        var item = Adopting(AdoptionDegree.MOD);
        Assert.True(item.WriteDeviation(null, "5", DeviationKind.Technical, "不同", "理由").IsOk);
        Assert.Equal(("adoption.notIdentical", "AdoptionDegree"), Said(item.StateAdoption(AdoptionDegree.IDT, "ISO/IEC 42001:2023").Problem));
        Assert.Equal(("adoption.notIdentical", "AdoptionDegree"), Said(item.ChangeProposal(item.Title, item.Proposal with { AdoptionDegree = AdoptionDegree.IDT }).Problem));
        Assert.Equal(AdoptionDegree.MOD, item.Proposal.AdoptionDegree);

        var identical = Adopting(AdoptionDegree.IDT);
        Assert.Equal(("deviation.identical", "Kind"), Said(identical.WriteDeviation(null, "5", DeviationKind.Technical, "不同", "理由").Problem));
        Assert.True(identical.WriteDeviation(null, "5", DeviationKind.Editorial, "改正印刷错误", null).IsOk);
    }

    [Fact]
    public void Bad_deviations_are_refused_beside_their_fields()
    {
        var item = Adopting(AdoptionDegree.MOD);
        Assert.Equal(("validation.required", "Clause"), Said(item.WriteDeviation(null, " ", DeviationKind.Technical, "不同", null).Problem));
        Assert.Equal(("validation.required", "Text"), Said(item.WriteDeviation(null, "1", DeviationKind.Technical, null, null).Problem));
        Assert.Equal(("validation.invalid", "Kind"), Said(item.WriteDeviation(null, "1", (DeviationKind)9, "不同", null).Problem));
        Assert.Equal(Problem.NotFoundCode, item.WriteDeviation(Guid.CreateVersion7(), "1", DeviationKind.Technical, "不同", null).Problem.Code);
        Assert.Equal(Problem.NotFoundCode, item.RemoveDeviation(Guid.CreateVersion7()).Problem.Code);
        foreach (var none in (AdoptionDegree?[])[null, AdoptionDegree.NEQ])
            Assert.Equal("deviation.noAdoption", Adopting(none).WriteDeviation(null, "1", DeviationKind.Editorial, "不同", null).Problem.Code);
        for (var row = 0; row < WorkItem.MostDeviations; row++) Assert.True(item.WriteDeviation(null, $"{row}", DeviationKind.Editorial, "不同", null).IsOk);
        Assert.Equal("deviation.tooMany", item.WriteDeviation(null, "1", DeviationKind.Editorial, "不同", null).Problem.Code);
    }

    [Theory]
    [InlineData(AdoptionDegree.IDT, " ", "proposal.adoptedReferenceMissing")]
    [InlineData(null, "ISO/IEC 42001:2023", "proposal.adoptionDegreeMissing")]
    public void Degree_and_reference_go_together(AdoptionDegree? degree, string reference, string refused)
    {
        var item = Adopting(null);
        item.TakeEvents();
        Assert.Equal(refused, item.StateAdoption(degree, reference).Problem.Code);
        Assert.Empty(item.RaisedEvents);
    }

    [Fact]
    public void What_is_split_goes_on_adopting_with_the_same_deviations()
    {
        var item = Adopting(AdoptionDegree.MOD);
        var foreign = Guid.CreateVersion7();
        item.ComesFrom(LineageKind.Adopts, null, foreign);
        Assert.True(item.WriteDeviation(null, "5", DeviationKind.Technical, "不同", null).IsOk);

        var parts = Succession.Open(LineageKind.Splits, [item], [(2, LocalizedText.Of("一", null)), (3, LocalizedText.Of("二", null))], National, Calendar, Today, Now).Value;

        Assert.All(parts, part =>
        {
            Assert.Equal((AdoptionDegree.MOD, 1, "5"), (part.Proposal.AdoptionDegree!.Value, part.UnreasonedDeviations, part.Deviations.Single().Clause));
            Assert.Contains(part.Lineages, link => link.Kind == LineageKind.Adopts && link.FromForeignProjectId == foreign);
        });
    }

    private static (string, string?) Said(Problem problem) => (problem.Code, problem.Field);

    private static WorkItem Adopting(AdoptionDegree? degree)
    {
        var item = WorkItem.Propose(1, WorkItemKind.National, LocalizedText.Of("管理体系", "Management system"), null, Proposal.Blank, true, false, National, Calendar, Today, Now).Value;
        if (degree is not null) Assert.True(item.StateAdoption(degree, "ISO/IEC 42001:2023").IsOk);
        return item;
    }

    private static GateResult Gate(WorkItem item) =>
        National.FindTransition("30-40")!.Gates.Single(gate => gate.Kind == GateKind.DeviationsReasoned).Check(item.FactsOf(item.Main, Now, null, 0, 0));
}
