using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Processes;

/// <summary>Checks a definition, shows what it would change, and publishes it.</summary>
public sealed class PublishModel(Visible visible, CurrentUser me, ProcessCatalog processes, UseCases useCases) : PageModel
{
    private const int MostProblems = 100;

    public sealed record Entry
    {
        public string? Json { get; init; }
    }

    public Entry Form { get; private set; } = new();
    public IReadOnlyList<ProcessDefinition> Processes { get; private set; } = [];

    /// <summary>The process that the form begins with; null for an empty one.</summary>
    public string? From { get; private set; }

    /// <summary>What was checked and found sound; null before that.</summary>
    public ProcessDefinition? Checked { get; private set; }

    /// <summary>The version that it would follow; null for a new process.</summary>
    public ProcessDefinition? Before { get; private set; }
    public IReadOnlyList<DefinitionChange> Changes { get; private set; } = [];

    /// <summary>Items that go on in earlier versions.</summary>
    public int Running { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? from, CancellationToken stop)
    {
        if (!me.MayEverywhere(Permission.Administer)) return Forbid();
        Processes = await processes.CurrentAsync(visible.Processes, stop);
        if (Processes.FirstOrDefault(known => known.Key == from) is { } known)
            (From, Form) = (from, new Entry { Json = DefinitionWriter.WriteIndented(known with { Version = known.Version + 1 }) });
        return Page();
    }

    /// <summary>Looks at the definition and changes nothing.</summary>
    public async Task<IActionResult> OnPostAsync(Entry form, CancellationToken stop)
    {
        if (!me.MayEverywhere(Permission.Administer)) return Forbid();
        Form = form;
        var read = string.IsNullOrWhiteSpace(form.Json) ? Problem.Of("validation.required") : await visible.Processes.ReadNextAsync(form.Json, stop);
        if (read.IsOk) await CompareAsync(read.Value, stop);
        else Say(read.Problems);
        return await ShowAsync(stop);
    }

    public async Task<IActionResult> OnPostPublishAsync(Entry form, CancellationToken stop)
    {
        Form = form;
        var result = await useCases.RunAsync(new PublishProcess(form.Json ?? ""), stop);
        if (result.IsOk) return Redirect(ProcessLinks.Details(result.Value));
        if (result.Problem.Code == Problem.NotAllowedCode) return Forbid();
        Say(result.Problems);
        return await ShowAsync(stop);
    }

    private async Task<IActionResult> ShowAsync(CancellationToken stop)
    {
        Processes = await processes.CurrentAsync(visible.Processes, stop);
        return Page();
    }

    private async Task CompareAsync(ProcessDefinition definition, CancellationToken stop)
    {
        (Checked, From) = (definition, definition.Key);
        Before = await processes.CurrentAsync(visible.Processes, definition.Key, stop);
        Changes = Before is null ? [] : DefinitionDiff.Between(Before, definition);
        Running = await visible.WorkItems.CountAsync(item => item.Tracks.Any(track => track.ProcessKey == definition.Key && track.End == null), stop);
    }

    private void Say(IReadOnlyList<Problem> problems)
    {
        foreach (var problem in problems.Take(MostProblems)) ModelState.Add(problem with { Field = nameof(Entry.Json) }, nameof(Form));
        if (problems.Count > MostProblems) ModelState.Add(Problem.On(nameof(Entry.Json), "definition.more", problems.Count - MostProblems), nameof(Form));
    }
}
