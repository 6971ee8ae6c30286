using StdWorkflow.Data.Outbox;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.Admin.Outbox;

/// <summary>Tries a mail again that was given up.</summary>
public sealed record RetryMail(Guid Message) : ICommand<Done>
{
    /// <inheritdoc/>
    public Permission Needs => Permission.Administer;

    /// <inheritdoc/>
    public Scope Scope => Scope.Everything;
}

internal sealed class RetryMailHandler(OutboxStore outbox) : ICommandHandler<RetryMail, Done>
{
    // Decided by the database in one statement, or two who press at once could hand it to two workers.
    public async Task<Result<Done>> Handle(RetryMail command, CancellationToken stop) =>
        await outbox.RetryAsync(command.Message, stop) ? Done.Ok : Problem.Of("outbox.notParked");
}
