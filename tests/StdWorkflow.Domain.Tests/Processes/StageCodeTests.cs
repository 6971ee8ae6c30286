using System.Globalization;
using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Domain.Tests.Processes;

public class StageCodeTests
{
    [Theory]
    [InlineData("40.20", 40, 20)]
    [InlineData("00.00", 0, 0)]
    [InlineData(" 95.99 ", 95, 99)]
    public void A_code_is_read_and_written_with_its_dot(string text, int stage, int substage)
    {
        Assert.Equal(new StageCode(stage, substage), StageCode.Parse(text).Value);
        Assert.Equal(text.Trim(), new StageCode(stage, substage).ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("4020")]
    [InlineData("40.2")]
    [InlineData("40,20")]
    [InlineData("-1.20")]
    [InlineData("40.20.1")]
    [InlineData("＋4.20")]
    public void Another_text_is_refused(string? text)
    {
        Assert.Equal("stageCode.pattern", StageCode.Parse(text).Problem.Code);
    }

    [Theory]
    [InlineData(4020, "40.20")]
    [InlineData(6060, "60.60")]
    [InlineData(0, "00.00")]
    public void The_integer_form_is_the_code_without_its_dot(long value, string text)
    {
        var code = StageCode.FromIso(value).Value;

        Assert.Equal(text, code.ToString());
        Assert.Equal(value, code.Iso);
    }

    [Theory]
    [InlineData(98)]
    [InlineData(20)]
    public void A_bare_sub_stage_is_told_apart_from_a_wrong_number(long value)
    {
        Assert.Equal(StageCode.OnlySubstageCode, StageCode.FromIso(value).Problem.Code);
    }

    [Theory]
    [InlineData(-4020)]
    [InlineData(10000)]
    [InlineData(long.MaxValue)]
    public void A_number_outside_the_range_is_refused(long value)
    {
        Assert.Equal("stageCode.pattern", StageCode.FromIso(value).Problem.Code);
    }

    [Fact]
    public void Codes_are_written_the_same_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("ar-SA");
            Assert.Equal("40.20", new StageCode(40, 20).ToString());
            Assert.Equal("GB/T 41867-2022", StandardNumber.Parse("GB/T 41867-2022").Value.Text);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_matrix_holds_forty_six_codes_once_each_with_both_names()
    {
        Assert.Equal(46, StageMatrix.All.Count);
        Assert.Equal(46, StageMatrix.All.Select(entry => entry.Code).Distinct().Count());
        Assert.All(StageMatrix.All, entry => Assert.True(entry.Name is { Zh.Length: > 1, En.Length: > 1 }));
        Assert.All(StageMatrix.All, entry => Assert.Contains(entry.Code.Stage, StageMatrix.Stages.Keys));
        Assert.Equal(StageMatrix.All, StageMatrix.All.OrderBy(entry => entry.Code.Iso));
    }

    [Theory]
    [InlineData("00.92")]
    [InlineData("20.92")]
    [InlineData("60.20")]
    [InlineData("90.00")]
    [InlineData("95.00")]
    [InlineData("70.00")]
    public void Other_combinations_do_not_exist(string text)
    {
        Assert.False(StageMatrix.Contains(StageCode.Parse(text).Value));
    }

    [Theory]
    [InlineData("40.20", StageClass.Draft)]
    [InlineData("60.00", StageClass.Published)]
    [InlineData("90.92", StageClass.Published)]
    [InlineData("30.98", StageClass.Cancelled)]
    [InlineData("95.99", StageClass.Cancelled)]
    public void A_code_tells_the_life_of_the_project(string text, StageClass expected)
    {
        Assert.Equal(expected, StageMatrix.Find(StageCode.Parse(text).Value)!.Class);
    }
}
