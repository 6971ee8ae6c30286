namespace StdWorkflow.Domain.People;

/// <summary>What a position may allow. Which position allows what is data (the position table).</summary>
public enum Permission
{
    /// <summary>Nothing needed: anybody, visitors too.</summary>
    None,

    /// <summary>See what is not public of a committee and what lies below it.</summary>
    View,

    /// <summary>Propose a work item, and change its proposal while it is preliminary.</summary>
    Propose,

    /// <summary>Change a work item's facts: leader, drafting organisations, numbers.</summary>
    Edit,

    /// <summary>Move a work item to another stage: forward, back, repeat, abandon; open the project that grows from it.</summary>
    Advance,

    /// <summary>State that a condition is met, on a paper.</summary>
    Attest,

    /// <summary>Open and lengthen comment periods.</summary>
    Consult,

    /// <summary>Give comments their disposition.</summary>
    Dispose,

    /// <summary>Change a committee's facts, life cycle, work plan and mirrors.</summary>
    ManageCommittee,

    /// <summary>Appoint, end and invite members.</summary>
    ManageMembers,

    /// <summary>Everything about the installation: positions, jobs, outgoing mail, rules.</summary>
    Administer,
}
