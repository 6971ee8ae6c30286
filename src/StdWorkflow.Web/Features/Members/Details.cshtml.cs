using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Features.Account;
using StdWorkflow.Web.Features.Committees;
using StdWorkflow.Web.Features.Shared;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Members;

/// <summary>One membership, for those who manage members: its term, how to end it, the invitation to sign in, its history.</summary>
public sealed class DetailsModel(Visible visible, CurrentUser me, UseCases useCases, TimelineReader timeline, TimeProvider clock) : PageModel, IShowsVersion
{
    public sealed record Entry
    {
        public DateOnly? To { get; init; }
        public string? Reason { get; init; }
    }

    public Entry Form { get; private set; } = new();
    public Committee Committee { get; private set; } = null!;
    public Membership Membership { get; private set; } = null!;
    public Person Person { get; private set; } = null!;
    public Position Position { get; private set; } = null!;
    public LocalizedText? Organization { get; private set; }
    public IReadOnlyList<TimelineEntry> History { get; private set; } = [];
    public DateOnly Today { get; private set; }
    public int SeenVersion { get; private set; }
    public bool MayStillEnd => Membership.To is not { } last || last > Membership.From;

    [TempData]
    public bool WasInvited { get; set; }

    public Task<IActionResult> OnGetAsync(string code, Guid membership, CancellationToken stop) => ShowAsync(code, membership, null, stop);

    public async Task<IActionResult> OnPostAsync(string code, Guid membership, Entry form, int seenVersion, CancellationToken stop)
    {
        Form = form;
        var result = await useCases.RunAsync(new EndMembership(membership, form.To, form.Reason, seenVersion), stop);
        if (result.IsOk) return Redirect(CommitteeLinks.Membership(code, membership));
        ModelState.Add(result, nameof(Form));
        return await ShowAsync(code, membership, result.Problem.Code == Problem.ConflictCode ? null : seenVersion, stop);
    }

    public async Task<IActionResult> OnPostInviteAsync(string code, Guid membership, CancellationToken stop)
    {
        var person = await visible.Memberships.Where(held => held.Id == membership).Select(held => held.PersonId).SingleOrDefaultAsync(stop);
        var result = await useCases.RunAsync(new InviteMember(code, person), stop);
        WasInvited = result.IsOk;
        if (result.IsOk) return Redirect(CommitteeLinks.Membership(code, membership));
        ModelState.Add(result, "");
        return await ShowAsync(code, membership, null, stop);
    }

    private async Task<IActionResult> ShowAsync(string code, Guid membership, int? seenVersion, CancellationToken stop)
    {
        var found = await (
            from held in visible.Memberships
            where held.Id == membership
            join committee in visible.Committees on held.CommitteeId equals committee.Id
            where committee.Code == code
            join position in visible.Positions on held.PositionId equals position.Id
            select new { held, committee, position }).SingleOrDefaultAsync(stop);
        if (found is null) return NotFound();
        if (!me.May(Permission.ManageMembers, found.committee.Id)) return Forbid();

        (Committee, Membership, Position) = (found.committee, found.held, found.position);
        Person = await visible.People.SingleAsync(known => known.Id == Membership.PersonId, stop);
        Organization = await visible.Organizations.Where(known => known.Id == Membership.OrganizationId).Select(known => known.Name).SingleOrDefaultAsync(stop);
        SeenVersion = seenVersion ?? Membership.Version;
        Today = Instants.DateIn(clock.UtcNow());
        History = await timeline.ReadAsync(nameof(Membership), membership, Mentions, stop);
        return Page();
    }

    private object?[] Mentions(DomainEvent happened) => happened switch
    {
        MemberAppointed appointed => [Person.FullName, Position.Name, appointed.From],
        MembershipEnded ended => [ended.On],
        _ => [],
    };
}
