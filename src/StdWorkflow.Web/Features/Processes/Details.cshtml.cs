using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Processes;

public sealed class DetailsModel(Visible visible, CurrentUser me, ProcessCatalog processes) : PageModel
{
    public bool MayAdminister => me.MayEverywhere(Permission.Administer);
    public ProcessDefinition Definition { get; private set; } = null!;
    public IReadOnlyList<(int Version, bool IsCurrent)> Versions { get; private set; } = [];
    public IReadOnlyDictionary<string, int> Running { get; private set; } = new Dictionary<string, int>();

    /// <summary>The page of one version: the current one, or the one that is asked for.</summary>
    public async Task<IActionResult> OnGetAsync(string key, int? version, CancellationToken stop)
    {
        if (!ModelState.IsValid) return NotFound();
        Versions = [.. (await visible.Processes.Where(record => record.Key == key).OrderByDescending(record => record.DefinitionVersion)
            .Select(record => new { record.DefinitionVersion, record.IsCurrent }).ToListAsync(stop)).Select(record => (record.DefinitionVersion, record.IsCurrent))];
        var shown = Versions.Where(known => version is null ? known.IsCurrent : known.Version == version).Select(known => (int?)known.Version).FirstOrDefault();
        if (shown is not { } found) return NotFound();
        Definition = await processes.OfAsync(visible.Processes, key, found, stop);
        Running = await (
            from item in visible.WorkItems
            from track in item.Tracks
            where track.ProcessKey == key && track.ProcessVersion == found
            group track by track.StageKey into many
            select new { many.Key, Count = many.Count() }).ToDictionaryAsync(many => many.Key, many => many.Count, stop);
        return Page();
    }
}
