using MediatR;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;

namespace StdWorkflow.Web.Pipeline;

/// <summary>
/// One wish to change something. It holds only what the user may say; who asks and when are not in it, so nobody can forge them.
/// </summary>
public interface ICommand<T> : IRequest<Result<T>>
{
    /// <summary>What the asker must be allowed to do.</summary>
    Permission Needs { get; }

    /// <summary>Where.</summary>
    Scope Scope { get; }
}

/// <summary>
/// A command whose form showed a certain version of what <see cref="ICommand{T}.Scope"/> names. If somebody changed that in
/// between, the command is refused as a conflict. A command without it runs again when it loses a race.
/// </summary>
public interface ISeen
{
    /// <summary>The version that the form showed.</summary>
    int SeenVersion { get; }
}

/// <summary>Carries a command out on the aggregates. Never saves: the pipeline saves once, after it.</summary>
public interface ICommandHandler<in TCommand, T> : IRequestHandler<TCommand, Result<T>> where TCommand : ICommand<T>;
