using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;

namespace StdWorkflow.Web.Features.Processes;

/// <summary>Process definitions by key and version. A version never changes, so each is read and parsed once.</summary>
public sealed class ProcessCatalog
{
    /// <summary>The process that a form proposes for a kind of work item, where several are there to choose from.</summary>
    public static string UsualFor(WorkItemKind kind) => kind switch
    {
        WorkItemKind.PreResearch => "pre-research",
        WorkItemKind.Conversion => "outbound-proposal",
        WorkItemKind.Maintenance => "gb-review",
        _ => "gb-t-normal",
    };

    private readonly ConcurrentDictionary<(string Key, int Version), ProcessDefinition> known = new();

    /// <summary>The definition that a track pins.</summary>
    public async Task<ProcessDefinition> OfAsync(IQueryable<ProcessRecord> processes, string key, int version, CancellationToken stop)
    {
        if (known.TryGetValue((key, version), out var definition)) return definition;
        var json = await processes.Where(record => record.Key == key && record.DefinitionVersion == version).Select(record => record.Json).SingleAsync(stop);
        return Keep(json);
    }

    /// <summary>The definition that new tracks take, or null when there is none of that key.</summary>
    public async Task<ProcessDefinition?> CurrentAsync(IQueryable<ProcessRecord> processes, string key, CancellationToken stop)
    {
        var current = await processes.Where(record => record.Key == key && record.IsCurrent).Select(record => new { record.DefinitionVersion }).SingleOrDefaultAsync(stop);
        return current is null ? null : await OfAsync(processes, key, current.DefinitionVersion, stop);
    }

    /// <summary>All definitions that new tracks may take, by key.</summary>
    public async Task<IReadOnlyList<ProcessDefinition>> CurrentAsync(IQueryable<ProcessRecord> processes, CancellationToken stop)
    {
        var current = await processes.Where(record => record.IsCurrent).OrderBy(record => record.Key).Select(record => new { record.Key, record.DefinitionVersion }).ToListAsync(stop);
        var missing = current.Where(version => !known.ContainsKey((version.Key, version.DefinitionVersion))).ToList();
        if (missing.Count > 0)
        {
            foreach (var json in await processes.Where(record => record.IsCurrent).Select(record => record.Json).ToListAsync(stop)) Keep(json);
        }

        return [.. current.Select(version => known[(version.Key, version.DefinitionVersion)])];
    }

    /// <summary>Those of them that can drive a track of that kind.</summary>
    public async Task<IReadOnlyList<ProcessDefinition>> CurrentAsync(IQueryable<ProcessRecord> processes, TrackKind kind, CancellationToken stop) =>
        [.. (await CurrentAsync(processes, stop)).Where(definition => definition.Drives.Contains(kind))];

    private ProcessDefinition Keep(string json)
    {
        var definition = DefinitionReader.ReadStored(json).Value;
        return known.GetOrAdd((definition.Key, definition.Version), definition);
    }
}
