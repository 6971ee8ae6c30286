using System.Collections.Frozen;
using StdWorkflow.Domain.Common;

namespace StdWorkflow.Domain.Processes;

/// <summary>What a stage code says about the life of a project.</summary>
public enum StageClass
{
    /// <summary>Being made.</summary>
    Draft,

    /// <summary>Abandoned, rejected, deleted or withdrawn.</summary>
    Cancelled,

    /// <summary>Published, and whatever happens to it until it is withdrawn.</summary>
    Published,
}

/// <summary>One code of the matrix.</summary>
/// <param name="Code">The code.</param>
/// <param name="Class">What it says about the life of the project.</param>
/// <param name="Name">Name in both languages; the Chinese names are ours.</param>
public sealed record StageMatrixEntry(StageCode Code, StageClass Class, LocalizedText Name);

/// <summary>The harmonized stage codes that exist; no other combination does.</summary>
public static class StageMatrix
{
    /// <summary>All codes, in order.</summary>
    public static IReadOnlyList<StageMatrixEntry> All { get; } =
    [
        Row(0, 0, StageClass.Draft, "收到新项目提案", "Proposal for new project received"),
        Row(0, 20, StageClass.Draft, "新项目提案审议中", "Proposal for new project under review"),
        Row(0, 60, StageClass.Draft, "审议结束", "Close of review"),
        Row(0, 98, StageClass.Cancelled, "放弃新项目提案", "Proposal for new project abandoned"),
        Row(0, 99, StageClass.Draft, "同意对新项目提案进行投票", "Approval to ballot proposal for new project"),
        Row(10, 0, StageClass.Draft, "新项目提案已登记", "Proposal for new project registered"),
        Row(10, 20, StageClass.Draft, "新项目投票开始", "New project ballot initiated"),
        Row(10, 60, StageClass.Draft, "投票截止", "Close of voting"),
        Row(10, 92, StageClass.Draft, "提案退回提案人进一步明确", "Proposal returned to submitter for further definition"),
        Row(10, 98, StageClass.Cancelled, "新项目未获通过", "New project rejected"),
        Row(10, 99, StageClass.Draft, "新项目获批准", "New project approved"),
        Row(20, 0, StageClass.Draft, "新项目列入技术委员会或分技术委员会工作计划", "New project registered in TC/SC work programme"),
        Row(20, 20, StageClass.Draft, "工作草案（WD）研究开始", "Working draft (WD) study initiated"),
        Row(20, 60, StageClass.Draft, "征求意见截止", "Close of comment period"),
        Row(20, 98, StageClass.Cancelled, "项目撤销", "Project deleted"),
        Row(20, 99, StageClass.Draft, "工作草案获准登记为委员会草案", "WD approved for registration as CD"),
        Row(30, 0, StageClass.Draft, "委员会草案（CD）已登记", "Committee draft (CD) registered"),
        Row(30, 20, StageClass.Draft, "委员会草案征求意见开始", "CD consultation initiated"),
        Row(30, 60, StageClass.Draft, "征求意见截止", "Close of comment period"),
        Row(30, 92, StageClass.Draft, "委员会草案退回工作组", "CD referred back to Working Group"),
        Row(30, 98, StageClass.Cancelled, "项目取消", "Project cancelled"),
        Row(30, 99, StageClass.Draft, "委员会草案获准登记为国际标准草案", "CD approved for registration as DIS"),
        Row(40, 0, StageClass.Draft, "国际标准草案（DIS）已登记", "DIS registered"),
        Row(40, 20, StageClass.Draft, "国际标准草案投票开始（12周）", "DIS ballot initiated: 12 weeks"),
        Row(40, 60, StageClass.Draft, "投票截止", "Close of voting"),
        Row(40, 92, StageClass.Draft, "投票报告已分发：国际标准草案退回技术委员会或分技术委员会", "Full report circulated: DIS referred back to TC or SC"),
        Row(40, 93, StageClass.Draft, "投票报告已分发：决定对国际标准草案重新投票", "Full report circulated: decision for new DIS ballot"),
        Row(40, 98, StageClass.Cancelled, "项目取消", "Project cancelled"),
        Row(40, 99, StageClass.Draft, "投票报告已分发：国际标准草案获准登记为最终草案", "Full report circulated: DIS approved for registration as FDIS"),
        Row(50, 0, StageClass.Draft, "收到最终文本或最终国际标准草案（FDIS）已登记待正式批准", "Final text received or FDIS registered for formal approval"),
        Row(50, 20, StageClass.Draft, "校样送秘书处或最终国际标准草案投票开始（8周）", "Proof sent to secretariat or FDIS ballot initiated: 8 weeks"),
        Row(50, 60, StageClass.Draft, "投票截止，秘书处退回校样", "Close of voting. Proof returned by secretariat"),
        Row(50, 92, StageClass.Draft, "最终国际标准草案或校样退回技术委员会或分技术委员会", "FDIS or proof referred back to TC or SC"),
        Row(50, 98, StageClass.Cancelled, "项目取消", "Project cancelled"),
        Row(50, 99, StageClass.Draft, "最终国际标准草案或校样获准出版", "FDIS or proof approved for publication"),
        Row(60, 0, StageClass.Published, "国际标准出版中", "International Standard under Publication"),
        Row(60, 60, StageClass.Published, "国际标准已出版", "International Standard published"),
        Row(90, 20, StageClass.Published, "国际标准系统复审中", "International Standard under systematic review"),
        Row(90, 60, StageClass.Published, "复审截止", "Close of review"),
        Row(90, 92, StageClass.Published, "国际标准将修订", "International Standard to be revised"),
        Row(90, 93, StageClass.Published, "国际标准确认继续有效", "International Standard confirmed"),
        Row(90, 99, StageClass.Published, "技术委员会或分技术委员会提议废止国际标准", "Withdrawal of International Standard proposed by TC or SC"),
        Row(95, 20, StageClass.Published, "废止投票开始", "Withdrawal ballot initiated"),
        Row(95, 60, StageClass.Published, "投票截止", "Close of voting"),
        Row(95, 92, StageClass.Published, "决定不废止国际标准", "Decision not to withdraw International Standard"),
        Row(95, 99, StageClass.Cancelled, "国际标准已废止", "Withdrawal of International Standard"),
    ];

    /// <summary>The nine stages by their number: 0, 10, … 95.</summary>
    public static IReadOnlyDictionary<int, LocalizedText> Stages { get; } = new SortedDictionary<int, LocalizedText>
    {
        [0] = new("预备阶段", "Preliminary"),
        [10] = new("提案阶段", "Proposal"),
        [20] = new("准备阶段", "Preparatory"),
        [30] = new("委员会阶段", "Committee"),
        [40] = new("征询意见阶段", "Enquiry"),
        [50] = new("批准阶段", "Approval"),
        [60] = new("出版阶段", "Publication"),
        [90] = new("复审阶段", "Review"),
        [95] = new("废止阶段", "Withdrawal"),
    };

    private static readonly FrozenDictionary<StageCode, StageMatrixEntry> byCode = All.ToFrozenDictionary(entry => entry.Code);

    /// <summary>True when the code exists.</summary>
    public static bool Contains(StageCode code) => byCode.ContainsKey(code);

    /// <summary>The entry of that code, or null.</summary>
    public static StageMatrixEntry? Find(StageCode code) => byCode.GetValueOrDefault(code);

    private static StageMatrixEntry Row(int stage, int substage, StageClass kind, string zh, string en) =>
        new(new StageCode(stage, substage), kind, new LocalizedText(zh, en));
}
