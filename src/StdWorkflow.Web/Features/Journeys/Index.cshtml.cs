using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.Journeys;

/// <summary>The family of a work item as one journey.</summary>
public sealed class IndexModel(JourneyReader journeys, TimeProvider clock) : PageModel
{
    public string Code { get; private set; } = "";
    public JourneyView Journey { get; private set; } = null!;
    public JourneyMember This => Journey.Members.First(member => member.IsThis);
    public DateOnly Today { get; private set; }

    public async Task<IActionResult> OnGetAsync(string code, CancellationToken stop)
    {
        if (await journeys.ReadAsync(code, stop) is not { } found) return NotFound();
        (Code, Journey, Today) = (code, found, Instants.DateIn(clock.UtcNow()));
        return Page();
    }
}
