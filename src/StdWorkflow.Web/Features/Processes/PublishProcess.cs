using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.Processes;

/// <summary>
/// Adds a process, or the next version of one, which new work takes from then on; running items keep theirs. Answers the key.
/// </summary>
/// <param name="Json">The definition, as <see cref="DefinitionReader"/> reads it.</param>
public sealed record PublishProcess([property: Required] string Json) : ICommand<string>
{
    public Permission Needs => Permission.Administer;
    public Scope Scope => Scope.Everything;
}

internal sealed class PublishProcessHandler(AppDbContext db) : ICommandHandler<PublishProcess, string>
{
    public async Task<Result<string>> Handle(PublishProcess command, CancellationToken cancellationToken)
    {
        var read = await db.Processes.ReadNextAsync(command.Json, cancellationToken);
        if (!read.IsOk) return Result<string>.Fail([.. read.Problems.Select(problem => problem with { Field = nameof(command.Json) })]);
        await db.PublishAsync(read.Value, cancellationToken);
        return read.Value.Key;
    }
}

/// <summary>Where versions of processes come from: the page of administrators and the starter files.</summary>
internal static class Publishing
{
    /// <summary>Reads a definition that is to be the next version of its process, with everything that speaks against it.</summary>
    public static async Task<Result<ProcessDefinition>> ReadNextAsync(this IQueryable<ProcessRecord> processes, string json, CancellationToken stop)
    {
        var read = DefinitionReader.Read(json);
        if (!read.IsOk) return read;
        var newest = await processes.Where(record => record.Key == read.Value.Key).MaxAsync(record => (int?)record.DefinitionVersion, stop);
        return DefinitionChecks.VersionRefusal(read.Value, newest) is { } refusal ? refusal : read;
    }

    /// <summary>Adds a version that is not there yet. It becomes the current one, unless a newer one is there already.</summary>
    public static async Task PublishAsync(this AppDbContext db, ProcessDefinition definition, CancellationToken stop)
    {
        await db.Processes.Where(record => record.Key == definition.Key).LoadAsync(stop);
        var others = db.Processes.Local.Where(record => record.Key == definition.Key).ToList();
        var added = ProcessRecord.Publish(definition, DefinitionWriter.Write(definition));
        if (others.Any(other => other.DefinitionVersion > definition.Version)) added.Retire();
        else
            foreach (var other in others) other.Retire();
        db.Processes.Add(added);
    }
}
