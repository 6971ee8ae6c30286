using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Plans;

/// <summary>Plans the days of the stages ahead; a suggestion fills the form in and is stored no sooner than it is sent.</summary>
public sealed class EditModel(PlanReader reader, CurrentUser me, UseCases useCases) : PageModel, IShowsVersion
{
    public sealed record DayEntry
    {
        public string? Stage { get; init; }
        public DateOnly? On { get; init; }
    }

    public sealed record Entry
    {
        public IList<DayEntry> Days { get; init; } = [];
    }

    public Entry Form { get; private set; } = new();
    public PlanView Plan { get; private set; } = null!;
    public IReadOnlyList<Stage> Stages { get; private set; } = [];
    public int? Suggested { get; private set; }
    public int SeenVersion { get; private set; }

    public async Task<IActionResult> OnGetAsync(string code, bool suggest, string? track, CancellationToken stop)
    {
        if (await FindAsync(code, track, null, stop) is { } refused) return refused;
        var suggestion = suggest ? await reader.SuggestAsync(Plan, stop) : [];
        Suggested = suggest ? suggestion.Count : null;
        var days = Plan.Timetable.Stages.ToDictionary(row => row.Stage.Key, row => row.Planned);
        foreach (var day in suggestion) days[day.Stage] = day.On;
        Form = new Entry { Days = [.. Stages.Select(stage => new DayEntry { Stage = stage.Key, On = days.GetValueOrDefault(stage.Key) })] };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string code, Entry form, int seenVersion, string? track, CancellationToken stop)
    {
        Form = form;
        var result = await useCases.RunAsync(new PlanWorkItem(code, [.. form.Days.Select(day => new PlannedDay(day.Stage ?? "", day.On))], seenVersion, track), stop);
        if (result.IsOk) return Redirect(PlanLinks.Item(code, track));
        ModelState.Add(result, nameof(Form));
        if (await FindAsync(code, track, result.Problem.Code == Problem.ConflictCode ? null : seenVersion, stop) is { } refused) return refused;
        // Whoever was first may have moved the item: what was typed goes with the stage that it was typed for, and no problem with a place that is now another's.
        if (!Form.Days.Select(day => day.Stage).SequenceEqual(Stages.Select(stage => stage.Key)))
        {
            Form = new Entry { Days = [.. Stages.Select(stage => new DayEntry { Stage = stage.Key, On = form.Days.FirstOrDefault(day => day.Stage == stage.Key)?.On })] };
            foreach (var key in ModelState.Keys.Where(key => key.Contains("Days[", StringComparison.Ordinal)).ToList()) ModelState.Remove(key);
            foreach (var problem in result.Problems.Where(problem => problem.Field is not null)) ModelState.Add(problem with { Field = null }, "");
        }

        return Page();
    }

    private async Task<IActionResult?> FindAsync(string code, string? track, int? seenVersion, CancellationToken stop)
    {
        if (await reader.FindAsync(code, track, stop) is not { } found) return NotFound();
        if (!me.May(Permission.Edit, found.Item.CommitteeId)) return Forbid();
        (Plan, SeenVersion) = (found, seenVersion ?? found.Item.Version);
        // What was planned beside the way is shown too, so that it can be changed.
        Stages = [.. Timetable.StagesAhead(found.Definition, found.Item.Stage)];
        return null;
    }
}
