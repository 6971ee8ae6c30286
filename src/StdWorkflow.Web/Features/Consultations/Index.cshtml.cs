using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Providers;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Consultations;

public sealed class IndexModel(Visible visible, TimeProvider clock) : PageModel
{
    // More than this many at once has never been seen; who needs the others finds them among the work items.
    private const int MostOpen = 200;

    public DateTime NowUtc { get; private set; }
    public IReadOnlyList<ConsultationLine> Open { get; private set; } = [];
    public Page<ConsultationLine> Over { get; private set; } = null!;

    public async Task OnGetAsync([Microsoft.AspNetCore.Mvc.FromQuery(Name = "page")] int? page, CancellationToken stop)
    {
        NowUtc = clock.UtcNow();
        var now = NowUtc;
        var all = ConsultationLines.All(visible);
        Open = await ConsultationLines.Select(
            all.Where(row => !row.Period.IsClosed && row.Period.ClosesAtUtc >= now).OrderBy(row => row.Period.ClosesAtUtc).ThenBy(row => row.Period.Number), visible)
            .InThisOrder().Take(MostOpen).ToListAsync(stop);
        var over = all.Where(row => row.Period.IsClosed || row.Period.ClosesAtUtc < now);
        Over = await ConsultationLines.Select(over.OrderByDescending(row => row.Period.ClosesAtUtc).ThenByDescending(row => row.Period.Number), visible).ToPageAsync(over, page ?? 1, stop);
    }
}
