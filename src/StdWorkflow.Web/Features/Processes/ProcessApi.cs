using System.ComponentModel;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Api;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Processes;

/// <summary>Process definitions for programs.</summary>
internal static class ProcessApi
{
    public sealed record Line(string Key, int Version, LocalizedText Name, Phase FirstPhase, int Stages, IReadOnlyList<TrackKind> Drives, DateTime Updated);

    private static readonly IReadOnlyList<(string Name, Func<Line, string> Of)> Orders = [("code", line => line.Key), ("updated", line => $"{Lists.Ordered(line.Updated)}\n{line.Key}")];

    public static void Map(RouteGroupBuilder api)
    {
        var processes = api.MapGroup("/processes").WithTags("Processes");
        processes.MapGet("", ListAsync).WithOrders(Lists.NamesOf(Orders)).WithSummary("Lists the processes that new work may take, and what each can drive.").Produces<ListAnswer<Line>>();
        processes.MapGet("/{key}", ShowAsync).WithSummary("Shows a process as it is stored: stages, transitions, gates, clocks and their sources.").Produces<JsonElement>();
        processes.MapPost("", PublishAsync).WithSummary("Publishes a new process, or the next version of one; new work takes it from then on.").Produces<JsonElement>(StatusCodes.Status201Created);
    }

    private static Task<IResult> PublishAsync(JsonElement body, Visible visible, ApiCall call, CancellationToken stop) =>
        call.RunAsync(new PublishProcess(body.GetRawText()), async key =>
        {
            var found = await visible.Processes.Where(known => known.Key == key && known.IsCurrent).Select(known => new { known.Json, known.DefinitionVersion }).SingleAsync(stop);
            return call.Created($"/api/v1/processes/{key}", JsonSerializer.Deserialize<JsonElement>(found.Json), found.DefinitionVersion);
        });

    private static async Task<IResult> ListAsync([AsParameters] ListQuery asked, Visible visible, ProcessCatalog processes, Lists lists, ApiCall call, CancellationToken stop) =>
        call.Answer(lists.Cut(asked, Orders, await LinesAsync(visible, processes, stop)));

    internal static async Task<IReadOnlyList<Line>> LinesAsync(Visible visible, ProcessCatalog processes, CancellationToken stop)
    {
        var published = await visible.Processes.Select(known => new { known.Key, known.DefinitionVersion, known.ChangedAtUtc }).ToDictionaryAsync(known => (known.Key, known.DefinitionVersion), known => known.ChangedAtUtc, stop);
        return [.. (await processes.CurrentAsync(visible.Processes, stop)).Select(known => new Line(known.Key, known.Version, known.Name, known.First.Phase, known.Stages.Count, known.Drives, published[(known.Key, known.Version)]))];
    }

    private static async Task<IResult> ShowAsync(string key, [Description("Its version; the current one when not said.")] int? version, Visible visible, ApiCall call, CancellationToken stop)
    {
        var found = await visible.Processes.Where(known => known.Key == key && (version == null ? known.IsCurrent : known.DefinitionVersion == version)).Select(known => new { known.Json, known.DefinitionVersion }).SingleOrDefaultAsync(stop);
        return found is null ? call.NotFound(key) : call.Show(JsonSerializer.Deserialize<JsonElement>(found.Json), found.DefinitionVersion);
    }
}
