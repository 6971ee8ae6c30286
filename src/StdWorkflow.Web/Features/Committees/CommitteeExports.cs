using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;
using StdWorkflow.Web.Exports;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Committees;

/// <summary>Committees, and who sits in one, as files.</summary>
internal static class CommitteeExports
{
    private sealed record Seat(string Name, LocalizedText Position, LocalizedText? Organization, DateOnly From, DateOnly? To, string? Email, bool IsDemo);

    public static IListExport Committees { get; } = new ListExport<CommitteeApi.Line>(
        "committees", CommitteeLinks.List,
        (services, query, _) =>
        {
            var (visible, filter) = (services.GetRequiredService<Visible>(), IndexModel.Filter.Read(QueryFilter.Read<IndexModel.Filter>(query)));
            var lines = CommitteeApi.Select(visible.Committees.OrderBy(committee => committee.Code), visible).AsAsyncEnumerable()
                .Where(line => filter.Finds(line.Kind, line.Status, line.Designation, line.Code, line.Name.Zh, line.Name.En));
            return Task.FromResult<IAsyncEnumerable<CommitteeApi.Line>?>(lines);
        },
        ("Column.code", line => line.Code), ("Column.designation", line => line.Designation), ("Column.titleZh", line => line.Name.Zh), ("Column.titleEn", line => line.Name.En),
        ("Column.kind", line => line.Kind), ("Column.status", line => line.Status), ("Column.parent", line => line.Parent), ("Column.isDemo", line => line.IsDemo), ("Column.updated", line => line.Updated));

    public static IListExport Members { get; } = new ListExport<Seat>(
        "members", CommitteeLinks.List,
        async (services, query, stop) =>
        {
            var (visible, code) = (services.GetRequiredService<Visible>(), query["committee"].ToString());
            var committee = await visible.Committees.Where(known => known.Code == code).Select(known => (Guid?)known.Id).SingleOrDefaultAsync(stop);
            if (committee is null) return null;
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
        ("Column.name", seat => seat.Name), ("Column.position", seat => seat.Position), ("Column.organization", seat => seat.Organization), ("Column.from", seat => seat.From),
        ("Column.to", seat => seat.To), ("Column.email", seat => seat.Email), ("Column.isDemo", seat => seat.IsDemo));
}
