using System.Collections.Concurrent;
using Hangfire.Common;
using Hangfire.Server;

namespace StdWorkflow.Web.Jobs;

/// <summary>
/// One run of a job at a time on this node: workers waiting for the same mail server would leave none for other jobs. Other nodes may
/// run it meanwhile; a lock over all nodes would outlive a node that is killed.
/// </summary>
internal sealed class SkipWhileRunning : JobFilterAttribute, IServerFilter
{
    private readonly ConcurrentDictionary<Type, string> running = new();

    public void OnPerforming(PerformingContext context)
    {
        if (!running.TryAdd(context.BackgroundJob.Job.Type, context.BackgroundJob.Id)) context.Canceled = true;
    }

    // Called for a run that was skipped too.
    public void OnPerformed(PerformedContext context) =>
        running.TryRemove(KeyValuePair.Create(context.BackgroundJob.Job.Type, context.BackgroundJob.Id));
}
