using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Consultations;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Features.Shared;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Consultations;

[EnableRateLimiting(RateLimits.Comments)]
public sealed class DetailsModel(Visible visible, CurrentUser me, UseCases useCases, TimelineReader timeline, TimeProvider clock) : PageModel
{
    public sealed record Entry
    {
        public List<CommentEntry> Comments { get; init; } = [];
        public string? Name { get; init; }
        public string? Organization { get; init; }
        public string? Email { get; init; }
        public bool MayPublishName { get; init; }
        public string? Remark { get; init; }
    }

    public sealed record Manager(string Code, string Designation, LocalizedText Name, LocalizedText? Secretariat, string? Mail);

    public Entry Form { get; private set; } = new() { Comments = [new CommentEntry()] };
    public ConsultationLine Period { get; private set; } = null!;
    public Manager? Committee { get; private set; }
    public DateTime NowUtc { get; private set; }
    public IReadOnlyList<TimelineEntry> History { get; private set; } = [];
    public DateOnly? EndedOn { get; private set; }
    public bool IsOpen => Period.IsOpen(NowUtc);

    /// <summary>What was typed stays on the page, even when the period ended meanwhile.</summary>
    public bool ShowsForm => IsOpen || Form.Comments.Any(comment => !comment.IsBlank);

    public bool MayAddAnother => Form.Comments.Count < SubmitComments.Most;
    public bool May(Permission permission) => me.May(permission, Period.CommitteeId);

    public Task<IActionResult> OnGetAsync(string number, CancellationToken stop) => ShowAsync(number, stop);

    public async Task<IActionResult> OnPostAsync(string number, Entry form, CancellationToken stop)
    {
        Form = AtLeastOne(form);
        var result = await useCases.RunAsync(new SubmitComments(number, form.Comments, form.Name, form.Organization, form.Email, form.MayPublishName, form.Remark), stop);
        if (result.IsOk) return Redirect(ConsultationLinks.Receipt(result.Value));
        ModelState.Add(result, nameof(Form));
        return await ShowAsync(number, stop);
    }

    /// <summary>One more block, without script: nothing is sent in, and what was typed stays.</summary>
    public Task<IActionResult> OnPostAnotherAsync(string number, Entry form, CancellationToken stop)
    {
        Form = AtLeastOne(form);
        if (MayAddAnother) Form = Form with { Comments = [.. Form.Comments, new CommentEntry()] };
        return ShowAsync(number, stop);
    }

    private static Entry AtLeastOne(Entry form) => form.Comments.Count > 0 ? form : form with { Comments = [new CommentEntry()] };

    private async Task<IActionResult> ShowAsync(string number, CancellationToken stop)
    {
        var found = await ConsultationLines.Select(ConsultationLines.All(visible).Where(row => row.Period.Code == number), visible).SingleOrDefaultAsync(stop);
        if (found is null) return NotFound();
        (Period, NowUtc) = (found, clock.UtcNow());
        EndedOn = await found.EndedOnAsync(visible, NowUtc, stop);
        if (found.CommitteeId is { } id)
        {
            var committee = await visible.Committees.Where(known => known.Id == id).Select(known => new { known.Code, known.Designation, known.Name, known.SecretariatId, known.PublicMail }).SingleAsync(stop);
            var secretariat = await visible.Organizations.Where(known => known.Id == committee.SecretariatId).Select(known => known.Name).SingleOrDefaultAsync(stop);
            Committee = new Manager(committee.Code, committee.Designation, committee.Name, secretariat, committee.PublicMail);
        }

        History = await timeline.ReadAsync(nameof(Consultation), found.Id, ConsultationSentences.Arguments, stop);
        return Page();
    }
}
