using Hangfire.Common;
using Hangfire.Server;
using Hangfire.Storage;

namespace StdWorkflow.Web.Jobs;

/// <summary>
/// One run of a job at a time, over all nodes: the jobs bear more, but workers waiting for the same mail server would leave none for others.
/// </summary>
internal sealed class SkipWhileRunning : JobFilterAttribute, IServerFilter
{
    private const string Item = "running";

    public void OnPerforming(PerformingContext context)
    {
        try
        {
            context.Items[Item] = context.Connection.AcquireDistributedLock($"stdworkflow:{context.BackgroundJob.Job.Type.Name}", TimeSpan.Zero);
        }
        catch (DistributedLockTimeoutException)
        {
            context.Canceled = true;
        }
    }

    public void OnPerformed(PerformedContext context)
    {
        if (context.Items.TryGetValue(Item, out var held)) ((IDisposable)held).Dispose();
    }
}
