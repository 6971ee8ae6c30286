using StdWorkflow.Domain.Common;

namespace StdWorkflow.Domain.People;

/// <summary>A person in a committee, for a stated time, in a stated position, for an organisation.</summary>
public sealed class Membership : Aggregate, IDemoMarked
{
    private Membership() { }

    /// <summary>Who.</summary>
    public Guid PersonId { get; private set; }

    /// <summary>Where; null means the whole installation (administrators).</summary>
    public Guid? CommitteeId { get; private set; }

    /// <summary>As what.</summary>
    public Guid PositionId { get; private set; }

    /// <summary>For which organisation, or null.</summary>
    public Guid? OrganizationId { get; private set; }

    /// <summary>First day, in the zone of the committee.</summary>
    public DateOnly From { get; private set; }

    /// <summary>Last day, included; null while it is open.</summary>
    public DateOnly? To { get; private set; }

    /// <inheritdoc/>
    public bool IsDemo { get; private set; }

    /// <summary>Appoints a person; refuses an end before the beginning.</summary>
    public static Result<Membership> Appoint(Guid person, Guid? committee, Guid position, Guid? organization, DateOnly from, DateOnly? to, bool isDemo)
    {
        if (to < from) return Problem.On(nameof(To), "membership.endsBeforeItBegins", from, to);
        var membership = new Membership
        {
            PersonId = person,
            CommitteeId = committee,
            PositionId = position,
            OrganizationId = organization,
            From = from,
            To = to,
            IsDemo = isDemo,
        };
        membership.Raise(new MemberAppointed(person, committee, position, from, to));
        return membership;
    }

    /// <summary>True when it holds on that day; first and last day are included.</summary>
    public bool HoldsOn(DateOnly day) => From <= day && (To is not { } last || day <= last);

    /// <summary>
    /// Sets the last day, with a reason; refuses one before the first. It may come earlier than agreed but never later: a further
    /// term is another appointment.
    /// </summary>
    public Result<Membership> End(DateOnly on, string? reason)
    {
        if (on < From) return Problem.On(nameof(To), "membership.endsBeforeItBegins", From, on);
        if (To is { } last && on >= last) return Problem.On(nameof(To), "membership.endsEarlier", last);
        if (string.IsNullOrWhiteSpace(reason)) return Problem.On("Reason", "membership.reasonRequired");
        To = on;
        Raise(new MembershipEnded(PersonId, CommitteeId, on) { Reason = reason.Trim() });
        return this;
    }
}

/// <summary>A person was appointed.</summary>
public sealed record MemberAppointed(Guid Person, Guid? Committee, Guid Position, DateOnly From, DateOnly? To) : DomainEvent;

/// <summary>A membership got its last day.</summary>
public sealed record MembershipEnded(Guid Person, Guid? Committee, DateOnly On) : DomainEvent;
