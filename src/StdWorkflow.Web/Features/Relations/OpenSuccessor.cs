using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Following;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Features.Requests;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.Relations;

/// <summary>
/// Opens what follows a work item: what grows from it, its revision or replacement, the parts into which it is split, or what it and others
/// are merged into. Answers the code of the first that was opened.
/// </summary>
/// <param name="Code">The older item.</param>
/// <param name="Kind">How the newer is joined to it; null for what grows from an item of its kind.</param>
/// <param name="Others">Codes of further older items, to merge with it or to be replaced with it.</param>
/// <param name="Process">Key of the process of what begins anew; what carries running work on keeps its process.</param>
/// <param name="Titles">Titles of what is opened: at least two to split, else one.</param>
public sealed record OpenSuccessor(
    string Code, LineageKind? Kind, IReadOnlyList<string> Others, [property: Line(Limits.Code)] string? Process, IReadOnlyList<LocalizedText> Titles) : ICommand<string>
{
    public Permission Needs => Permission.Advance;
    public Scope Scope => Scope.OfWorkItems(Code, Others);
}

internal sealed class OpenSuccessorHandler(AppDbContext db, WorkItemLoading loading, ProcessCatalog processes, FollowersOf followers, StepRequests requests, TimeProvider clock) : ICommandHandler<OpenSuccessor, string>
{
    public async Task<Result<string>> Handle(OpenSuccessor command, CancellationToken stop)
    {
        var from = new List<WorkItem>();
        ProcessDefinition? definition = null;
        foreach (var code in command.Others.Prepend(command.Code))
        {
            var found = await loading.FindAsync(code, stop);
            if (!found.IsOk) return found.Problem;
            definition ??= found.Value.Definition;
            await db.Entry(found.Value.Item).Collection(item => item.Deviations).LoadAsync(stop);
            from.Add(found.Value.Item);
        }

        var how = command.Kind ?? Succession.Growing(from[0].Kind);
        if (Succession.Refusal(how, from[0].Kind, from[0].Main.End, command.Code) is { } refusal) return refusal;
        if (!Succession.CarriesOn(how, from[0].Main.End))
        {
            if (string.IsNullOrWhiteSpace(command.Process) || await processes.CurrentAsync(db.Processes, command.Process, stop) is not { } chosen) return Problem.On(nameof(command.Process), "workItem.processUnknown");
            definition = chosen;
        }

        var older = from.ConvertAll(item => item.Id);
        if (how is LineageKind.Revises or LineageKind.Replaces && await IsUnderWayAsync(older, stop)) return Problem.Of("succession.underWay");

        var newer = new List<(int, LocalizedText)>();
        foreach (var title in command.Titles.Take(Succession.MostParts + 1)) newer.Add((await db.NextAsync(Numbering.WorkItems, stop), LocalizedText.Of(title.Zh, title.En)));
        var now = clock.UtcNow();
        var opened = Succession.Open(how, from, newer, definition!, await db.CalendarYears.ReadAsync(stop), Instants.DateIn(now), now);
        if (!opened.IsOk) return Result<string>.Fail(opened.Problems);

        db.WorkItems.AddRange(opened.Value);
        foreach (var item in opened.Value)
            foreach (var before in older) await followers.CarryOverAsync(before, item.Id, stop);
        foreach (var ended in from.SelectMany(item => item.Tracks).Where(track => track.IsCarriedOn)) await requests.FollowAsync(ended, definition!, null, stop);
        return opened.Value[0].Code;
    }

    /// <summary>One of them is being revised or replaced already, by something that is neither published nor given up.</summary>
    private Task<bool> IsUnderWayAsync(List<Guid> older, CancellationToken stop) =>
        db.Lineages.AnyAsync(link => link.FromWorkItemId != null && older.Contains(link.FromWorkItemId.Value) && (link.Kind == LineageKind.Revises || link.Kind == LineageKind.Replaces)
            && db.Tracks.Any(track => track.WorkItemId == link.WorkItemId && track.Kind == TrackKind.MainText && track.End == null), stop);
}
