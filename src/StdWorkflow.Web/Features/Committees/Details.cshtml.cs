using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Features.International;
using StdWorkflow.Web.Features.Shared;
using StdWorkflow.Web.Localization;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Committees;

public sealed class DetailsModel(Visible visible, CurrentUser me, TimelineReader timeline, TimeProvider clock) : PageModel
{
    private const int NewestShown = 10;

    /// <summary>Another committee, as a link.</summary>
    public sealed record Near(string Code, string Designation, LocalizedText Name, CommitteeKind Kind, CommitteeStatus Status);

    /// <summary>A mirror link, seen from here.</summary>
    public sealed record MirrorLine(Near Committee, Source Source);

    /// <summary>Somebody's time in a position.</summary>
    public sealed record Seat(Guid Membership, string Person, LocalizedText Position, LocalizedText? Organization, DateOnly From, DateOnly? To, bool IsDemo);

    public Committee Committee { get; private set; } = null!;
    public bool IsInternational { get; private set; }
    public IReadOnlyList<Near> Above { get; private set; } = [];
    public IReadOnlyList<Near> Below { get; private set; } = [];
    public IReadOnlyList<MirrorLine> Mirrors { get; private set; } = [];
    public IReadOnlyList<MirrorLine> MirroredBy { get; private set; } = [];
    public LocalizedText? Secretariat { get; private set; }
    public IReadOnlyList<Seat> Members { get; private set; } = [];
    public IReadOnlyList<Seat> Former { get; private set; } = [];
    public IReadOnlyList<Seat> Future { get; private set; } = [];
    public IReadOnlyList<CommitteeFact> Seats { get; private set; } = [];
    public int Running { get; private set; }
    public int ForeignProjects { get; private set; }
    public IReadOnlyList<TimelineEntry> Newest { get; private set; } = [];
    public IReadOnlyList<TimelineEntry> Older { get; private set; } = [];
    public DateOnly Today { get; private set; }
    public DateOnly On { get; private set; }
    public bool IsOnReadable { get; private set; } = true;
    public string? OnTyped { get; private set; }
    public bool MayManage => me.May(Permission.ManageCommittee, Committee.Id);
    public bool MayAppoint => me.May(Permission.ManageMembers, Committee.Id);

    public async Task<IActionResult> OnGetAsync(string code, string? on, CancellationToken stop)
    {
        var committee = await visible.Committees.Include(known => known.Facts).Include(known => known.WorkPlan).Include(known => known.Mirrors).AsSplitQuery()
            .SingleOrDefaultAsync(known => known.Code == code, stop);
        if (committee is null) return await FindByDesignationAsync(code, stop) is { } found ? RedirectPermanent(CommitteeLinks.Details(found) + Request.QueryString) : NotFound();

        Committee = committee;
        Today = Instants.DateIn(clock.UtcNow());
        OnTyped = string.IsNullOrWhiteSpace(on) ? null : on.Trim();
        IsOnReadable = OnTyped is null || DateOnly.TryParseExact(OnTyped, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
        On = OnTyped is not null && IsOnReadable ? DateOnly.ParseExact(OnTyped, "yyyy-MM-dd", CultureInfo.InvariantCulture) : Today;

        await ReadNeighboursAsync(stop);
        await ReadMembersAsync(stop);
        Seats = [.. committee.Facts.Where(fact => fact.Number is not null && fact.Key is "member-seats" or "observer-seats").OrderBy(fact => fact.SortOrder)];

        var family = visible.CommitteeAncestors.Where(link => link.AncestorId == committee.Id).Select(link => link.CommitteeId);
        Running = await visible.RunningWorkItems().CountAsync(item => family.Contains(item.CommitteeId!.Value), stop);
        if (IsInternational) ForeignProjects = await visible.ForeignProjects.CountAsync(project => project.CommitteeId != null && family.Contains(project.CommitteeId.Value), stop);

        var ids = committee.Mirrors.Select(mirror => mirror.OtherCommitteeId).ToList();
        var names = await visible.Committees.Where(known => ids.Contains(known.Id)).ToDictionaryAsync(known => known.Id, known => known.Designation, stop);
        var history = await timeline.ReadAsync(nameof(Domain.Committees.Committee), committee.Id, happened => CommitteeSentences.Arguments(happened, committee, names), stop, CommitteeLinks.AsOf(code));
        (Newest, Older) = ([.. history.Take(NewestShown)], [.. history.Skip(NewestShown)]);
        return Page();
    }

    private async Task ReadNeighboursAsync(CancellationToken stop)
    {
        Above = await (
            from link in visible.CommitteeAncestors
            where link.CommitteeId == Committee.Id && link.Depth > 0
            join known in visible.Committees on link.AncestorId equals known.Id
            orderby link.Depth descending
            select new Near(known.Code, known.Designation, known.Name, known.Kind, known.Status)).ToListAsync(stop);
        IsInternational = (Above.Count > 0 ? Above[0].Kind : Committee.Kind) == CommitteeKind.International;

        var below = await visible.Committees.Where(known => known.ParentId == Committee.Id).Select(known => new Near(known.Code, known.Designation, known.Name, known.Kind, known.Status)).ToListAsync(stop);
        Below = [.. below.OrderBy(known => known.Kind).ThenBy(known => SortKeys.Of(known.Designation), StringComparer.Ordinal)];

        var others = Committee.Mirrors.Select(mirror => mirror.OtherCommitteeId).ToList();
        var towards = await visible.Committees.Where(known => others.Contains(known.Id))
            .Select(known => new { known.Id, Near = new Near(known.Code, known.Designation, known.Name, known.Kind, known.Status) }).ToListAsync(stop);
        Mirrors = [.. towards.OrderBy(other => SortKeys.Of(other.Near.Designation), StringComparer.Ordinal)
            .Select(other => new MirrorLine(other.Near, SourceOf(Committee.Mirrors.First(mirror => mirror.OtherCommitteeId == other.Id))))];

        var from = await (
            from known in visible.Committees
            from mirror in known.Mirrors
            where mirror.OtherCommitteeId == Committee.Id
            select new { Near = new Near(known.Code, known.Designation, known.Name, known.Kind, known.Status), mirror.SourceReference, mirror.SourceVerified }).ToListAsync(stop);
        MirroredBy = [.. from.OrderBy(other => SortKeys.Of(other.Near.Designation), StringComparer.Ordinal).Select(other => new MirrorLine(other.Near, new Source(other.SourceReference, other.SourceVerified)))];

        if (Committee.SecretariatId is { } secretariat)
            Secretariat = await visible.Organizations.Where(known => known.Id == secretariat).Select(known => known.Name).SingleAsync(stop);
    }

    private async Task ReadMembersAsync(CancellationToken stop)
    {
        var seats = await (
            from held in visible.Memberships
            where held.CommitteeId == Committee.Id
            join person in visible.People on held.PersonId equals person.Id
            join position in visible.Positions on held.PositionId equals position.Id
            from organization in visible.Organizations.Where(known => known.Id == held.OrganizationId).DefaultIfEmpty()
            orderby position.SortOrder, held.From, person.Reading, person.FullName
            select new { Held = held, person.FullName, Position = position.Name, Organization = organization == null ? null : organization.Name, person.IsDemo }).ToListAsync(stop);

        var all = seats.ConvertAll(seat => (seat.Held, Seat: new Seat(seat.Held.Id, seat.FullName, seat.Position, seat.Organization, seat.Held.From, seat.Held.To, seat.Held.IsDemo || seat.IsDemo)));
        Members = [.. all.Where(one => one.Held.HoldsOn(On)).Select(one => one.Seat)];
        Former = [.. all.Where(one => one.Held.To < On).Select(one => one.Seat).OrderByDescending(seat => seat.To)];
        Future = [.. all.Where(one => one.Held.From > On).Select(one => one.Seat)];
    }

    /// <summary>A designation as people or the national platform write it, with or without its slashes and blanks: <c>TC28SC42</c>, <c>SAC/TC28/SC42</c>.</summary>
    private async Task<string?> FindByDesignationAsync(string text, CancellationToken stop)
    {
        // What stands in an address keeps its slashes escaped.
        var plain = Slug.Of(text.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase)).Replace("-", "", StringComparison.Ordinal);
        if (plain.Length is 0 or > Limits.Code) return null;
        string[] codes = [plain, $"sac{plain}"];
        string[] designations = [.. codes.Select(code => code.ToUpperInvariant())];
        return await visible.Committees
            .Where(known => codes.Contains(known.Code.Replace("-", "")) || designations.Contains(known.Designation.Replace("/", "").Replace(" ", "").Replace("-", "")))
            .OrderBy(known => known.Code).Select(known => known.Code).FirstOrDefaultAsync(stop);
    }

    private static Source SourceOf(Mirror mirror) => new(mirror.SourceReference, mirror.SourceVerified);
}
