using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Relations;

/// <summary>How far an item adopts which document, and the table of its deviations.</summary>
public sealed class AdoptionModel(Visible visible, CurrentUser me, UseCases useCases) : PageModel, IShowsVersion
{
    public sealed record Entry
    {
        public AdoptionDegree? AdoptionDegree { get; init; }
        public string? AdoptedReference { get; init; }
        public Guid? Deviation { get; init; }
        public string? Clause { get; init; }
        public DeviationKind Kind { get; init; }
        public string? Text { get; init; }
        public string? Reason { get; init; }
    }

    public Entry Form { get; private set; } = new();
    public string Code { get; private set; } = "";
    public LocalizedText Title { get; private set; } = LocalizedText.Empty;
    public AdoptionDegree? Degree { get; private set; }
    public string? DoubleNumber { get; private set; }
    public IReadOnlyList<Deviation> Deviations { get; private set; } = [];
    public int SeenVersion { get; private set; }

    public Task<IActionResult> OnGetAsync(string code, Guid? deviation, CancellationToken stop)
    {
        Form = new Entry { Deviation = deviation };
        return ShowAsync(code, null, stop);
    }

    public Task<IActionResult> OnPostAsync(string code, Entry form, int seenVersion, CancellationToken stop) =>
        RunAsync(form, new StateAdoption(code, form.AdoptionDegree, form.AdoptedReference, seenVersion), stop);

    public Task<IActionResult> OnPostDeviationAsync(string code, Entry form, int seenVersion, CancellationToken stop) =>
        RunAsync(form, new WriteDeviation(code, form.Deviation, form.Clause, form.Kind, form.Text, form.Reason, seenVersion), stop);

    public Task<IActionResult> OnPostRemoveAsync(string code, Entry form, int seenVersion, CancellationToken stop) =>
        RunAsync(form, new RemoveDeviation(code, form.Deviation ?? default, seenVersion), stop);

    private async Task<IActionResult> RunAsync<TCommand>(Entry form, TCommand command, CancellationToken stop) where TCommand : ICommand<Done>, ISeen
    {
        Form = form;
        var code = (string)RouteData.Values["code"]!;
        var result = await useCases.RunAsync(command, stop);
        if (result.IsOk) return Redirect(RelationLinks.Adoption(code));
        ModelState.Add(result, nameof(Form));
        return await ShowAsync(code, result.Problem.Code == Problem.ConflictCode ? null : command.SeenVersion, stop);
    }

    private async Task<IActionResult> ShowAsync(string code, int? seenVersion, CancellationToken stop)
    {
        var item = await visible.WorkItems.Where(known => known.Code == code)
            .Select(known => new { known.Id, known.Title, known.CommitteeId, known.Proposal.AdoptionDegree, known.Proposal.AdoptedReference, known.DoubleNumber, known.Version }).SingleOrDefaultAsync(stop);
        if (item is null) return NotFound();
        if (!me.May(Permission.Edit, item.CommitteeId)) return Forbid();
        (Code, Title, Degree, DoubleNumber, SeenVersion) = (code, item.Title, item.AdoptionDegree, item.DoubleNumber, seenVersion ?? item.Version);
        Deviations = await visible.Deviations.Where(one => one.WorkItemId == item.Id).OrderBy(one => one.Ordinal).ToListAsync(stop);
        if (Request.Method != HttpMethods.Get) return Page();

        if (Form.Deviation is { } asked && Deviations.All(one => one.Id != asked)) return NotFound();
        var chosen = Deviations.FirstOrDefault(one => one.Id == Form.Deviation);
        var adopted = item.AdoptedReference ?? await (
            from link in visible.Lineages
            where link.WorkItemId == item.Id && link.Kind == LineageKind.Adopts
            join project in visible.ForeignProjects on link.FromForeignProjectId equals project.Id
            orderby project.Number
            select project.Reference).FirstOrDefaultAsync(stop);
        Form = new Entry
        {
            AdoptionDegree = item.AdoptionDegree,
            AdoptedReference = adopted,
            Deviation = chosen?.Id,
            Clause = chosen?.Clause,
            Kind = chosen?.Kind ?? (item.AdoptionDegree == AdoptionDegree.MOD ? DeviationKind.Technical : DeviationKind.Editorial),
            Text = chosen?.Text,
            Reason = chosen?.Reason,
        };
        return Page();
    }
}
