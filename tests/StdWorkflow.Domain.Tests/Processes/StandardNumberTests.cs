using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Domain.Tests.Processes;

public class StandardNumberTests
{
    [Theory]
    [InlineData("GB/T 41867-2022", "GB/T 41867-2022", StandardLevel.National)]
    [InlineData("gb/t41867—2022", "GB/T 41867-2022", StandardLevel.National)]
    [InlineData("GB/T 45288.1–2025", "GB/T 45288.1-2025", StandardLevel.National)]
    [InlineData("ＧＢ／Ｔ　４１８６７－２０２２", "GB/T 41867-2022", StandardLevel.National)]
    [InlineData("GB 45438-2025", "GB 45438-2025", StandardLevel.National)]
    [InlineData("GB∕Z 185.1-2026", "GB/Z 185.1-2026", StandardLevel.National)]
    [InlineData("GB 2312-80", "GB 2312-1980", StandardLevel.National)]
    [InlineData("YD/T 7073-2026", "YD/T 7073-2026", StandardLevel.Industry)]
    [InlineData("YY 0505-2012", "YY 0505-2012", StandardLevel.Industry)]
    [InlineData("DB11/T 1234.2-2020", "DB11/T 1234.2-2020", StandardLevel.Local)]
    [InlineData("DB4403/T 12-2019", "DB4403/T 12-2019", StandardLevel.Local)]
    [InlineData("T/CESA 1036-2019", "T/CESA 1036-2019", StandardLevel.Group)]
    [InlineData("t/cesa1036-2019", "T/CESA 1036-2019", StandardLevel.Group)]
    public void A_standard_number_is_read_as_people_type_it(string typed, string written, StandardLevel level)
    {
        var number = StandardNumber.Parse(typed).Value;

        Assert.Equal((written, level), (number.Text, number.Level));
        Assert.Equal(number, StandardNumber.Parse(number.Text).Value);
    }

    [Fact]
    public void Its_parts_can_be_asked_for()
    {
        var number = StandardNumber.Parse("GB/T 45288.1-2025").Value;

        Assert.Equal(("GB/T", "45288", 1, 2025), (number.Prefix, number.Serial, number.Part, number.Year));
    }

    [Fact]
    public void An_identical_adoption_carries_a_double_number()
    {
        var number = StandardNumber.Parse("GB/T 45081—2024/ISO/IEC 42001:2023").Value;

        Assert.Equal("GB/T 45081-2024/ISO/IEC 42001:2023", number.Text);
        Assert.Equal("ISO/IEC 42001:2023", number.IdenticalTo?.Text);
    }

    [Theory]
    [InlineData(null, "standardNumber.missing")]
    [InlineData("", "standardNumber.missing")]
    [InlineData("GB/T 41867", "standardNumber.year")]
    [InlineData("GB/T 41867-1022", "standardNumber.year")]
    [InlineData("GB/T 41867-20", "standardNumber.year")]
    [InlineData("GB/X 41867-2022", "standardNumber.pattern")]
    [InlineData("GB/T xxxxx-2022", "standardNumber.pattern")]
    [InlineData("GB/T 41867-20222", "standardNumber.pattern")]
    [InlineData("GB/T 41867.-2022", "standardNumber.pattern")]
    [InlineData("41867-2022", "standardNumber.pattern")]
    [InlineData("ISO 9001-2015", "standardNumber.pattern")]
    [InlineData("GB/T 45081-2024/ISO/IEC", "standardNumber.identicalTo")]
    [InlineData("20260326-T-469", "standardNumber.pattern")]
    public void Anything_else_is_refused_and_says_why(string? typed, string code)
    {
        Assert.Equal(code, StandardNumber.Parse(typed).Problem.Code);
    }

    [Fact]
    public void Sort_keys_put_numbers_in_the_order_of_a_catalogue()
    {
        string[] catalogue = ["GB/T 5271.28-2001", "GB/T 5271.31-2006", "GB/T 41867-2022", "GB/T 45288.2-2025", "GB/T 45288.10-2025", "GB/Z 185.1-2026"];

        Assert.Equal(catalogue, catalogue.Reverse().OrderBy(number => StandardNumber.Parse(number).Value.SortKey, StringComparer.Ordinal));
    }
}
