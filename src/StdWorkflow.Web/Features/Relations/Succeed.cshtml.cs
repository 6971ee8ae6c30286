using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Relations;

/// <summary>Opens what follows an item: what grows from it, its revision or replacement, its parts, or what it is merged into.</summary>
public sealed class SucceedModel(Visible visible, CurrentUser me, ProcessCatalog processes, UseCases useCases) : PageModel
{
    public sealed record Entry
    {
        public LineageKind? Kind { get; init; }
        public string? Others { get; init; }
        public string? Process { get; init; }
        public string? TitleZh { get; init; }
        public string? TitleEn { get; init; }
    }

    public Entry Form { get; private set; } = new();
    public string Code { get; private set; } = "";
    public LocalizedText Title { get; private set; } = LocalizedText.Empty;
    public LineageKind How { get; private set; }
    public bool CarriesOn { get; private set; }
    public bool TakesOthers => How is LineageKind.Merges or LineageKind.Replaces;
    public bool IsSplit => How == LineageKind.Splits;
    public IReadOnlyList<LineageKind> Ways { get; private set; } = [];
    public Problem? Refusal { get; private set; }

    /// <summary>How many people get mail: who leads what is opened, and who asked for a step that is overtaken with the end of this one.</summary>
    public int Mails { get; private set; }

    public IReadOnlyList<ProcessDefinition> Processes { get; private set; } = [];

    public Task<IActionResult> OnGetAsync(string code, LineageKind? how, CancellationToken stop)
    {
        Form = new Entry { Kind = how };
        return ShowAsync(code, stop);
    }

    public async Task<IActionResult> OnPostAsync(string code, Entry form, CancellationToken stop)
    {
        Form = form;
        var result = await useCases.RunAsync(new OpenSuccessor(code, form.Kind, CodesIn(form.Others), form.Process, TitlesOf(form)), stop);
        if (result.IsOk) return Redirect(WorkItemLinks.Details(form.Kind == LineageKind.Splits ? code : result.Value));
        foreach (var problem in result.Problems) ModelState.Add(problem with { Field = problem.Field is "Title" or "Titles" ? nameof(Entry.TitleZh) : problem.Field }, nameof(Form));
        return await ShowAsync(code, stop);
    }

    /// <summary>Codes as people write them beside each other.</summary>
    internal static IReadOnlyList<string> CodesIn(string? text) =>
        [.. (text ?? "").ToLowerInvariant().Split([' ', '\n', '\r', '\t', ',', ';', '，', '；', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    /// <summary>One title, or to split one on each line: what stands on the same line of both fields belongs together.</summary>
    private static IReadOnlyList<LocalizedText> TitlesOf(Entry form)
    {
        if (form.Kind != LineageKind.Splits) return [new LocalizedText(form.TitleZh, form.TitleEn)];
        var (zh, en) = (LinesIn(form.TitleZh), LinesIn(form.TitleEn));
        return [.. Enumerable.Range(0, Math.Max(zh.Count, en.Count)).Select(index => new LocalizedText(zh.ElementAtOrDefault(index), en.ElementAtOrDefault(index)))];
    }

    private static List<string> LinesIn(string? text) => [.. (text ?? "").TrimEnd().Split('\n', StringSplitOptions.TrimEntries).SkipWhile(line => line.Length == 0)];

    private async Task<IActionResult> ShowAsync(string code, CancellationToken stop)
    {
        var item = await visible.WorkItems.Where(known => known.Code == code)
            .Select(known => new { known.Id, known.Title, known.Kind, known.CommitteeId, known.LeaderId, known.Tracks.First(track => track.Kind == TrackKind.MainText).End, Process = known.Tracks.First(track => track.Kind == TrackKind.MainText).ProcessKey }).SingleOrDefaultAsync(stop);
        if (item is null || Form.Kind is { } asked && (asked == LineageKind.Adopts || !Enum.IsDefined(asked))) return NotFound();
        if (!me.May(Permission.Advance, item.CommitteeId)) return Forbid();
        Ways = Succession.Ways(item.Kind, item.End);
        var grows = Succession.Growing(item.Kind);
        How = Form.Kind ?? (Succession.Next(item.Kind) is not null ? grows : Ways.Count > 0 ? Ways[0] : LineageKind.Replaces);
        (Code, Title, CarriesOn, Refusal) = (code, item.Title, Succession.CarriesOn(How, item.End), Succession.Refusal(How, item.Kind, item.End, code));
        var kind = How == grows ? Succession.Next(item.Kind) : item.Kind;
        Processes = CarriesOn ? [] : [.. (await processes.CurrentAsync(visible.Processes, TrackKind.MainText, stop)).Where(definition => WorkItem.KindOf(definition) == kind)];
        var askers = CarriesOn ? await visible.StepRequests.Where(asked => asked.WorkItemId == item.Id && asked.State == StepRequestState.Open).Select(asked => asked.AskedById).ToListAsync(stop) : [];
        Mails = askers.Concat(item.LeaderId is { } leader ? [leader] : []).Distinct().Count();
        if (Request.Method != HttpMethods.Get) return Page();
        Form = new Entry { Kind = How, Process = kind is not { } opened || CarriesOn ? null : Processes.Any(offered => offered.Key == item.Process) ? item.Process : ProcessCatalog.UsualFor(opened), TitleZh = item.Title.Zh, TitleEn = item.Title.En };
        return Page();
    }
}
