using StdWorkflow.Domain.Common;

namespace StdWorkflow.Domain.Tests.Common;

public class OneLineTests
{
    [Theory]
    [InlineData("人工智能\u202Egnitset")]
    [InlineData("人工智能\u2067测试")]
    [InlineData("人工智能\u200E测试")]
    [InlineData("人工智能\u200B测试")]
    [InlineData("人工智能\u206E测试")]
    [InlineData("人工智能\uFFFA测试")]
    [InlineData("人工智能\u0007测试")]
    [InlineData("人工智能\n测试")]
    [InlineData("人工智能\u2028测试")]
    [InlineData("GB/T \U000E0041\U000E0042 41867")]
    [InlineData("GB/T 41867\U000E007F")]
    [InlineData("\u3164\u202E")]
    public void What_hides_something_is_refused(string text) => Assert.Equal("validation.hidden", OneLine.Check("Name", text)?.Code);

    [Theory]
    [InlineData("\u3164")]
    [InlineData("\u115F\u1160")]
    [InlineData("\uFFA0")]
    [InlineData("\u2800 \u2800")]
    [InlineData("\u00AD")]
    [InlineData("\u200D")]
    [InlineData("\u034F\uFE0F\U000E0100")]
    public void What_shows_nothing_is_refused(string text)
    {
        Assert.Equal(("validation.invisible", "Name"), (OneLine.Check("Name", text)?.Code, OneLine.Check("Name", text)?.Field));
        Assert.Equal("validation.invisible", OneLine.Check("Name", new LocalizedText("名称", text))?.Code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \u3000 ")]
    [InlineData(" 信息技术　人工智能—术语 \n")]
    [InlineData("ISO/IEC 22989:2022 – “Concepts”")]
    [InlineData("葛\U000E0100城")]
    [InlineData("تقنية المعلومات")]
    [InlineData("می\u200Cخواهم")]
    [InlineData("कृत्रिम क्\u200Dष")]
    [InlineData("한글\u3164이름")]
    [InlineData("\U00020000\U0001F600")]
    public void What_people_write_passes(string? text) => Assert.Null(OneLine.Check("Name", text));
}
