using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;
using StdWorkflow.Web.Exports;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Committees;

/// <summary>Committees, and who sits in one, as files and feeds.</summary>
internal static class CommitteeExports
{
    private sealed record Seat(string Name, LocalizedText Position, LocalizedText? Organization, DateOnly From, DateOnly? To, string? Email, bool IsDemo);

    public static IListExport Committees { get; } = new ListExport<CommitteeApi.Line>(
        "committees", CommitteeLinks.List, "/committees",
        (services, query, _) => Task.FromResult<IAsyncEnumerable<CommitteeApi.Line>?>(Lines(services, query, committees => committees.OrderBy(committee => committee.Code))),
        async (services, query, stop) => await Lines(services, query, committees => committees.OrderByDescending(committee => committee.ChangedAtUtc).ThenBy(committee => committee.Code)).Take(Feeds.Entries)
            .Select(line => new FeedEntry(line.Id, line.Designation, line.Name, CommitteeLinks.Details(line.Code), line.Updated, null)).ToListAsync(stop),
        ("Column.code", line => line.Code), ("Column.designation", line => line.Designation), ("Column.titleZh", line => line.Name.Zh), ("Column.titleEn", line => line.Name.En),
        ("Column.kind", line => line.Kind), ("Column.status", line => line.Status), ("Column.parent", line => line.Parent), ("Column.isDemo", line => line.IsDemo), ("Column.updated", line => line.Updated));

    public static IListExport Members { get; } = new ListExport<Seat>(
        "members", CommitteeLinks.List + "/{committee}", null,
        async (services, query, stop) =>
        {
            var visible = services.GetRequiredService<Visible>();
            if (await FindAsync(visible, query, stop) is not { } committee) return null;
            var withAddress = visible.MaySeeAddresses;
            return (
                from held in visible.Memberships
                where held.CommitteeId == committee
                join person in visible.People on held.PersonId equals person.Id
                join position in visible.Positions on held.PositionId equals position.Id
                orderby position.SortOrder, held.From, person.FullName, held.Id
                select new Seat(
                    person.FullName, position.Name, visible.Organizations.Where(known => known.Id == held.OrganizationId).Select(known => known.Name).FirstOrDefault(),
                    held.From, held.To, withAddress ? person.Email : null, held.IsDemo)).AsAsyncEnumerable();
        },
        async (services, query, stop) =>
        {
            var (visible, page) = (services.GetRequiredService<Visible>(), CommitteeLinks.Details(query["committee"].ToString()));
            if (await FindAsync(visible, query, stop) is not { } committee) return null;
            return await (
                from held in visible.Memberships
                where held.CommitteeId == committee
                join person in visible.People on held.PersonId equals person.Id
                join position in visible.Positions on held.PositionId equals position.Id
                orderby held.ChangedAtUtc descending, held.Id
                select new FeedEntry(held.Id, person.FullName, position.Name, page, held.ChangedAtUtc, null)).Take(Feeds.Entries).ToListAsync(stop);
        },
        ("Column.name", seat => seat.Name), ("Column.position", seat => seat.Position), ("Column.organization", seat => seat.Organization), ("Column.from", seat => seat.From),
        ("Column.to", seat => seat.To), ("Column.email", seat => seat.Email), ("Column.isDemo", seat => seat.IsDemo));

    private static IAsyncEnumerable<CommitteeApi.Line> Lines(IServiceProvider services, IQueryCollection query, Func<IQueryable<Committee>, IQueryable<Committee>> sort)
    {
        var (visible, filter) = (services.GetRequiredService<Visible>(), QueryFilter.Read<CommitteeApi.Filter>(query));
        var lines = CommitteeApi.Select(sort(CommitteeApi.Find(filter, visible)), visible).AsAsyncEnumerable();
        return CommitteeApi.Such(filter) is { } such ? lines.Where(such) : lines;
    }

    private static Task<Guid?> FindAsync(Visible visible, IQueryCollection query, CancellationToken stop)
    {
        var code = query["committee"].ToString();
        return visible.Committees.Where(known => known.Code == code).Select(known => (Guid?)known.Id).SingleOrDefaultAsync(stop);
    }
}
