using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Consultations;

public sealed class EndModel(Visible visible, CurrentUser me, UseCases useCases, TimeProvider clock) : PageModel, IShowsVersion
{
    public sealed record Entry
    {
        public string? Reason { get; init; }
    }

    public Entry Form { get; private set; } = new();
    public ConsultationLine Period { get; private set; } = null!;
    public DateTime NowUtc { get; private set; }
    public DateOnly? EndedOn { get; private set; }
    public int SeenVersion { get; private set; }

    public Task<IActionResult> OnGetAsync(string number, CancellationToken stop) => ShowAsync(number, null, stop);

    public async Task<IActionResult> OnPostAsync(string number, Entry form, int seenVersion, CancellationToken stop)
    {
        Form = form;
        var result = await useCases.RunAsync(new EndConsultation(number, form.Reason, seenVersion), stop);
        if (result.IsOk) return Redirect(ConsultationLinks.Details(number));
        ModelState.Add(result, nameof(Form));
        return await ShowAsync(number, result.Problem.Code == Problem.ConflictCode ? null : seenVersion, stop);
    }

    private async Task<IActionResult> ShowAsync(string number, int? seenVersion, CancellationToken stop)
    {
        var found = await ConsultationLines.Select(ConsultationLines.All(visible).Where(row => row.Period.Code == number), visible).SingleOrDefaultAsync(stop);
        if (found is null) return NotFound();
        if (!me.May(Permission.Consult, found.CommitteeId)) return Forbid();
        (Period, NowUtc, SeenVersion) = (found, clock.UtcNow(), seenVersion ?? found.Version);
        EndedOn = await found.EndedOnAsync(visible, NowUtc, stop);
        return Page();
    }
}
