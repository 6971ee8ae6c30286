using StdWorkflow.Domain.Common;
using StdWorkflow.Web.Components;
using static StdWorkflow.Web.Tests.Components.Rendering;

namespace StdWorkflow.Web.Tests.Components;

public sealed class WordsTests
{
    [Theory]
    [InlineData("S07 S11", true, "来源 S07 S11")]
    [InlineData("S07 C", true, "来源 S07 · 各来源说法不一")]
    [InlineData("S28 D", false, "来源 S28 · 推导得出 · 未核实")]
    [InlineData("B", false, "来源 未核实")]
    [InlineData("第六次全体会议 附件 B", true, "来源 第六次全体会议 附件 B")]
    public void A_source_is_named_quietly_and_what_is_doubtful_about_it_is_said_in_words(string reference, bool verified, string words) =>
        Assert.Equal(words, Of<SourceMarkTagHelper>(mark => mark.Value = new Source(reference, verified)).Words());

    [Theory]
    [InlineData("征求意见到 2026-12-14 23:59（北京时间）才结束。", "2026-12-14 23:59")]
    [InlineData("Open for public comment from 2026-10-15 to 2026-12-14.", "2026-10-15|2026-12-14")]
    [InlineData("编号：20269906-T-469、GB/T 41867-2022。", "20269906-T-469|GB/T 41867-2022")]
    [InlineData("例如 R-20261123-ABCDEFGHJK。", "R-20261123-ABCDEFGHJK")]
    [InlineData("Pre-research on energy-efficiency & <b>robustness</b>", "")]
    public void Dates_and_numbers_of_a_sentence_stay_on_one_line(string sentence, string unbroken)
    {
        var told = Of<TimelineTagHelper>(list => list.Model = [new TimelineEntry(Now.UtcDateTime, Markup.Unbroken(sentence), "李伟", null, [])]).QuerySelector("li p")!;

        Assert.Equal(sentence, told.TextContent);
        Assert.Equal(unbroken, string.Join('|', told.QuerySelectorAll(".code").Select(part => part.TextContent)));
    }

    [Fact]
    public void What_happened_has_the_same_heading_everywhere()
    {
        Assert.Equal("历史记录 最新在前", Of<TimelineTagHelper>(_ => { }).QuerySelector("h2")!.Words());
        Assert.Equal("History newest first", Of<TimelineTagHelper>(_ => { }, "en").QuerySelector("h2")!.Words());
        Assert.Null(Of<TimelineTagHelper>(list => list.Heading = false).QuerySelector("h2"));
    }
}
