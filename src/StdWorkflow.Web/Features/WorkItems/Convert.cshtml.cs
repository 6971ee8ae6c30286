using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>Opens what grows from an item: the national project from pre-research, the conversion from a national project.</summary>
public sealed class ConvertModel(Visible visible, CurrentUser me, ProcessCatalog processes, UseCases useCases) : PageModel
{
    public sealed record Entry
    {
        public string Process { get; init; } = "";
        public string? TitleZh { get; init; }
        public string? TitleEn { get; init; }
    }

    public Entry Form { get; private set; } = new();
    public string Code { get; private set; } = "";
    public LocalizedText Title { get; private set; } = LocalizedText.Empty;
    public WorkItemKind Kind { get; private set; }
    public WorkItemKind Next { get; private set; }
    public Problem? Refusal { get; private set; }
    public IReadOnlyList<ProcessDefinition> Processes { get; private set; } = [];

    public Task<IActionResult> OnGetAsync(string code, CancellationToken stop) => ShowAsync(code, stop);

    public async Task<IActionResult> OnPostAsync(string code, Entry form, CancellationToken stop)
    {
        Form = form;
        var result = await useCases.RunAsync(new OpenSuccessor(code, form.Process, form.TitleZh, form.TitleEn), stop);
        if (result.IsOk) return Redirect(WorkItemLinks.Details(result.Value));
        foreach (var problem in result.Problems) ModelState.Add(problem with { Field = problem.Field == "Title" ? nameof(Entry.TitleZh) : problem.Field }, nameof(Form));
        return await ShowAsync(code, stop);
    }

    private async Task<IActionResult> ShowAsync(string code, CancellationToken stop)
    {
        var item = await visible.WorkItems.Where(known => known.Code == code)
            .Select(known => new { known.Title, known.Kind, known.CommitteeId, known.Tracks.First(track => track.Kind == TrackKind.MainText).End }).SingleOrDefaultAsync(stop);
        if (item is null || Succession.Next(item.Kind) is not { } next) return NotFound();
        if (!me.May(Permission.Advance, item.CommitteeId)) return Forbid();
        (Code, Title, Kind, Next, Refusal) = (code, item.Title, item.Kind, next, Succession.Refusal(item.Kind, item.End));
        Processes = [.. (await processes.CurrentAsync(visible.Processes, TrackKind.MainText, stop)).Where(definition => WorkItem.KindOf(definition) == next)];
        if (Request.Method == HttpMethods.Get) Form = new Entry { Process = ProcessCatalog.UsualFor(next), TitleZh = item.Title.Zh, TitleEn = item.Title.En };
        return Page();
    }
}
