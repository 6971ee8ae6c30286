using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Jobs;

/// <summary>Takes away receipts of forms that nobody will send again.</summary>
public sealed class ForgetReceipts(UseCases useCases) : IJob
{
    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken stop)
    {
        var job = useCases.As(Actor.Job("forget-receipts"));
        while ((await job.RunAsync(new ForgetOldReceipts(), stop)).Value == ForgetOldReceipts.AtOnce)
        {
        }
    }
}

/// <summary>Takes away the oldest receipts, some at a time. Answers how many.</summary>
public sealed record ForgetOldReceipts : ICommand<int>
{
    internal const int AtOnce = 500;

    /// <summary>A form that was left open for longer than this has lost its sign-in anyway.</summary>
    internal const int KeepDays = 60;

    /// <inheritdoc/>
    public Permission Needs => Permission.Administer;

    /// <inheritdoc/>
    public Scope Scope => Scope.Everything;
}

internal sealed class ForgetOldReceiptsHandler(AppDbContext db, TimeProvider clock) : ICommandHandler<ForgetOldReceipts, int>
{
    public async Task<Result<int>> Handle(ForgetOldReceipts command, CancellationToken stop)
    {
        var before = clock.UtcNow().AddDays(-ForgetOldReceipts.KeepDays);
        var old = await db.CommandReceipts.Where(receipt => receipt.At < before).OrderBy(receipt => receipt.At).Take(ForgetOldReceipts.AtOnce).ToListAsync(stop);
        db.CommandReceipts.RemoveRange(old);
        return old.Count;
    }
}
