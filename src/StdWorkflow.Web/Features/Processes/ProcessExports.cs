using Microsoft.EntityFrameworkCore;
using StdWorkflow.Web.Exports;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Processes;

/// <summary>Processes as files and as a feed: those that new work may take.</summary>
internal static class ProcessExports
{
    public static IListExport Processes { get; } = new ListExport<ProcessApi.Line>(
        "processes", ProcessLinks.List, "/processes",
        async (services, _, stop) => (await ProcessApi.LinesAsync(services.GetRequiredService<Visible>(), services.GetRequiredService<ProcessCatalog>(), stop)).ToAsyncEnumerable(),
        async (services, _, stop) => await services.GetRequiredService<Visible>().Processes.Where(known => known.IsCurrent)
            .OrderByDescending(known => known.ChangedAtUtc).ThenBy(known => known.Key).Take(Feeds.Entries)
            .Select(known => new FeedEntry(known.Id, known.Key, known.Name, ProcessLinks.List + "/" + known.Key, known.ChangedAtUtc, null)).ToListAsync(stop),
        ("Column.code", line => line.Key), ("Column.version", line => line.Version), ("Column.titleZh", line => line.Name.Zh), ("Column.titleEn", line => line.Name.En),
        ("Column.phase", line => line.FirstPhase), ("Column.stages", line => line.Stages));
}
