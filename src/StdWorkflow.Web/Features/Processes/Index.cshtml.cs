using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Processes;

public sealed class IndexModel(Visible visible, CurrentUser me, ProcessCatalog processes) : PageModel
{
    public bool MayAdminister => me.MayEverywhere(Permission.Administer);
    public IReadOnlyList<(ProcessDefinition Definition, int Running)> Processes { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        var running = await (
            from item in visible.WorkItems
            from track in item.Tracks
            where track.End == null
            group track by track.ProcessKey into many
            select new { many.Key, Count = many.Count() }).ToDictionaryAsync(many => many.Key, many => many.Count, stop);
        Processes = [.. (await processes.CurrentAsync(visible.Processes, stop)).Select(definition => (definition, running.GetValueOrDefault(definition.Key))).OrderBy(known => known.definition.First.Phase)];
    }
}
