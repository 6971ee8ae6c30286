using StdWorkflow.Domain.Common;

namespace StdWorkflow.Data.Events;

/// <summary>Who acts in this scope, and by which command; every event says so.</summary>
public interface IWhoActs
{
    Actor Actor { get; }

    /// <summary>Name of the command, job or import.</summary>
    string Command { get; }

    string? TraceId { get; }
}
