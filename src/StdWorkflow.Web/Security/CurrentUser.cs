using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Localization;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Security;

/// <summary>
/// Who asks, in which language, and what they may do where. Read once per request, in one statement. A grant on a committee
/// holds for everything below it; a grant without committee holds everywhere.
/// </summary>
public sealed class CurrentUser
{
    private readonly AppDbContext? db;
    private readonly TimeProvider clock;
    private readonly IdentityOptions identity;
    private Dictionary<Permission, Reach> grants = [];
    private bool mayEverything;
    private Guid? user;

    internal CurrentUser(AppDbContext? db, TimeProvider clock, IdentityOptions identity) => (this.db, this.clock, this.identity) = (db, clock, identity);

    /// <summary>The person who signed in, or null.</summary>
    public Guid? Person { get; private set; }

    /// <summary>The person's full name; empty for visitors.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The committees in which the person sits, by designation; not those below.</summary>
    public IReadOnlyList<(string Code, string Designation)> Committees { get; private set; } = [];

    /// <summary>The language that the person chose, or null.</summary>
    public Language? Chosen { get; private set; }

    /// <summary>The language of this answer.</summary>
    public Language Language => Reader.Language;

    /// <summary>True for a person who signed in.</summary>
    public bool IsSignedIn => Person is not null;

    /// <summary>Who is written down as having done it.</summary>
    public Actor Actor { get; private set; } = Actor.Visitor;

    /// <summary>True when the person may do this in that committee.</summary>
    public bool May(Permission permission, Guid? committee) =>
        permission == Permission.None || MayEverywhere(permission)
        || (committee is { } id && grants.TryGetValue(permission, out var reach) && reach.Committees.Contains(id));

    /// <summary>True when the person may do this everywhere.</summary>
    public bool MayEverywhere(Permission permission) =>
        permission == Permission.None || mayEverything || (grants.TryGetValue(permission, out var reach) && reach.IsEverywhere);

    /// <summary>True when the person may do this in at least one committee.</summary>
    public bool MaySomewhere(Permission permission) => permission == Permission.None || mayEverything || grants.ContainsKey(permission);

    /// <summary>The committees in which the person may do this, those below included. Ask <see cref="MayEverywhere"/> first.</summary>
    public IReadOnlyCollection<Guid> CommitteesWhereMay(Permission permission) =>
        grants.TryGetValue(permission, out var reach) ? reach.Committees : [];

    /// <summary>Somebody who is not a person and may do everything: a job, an import, the starter.</summary>
    internal static CurrentUser System(Actor actor) => new(null, TimeProvider.System, new IdentityOptions()) { Actor = actor, Person = actor.Person, mayEverything = true };

    /// <summary>Reads who the signed-in principal is. False when it is no longer valid: the account is gone or its stamp changed.</summary>
    internal async Task<bool> LoadAsync(ClaimsPrincipal principal, CancellationToken stop)
    {
        if (!Guid.TryParse(principal.FindFirstValue(identity.ClaimsIdentity.UserIdClaimType), out var id)) return false;
        var stamp = await ReadAsync(id, stop);
        if (stamp is not null && stamp == principal.FindFirstValue(identity.ClaimsIdentity.SecurityStampClaimType)) return true;
        Forget();
        return false;
    }

    /// <summary>Takes over what another scope has read.</summary>
    internal void BecomeAs(CurrentUser other) =>
        (Person, Name, Committees, Chosen, Actor, grants, mayEverything, user) = (other.Person, other.Name, other.Committees, other.Chosen, other.Actor, other.grants, other.mayEverything, other.user);

    /// <summary>Takes over who another scope speaks for, and reads anew what they may do.</summary>
    internal async Task ReloadAsAsync(CurrentUser other, CancellationToken stop)
    {
        BecomeAs(other);
        if (user is { } id) await ReadAsync(id, stop);
    }

    private async Task<string?> ReadAsync(Guid id, CancellationToken stop)
    {
        var today = Instants.DateIn(clock.UtcNow());
        var found = await (
            from login in db!.Users.AsNoTracking()
            from person in db.Set<Person>().Where(person => person.Id == login.PersonId)
            where login.Id == id
            select new
            {
                login.SecurityStamp,
                person.Id,
                person.FullName,
                person.Language,
                Grants = (
                    from membership in db.Set<Membership>().Where(held => held.PersonId == person.Id && held.From <= today && (held.To == null || held.To >= today))
                    from position in db.Set<Position>().Where(position => position.Id == membership.PositionId)
                    from committee in db.Committees.Where(committee => committee.Id == membership.CommitteeId).DefaultIfEmpty()
                    from below in db.CommitteeAncestors.Where(link => link.AncestorId == membership.CommitteeId).DefaultIfEmpty()
                    select new { position.PermissionNames, membership.CommitteeId, Code = committee == null ? null : committee.Code, Designation = committee == null ? null : committee.Designation, Below = below == null ? (Guid?)null : below.CommitteeId }).ToList(),
            }).AsSingleQuery().SingleOrDefaultAsync(stop);

        Forget();
        if (found is null) return null;

        (user, Person, Name, Chosen, Actor) = (id, found.Id, found.FullName, found.Language, Actor.OfPerson(found.Id));
        Committees = [.. found.Grants.Where(row => row.Code is not null).Select(row => (row.Code!, row.Designation!)).Distinct().OrderBy(committee => committee.Item2, StringComparer.Ordinal)];
        foreach (var row in found.Grants)
            foreach (var permission in Position.Parse(row.PermissionNames))
            {
                if (!grants.TryGetValue(permission, out var reach)) grants.Add(permission, reach = new Reach());
                if (row.CommitteeId is not { } committee) reach.IsEverywhere = true;
                else reach.Committees.Add(row.Below ?? committee);
            }

        return found.SecurityStamp;
    }

    private void Forget() => (user, Person, Name, Committees, Chosen, Actor, grants) = (null, null, "", [], null, Actor.Visitor, []);

    private sealed class Reach
    {
        public bool IsEverywhere { get; set; }

        public HashSet<Guid> Committees { get; } = [];
    }
}
