using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Domain.Tests.Processes;

public class IsoReferenceTests
{
    [Theory]
    [InlineData("ISO/IEC 42001:2023", null, "IS", "ISO/IEC 42001", 2023)]
    [InlineData("ISO/IEC DIS 42005", "DIS", "IS", "ISO/IEC 42005", null)]
    [InlineData("ISO/IEC AWI 42007", "AWI", "IS", "ISO/IEC 42007", null)]
    [InlineData("ISO/IEC NP 42105", "NP", "IS", "ISO/IEC 42105", null)]
    [InlineData("ISO/IEC PRF 22443", "PRF", "IS", "ISO/IEC 22443", null)]
    [InlineData("ISO/IEC CD TS 22443", "CD", "TS", "ISO/IEC TS 22443", null)]
    [InlineData("ISO/IEC DTS 12791", "DTS", "TS", "ISO/IEC TS 12791", null)]
    [InlineData("ISO/IEC DTR 21221", "DTR", "TR", "ISO/IEC TR 21221", null)]
    [InlineData("ISO/IEC AWI PAS 25000", "AWI", "PAS", "ISO/IEC PAS 25000", null)]
    [InlineData("ISO/IEC TR 24030:2024", null, "TR", "ISO/IEC TR 24030", 2024)]
    [InlineData("ISO/IEC ISP 10607-1:1990", null, "ISP", "ISO/IEC ISP 10607-1", 1990)]
    [InlineData("ISO/IEC Guide 51:2014", null, "Guide", "ISO/IEC Guide 51", 2014)]
    [InlineData("ISO/R 961:1969", null, "R", "ISO/R 961", 1969)]
    [InlineData("IEC/TR 828:1988", null, "TR", "IEC/TR 828", 1988)]
    [InlineData("ISO/IEC/IEEE 8802-1Q:2016", null, "IS", "ISO/IEC/IEEE 8802-1Q", 2016)]
    [InlineData("ISO/IEC/IEEE 8802-A:2015", null, "IS", "ISO/IEC/IEEE 8802-A", 2015)]
    [InlineData("ISO/IEC TR 29110-5-1-1:2012", null, "TR", "ISO/IEC TR 29110-5-1-1", 2012)]
    public void A_reference_tells_its_stage_type_document_and_year(string text, string? stage, string type, string document, int? year)
    {
        var reference = IsoReference.Parse(text).Value;

        Assert.Equal((text, stage, type, document, year), (reference.Text, reference.Stage, reference.Type, reference.Document, reference.Year));
    }

    [Theory]
    [InlineData("iso/iec dis 42005", "ISO/IEC DIS 42005")]
    [InlineData(" ISO／IEC  42001：2023 ", "ISO/IEC 42001:2023")]
    [InlineData("ISO/IEC 5259–1:2024", "ISO/IEC 5259-1:2024")]
    [InlineData("ISO42001:2023", "ISO 42001:2023")]
    [InlineData("ISO/IEC 22989:2022(E)", "ISO/IEC 22989:2022")]
    public void It_is_read_as_people_type_it(string typed, string written)
    {
        Assert.Equal(written, IsoReference.Parse(typed).Value.Text);
    }

    [Fact]
    public void A_second_ballot_of_the_same_stage_is_counted()
    {
        var reference = IsoReference.Parse("ISO/IEC DTS 12791.2").Value;

        Assert.Equal(("ISO/IEC DTS 12791.2", 2, "ISO/IEC TS 12791"), (reference.Text, reference.Ballot, reference.Document));
    }

    [Theory]
    [InlineData("ISO/IEC 22989:2022/AWI Amd 1", "Amd", "AWI", 1, null, null)]
    [InlineData("ISO/IEC 7816-3:2006/DAM 1", "Amd", "DAM", 1, null, null)]
    [InlineData("ISO/IEC/IEEE 8802-1Q:2024/FDAM 36", "Amd", "FDAM", 36, null, null)]
    [InlineData("ISO/IEC 18014-2:2021/CD Cor 1.2", "Cor", "CD", 1, 2, null)]
    [InlineData("ISO/IEC 9899:2018/DCOR 1", "Cor", "DCOR", 1, null, null)]
    [InlineData("ISO 7498:1984/Add 1:1987", "Add", null, 1, null, 1987)]
    [InlineData("ISO/IEC DIS 14496-12.2/AWI Amd 2", "Amd", "AWI", 2, null, null)]
    public void A_supplement_has_its_own_stage_number_and_year(string text, string kind, string? stage, int number, int? ballot, int? year)
    {
        var reference = IsoReference.Parse(text).Value;

        Assert.Equal(text, reference.Text);
        Assert.Equal(new IsoSupplement(kind, stage, number, ballot, year), Assert.Single(reference.Supplements));
    }

    [Fact]
    public void A_corrigendum_of_an_amendment_keeps_both()
    {
        var reference = IsoReference.Parse("ISO/IEC 10035-1:1995/Amd 1:1997/Cor 1:1999").Value;

        Assert.Equal(["Amd", "Cor"], reference.Supplements.Select(supplement => supplement.Kind));
    }

    [Theory]
    [InlineData(null, "isoReference.missing")]
    [InlineData("", "isoReference.missing")]
    [InlineData("GB/T 41867-2022", "isoReference.pattern")]
    [InlineData("IEEE 802.3", "isoReference.pattern")]
    [InlineData("ISO", "isoReference.pattern")]
    [InlineData("ISO/IEC", "isoReference.pattern")]
    [InlineData("ISO/42001", "isoReference.pattern")]
    [InlineData("ISO/IEC JTC 1", "isoReference.pattern")]
    [InlineData("ISO/IEC DIS CD 42001", "isoReference.pattern")]
    [InlineData("ISO/IEC TS TR 42001", "isoReference.pattern")]
    [InlineData("ISO/IEC 42001:23", "isoReference.pattern")]
    [InlineData("ISO/IEC 42001:2023/", "isoReference.pattern")]
    [InlineData("ISO/IEC 42001:2023/Amd", "isoReference.pattern")]
    [InlineData("ISO/IEC 42001-", "isoReference.pattern")]
    [InlineData("ISO/IEC 42001.", "isoReference.pattern")]
    [InlineData("ISO/IEC 42001:2023 draft", "isoReference.pattern")]
    [InlineData("ISO/IEC 99999999", "isoReference.pattern")]
    public void Anything_else_is_refused_and_says_why(string? typed, string code)
    {
        Assert.Equal(code, IsoReference.Parse(typed).Problem.Code);
    }

    [Fact]
    public void A_refusal_names_the_place_that_was_not_understood()
    {
        Assert.Equal(["ISO/IEC 42001:2023/Foo 1", " 1"], IsoReference.Parse("ISO/IEC 42001:2023/Foo 1").Problem.Arguments);
    }

    [Fact]
    public void Sort_keys_follow_number_and_part()
    {
        string[] catalogue = ["ISO/IEC TS 4213:2022", "ISO/IEC 5259-2:2024", "ISO/IEC 5259-10", "ISO/IEC/IEEE 8802-1:2019", "ISO/IEC/IEEE 8802-1Q:2016", "ISO/IEC 22989:2022", "ISO/IEC 22989:2022/AWI Amd 1"];

        Assert.Equal(catalogue, catalogue.Reverse().OrderBy(text => IsoReference.Parse(text).Value.SortKey, StringComparer.Ordinal));
    }
}
