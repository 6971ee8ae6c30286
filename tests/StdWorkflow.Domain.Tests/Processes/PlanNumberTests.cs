using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Domain.Tests.Processes;

public class PlanNumberTests
{
    [Theory]
    [InlineData("20260326-T-469", "20260326-T-469")]
    [InlineData("  20170425-T-469 ", "20170425-T-469")]
    [InlineData("20255554-z-469", "20255554-Z-469")]
    [InlineData("20256913–T–907", "20256913-T-907")]
    [InlineData("20256913—T—907", "20256913-T-907")]
    [InlineData("２０２６０３２６－Ｔ－４６９", "20260326-T-469")]
    [InlineData("\u200B20260326 - T - 469\u3000", "20260326-T-469")]
    public void A_plan_number_is_read_as_people_type_it(string typed, string written)
    {
        Assert.Equal(written, PlanNumber.Parse(typed).Value.Text);
    }

    [Fact]
    public void Its_parts_can_be_asked_for()
    {
        var number = PlanNumber.Parse("20255554-Z-469").Value;

        Assert.Equal((2025, 5554, PlanKind.Guidance, "469"), (number.Year, number.Serial, number.Kind, number.Department));
        Assert.Equal(number, PlanNumber.Parse("20255554–z–469").Value);
    }

    [Theory]
    [InlineData(null, "planNumber.missing")]
    [InlineData(" \u3000 ", "planNumber.missing")]
    [InlineData("20260326-X-469", "planNumber.kind")]
    [InlineData("2026326-T-469", "planNumber.pattern")]
    [InlineData("18990326-T-469", "planNumber.pattern")]
    [InlineData("20260326-T-46", "planNumber.pattern")]
    [InlineData("20260326-T-4691", "planNumber.pattern")]
    [InlineData("20260326T469", "planNumber.pattern")]
    [InlineData("20260326-T-469 等", "planNumber.pattern")]
    [InlineData("٢٠٢٦٠٣٢٦-T-469", "planNumber.pattern")]
    [InlineData("GB/T 41867-2022", "planNumber.pattern")]
    public void Anything_else_is_refused_and_says_why(string? typed, string code)
    {
        Assert.Equal(code, PlanNumber.Parse(typed).Problem.Code);
    }

    [Fact]
    public void Fifty_million_characters_are_refused_at_once()
    {
        var hostile = new string('2', 50_000_000);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal("planNumber.tooLong", PlanNumber.Parse(hostile).Problem.Code);
        Assert.Equal("standardNumber.tooLong", StandardNumber.Parse(hostile).Problem.Code);
        Assert.Equal("isoReference.tooLong", IsoReference.Parse(hostile).Problem.Code);
        Assert.Equal("stageCode.pattern", StageCode.Parse(hostile).Problem.Code);
        // Not even one copy of it was made.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, hostile.Length / 10);
    }
}
