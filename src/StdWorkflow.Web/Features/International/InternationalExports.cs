using Microsoft.EntityFrameworkCore;
using StdWorkflow.Web.Exports;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.International;

/// <summary>Projects of ISO and IEC as files and as a feed.</summary>
internal static class InternationalExports
{
    public static IListExport Projects { get; } = new ListExport<ForeignProjectApi.Line>(
        "foreign-projects", InternationalLinks.List, "/foreign-projects",
        (services, query, _) => Task.FromResult<IAsyncEnumerable<ForeignProjectApi.Line>?>(
            ForeignProjectApi.Select(IndexModel.Sorted(QueryFilter.Read<ForeignProjectFilter>(query).Apply(services.GetRequiredService<Visible>()), query["sort"])).AsAsyncEnumerable()),
        async (services, query, stop) => await QueryFilter.Read<ForeignProjectFilter>(query).Apply(services.GetRequiredService<Visible>())
            .OrderByDescending(project => project.ChangedAtUtc).ThenByDescending(project => project.Number).Take(Feeds.Entries)
            .Select(project => new FeedEntry(project.Id, project.Reference, project.Title, InternationalLinks.List + "/" + project.Number, project.ChangedAtUtc, project.Stage)).ToListAsync(stop),
        ("Column.number", line => line.Number), ("Column.reference", line => line.Reference), ("Column.titleZh", line => line.Title.Zh), ("Column.titleEn", line => line.Title.En),
        ("Column.type", line => line.Type), ("Column.committee", line => line.Committee), ("Column.stage", line => line.Stage), ("Column.since", line => line.StageSince),
        ("Column.asOf", line => line.AsOf), ("Column.updated", line => line.Updated));
}
