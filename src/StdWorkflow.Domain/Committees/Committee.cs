using StdWorkflow.Domain.Common;

namespace StdWorkflow.Domain.Committees;

/// <summary>The kinds of committee; all stand in one tree.</summary>
public enum CommitteeKind
{
    /// <summary>技术委员会 (TC).</summary>
    TechnicalCommittee,

    /// <summary>分技术委员会 (SC).</summary>
    Subcommittee,

    /// <summary>工作组 (WG).</summary>
    WorkingGroup,

    /// <summary>研究组.</summary>
    ResearchGroup,

    /// <summary>专家组.</summary>
    ExpertGroup,

    /// <summary>技术对口或归口单位: a national organisation that mirrors an international subject.</summary>
    MirrorOrganization,

    /// <summary>A committee of ISO, IEC or both.</summary>
    International,
}

/// <summary>Where a committee is in its life.</summary>
public enum CommitteeStatus
{
    /// <summary>筹建.</summary>
    Proposed,

    /// <summary>Working.</summary>
    Active,

    /// <summary>Kept, without work.</summary>
    Dormant,

    /// <summary>Dissolved.</summary>
    Concluded,

    /// <summary>Another took its place.</summary>
    Replaced,
}

/// <summary>A standardisation committee or group: its place in the tree, its life, what it is for and what it plans.</summary>
public sealed class Committee : Aggregate, IDemoMarked
{
    private readonly List<CommitteeFact> facts = [];
    private readonly List<WorkPlanEntry> workPlan = [];
    private readonly List<Mirror> mirrors = [];

    private Committee() { }

    /// <summary>Stable lower-case slug, for example <c>sac-tc28-sc42</c>.</summary>
    public string Code { get; private set; } = "";

    /// <summary>The field's own designation, for example <c>SAC/TC28/SC42</c>.</summary>
    public string Designation { get; private set; } = "";

    /// <summary>Its kind.</summary>
    public CommitteeKind Kind { get; private set; }

    /// <summary>Its place in its life.</summary>
    public CommitteeStatus Status { get; private set; }

    /// <summary>Name in both languages.</summary>
    public LocalizedText Name { get; private set; } = LocalizedText.Empty;

    /// <summary>What it works on.</summary>
    public LocalizedText Scope { get; private set; } = LocalizedText.Empty;

    /// <summary>Its charter, in short, or where it stands.</summary>
    public LocalizedText Charter { get; private set; } = LocalizedText.Empty;

    /// <summary>The committee above, or null for a root of the tree.</summary>
    public Guid? ParentId { get; private set; }

    /// <summary>The organisation that carries the secretariat, or null.</summary>
    public Guid? SecretariatId { get; private set; }

    /// <summary>Address for the public, or null.</summary>
    public string? PublicMail { get; private set; }

    /// <summary>Source mark of name and scope.</summary>
    public string? SourceReference { get; private set; }

    /// <summary>True when the source was read.</summary>
    public bool SourceVerified { get; private set; }

    /// <inheritdoc/>
    public bool IsDemo { get; private set; }

    /// <summary>Figures and dates with their sources: founding, plenary, seats.</summary>
    public IReadOnlyList<CommitteeFact> Facts => facts;

    /// <summary>What it planned to do, by year.</summary>
    public IReadOnlyList<WorkPlanEntry> WorkPlan => workPlan;

    /// <summary>Committees on the other side that it mirrors.</summary>
    public IReadOnlyList<Mirror> Mirrors => mirrors;

    /// <summary>Adds a committee; refuses one without name or designation.</summary>
    public static Result<Committee> Add(
        string code, string designation, CommitteeKind kind, CommitteeStatus status, LocalizedText name, Guid? parent, Source? source, bool isDemo)
    {
        if (name.IsEmpty) return Problem.On(nameof(Name), "committee.nameMissing");
        if (string.IsNullOrWhiteSpace(designation)) return Problem.On(nameof(Designation), "committee.designationMissing");
        var committee = new Committee
        {
            Code = code,
            Designation = designation.Trim(),
            Kind = kind,
            Status = status,
            Name = name,
            ParentId = parent,
            SourceReference = source?.Reference,
            SourceVerified = source?.Verified ?? false,
            IsDemo = isDemo,
        };
        committee.Raise(new CommitteeAdded(code, kind, status));
        return committee;
    }

    /// <summary>Changes what the committee says about itself.</summary>
    public Result<Committee> Describe(LocalizedText name, LocalizedText scope, LocalizedText charter, Guid? secretariat, string? publicMail)
    {
        if (name.IsEmpty) return Problem.On(nameof(Name), "committee.nameMissing");
        var mail = string.IsNullOrWhiteSpace(publicMail) ? null : publicMail.Trim();
        if (mail is not null && !(mail.Contains('@', StringComparison.Ordinal) && !mail.Contains(' ', StringComparison.Ordinal)))
            return Problem.On(nameof(PublicMail), "committee.publicMailPattern", mail);
        if (Name == name && Scope == scope && Charter == charter && SecretariatId == secretariat && PublicMail == mail) return this;
        (Name, Scope, Charter, SecretariatId, PublicMail) = (name, scope, charter, secretariat, mail);
        Raise(new CommitteeDescribed());
        return this;
    }

    /// <summary>Moves the committee on in its life; concluded and replaced are final.</summary>
    public Result<Committee> Become(CommitteeStatus status, string? reason)
    {
        if (status == Status) return this;
        if (HasEnded) return Problem.On(nameof(Status), "committee.ended", Status);
        if (string.IsNullOrWhiteSpace(reason)) return Problem.On("Reason", "committee.reasonRequired");
        var before = Status;
        Status = status;
        Raise(new CommitteeStatusChanged(before, status) { Reason = reason.Trim() });
        return this;
    }

    /// <summary>Follows the body that gives the designation; the code stays, because people link to it. False when nothing changed.</summary>
    public bool Redesignate(string designation)
    {
        if (Designation == designation) return false;
        var before = Designation;
        Designation = designation;
        Raise(new CommitteeRedesignated(before, designation));
        return true;
    }

    /// <summary>Moves it, with what lies below it, under another committee, or to the top. The caller has seen to it that the other does not lie below this one.</summary>
    public bool MoveUnder(Guid? parent)
    {
        if (ParentId == parent) return false;
        var before = ParentId;
        ParentId = parent;
        Raise(new CommitteeMoved(before, parent));
        return true;
    }

    /// <summary>
    /// States a figure, date or text about the committee, with its source. One of the same key takes the place of the one
    /// before, unless it gives the same figure and date. False when nothing changed.
    /// </summary>
    public bool State(CommitteeFact fact)
    {
        var known = facts.FirstOrDefault(stated => stated.Key == fact.Key);
        if (known is not null && known.Number == fact.Number && known.Date == fact.Date && (fact.Number is not null || fact.Date is not null || known.Text == fact.Text)) return false;
        if (known is not null) facts.Remove(known);
        facts.Add(fact);
        Raise(new CommitteeFactStated(fact.Key));
        return true;
    }

    /// <summary>Adds a line to the work plan.</summary>
    public void Plan(WorkPlanEntry entry)
    {
        workPlan.Add(entry);
        Raise(new WorkPlanned(entry.Year, entry.Text));
    }

    /// <summary>Says that it mirrors a committee on the other side.</summary>
    public void MirrorTo(Guid other, Source source)
    {
        if (mirrors.Any(mirror => mirror.OtherCommitteeId == other)) return;
        mirrors.Add(new Mirror(Id, other, source));
        Raise(new MirrorJoined(other));
    }

    /// <summary>True when its life is over; then nobody is appointed and nothing is added below it.</summary>
    public bool HasEnded => HasEndedAs(Status);

    /// <summary>True for the statuses that nothing follows.</summary>
    public static bool HasEndedAs(CommitteeStatus status) => status is CommitteeStatus.Concluded or CommitteeStatus.Replaced;

    /// <summary>
    /// States a fact by hand, or corrects the one under <paramref name="key"/>. It needs a sentence that can stand alone; what
    /// it said before stays in the history.
    /// </summary>
    public Result<Committee> Declare(string? key, LocalizedText text, int? number, DateOnly? date, Source source, string? conflict)
    {
        if (text.IsEmpty) return Problem.On("Text", "committee.factTextMissing");
        var differing = string.IsNullOrWhiteSpace(conflict) ? null : conflict.Trim();
        if (key is null)
        {
            var order = facts.Select(fact => fact.SortOrder).DefaultIfEmpty(0).Max() + 1;
            key = Enumerable.Range(facts.Count + 1, int.MaxValue - facts.Count - 1).Select(count => $"stated-{count}").First(free => facts.All(fact => fact.Key != free));
            facts.Add(new CommitteeFact(Id, key, order, text, number, date, source, differing));
        }
        else if (facts.Find(stated => stated.Key == key) is not { } known) return Problem.NotFound(key);
        else if (!known.Correct(text, number, date, source, differing)) return this;

        Raise(new CommitteeFactStated(key));
        return this;
    }

    /// <summary>Adds a line at the end of a year's work plan; refuses one that is due before the year begins.</summary>
    public Result<Committee> PlanFor(int year, LocalizedText text, DateOnly? due, Source source)
    {
        if (text.IsEmpty) return Problem.On("Text", "committee.planTextMissing");
        if (due is { } day && day.Year < year) return Problem.On(nameof(WorkPlanEntry.Due), "committee.planDueBeforeYear", day, year);
        var order = workPlan.Where(entry => entry.Year == year).Select(entry => entry.SortOrder).DefaultIfEmpty(0).Max() + 1;
        Plan(new WorkPlanEntry(Id, year, order, text, due, source));
        return this;
    }
}

/// <summary>Which kinds of committee may stand below which.</summary>
public static class CommitteeKinds
{
    /// <summary>True when a committee of this kind may stand below one of the other kind; null is the top of the tree.</summary>
    public static bool MayStandBelow(this CommitteeKind kind, CommitteeKind? parent) => kind switch
    {
        CommitteeKind.TechnicalCommittee or CommitteeKind.MirrorOrganization => parent is null,
        CommitteeKind.Subcommittee => parent is CommitteeKind.TechnicalCommittee,
        CommitteeKind.International => parent is null or CommitteeKind.International,
        CommitteeKind.ExpertGroup => true,
        _ => parent is not null,
    };
}

/// <summary>A figure, a date or a text about a committee, with its source.</summary>
public sealed class CommitteeFact : Part
{
    private CommitteeFact() { }

    /// <summary>States one.</summary>
    public CommitteeFact(Guid committee, string key, int order, LocalizedText text, int? number, DateOnly? date, Source source, string? conflict)
    {
        (CommitteeId, Key, SortOrder, Text, Number, Date, Conflict) = (committee, key, order, text, number, date, conflict);
        (SourceReference, SourceVerified) = (source.Reference, source.Verified);
    }

    /// <summary>The committee.</summary>
    public Guid CommitteeId { get; private set; }

    /// <summary>What it is about, for example <c>memberSeats</c>.</summary>
    public string Key { get; private set; } = "";

    /// <summary>Order on the page.</summary>
    public int SortOrder { get; private set; }

    /// <summary>In words; may be empty when a figure or date says it all.</summary>
    public LocalizedText Text { get; private set; } = LocalizedText.Empty;

    /// <summary>The figure, or null.</summary>
    public int? Number { get; private set; }

    /// <summary>The date, or null.</summary>
    public DateOnly? Date { get; private set; }

    /// <summary>Source mark.</summary>
    public string SourceReference { get; private set; } = "";

    /// <summary>True when the source was read.</summary>
    public bool SourceVerified { get; private set; }

    /// <summary>What another source says instead, or null.</summary>
    public string? Conflict { get; private set; }

    /// <inheritdoc/>
    public override Guid RootId => CommitteeId;

    internal bool Correct(LocalizedText text, int? number, DateOnly? date, Source source, string? conflict)
    {
        if (Text == text && Number == number && Date == date && Conflict == conflict && new Source(SourceReference, SourceVerified) == source) return false;
        (Text, Number, Date, Conflict) = (text, number, date, conflict);
        (SourceReference, SourceVerified) = (source.Reference, source.Verified);
        return true;
    }
}

/// <summary>A line of a committee's work plan.</summary>
public sealed class WorkPlanEntry : Part
{
    private WorkPlanEntry() { }

    /// <summary>Plans one.</summary>
    public WorkPlanEntry(Guid committee, int year, int order, LocalizedText text, DateOnly? due, Source source)
    {
        (CommitteeId, Year, SortOrder, Text, Due) = (committee, year, order, text, due);
        (SourceReference, SourceVerified) = (source.Reference, source.Verified);
    }

    /// <summary>The committee.</summary>
    public Guid CommitteeId { get; private set; }

    /// <summary>The plan's year.</summary>
    public int Year { get; private set; }

    /// <summary>Order within the year.</summary>
    public int SortOrder { get; private set; }

    /// <summary>What is planned.</summary>
    public LocalizedText Text { get; private set; } = LocalizedText.Empty;

    /// <summary>Until when, if the plan says so.</summary>
    public DateOnly? Due { get; private set; }

    /// <summary>Source mark.</summary>
    public string SourceReference { get; private set; } = "";

    /// <summary>True when the source was read.</summary>
    public bool SourceVerified { get; private set; }

    /// <inheritdoc/>
    public override Guid RootId => CommitteeId;
}

/// <summary>对口: the link between a national committee and an international one.</summary>
public sealed class Mirror : Part
{
    private Mirror() { }

    /// <summary>Joins two.</summary>
    public Mirror(Guid committee, Guid other, Source source) =>
        (CommitteeId, OtherCommitteeId, SourceReference, SourceVerified) = (committee, other, source.Reference, source.Verified);

    /// <summary>The national committee.</summary>
    public Guid CommitteeId { get; private set; }

    /// <summary>The international committee.</summary>
    public Guid OtherCommitteeId { get; private set; }

    /// <summary>Source mark.</summary>
    public string SourceReference { get; private set; } = "";

    /// <summary>True when the source was read.</summary>
    public bool SourceVerified { get; private set; }

    /// <inheritdoc/>
    public override Guid RootId => CommitteeId;
}

/// <summary>A committee became known.</summary>
public sealed record CommitteeAdded(string Code, CommitteeKind Kind, CommitteeStatus Status) : DomainEvent;

/// <summary>A committee's name, scope, charter, secretariat or address changed.</summary>
public sealed record CommitteeDescribed : DomainEvent;

/// <summary>A committee moved on in its life.</summary>
public sealed record CommitteeStatusChanged(CommitteeStatus From, CommitteeStatus To) : DomainEvent;

/// <summary>The body that gives designations gave another one.</summary>
public sealed record CommitteeRedesignated(string From, string To) : DomainEvent;

/// <summary>A committee moved to another place in the tree.</summary>
public sealed record CommitteeMoved(Guid? From, Guid? To) : DomainEvent;

/// <summary>A fact about a committee was stated.</summary>
public sealed record CommitteeFactStated(string Key) : DomainEvent;

/// <summary>A line was added to a work plan.</summary>
public sealed record WorkPlanned(int Year, LocalizedText Text) : DomainEvent;

/// <summary>A mirror link was made.</summary>
public sealed record MirrorJoined(Guid Other) : DomainEvent;
