using System.ComponentModel.DataAnnotations;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Following;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>Opens the national project that grows from finished pre-research, or the conversion of a national project. Answers its code.</summary>
public sealed record OpenSuccessor(
    string Code, [property: Required] string Process, [property: StringLength(Limits.Title)] string? TitleZh, [property: StringLength(Limits.Title)] string? TitleEn) : ICommand<string>
{
    public Permission Needs => Permission.Advance;
    public Scope Scope => Scope.OfWorkItem(Code);
}

internal sealed class OpenSuccessorHandler(AppDbContext db, WorkItemLoading loading, ProcessCatalog processes, FollowersOf followers, TimeProvider clock) : ICommandHandler<OpenSuccessor, string>
{
    public async Task<Result<string>> Handle(OpenSuccessor command, CancellationToken stop)
    {
        var found = await loading.FindAsync(command.Code, stop);
        if (!found.IsOk) return found.Problem;
        if (await processes.CurrentAsync(db.Processes, command.Process, stop) is not { } definition) return Problem.On(nameof(command.Process), "workItem.processUnknown");
        var now = clock.UtcNow();
        var opened = Succession.Open(
            found.Value.Item, await db.NextAsync(Numbering.WorkItems, stop), LocalizedText.Of(command.TitleZh, command.TitleEn),
            definition, await db.CalendarYears.ReadAsync(stop), Instants.DateIn(now), now).Tap(item => db.WorkItems.Add(item));
        if (opened.IsOk) await followers.CarryOverAsync(found.Value.Item.Id, opened.Value.Id, stop);
        return opened.Map(item => item.Code);
    }
}
