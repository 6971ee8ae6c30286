using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Requests;

public sealed class IndexModel(Visible visible, CurrentUser me, ProcessCatalog processes, TimeProvider clock) : PageModel
{
    public string Show { get; private set; } = "";
    public Page<RequestLine> Lines { get; private set; } = null!;
    public StepNames Names { get; private set; } = null!;
    public DateTime NowUtc { get; private set; }

    public bool MayDecide(RequestLine line) => line.IsOpen && me.May(Permission.Advance, line.CommitteeId);

    public async Task OnGetAsync(RequestFilter filter, [FromQuery(Name = "page")] int? page, CancellationToken stop)
    {
        (Show, NowUtc) = (filter.ShownTo(me), clock.UtcNow());
        var found = filter.Apply(visible, me);
        Lines = await RequestLines.Select(filter.Sort(found, me), visible).ToPageAsync(found, page ?? 1, stop);
        Names = await StepNames.ReadAsync(Lines.Rows, visible, processes, stop);
    }
}
