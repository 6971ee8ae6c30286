namespace StdWorkflow.Web.Pipeline;

/// <summary>Where a command takes place; decides which committee's positions give the right to it.</summary>
public abstract record Scope
{
    private Scope() { }

    /// <summary>Nobody needs a right, visitors too.</summary>
    public static Scope Anyone { get; } = new AnyoneScope();

    /// <summary>The whole installation: the right must be held everywhere.</summary>
    public static Scope Everything { get; } = new EverythingScope();

    /// <summary>The committee with this code.</summary>
    public static Scope OfCommittee(string code) => new CommitteeScope(code);

    /// <summary>The committee of the work item with this code.</summary>
    public static Scope OfWorkItem(string code) => new WorkItemScope(code);

    /// <summary>The committees of all these work items: the right must be held in each. A problem of one of the others names the field <c>Others</c>.</summary>
    public static Scope OfWorkItems(string code, IReadOnlyList<string> others) => new WorkItemsScope(code, others);

    /// <summary>The committee of the work item that the consultation with this number is about.</summary>
    public static Scope OfConsultation(string number) => new ConsultationScope(number);

    /// <summary>The committee that this membership is in; the whole installation for one without a committee.</summary>
    public static Scope OfMembership(Guid id) => new MembershipScope(id);

    /// <summary>The position with this key; positions hold for the whole installation.</summary>
    public static Scope OfPosition(string key) => new PositionScope(key);

    /// <summary>The committee of the work item that this comment of the submission with this receipt is about.</summary>
    public static Scope OfComment(string receipt, int ordinal) => new CommentScope(receipt, ordinal);

    /// <summary>The committee of the work item that the request with this code is about.</summary>
    public static Scope OfRequest(string code) => new RequestScope(code);

    internal sealed record AnyoneScope : Scope;
    internal sealed record EverythingScope : Scope;
    internal sealed record CommitteeScope(string Code) : Scope;
    internal sealed record WorkItemScope(string Code) : Scope;
    internal sealed record WorkItemsScope(string Code, IReadOnlyList<string> Others) : Scope;
    internal sealed record ConsultationScope(string Number) : Scope;
    internal sealed record MembershipScope(Guid Id) : Scope;
    internal sealed record PositionScope(string Key) : Scope;
    internal sealed record RequestScope(string Code) : Scope;
    internal sealed record CommentScope(string Receipt, int Ordinal) : Scope;
}
