using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Processes;

/// <summary>The items of a process that follow another version than the current one, and where each would land.</summary>
public sealed class ItemsModel(Visible visible, CurrentUser me, ProcessCatalog processes, UseCases useCases) : PageModel
{
    public sealed record Entry
    {
        // A list that can grow: model binding adds to what it finds.
        public List<string> Items { get; init; } = [];
        public string? Reason { get; init; }
    }

    /// <param name="Code">Code of the item.</param>
    /// <param name="Track">Name of its track in addresses; null for the text.</param>
    /// <param name="Kind">What the track is.</param>
    /// <param name="Title">Its title.</param>
    /// <param name="SeenVersion">The version of the item that is shown.</param>
    /// <param name="Version">The version of the process that it follows.</param>
    /// <param name="Here">Where it stands.</param>
    /// <param name="Lands">Where it would stand; null when it cannot move.</param>
    /// <param name="Refusal">Why it cannot; null when it can.</param>
    /// <param name="IsOver">True when its work has ended.</param>
    public sealed record Line(string Code, string? Track, TrackKind Kind, LocalizedText Title, int SeenVersion, int Version, string Here, string? Lands, Problem? Refusal, bool IsOver)
    {
        public string Value => FormattableString.Invariant($"{Code}:{SeenVersion}{(Track is null ? "" : ":" + Track)}");
    }

    public Entry Form { get; private set; } = new();
    public ProcessDefinition Source { get; private set; } = null!;
    public ProcessDefinition Target { get; private set; } = null!;
    public IReadOnlyList<ProcessDefinition> Targets { get; private set; } = [];
    public Page<Line> Lines { get; private set; } = null!;
    public int? Moved { get; private set; }
    public IReadOnlyList<(string Code, Problem Problem)> Refused { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string key, string? to, [FromQuery(Name = "page")] int number, CancellationToken stop)
    {
        var shown = await ShowAsync(key, to, number, stop);

        // To another process each item goes because somebody chose it.
        Form = new Entry { Items = Lines is null || Target.Key != Source.Key ? [] : [.. Lines.Rows.Where(line => line is { Lands: not null, IsOver: false }).Select(line => line.Value)] };
        return shown;
    }

    public async Task<IActionResult> OnPostAsync(string key, string? to, Entry form, int version, CancellationToken stop)
    {
        Form = form;
        var target = to ?? key;
        if (form.Items.Count == 0) ModelState.Add(Problem.On(nameof(Entry.Items), "process.nothingChosen"), nameof(Form));
        else if (string.IsNullOrWhiteSpace(form.Reason)) ModelState.Add(Problem.On(nameof(Entry.Reason), "workItem.reasonRequired"), nameof(Form));
        else
        {
            // One command each: an item that cannot move leaves the others alone.
            var refused = new List<(string, Problem)>();
            foreach (var (code, seen, track) in form.Items.Distinct(StringComparer.Ordinal).Select(Read))
            {
                var result = await useCases.RunAsync(new FollowProcess(code, target, version, form.Reason, seen, track), stop);
                if (result is { IsOk: false, Problem.Code: Problem.NotAllowedCode }) return Forbid();
                if (result.IsOk) Moved = (Moved ?? 0) + 1;
                else refused.Add((code, result.Problem));
            }

            (Refused, Moved, Form) = (refused, Moved ?? 0, new Entry());
        }

        return await ShowAsync(key, to, 1, stop);
    }

    private static (string Code, int Seen, string? Track) Read(string value) =>
        value.Split(':', 3) is [var code, var seen, .. var track] && int.TryParse(seen, System.Globalization.CultureInfo.InvariantCulture, out var version) ? (code, version, track.FirstOrDefault()) : (value, 0, null);

    private bool Moves(Track track, ProcessDefinition target) =>
        track.ProcessKey == Source.Key && (track.End == null || track.End == TrackEnd.Finished) && (track.ProcessKey != target.Key || track.ProcessVersion != target.Version);

    private async Task<IActionResult> ShowAsync(string key, string? to, int number, CancellationToken stop)
    {
        if (!me.MayEverywhere(Permission.Administer)) return Forbid();
        Targets = await processes.CurrentAsync(visible.Processes, stop);
        if (Targets.FirstOrDefault(known => known.Key == key) is not { } source || Targets.FirstOrDefault(known => known.Key == (to ?? key)) is not { } target) return NotFound();
        (Source, Target) = (source, target);
        Targets = [.. Targets.Where(known => WorkItem.KindOf(known) == WorkItem.KindOf(source) && known.Drives.Intersect(source.Drives).Any())];

        var page = await visible.WorkItems
            .Where(item => item.Tracks.Any(track => track.ProcessKey == key && (track.End == null || track.End == TrackEnd.Finished)
                && (track.ProcessKey != target.Key || track.ProcessVersion != target.Version)))
            .Include(item => item.Tracks).ThenInclude(track => track.Spans).Include(item => item.Deadlines).AsSplitQuery()
            .OrderBy(item => item.Number).ToPageAsync(number, stop, size: 100);
        var lines = new List<Line>();
        foreach (var item in page.Rows)
        {
            foreach (var track in item.SideTracks.Prepend(item.Main).Where(track => Moves(track, target)))
            {
                var definition = await processes.OfAsync(visible.Processes, track.ProcessKey, track.ProcessVersion, stop);
                var refusal = item.FollowRefusal(track, target);
                lines.Add(new Line(
                    item.Code, track == item.Main ? null : item.NameOf(track), track.Kind, item.Title, item.Version, track.ProcessVersion, StageLabel.Of(definition, definition.StageOf(track.StageKey), Localization.Reader.Language),
                    refusal is null ? StageLabel.Of(target, target.StageOf(track.StageKey), Localization.Reader.Language) : null, refusal, track.End is not null));
            }
        }

        Lines = new Page<Line>(lines, page.Number, page.Size, page.Total, page.IsMore, page.HasNext);
        return Page();
    }
}
