using StdWorkflow.Domain.Common;

namespace StdWorkflow.Domain.WorkItems;

/// <summary>What a work item is.</summary>
public enum WorkItemKind
{
    /// <summary>预研项目.</summary>
    PreResearch,

    /// <summary>国家标准项目.</summary>
    National,

    /// <summary>国际转化: the national side of a proposal to ISO/IEC.</summary>
    Conversion,

    /// <summary>维护: the review or the withdrawal of a published standard, as a piece of work of its own.</summary>
    Maintenance,
}

/// <summary>制定 or 修订.</summary>
public enum ProposalNature
{
    /// <summary>制定: a new standard.</summary>
    New,

    /// <summary>修订: a revision.</summary>
    Revision,
}

/// <summary>采用程度: how far an international standard is taken over (GB/T 1.2-2020, source S24).</summary>
public enum AdoptionDegree
{
    /// <summary>等同采用: identical.</summary>
    IDT,

    /// <summary>修改采用: modified.</summary>
    MOD,

    /// <summary>非等效: not equivalent; not an adoption.</summary>
    NEQ,
}

/// <summary>The fields of 项目建议书 (domain reference 5.2, source B): what is proposed and why. Texts may be null while a draft.</summary>
public sealed record Proposal
{
    /// <summary>New or revision.</summary>
    public ProposalNature Nature { get; init; }

    /// <summary>被修订标准号, for a revision.</summary>
    public string? RevisedStandard { get; init; }

    /// <summary>采用程度, or null when nothing is adopted.</summary>
    public AdoptionDegree? AdoptionDegree { get; init; }

    /// <summary>采标号: reference of the adopted standard.</summary>
    public string? AdoptedReference { get; init; }

    /// <summary>标准类别: basic, method, product, management…</summary>
    public string? Category { get; init; }

    /// <summary>ICS class.</summary>
    public string? Ics { get; init; }

    /// <summary>主管部门.</summary>
    public string? CompetentAuthority { get; init; }

    /// <summary>项目周期, in months.</summary>
    public int? Months { get; init; }

    /// <summary>同步研制外文版: language of a parallel foreign-language version, or null.</summary>
    public string? ForeignLanguage { get; init; }

    /// <summary>经费预算, in words.</summary>
    public string? Budget { get; init; }

    /// <summary>目的意义.</summary>
    public string? Purpose { get; init; }

    /// <summary>范围和主要技术内容.</summary>
    public string? Content { get; init; }

    /// <summary>国内外情况.</summary>
    public string? Situation { get; init; }

    /// <summary>与法律法规和强制性标准的关系.</summary>
    public string? LegalRelation { get; init; }

    /// <summary>涉及专利.</summary>
    public string? Patents { get; init; }

    /// <summary>备注.</summary>
    public string? Remarks { get; init; }

    /// <summary>Nothing said yet.</summary>
    public static Proposal Blank { get; } = new();

    /// <summary>A revision names what it revises; an adoption names what it adopts; a project takes 1 to 60 months.</summary>
    public IReadOnlyList<Problem> Check()
    {
        var problems = new List<Problem>();
        if (Nature == ProposalNature.Revision && string.IsNullOrWhiteSpace(RevisedStandard)) problems.Add(Problem.On(nameof(RevisedStandard), "proposal.revisedStandardMissing"));
        if (AdoptionDegree is not null && string.IsNullOrWhiteSpace(AdoptedReference)) problems.Add(Problem.On(nameof(AdoptedReference), "proposal.adoptedReferenceMissing"));
        if (AdoptionDegree is null && !string.IsNullOrWhiteSpace(AdoptedReference)) problems.Add(Problem.On(nameof(AdoptionDegree), "proposal.adoptionDegreeMissing"));
        if (Months is < 1 or > 60) problems.Add(Problem.On(nameof(Months), "proposal.monthsRange", 1, 60));
        return problems;
    }
}
